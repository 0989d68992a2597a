"""What members hand in and bring along, what is made of it, and booklets of all that."""

from sqlalchemy import select

from tests.actions.test_photos import OTHER, SHOT
from tests.deeds.deed import CLERK, MEMBERS, OFFICE, WRITER, Deed, Do, facts
from tests.forms_world import annex1, read_at_once
from tests.world import MATTER, NOW, World
from tracker.actions import (
    booklet_items,
    booklets,
    contact_links,
    conversions,
    exemplars,
    form_imports,
    form_uploads,
    photos,
    submissions,
    visits,
)
from tracker.extensions import db
from tracker.incoming.booklets import BookletEdit, BookletIn, ItemEdit
from tracker.incoming.contact_links import ContactLinkIn
from tracker.incoming.form_imports import Choices, UploadQuery
from tracker.incoming.submissions import CarryOnIn, SubmissionEdit, SubmissionIn, ToCaseIn
from tracker.incoming.visits import VisitEdit, VisitIn
from tracker.models import Booklet, ContactLink, FormImport, Photo, Submission, Visit
from tracker.queries import booklet_sources, people
from tracker.queries.booklet_sources import Wanted
from tracker.rules.actors import Actor

HEARD = {"visited_on": "2026-11-19", "reported": "走访企业，了解用工情况", "circle": "sector"}
CASE = {"summary": "充电桩不足", "narrative": MATTER, "area": "0101"}
EDITORS = ("member", *CLERK)
COVER = BookletEdit(title="走在身边")
ITEM = ItemEdit(chapter="走访纪实", title="走访困难群众", text="走访困难群众两户。")


def of_a_submission(world: World) -> list[Deed]:
    public_id = world.submitted()
    with world.reading():
        writer = people.public_id(world.actor("member"))
    given = SubmissionIn(kind="suggestion", title="增设充电桩", text=MATTER, member=writer)

    def handed_in() -> Submission:
        return world.submission(public_id)

    return [
        Deed(
            "submissions.submit",
            lambda by: submissions.submit(given, by=by),
            ("member", "secretary", "clerk"),
            ("submission.submit",),
        ),
        Deed(
            "submissions.correct",
            lambda by, **seen: submissions.correct(
                handed_in(), SubmissionEdit(title="充电桩不足", text=MATTER), by=by, **seen
            ),
            EDITORS,
            ("submission.correct",),
            row=handed_in,
        ),
        Deed(
            "conversions.into_case",
            lambda by, **seen: conversions.into_case(handed_in(), ToCaseIn(**CASE), by=by, **seen),
            OFFICE,
            ("case.raise", "submission.convert"),
            row=handed_in,
        ),
        Deed(
            "conversions.carry_on",
            lambda by, **seen: conversions.carry_on(
                handed_in(), CarryOnIn(into="proposal_lead", title="充电设施建设"), by=by, **seen
            ),
            OFFICE,
            ("submission.convert",),
            facts("into"),
            row=handed_in,
        ),
        Deed(
            "exemplars.mark",
            lambda by: exemplars.mark(handed_in(), "写得实在", by=by),
            ("secretary", "clerk"),
            ("exemplar.mark",),
            facts("submission"),
        ),
    ]


def of_a_visit(world: World) -> list[Deed]:
    """With a photo, and somebody its writer keeps in touch with."""
    public_id, linked = world.visited(), world.linked()

    def visit() -> Visit:
        return db.session.scalars(select(Visit).where(Visit.public_id == public_id)).one()

    def link() -> ContactLink:
        return db.session.scalars(select(ContactLink).where(ContactLink.public_id == linked)).one()

    with world.writing():
        photos.add(visit(), [SHOT], by=world.actor("member"))
    known = ContactLinkIn(kind="village", called="严家桥村", since="2026-03-01")
    return [
        Deed(
            "visits.register",
            lambda by: visits.register(VisitIn(**HEARD), by=by),
            MEMBERS,
            ("visit.visit",),
            is_new=True,
        ),
        Deed(
            "visits.correct",
            lambda by, **seen: visits.correct(visit(), VisitEdit(**HEARD), by=by, **seen),
            WRITER,
            ("visit.edit",),
            row=visit,
        ),
        Deed("photos.keep", lambda by: photos.keep(OTHER, "phone-1", by=by), MEMBERS, is_new=True),
        Deed(
            "photos.add",
            lambda by: photos.add(visit(), [OTHER], by=by),
            WRITER,
            ("visit.add_photo",),
            facts("sha256"),
        ),
        Deed(
            "photos.remove",
            lambda by: photos.remove(db.session.scalars(select(Photo)).one(), visit(), by=by),
            ("member", *OFFICE),
            ("visit.remove_photo",),
            facts("sha256"),
        ),
        Deed(
            "contact_links.register",
            lambda by: contact_links.register(known, by=by),
            MEMBERS,
            ("contact_link.link",),
            facts("kind"),
            is_new=True,
        ),
        Deed(
            "contact_links.end",
            lambda by, **seen: contact_links.end(link(), by=by, **seen),
            EDITORS,
            ("contact_link.end_link",),
            row=link,
        ),
    ]


