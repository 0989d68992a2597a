"""A mail as RFC 5322: one recipient, a fixed sentence, kept as a file and handed to a server, if any."""

import os
import smtplib
import ssl
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

SECONDS = 20


def compose(
    *, sender: str, recipient: str, subject: str, body: str, key: str, at: datetime
) -> EmailMessage | None:
    """The same bytes for the same key and moment; None where the address is not one plain address.

    Addresses are parsed, never pasted: a name or a second recipient in the field is refused (T33).
    """
    to = _address(recipient)
    if to is None:
        return None
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender) or Address("huiyin", username="huiyin", domain="localhost")
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = at
    message["Message-ID"] = f"<{key}@huiyin.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, cte="base64")
    return message


def deliver(message: EmailMessage, key: str, *, folder: Path, server: str = "") -> None:
    """Keep it as a file; with a server, send it once: what lies in ``sent`` is not sent again."""
    sent = folder / "sent" / f"{key}.eml"
    if server and sent.exists():
        return
    waiting = folder / f"{key}.eml"
    _keep(waiting, message.as_bytes())
    if server:
        _send(message, server)
        sent.parent.mkdir(exist_ok=True)
        waiting.replace(sent)


def _address(text: str) -> Address | None:
    if not text.isascii() or not text.isprintable():
        return None
    try:
        found = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        return None
    return found if found.username and found.domain else None


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    if not hasattr(os, "O_DIRECTORY"):
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _send(message: EmailMessage, server: str) -> None:
    host, _, port = server.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=SECONDS) as connection:
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        connection.send_message(message)
