"""The visits: those in which stories began, and those that brought nothing to solve."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from tracker.cli.demo_content import content
from tracker.cli.demo_content.cast import Cast
from tracker.cli.demo_content.chooser import Chooser
from tracker.cli.demo_content.content import Place, PlainVisit
from tracker.cli.demo_content.drafts import Desk
from tracker.cli.demo_content.records import Channel, Circle, Committee, Story, Visit
from tracker.cli.demo_content.timeline import LENGTH, Walk

TOTALS: Final[dict[Committee, int]] = {"xs": 66, "dt": 54}
CIRCLES: Final[tuple[Circle, ...]] = ("living", "living", "living", "sector", "sector", "friends")
NUMERALS: Final = "一二三四五"
EXCERPT: Final = 90


def write_visits(stories: Sequence[Story], chooser: Chooser, desk: Desk) -> list[Visit]:
    """All visits of the committee; the plain ones make up the total."""
    begun = sorted((s for s in stories if s.visit), key=lambda s: (s.visit or "", -s.raised_before))
    found = [_with_stories(list(group), desk) for _, group in groupby(begun, key=lambda s: s.visit)]
    missing = TOTALS[desk.cast.committee] - len(found)
    return found + [_plain(number, chooser, desk) for number in range(missing)]


def _with_stories(stories: list[Story], desk: Desk) -> Visit:
    first = stories[0]
    return Visit(
        key=first.visit or "",
        committee=first.committee,
        member=first.raised_by,
        group=desk.cast.person(first.raised_by).unit,
        circle=_circle(desk),
        channel=_channel(first.narrative, desk),
        contact=first.resident,
        contact_kind=desk.rng.choice(("public_person", "public_person", "sector_person")),
        persons_count=desk.rng.choice((1, 1, 1, 2, 2, 3, 4, 6, 11)),
        area=first.area,
        before=first.raised_before,
        reported=_reported(stories),
        help_needed=_listed(s.summary for s in stories if s.origin == "help"),
        coordination_needed=_listed(s.summary for s in stories if s.origin == "coordination"),
        stories=tuple(story.key for story in stories),
    )


def _channel(narrative: str, desk: Desk) -> Channel:
    """What was told at somebody's door was not told by telephone."""
    if "走访" in narrative or desk.rng.random() < 0.6:
        return "in_person"
    return desk.rng.choice(("phone", "wechat", "qq"))


def _plain_channel(text: str) -> Channel:
    if "通电话" in text:
        return "phone"
    return "wechat" if "微信" in text else "in_person"


def _reported(stories: Sequence[Story]) -> str:
    """The beginning of what was said; several matters are counted off."""
    if len(stories) == 1:
        return excerpt(stories[0].narrative)
    parts = (f"{NUMERALS[n]}是{story.summary}" for n, story in enumerate(stories))
    return f"走访中反映了{NUMERALS[len(stories) - 1]}个方面的情况：{'；'.join(parts)}。"


def excerpt(text: str) -> str:
    """Whole sentences from the beginning, at least one."""
    end = text.find("。", EXCERPT)
    return text if end < 0 else text[: end + 1]


def _listed(summaries: Iterable[str]) -> str:
    found = list(summaries)
    if len(found) == 1:
        return found[0]
    return "\n".join(f"{number}．{summary}" for number, summary in enumerate(found, 1))


def _plain(number: int, chooser: Chooser, desk: Desk) -> Visit:
    templates = content.phrases().visits
    template = templates[(number + len(templates) // 2 * (desk.cast.committee == "dt")) % len(templates)]
    place = desk.rng.choice(_places(desk.cast, template))
    member = desk.cast.member_for(place, desk.rng)
    walk = Walk(desk.office, desk.office.back(desk.rng.randint(1, LENGTH - 1)), desk.rng)
    return Visit(
        key=chooser.number(),
        committee=desk.cast.committee,
        member=member.login,
        group=member.unit,
        circle=_circle(desk),
        channel=_plain_channel(template.text),
        contact=chooser.visited(place),
        contact_kind="enterprise" if place.kind == "plant" else "public_person",
        persons_count=desk.rng.choice((1, 2, 3, 5, 8)),
        area=place.area,
        before=desk.office.end - walk.start(outside_hours=desk.rng.random() < 0.4),
        reported=template.text.format(place=place.name),
        help_needed="",
        coordination_needed="",
        stories=(),
    )


def _places(cast: Cast, template: PlainVisit) -> list[Place]:
    return [place for place in cast.places if place.kind == template.kind]


def _circle(desk: Desk) -> Circle | None:
    return desk.rng.choice(CIRCLES) if desk.cast.preset.committee.has_circles else None
