"""Files on their way to a browser, with headers that keep what is inside from acting."""

from flask import Response

from tracker.door.headers import disposition
from tracker.errors import Unavailable
from tracker.outgoing import pdf as engine
from tracker.outgoing.pdf import PdfFailed

# Nothing inside a file somebody uploaded may run, load or be framed (T28).
_SANDBOX = "sandbox; default-src 'none'"


def pdf(content: bytes, name: str, *, etag: str = "") -> Response:
    """A PDF of ours, shown by the browser."""
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = disposition("inline", f"{name}.pdf")
    if etag:
        response.set_etag(etag)
    return response


def original(content: bytes, name: str, media_type: str) -> Response:
    """A file as it was uploaded: saved by the browser, never shown inside our pages."""
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = disposition("attachment", name)
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


def render(html: str) -> bytes:
    """The PDF of one of our own documents; what the PDF process refuses is said as a passing trouble."""
    try:
        return engine.render(html)
    except PdfFailed as failed:
        raise Unavailable(failed.message, retry_after=30) from failed