def of_an_import(world: World) -> list[Deed]:
    """A form the member brought; the office sees all of them."""
    read_at_once(world, NOW, ("登记表.docx", annex1()), by="member")

    def imported() -> FormImport:
        return db.session.scalars(select(FormImport)).one()

    def receive(by: Actor) -> None:
        # Sealed anew each time: the rows belong to one upload.
        form_uploads.receive(form_uploads.seal([("另一份.docx", b"PK")]), UploadQuery(), by=by)

    return [
        Deed(
            "form_uploads.receive",
            receive,
            ("member", "member2", "secretary", "clerk", "admin"),
            ("import.upload_forms",),
            facts("sha256"),
            is_new=True,
        ),
        Deed("form_imports.correct", lambda by: form_imports.correct(imported(), {}, by=by), EDITORS),
        Deed(
            "form_imports.confirm",
            lambda by: form_imports.confirm(imported(), Choices(cases=False), {}, by=by),
            EDITORS,
            ("visit.visit", "import.confirm_forms"),
        ),
        Deed(
            "form_uploads.discard",
            lambda by: form_uploads.discard(imported(), by=by),
            EDITORS,
            ("import.discard_forms",),
        ),
    ]


def of_a_booklet(world: World) -> list[Deed]:
    """Two visits stand in it and a third may still come in; every change of words is the same line."""
    world.visited()
    world.visited(reported="走访企业两家")
    public_id = world.booklet()
    world.visited(reported="走访学校一所")

    def booklet() -> Booklet:
        return db.session.scalars(select(Booklet).where(Booklet.public_id == public_id)).one()

    with world.reading():
        found = booklet_sources.found(booklet(), Wanted(), world.actor("clerk"))
    words: dict[str, Do] = {
        "booklets.edit": lambda by, **seen: booklets.edit(booklet(), COVER, by=by, **seen),
        "booklet_items.add": lambda by, **seen: booklet_items.add(booklet(), found, by=by, **seen),
        "booklet_items.edit": lambda by, **seen: booklet_items.edit(
            booklet(), booklet().items[0], ITEM, by=by, **seen
        ),
        "booklet_items.confirm": lambda by, **seen: booklet_items.confirm(
            booklet(), booklet().items, by=by, **seen
        ),
        "booklet_items.leave_out": lambda by, **seen: booklet_items.leave_out(
            booklet(), booklet().items[0], out=True, by=by, **seen
        ),
        "booklet_items.shift": lambda by, **seen: booklet_items.shift(
            booklet(), booklet().items[0], "down", by=by, **seen
        ),
    }
    begun = BookletIn(title="走进群众")
    return [
        Deed(
            "booklets.begin",
            lambda by: booklets.begin(begun, by=by),
            CLERK,
            ("booklet.begin",),
            is_new=True,
        ),
        Deed(
            "booklets.make",
            lambda by: booklets.make(booklet(), by=by),
            CLERK,
            ("booklet.make",),
            facts("revision"),
        ),
        *(
            Deed(name, do, CLERK, ("booklet.edit",), _changed(name), row=booklet)
            for name, do in words.items()
        ),
    ]


def _changed(name: str) -> frozenset[str]:
    beside = {"booklets.edit": set[str](), "booklet_items.add": {"count"}, "booklet_items.confirm": {"items"}}
    return facts("what", "revision", *beside.get(name, {"item"}))
