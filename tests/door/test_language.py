"""Which language a visitor is spoken to in."""

import pytest
from flask import Flask

from tracker.door import locale


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-CN,en;q=0.8", "zh"),
        ("zh-Hans-CN,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.5", "en"),
        ("EN", "en"),
        ("fr,en;q=0.5", "en"),
        ("fr", "zh"),
        ("en;q=0,fr", "zh"),
        ("*", "zh"),
    ],
)
def test_the_browser_is_believed_in_its_own_order(app: Flask, header: str, spoken: str) -> None:
    with app.test_request_context(headers={"Accept-Language": header}):
        assert locale() == spoken
