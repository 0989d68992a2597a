"""One recipient, no extra header, the same bytes every time; handed to a server once."""

import email
import email.policy
import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tracker.outgoing import mail

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BREAKS = ("\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "%0d%0a")
HEADERS = ("Bcc: spy@evil.test", "Subject: other", "To: spy@evil.test", "Content-Type: text/html", "\r\nbody")
PAYLOADS = [f"clerk@example.test{cut}{header}" for cut in BREAKS for header in HEADERS]
LISTS = (
    "a@example.test, b@example.test",
    "a@example.test;b@example.test",
    "<a@example.test>",
    "Name <a@example.test>",
    "a@b@example.test",
    "a b@example.test",
    "@example.test",
    "a@",
    "",
    "周@example.test",
)


def compose(recipient: str = "clerk@example.test", **changes: Any) -> EmailMessage | None:
    given = {"subject": "XS-2026-000001 有新诉求", "body": "请看\n", "key": "abc-1", "at": AT} | changes
    return mail.compose(sender="huiyin@example.test", recipient=recipient, **given)


@pytest.mark.requirement("T33")
def test_fifty_injections_reach_nobody_else() -> None:
    assert len(PAYLOADS) == 50
    for payload in PAYLOADS:
        message = compose(payload)
        if message is None:
            continue
        parsed = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
        # What is left over is one address that merely looks odd.
        assert len(parsed["To"].addresses) == 1
        assert parsed.get_all("Bcc") is None and len(parsed.get_all("Subject")) == 1
        assert parsed.get_content_type() == "text/plain"


@pytest.mark.requirement("T33")
@pytest.mark.parametrize("recipient", LISTS)
def test_only_one_plain_address_is_written_to(recipient: str) -> None:
    assert compose(recipient) is None


@pytest.mark.requirement("T33")
@pytest.mark.parametrize("cut", ["\r\n", "\n", "\r"])
def test_a_subject_with_a_line_break_is_refused(cut: str) -> None:
    with pytest.raises(ValueError):
        compose(subject=f"XS-2026-000001{cut}Bcc: spy@evil.test")


def test_the_same_notice_is_the_same_file(tmp_path: Path) -> None:
    for _ in range(2):
        message = compose()
        assert message is not None
        mail.deliver(message, "abc-1", folder=tmp_path)
    found = list(tmp_path.iterdir())
    assert [path.name for path in found] == ["abc-1.eml"]
    parsed = email.message_from_bytes(found[0].read_bytes(), policy=email.policy.default)
    assert parsed["Message-ID"] == "<abc-1@huiyin.invalid>"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed.get_content().splitlines() == ["请看"]


class Server:
    """Stands for smtplib.SMTP: counts what it is handed, and may refuse."""

    sent: list[EmailMessage]
    refuses = False

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self.where = (host, port)

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *exception: object) -> None: ...

    def ehlo(self) -> None: ...

    def has_extn(self, name: str) -> bool:
        return False

    def send_message(self, message: EmailMessage) -> None:
        if self.refuses:
            raise smtplib.SMTPServerDisconnected
        Server.sent.append(message)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    Server.sent, Server.refuses = [], False
    monkeypatch.setattr(smtplib, "SMTP", Server)
    return Server


def test_a_server_is_given_each_mail_once(tmp_path: Path, server: type[Server]) -> None:
    message = compose()
    assert message is not None
    for _ in range(2):
        mail.deliver(message, "abc-1", folder=tmp_path, server="mail.example.test:2525")
    assert len(server.sent) == 1
    assert (tmp_path / "sent" / "abc-1.eml").is_file() and not (tmp_path / "abc-1.eml").exists()


def test_a_refused_mail_waits_and_goes_out_later(tmp_path: Path, server: type[Server]) -> None:
    message = compose()
    assert message is not None
    server.refuses = True
    with pytest.raises(smtplib.SMTPException):
        mail.deliver(message, "abc-1", folder=tmp_path, server="mail.example.test")
    assert (tmp_path / "abc-1.eml").is_file()
    server.refuses = False
    mail.deliver(message, "abc-1", folder=tmp_path, server="mail.example.test")
    assert len(server.sent) == 1
