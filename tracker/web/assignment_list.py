"""The list of assignments."""


def page() -> str:
    return ""
