"""An original is added to a case: sealed, for the office only."""

import hashlib

from tracker.actions import diary
from tracker.actions.base import action, session
from tracker.extensions import clock
from tracker.incoming.attachments import Upload
from tracker.models import Attachment, Case, vault
from tracker.models.base import new_public_id
from tracker.rules import permissions
from tracker.rules.actors import Actor


@action
def add(case: Case, given: Upload, *, by: Actor) -> Attachment:
    """Keep the file as it came; the diary names its fingerprint, not its name."""
    permissions.require(by, "attach", case)
    public_id = new_public_id()
    attachment = Attachment(
        public_id=public_id,
        committee_id=case.committee_id,
        case_id=case.id,
        uploaded_by_id=by.person_id,
        name_sealed=vault.seal("attachment", public_id, "name", given.name),
        media_type=given.media_type,
        size=len(given.content),
        sha256=hashlib.sha256(given.content).hexdigest(),
        content_sealed=vault.seal("attachment", public_id, "content", given.content),
        created_at=clock(),
    )
    session().add(attachment)
    diary.write(case, "attach", by=by, data={"file": public_id, "sha256": attachment.sha256}, notify=False)
    return attachment
