"""Originals of a case, for the office and whoever raised it; departments do not know that there are any."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Attachment, Case, vault
from tracker.queries import scope
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@dataclass(frozen=True)
class AttachmentOf:
    """A case seen as the files that came with it, for the permission rows named ``attachment.*``."""

    case: Case
    noun: str = "attachment"

    @property
    def committee_id(self) -> int:
        return self.case.committee_id

    @property
    def owner_id(self) -> int:
        return self.case.raised_by_id

    @property
    def group_id(self) -> int | None:
        return self.case.group_id

    @property
    def is_accusation(self) -> bool:
        return self.case.is_accusation


def of(case: Case, actor: Actor) -> Sequence[Attachment]:
    """The case's files, oldest first; none for whoever may not open them."""
    if not permissions.may(actor, "read", AttachmentOf(case)):
        return []
    query = select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)
    return db.session.scalars(query).all()


def get(public_id: str, actor: Actor) -> Attachment:
    """The file, or NotFound when this actor may not know of it."""
    found = db.session.execute(
        select(Attachment, Case)
        .join(Case, Case.id == Attachment.case_id)
        .where(Attachment.public_id == public_id, scope.cases(actor))
    ).first()
    if found is None or not permissions.may(actor, "read", AttachmentOf(found.Case)):
        raise NotFound(N_("没有这个文件，或者您不能查看"))
    attachment: Attachment = found.Attachment
    return attachment


def name(attachment: Attachment) -> str:
    return vault.unseal("attachment", attachment.public_id, "name", attachment.name_sealed).decode()


def content(attachment: Attachment) -> bytes:
    return vault.unseal("attachment", attachment.public_id, "content", attachment.content_sealed)
