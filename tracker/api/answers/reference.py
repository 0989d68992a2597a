"""Who I am, and the lists a form chooses from."""

from tracker.api.answers.base import Answer
from tracker.models import Area, Category, Committee, OrgUnit, Person


class CommitteeAnswer(Answer):
    code: str
    name: str
    has_circles: bool
    office_phone: str


class UnitBrief(Answer):
    id: str
    key: str
    name: str
    kind: str


class PostAnswer(Answer):
    role: str
    unit: UnitBrief


class Me(Answer):
    """``waiting`` counts by name what this person owes or watches; a count above 1,000 means more."""

    id: str
    login: str
    name: str
    title: str
    roles: list[str]
    posts: list[PostAnswer]
    committee: CommitteeAnswer
    waiting: dict[str, int]


class CategoryAnswer(Answer):
    code: str
    name: str
    full_name: str
    level: int
    parent: str | None


class AreaAnswer(Answer):
    code: str
    name: str
    full_name: str
    kind: str
    parent: str | None


class UnitAnswer(UnitBrief):
    short_name: str
    parent: str | None


class MemberAnswer(Answer):
    """``bridges``: why the member is a bridge to the public, by codes."""

    id: str
    name: str
    group: UnitBrief
    bridges: list[str]


class CategoryList(Answer):
    items: list[CategoryAnswer]
    next: str | None


class AreaList(Answer):
    items: list[AreaAnswer]
    next: str | None


class UnitList(Answer):
    items: list[UnitAnswer]
    next: str | None


class MemberList(Answer):
    items: list[MemberAnswer]
    next: str | None


def unit_brief(unit: OrgUnit) -> UnitBrief:
    return UnitBrief(id=unit.public_id, key=unit.key, name=unit.name, kind=unit.kind)


def unit_answer(unit: OrgUnit) -> UnitAnswer:
    return UnitAnswer(
        **unit_brief(unit).model_dump(),
        short_name=unit.short_name,
        parent=unit.parent.public_id if unit.parent else None,
    )


def category_answer(category: Category) -> CategoryAnswer:
    return CategoryAnswer(
        code=category.code,
        name=category.name,
        full_name=category.full_name,
        level=category.level,
        parent=category.parent.code if category.parent else None,
    )


def area_answer(area: Area) -> AreaAnswer:
    return AreaAnswer(
        code=area.code,
        name=area.name,
        full_name=area.full_name,
        kind=area.kind,
        parent=area.parent.code if area.parent else None,
    )


def me_answer(person: Person, committee: Committee, waiting: dict[str, int]) -> Me:
    return Me(
        id=person.public_id,
        login=person.login,
        name=person.name,
        title=person.title,
        roles=sorted({post.role for post in person.posts}),
        posts=[PostAnswer(role=post.role, unit=unit_brief(post.unit)) for post in person.posts],
        committee=CommitteeAnswer(
            code=committee.code,
            name=committee.name,
            has_circles=committee.has_circles,
            office_phone=committee.office_phone,
        ),
        waiting=waiting,
    )
