"""The list of visits."""


def page() -> str:
    return ""
