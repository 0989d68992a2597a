"""The list of letters."""


def page() -> str:
    return ""
