"""A digest is sent to the leaders and directors: by hand, or by itself when a period is over."""

from tracker.actions import diary, outbox
from tracker.actions.base import action, session
from tracker.models import Digest, Event
from tracker.queries import digests
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.spans import Span


@action
def send(span: Span, *, by: Actor, again: bool = True) -> Event | None:
    """Queue the mails. What came by itself once does not come by itself again (``again`` False)."""
    permissions.require_any(by, "digest.send")
    found = digests.sent(span, by.committee_id)
    if found is not None and not again:
        return None
    digest = found or Digest(
        committee_id=by.committee_id, period=span.period, starts_on=span.first, ends_on=span.last, times=0
    )
    session().add(digest)
    digest.times += 1
    facts = {"period": span.period, "first": span.first.isoformat()}
    event = diary.write(digest, "send", by=by, data=facts, notify=False)
    payload = {"event": event.id, "digest": digest.id}
    outbox.put("send_digest", f"digest:{event.id}", payload, by.committee_id)
    return event
