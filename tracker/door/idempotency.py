"""The same write twice is one write: the first answer is kept with it, in the same transaction (R4)."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Response, g, request
from flask_login import current_user
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from werkzeug.datastructures import FileStorage

from tracker.errors import Invalid
from tracker.extensions import clock, db
from tracker.models import IdempotencyKey, vault
from tracker.rules.words import N_

KEEP = timedelta(days=7)
FORGET_AT_ONCE = 100
HEADER = "Idempotency-Key"
FIELD = "idempotency_key"


def once(answer: Callable[[], Response]) -> Response:
    """Run the write, or repeat its first answer when the same person sends the same key again."""
    key = request.headers.get(HEADER) or request.form.get(FIELD)
    if not key or not current_user.is_authenticated:
        return answer()
    if len(key) > 80:
        raise Invalid.one(HEADER, N_("太长了，最多 80 个字"))
    actor = current_user.get_id()
    row = _claim(actor, key)
    if row.request_hash != fingerprint():
        raise Invalid.one(HEADER, N_("这个编号已用于另一份内容，请换一个"))
    if row.status:
        return _repeat(row)
    response = answer()
    if response.status_code < 400:
        _keep(row, response)
    else:
        db.session.delete(row)
    return response


def _claim(actor: str, key: str) -> IdempotencyKey:
    """Insert the key or wait for whoever is at it: the unique index decides, not a look before."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    now = clock()
    _forget(now)
    db.session.execute(
        dialect.insert(IdempotencyKey)
        .values(
            actor=actor,
            key=key,
            request_hash=fingerprint(),
            status=0,
            location="",
            created_at=now,
            expires_at=now + KEEP,
        )
        .on_conflict_do_nothing()
    )
    return db.session.scalars(
        select(IdempotencyKey).where(IdempotencyKey.actor == actor, IdempotencyKey.key == key)
    ).one()


def _forget(now: datetime) -> None:
    """A few at a time; whoever else is at the same ones does it for us."""
    over = select(IdempotencyKey.id).where(IdempotencyKey.expires_at < now)
    some = over.order_by(IdempotencyKey.id).limit(FORGET_AT_ONCE).with_for_update(skip_locked=True)
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.id.in_(some)))


def fingerprint() -> bytes:
    """Of all that was sent; worked out once, because whoever reads the files closes them."""
    if "request_fingerprint" not in g:
        body = request.get_data(cache=True) if request.is_json else _form_bytes()
        said = request.method.encode() + b" " + request.path.encode() + b"\n" + body
        g.request_fingerprint = hashlib.sha256(said).digest()
    return bytes(g.request_fingerprint)


def _form_bytes() -> bytes:
    # The page's own token differs from one rendering of the form to the next; what was typed does not.
    fields = [(k, v) for k, v in request.form.items(multi=True) if k not in ("csrf_token", FIELD)]
    files = [(k, f"{f.filename}\n{_digest(f)}") for k, f in request.files.items(multi=True)]
    return json.dumps(sorted(fields) + sorted(files), ensure_ascii=False).encode()


def _digest(file: FileStorage) -> str:
    """Two files of one name are not the same content."""
    digest = hashlib.sha256()
    while piece := file.stream.read(1 << 20):
        digest.update(piece)
    file.stream.seek(0)
    return digest.hexdigest()


def _keep(row: IdempotencyKey, response: Response) -> None:
    """The answer is sealed, and what may be shown only once (a tracking code) is taken out of it."""
    body: bytes = g.get("repeatable_body", response.get_data())
    row.status, row.location = response.status_code, response.headers.get("Location", "")
    row.body_sealed = vault.seal("idempotency_key", row.id, "body", body)


def _repeat(row: IdempotencyKey) -> Response:
    body = vault.unseal("idempotency_key", row.id, "body", row.body_sealed) if row.body_sealed else b""
    kind = "application/json" if body[:1] in (b"{", b"[") else "text/html; charset=utf-8"
    response = Response(body, status=row.status, content_type=kind)
    if kind == "application/json" and "version" in (said := json.loads(body)):
        response.set_etag(str(said["version"]))
    if row.location:
        response.headers["Location"] = row.location
    response.headers["Idempotency-Replayed"] = "true"
    return response
