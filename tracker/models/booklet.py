"""A booklet (汇编成册, S2-22): items in de-identified words, two approvals, and the files made of it."""

from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.campaign import Campaign
from tracker.models.case import Case
from tracker.models.person import Person
from tracker.models.submission import Submission
from tracker.models.visit import Visit

ItemKind = Literal["visit", "submission", "case"]
ChapterBy = Literal["circle", "kind", "group"]
FILES = ("pdf", "docx")


class Booklet(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """``state`` changes only through workflows.booklet.BOOKLET.

    ``revision`` counts changes of words and choice; files and approvals belong to one revision.
    ``editor_ids`` are those who touched it since it was begun: none of them may approve it (T45).
    ``returned_at`` says that it came back to them, until they submit it again.
    """

    __tablename__ = "booklet"
    __table_args__ = (Index("ix_booklet_list", "committee_id", "id"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    title: Mapped[str] = mapped_column(String(60))
    subtitle: Mapped[str] = mapped_column(String(80), default="")
    foreword: Mapped[str] = mapped_column(Text, default="")
    chapter_by: Mapped[str] = mapped_column(String(8), default="circle")
    state: Mapped[str] = mapped_column(String(16), default="draft")
    revision: Mapped[int] = mapped_column(default=1)
    editor_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    checker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    file_round: Mapped[int] = mapped_column(default=0)
    making: Mapped[str] = mapped_column(String(12), default="")
    updated_at: Mapped[datetime]

    campaign: Mapped[Campaign | None] = relationship()
    checker: Mapped[Person | None] = relationship(foreign_keys=[checker_id])
    approver: Mapped[Person | None] = relationship(foreign_keys=[approver_id])
    items: Mapped[list["BookletItem"]] = relationship(
        back_populates="booklet", order_by="BookletItem.position, BookletItem.id"
    )
    files: Mapped[list["BookletFile"]] = relationship(order_by="BookletFile.kind.desc()")

    noun = "booklet"

    @property
    def chosen(self) -> list["BookletItem"]:
        return [item for item in self.items if not item.excluded]

    @property
    def current_files(self) -> list["BookletFile"]:
        return [file for file in self.files if file.revision == self.revision]

    # --- what the moves need
    @property
    def has_items(self) -> bool:
        return bool(self.chosen)

    @property
    def all_confirmed(self) -> bool:
        return all(item.confirmed_at is not None for item in self.chosen)

    @property
    def has_files(self) -> bool:
        return {file.kind for file in self.current_files} == set(FILES)

    @property
    def has_two_approvals(self) -> bool:
        who = {self.checker_id, self.approver_id}
        return None not in who and len(who) == 2 and who.isdisjoint(self.editor_ids)


class BookletItem(HasId, HasPublicId, HasCreated, Base):
    """One visit, submission or case in words that name nobody; ``byline`` says which group it comes from."""

    __tablename__ = "booklet_item"
    __table_args__ = (
        UniqueConstraint("booklet_id", "visit_id"),
        UniqueConstraint("booklet_id", "submission_id"),
        UniqueConstraint("booklet_id", "case_id"),
        Index("ix_booklet_item_order", "booklet_id", "position"),
    )

    booklet_id: Mapped[int] = mapped_column(ForeignKey("booklet.id"))
    position: Mapped[int]
    chapter: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    byline: Mapped[str] = mapped_column(String(120), default="")
    excluded: Mapped[bool] = mapped_column(default=False)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]

    booklet: Mapped[Booklet] = relationship(back_populates="items")
    visit: Mapped[Visit | None] = relationship()
    submission: Mapped[Submission | None] = relationship()
    case: Mapped[Case | None] = relationship()
    confirmed_by: Mapped[Person | None] = relationship()


class BookletFile(HasId, HasCreated, Base):
    """The finished PDF or Word file of one revision, sealed; SHA-256 over the plain bytes."""

    __tablename__ = "booklet_file"
    __table_args__ = (UniqueConstraint("booklet_id", "revision", "kind"),)

    booklet_id: Mapped[int] = mapped_column(ForeignKey("booklet.id"))
    revision: Mapped[int]
    kind: Mapped[str] = mapped_column(String(4))
    content_sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    pages: Mapped[int | None]


class Exemplar(HasId, HasPublicId, HasCreated, Base):
    """A visit, submission or case put forward as exemplary (先进典型, S1-49), and why."""

    __tablename__ = "exemplar"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    marked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    visit: Mapped[Visit | None] = relationship()
    submission: Mapped[Submission | None] = relationship()
    case: Mapped[Case | None] = relationship()
    marked_by: Mapped[Person] = relationship()

    noun = "exemplar"

    @property
    def group_id(self) -> int | None:
        thing = self.visit or self.submission or self.case
        return thing.group_id if thing else None
