"""The list of cases."""


def page() -> str:
    return ""
