"""How often something may be tried, counted in the database so that every worker counts together."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from tracker.errors import TooMany
from tracker.extensions import clock, db, transaction
from tracker.models import RateCount
from tracker.rules import codes
from tracker.rules.words import N_

# The window that runs → how often each address has looked.
_looks: dict[int, Counter[str | None]] = {}


@dataclass(frozen=True)
class Limit:
    """So many tries in so many seconds, counted by address or by what the request names."""

    tries: int
    seconds: int


BY_ADDRESS = {
    "track.look": Limit(10, 3600),
    "track.letter": Limit(10, 3600),
    "track.rate": Limit(10, 3600),
    "api.track": Limit(10, 3600),
    "api.track_letter": Limit(10, 3600),
    "api.track_rating": Limit(10, 3600),
    "sessions.sign_in": Limit(30, 900),
    "sessions.accept": Limit(20, 3600),
}
# Pages that are looked at without an account and drawn from the database.
LOOKS = {"contact.index": Limit(120, 60), "contact.show": Limit(120, 60)}
BY_LOCATOR = Limit(30, 3600)
BY_LOGIN = Limit(10, 900)


def check_route() -> None:
    """Count this request against the limits of its route; TooMany beyond them.

    Counted in a transaction of its own, because a refused request leaves nothing else behind.
    """
    if request.endpoint in LOOKS:
        return _check_look(LOOKS[request.endpoint])
    limit = BY_ADDRESS.get(request.endpoint or "")
    if limit is None or request.method == "GET":
        return
    family = (request.endpoint or "").split(".")[-1].split("_")[0]
    kind = "track" if family in ("look", "letter", "rate", "track") else family
    with transaction("write"):
        counts = [(_count(f"{kind}:address:{request.remote_addr}", limit), limit)]
        if kind == "track" and (locator := _locator()):
            counts.append((_count(f"track:locator:{locator}", BY_LOCATOR), BY_LOCATOR))
        if kind == "sign" and (login := request.form.get("login", "").replace("\x00", "")):
            counts.append((_count(_of_login(login), BY_LOGIN), BY_LOGIN))
    for count, applied in counts:
        if count > applied.tries:
            raise _too_many(applied)


def _check_look(limit: Limit) -> None:
    """Counted by each worker for itself, in memory: a look must not queue for the database's only writer."""
    window = int(clock().timestamp()) // limit.seconds
    if window not in _looks:
        _looks.clear()
    seen = _looks.setdefault(window, Counter())
    seen[request.remote_addr] += 1
    if seen[request.remote_addr] > limit.tries:
        raise _too_many(limit)


def forget_looks() -> None:
    """As after a new start."""
    _looks.clear()


def _too_many(limit: Limit) -> TooMany:
    return TooMany(N_("试得太频繁了，请稍后再试；急事请打电话问政协办公室"), retry_after=_rest(limit))


def forgive(kind: str, login: str = "") -> None:
    """A right code or password does not count against its address, nor against the account it opened."""
    buckets = [f"{kind}:address:{request.remote_addr}"]
    if login:
        buckets.append(_of_login(login))
    db.session.execute(delete(RateCount).where(RateCount.bucket.in_(buckets)))


def _of_login(login: str) -> str:
    return f"login:{request.remote_addr}:{login[:60]}"


def _count(bucket: str, limit: Limit) -> int:
    now = clock()
    window = int(now.timestamp()) // limit.seconds
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(RateCount).values(
        bucket=bucket, window=window, count=1, expires_at=now + timedelta(seconds=2 * limit.seconds)
    )
    statement = statement.on_conflict_do_update(
        index_elements=["bucket", "window"], set_={"count": RateCount.count + 1}
    ).returning(RateCount.count)
    db.session.execute(delete(RateCount).where(RateCount.expires_at < now))
    return int(db.session.execute(statement).scalar_one())


def _rest(limit: Limit) -> int:
    now: datetime = clock().astimezone(UTC)
    return limit.seconds - int(now.timestamp()) % limit.seconds


def _locator() -> str | None:
    try:
        given = (request.get_json(silent=True) or {}) if request.is_json else request.form
    except RecursionError:
        # Nested beyond reading; the call itself refuses it.
        return None
    code = codes.parse(str(given.get("code", ""))) if hasattr(given, "get") else None
    return code.locator if code else None
