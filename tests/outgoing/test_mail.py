"""One recipient, no extra header, the same bytes every time; handed to a server once."""

import email
import email.policy
import smtplib
import ssl
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


def test_the_server_is_asked_at_its_port_and_at_25_without_one(
    tmp_path: Path, server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(server, "ehlo", lambda self: asked.append(self.where))
    message = compose()
    assert message is not None
    for key, address in (("a", "mail.example.test:2525"), ("b", "mail.example.test")):
        mail.deliver(message, key, folder=tmp_path, server=address)
    assert asked == [("mail.example.test", 2525), ("mail.example.test", 25)]


def test_a_server_that_can_is_spoken_to_in_cipher(
    tmp_path: Path, server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    contexts: list[ssl.SSLContext] = []
    monkeypatch.setattr(server, "has_extn", lambda self, name: name == "starttls")
    monkeypatch.setattr(server, "starttls", lambda self, context: contexts.append(context), raising=False)
    message = compose()
    assert message is not None
    mail.deliver(message, "abc-1", folder=tmp_path, server="mail.example.test")
    assert [context.verify_mode for context in contexts] == [ssl.CERT_REQUIRED]
    assert contexts[0].check_hostname


def test_a_server_that_does_not_answer_leaves_the_mail_where_it_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(smtplib, "SMTP", refuse)
    message = compose()
    assert message is not None
    with pytest.raises(ConnectionRefusedError):
        mail.deliver(message, "abc-1", folder=tmp_path, server="mail.example.test")
    assert (tmp_path / "abc-1.eml").is_file() and not (tmp_path / "sent").exists()


def test_without_a_server_the_mail_stays_a_file_however_often_it_is_written(tmp_path: Path) -> None:
    message = compose()
    assert message is not None
    mail.deliver(message, "abc-1", folder=tmp_path / "mail")
    mail.deliver(message, "abc-1", folder=tmp_path / "mail")
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["abc-1.eml"]
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0


def test_chinese_words_arrive_as_they_were_written() -> None:
    message = compose(subject="XS-2026-000001 函件已签发，请编号定稿", body="请登录查看：玥珺𠮷\n")
    assert message is not None
    raw = message.as_bytes()
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert raw.isascii()
    assert str(parsed["Subject"]) == "XS-2026-000001 函件已签发，请编号定稿"
    assert parsed.get_content().splitlines() == ["请登录查看：玥珺𠮷"]


@pytest.mark.parametrize("sender", ["", "回音", "a@", "Huiyin <huiyin@example.test>"])
def test_an_odd_sender_in_the_settings_does_not_stop_the_mail(sender: str) -> None:
    message = mail.compose(
        sender=sender, recipient="clerk@example.test", subject="x", body="y", key="k", at=AT
    )
    assert message is not None and str(message["From"]) == "huiyin <huiyin@localhost>"


def test_a_mail_has_these_headers_and_no_other() -> None:
    message = compose()
    assert message is not None
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert message["Date"].datetime == AT and str(message["To"]) == "clerk@example.test"


@pytest.mark.parametrize(
    "recipient", ["clerk.zhou@example.test", "a+b@sub.example.test", "o'hara@example.test"]
)
def test_an_ordinary_address_is_written_to(recipient: str) -> None:
    message = compose(recipient)
    assert message is not None
    assert [address.addr_spec for address in message["To"].addresses] == [recipient]
