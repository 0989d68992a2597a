"""The demonstration is whole, believable in its numbers, and gives nobody away."""

import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tracker.cli import demo_content
from tracker.cli.demo import SHOWN
from tracker.cli.demo_content import Story, Visit
from tracker.cli.demo_content.cast import cast
from tracker.cli.demo_content.lives import COUNTS
from tracker.cli.demo_content.program import demonstration
from tracker.cli.demo_content.timeline import office_days
from tracker.rules import redaction
from tracker.rules.clock import SHANGHAI, shanghai_date

END = datetime(2026, 11, 20, 9, 0, tzinfo=SHANGHAI)
# A Sunday, the first of a year, the day after a long holiday, a year without a published plan.
OTHER_ENDS = (
    datetime(2026, 11, 22, 23, 30, tzinfo=SHANGHAI),
    datetime(2027, 1, 1, 8, 0, tzinfo=SHANGHAI),
    datetime(2026, 2, 24, 9, 0, tzinfo=SHANGHAI),
    datetime(2027, 6, 30, 17, 45, tzinfo=SHANGHAI),
)
ROOT = Path(demo_content.__file__).resolve().parents[3]
MOBILE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
LANDLINE = re.compile(r"0\d{2,3}-\d{7,8}")


@pytest.fixture(scope="module")
def stories() -> tuple[Story, ...]:
    return tuple(demo_content.stories(end=END))


@pytest.fixture(scope="module")
def visits() -> tuple[Visit, ...]:
    return tuple(demo_content.visits(end=END))


def texts(story: Story) -> Iterator[str]:
    """Everything a story says."""
    yield from (
        story.summary,
        story.narrative,
        story.transfer_text,
        story.outcome,
        story.reason,
        story.told_note,
        story.letter_follow_up,
        story.rating_note,
    )
    for task in story.tasks:
        yield from (task.transfer_text, task.rework_reason, task.return_reason, task.return_note)
        for answer in task.answers:
            yield from (answer.text, answer.contact_reason)


def what_departments_get(story: Story) -> Iterator[str]:
    yield story.transfer_text
    for task in story.tasks:
        yield task.transfer_text


# --- people


def test_there_are_eighty_people_forty_a_committee() -> None:
    assert Counter(person.committee for person in demo_content.people()) == {"xs": 40, "dt": 40}


@pytest.mark.parametrize("committee", ["xs", "dt"])
def test_the_known_logins_hold_the_known_posts(committee: str) -> None:
    posts = {person.login: (person.role, person.unit) for person in demo_content.people()}
    office = {"clerk", "director", "leader", "auditor", "admin"}
    assert all(posts[f"{committee}-{role}"] == (role, "office") for role in office)
    assert posts[f"{committee}-member"][0] == "member"
    assert posts[f"{committee}-secretary"][0] == "secretary"
    assert posts[f"{committee}-dept"] == ("handler", "housing")
    assert posts[f"{committee}-dept2"] == ("handler", "transport")


@pytest.mark.parametrize("committee", ["xs", "dt"])
def test_every_group_has_a_secretary_and_members_and_every_department_a_handler(committee: str) -> None:
    preset = cast(committee).preset
    held = defaultdict(list)
    for person in demo_content.people():
        if person.committee == committee:
            assert person.unit in preset.unit_by_key
            held[person.role].append(person.unit)
    assert Counter(held["secretary"]) == {unit.key: 1 for unit in preset.groups}
    assert Counter(held["handler"]) == {unit.key: 1 for unit in preset.departments}
    assert Counter(held["member"]) == {unit.key: 3 for unit in preset.groups}
    assert len(held["clerk"]) == 2


def test_logins_and_names_are_nobody_elses() -> None:
    people = demo_content.people()
    assert len({person.login for person in people}) == len({person.name for person in people}) == 80


def test_some_names_have_two_characters_of_surname_or_rare_characters() -> None:
    names = "".join(person.name for person in demo_content.people())
    assert set("玥珺堃喆") <= set(names)
    assert "欧阳" in names and "诸葛" in names


@pytest.mark.requirement("S2-02")
def test_dongtai_has_members_of_the_city_above() -> None:
    assert [p.committee for p in demo_content.people() if p.level == "prefecture"] == ["dt"] * 3


# --- matters


def test_there_are_more_than_110_matters_and_their_codes_resolve() -> None:
    matters = demo_content.matters()
    assert len({matter.key for matter in matters}) == len(matters) >= 110
    for matter in matters:
        homes = [cast("xs").preset, cast("dt").preset]
        departments = {unit.key for preset in homes for unit in preset.departments}
        assert all(matter.category in preset.category_by_code for preset in homes), matter.key
        assert {matter.lead, matter.else_lead, matter.subject, *matter.co} - {""} <= departments, matter.key


def test_every_matter_brings_the_words_its_way_needs() -> None:
    for matter in demo_content.matters():
        if matter.route == "assign":
            assert matter.transfer and matter.replies and matter.lead, matter.key
        else:
            assert matter.outcome and not matter.replies, matter.key
        assert not matter.co or matter.co_opinion, matter.key
        assert not matter.family or len(matter.echoes) >= 2, matter.key


def test_every_third_level_topic_area_is_touched() -> None:
    groups = {matter.category.split(".")[0] for matter in demo_content.matters()}
    assert groups == {entry.code for entry in cast("xs").preset.categories if entry.level == 2}


# --- stories: how many, and where they stand


def test_there_are_400_stories_and_120_visits(stories: tuple[Story, ...], visits: tuple[Visit, ...]) -> None:
    assert Counter(story.committee for story in stories) == {"xs": 220, "dt": 180}
    assert len(visits) == 120


def test_every_life_is_there_as_often_as_planned(stories: tuple[Story, ...]) -> None:
    assert Counter(story.life for story in stories) == {life: sum(counts) for life, counts in COUNTS.items()}


def test_every_matter_is_told(stories: tuple[Story, ...]) -> None:
    assert {matter.key for matter in demo_content.matters()} == {story.matter for story in stories}


def test_no_two_stories_are_told_alike(stories: tuple[Story, ...]) -> None:
    assert len({(story.summary, story.narrative) for story in stories}) == 400


def test_stories_reach_over_ten_months_without_a_gap(stories: tuple[Story, ...]) -> None:
    months = {shanghai_date(END - story.raised_before).strftime("%Y-%m") for story in stories}
    assert len(months) >= 10
    assert max(story.raised_before for story in stories) < timedelta(days=320)


def test_every_department_and_every_member_has_something_to_show(stories: tuple[Story, ...]) -> None:
    for committee in ("xs", "dt"):
        told = [story for story in stories if story.committee == committee]
        given = {task.unit for story in told for task in story.tasks}
        assert given == {unit.key for unit in cast(committee).preset.departments}
        assert sum(story.raised_by == f"{committee}-member" for story in told) >= 15


def test_some_wait_too_long_and_most_do_not(stories: tuple[Story, ...]) -> None:
    late = Counter(story.life for story in stories if story.overdue)
    assert {"raised", "coordinated_waiting", "accepted", "replied", "handled", "issued"} <= set(late)
    assert 12 <= sum(late.values()) <= 30


def test_urgent_ones_petitions_and_anonymous_people_are_among_them(stories: tuple[Story, ...]) -> None:
    assert sum(story.urgency == "urgent" for story in stories) >= 15
    assert sum(story.is_petition for story in stories) >= 40
    assert 8 <= sum(story.resident.is_anonymous for story in stories) <= 24


def test_codes_resolve(stories: tuple[Story, ...]) -> None:
    for story in stories:
        preset = cast(story.committee).preset
        assert story.area in preset.area_by_code
        assert preset.category_by_code[story.category].level == 3
        units = {task.unit for task in story.tasks} | {task.suggested for task in story.tasks}
        assert units | {story.subject_unit} <= set(preset.unit_by_key) | {None}


# --- stories: what happens in them


def test_acts_follow_one_another_and_end_before_the_end(stories: tuple[Story, ...]) -> None:
    for story in stories:
        assert all(first.before >= second.before for first, second in pairwise(story.steps)), story.key
        assert story.steps[-1].before > timedelta(0)
        assert story.steps[0].move == "raise"


def test_after_the_raising_everything_happens_in_office_hours(stories: tuple[Story, ...]) -> None:
    calendar = office_days(END).calendar
    for story in stories:
        for step in story.steps[1:]:
            moment = (END - step.before).astimezone(SHANGHAI)
            assert calendar.is_working_day(moment.date()), (story.key, step.move)
            assert 8 <= moment.hour < 18, (story.key, step.move)


def test_only_people_of_the_committee_act_and_each_in_their_part(stories: tuple[Story, ...]) -> None:
    roles = {person.login: person for person in demo_content.people()}
    expected = {
        "accept": "handler",
        "reply": "handler",
        "request_return": "handler",
        "approve_letter": "director",
    }
    for story in stories:
        for step in story.steps:
            if step.by == "resident":
                assert step.move == "rate"
                continue
            assert roles[step.by].committee == story.committee
            assert roles[step.by].role == expected.get(step.move, roles[step.by].role)
            if roles[step.by].role == "handler":
                assert step.task is not None
                assert roles[step.by].unit == story.tasks[step.task].unit


def test_nobody_signs_the_letter_they_drafted(stories: tuple[Story, ...]) -> None:
    for story in stories:
        hands = {step.move: step.by for step in story.steps}
        if "approve_letter" in hands:
            assert hands["approve_letter"] != hands["draft_letter"]


def test_there_is_a_lead_and_its_answers_match_its_acts(stories: tuple[Story, ...]) -> None:
    for story in stories:
        if story.route != "assign":
            assert not story.tasks
            continue
        assert story.tasks[-1 if story.life == "returned" else 0].role == "lead"
        for number, task in enumerate(story.tasks):
            replies = sum(step.move == "reply" and step.task == number for step in story.steps)
            assert replies == len(task.answers), story.key


def test_answers_are_as_long_as_a_department_writes_them(stories: tuple[Story, ...]) -> None:
    good = [task.answers[-1] for s in stories if s.life != "reworked" for task in s.tasks if task.answers]
    lead = [answer.text for answer in good if answer.contact_record]
    assert len(lead) > 200
    assert all(150 <= len(text) <= 400 for text in lead)


def test_an_anonymous_person_is_told_on_the_code_page(stories: tuple[Story, ...]) -> None:
    told = [story.told for story in stories if story.resident.is_anonymous and story.told]
    assert told and set(told) == {"code_page"}


def test_merged_cases_have_a_master_raised_before_them_at_the_same_place(stories: tuple[Story, ...]) -> None:
    by_key = {story.key: story for story in stories}
    merged = [story for story in stories if story.merge_into]
    assert {story.life for story in merged} == {"merged"}
    for story in merged:
        master = by_key[story.merge_into or ""]
        assert master.life != "merged"
        assert (master.matter, master.area) == (story.matter, story.area)
        assert master.raised_before > story.raised_before
        assert master.narrative != story.narrative


def test_a_child_is_merged_before_its_master_is_handled(stories: tuple[Story, ...]) -> None:
    handled = {s.key: step.before for s in stories for step in s.steps if step.move == "handle"}
    for story in stories:
        if story.merge_into in handled:
            merged = next(step.before for step in story.steps if step.move == "merge")
            assert merged > handled[story.merge_into]


def test_some_twins_of_open_cases_still_lie_in_the_queue(stories: tuple[Story, ...]) -> None:
    masters = {story.merge_into for story in stories if story.merge_into}
    known = {(story.matter, story.area) for story in stories if story.key in masters}
    twins = [story for story in stories if story.life == "raised" and (story.matter, story.area) in known]
    assert len(twins) >= 4


@pytest.mark.requirement("T06")
def test_nobody_handles_a_case_about_themselves(stories: tuple[Story, ...]) -> None:
    about = [story for story in stories if story.subject_unit]
    assert len(about) >= 8
    for story in about:
        assert story.subject_unit not in {task.unit for task in story.tasks}


@pytest.mark.requirement("T06")
def test_accusations_are_only_ever_referred_and_only_by_the_director(stories: tuple[Story, ...]) -> None:
    accusations = [story for story in stories if story.is_accusation]
    assert len(accusations) == 6
    for story in accusations:
        assert story.subject_unit and not story.tasks
        assert story.route in (None, "refer")
        assert all(step.by.endswith("-director") for step in story.steps[1:])


# --- words


def test_narratives_have_some_length_and_a_few_a_very_great_one(stories: tuple[Story, ...]) -> None:
    lengths = [len(story.narrative) for story in stories]
    assert min(lengths) >= 75
    assert 2 <= sum(length >= 3000 for length in lengths) <= 10
    assert sum(length >= 1200 for length in lengths) >= 8
    assert max(lengths) <= 10_000


def test_summaries_fit_in_one_line(stories: tuple[Story, ...]) -> None:
    assert all(6 <= len(story.summary) <= 42 for story in stories)


def test_no_gap_in_a_text_is_left_open(stories: tuple[Story, ...], visits: tuple[Visit, ...]) -> None:
    said = [text for story in stories for text in texts(story)] + [visit.reported for visit in visits]
    assert not [text for text in said if "{" in text or "}" in text or "None" in text]


def test_some_people_write_in_old_or_look_alike_characters(stories: tuple[Story, ...]) -> None:
    assert sum("們" in story.narrative or "這" in story.narrative for story in stories) >= 4
    assert sum(bool(set(story.narrative) & set("巿夲巳末")) for story in stories) >= 6


def test_departments_are_given_nothing_that_names_the_resident(stories: tuple[Story, ...]) -> None:
    for story in stories:
        who = story.resident
        own = [value for value in (who.name, who.phone, who.address) if value]
        for text in what_departments_get(story):
            assert not [value for value in own if value in text], story.key


@pytest.mark.requirement("T03")
def test_the_detector_finds_nothing_in_what_departments_get(stories: tuple[Story, ...]) -> None:
    for story in stories:
        who = story.resident
        own = [[value] if value else [] for value in (who.name, who.address, who.phone)]
        for text in set(what_departments_get(story)):
            assert redaction.find(text, *own) == [], story.key


def test_answers_do_not_name_the_resident_either(stories: tuple[Story, ...]) -> None:
    for story in stories:
        answered = "".join(answer.text for task in story.tasks for answer in task.answers)
        assert not story.resident.name or story.resident.name not in answered
        assert not story.resident.phone or story.resident.phone not in answered


def test_every_telephone_is_in_the_invented_range(stories: tuple[Story, ...]) -> None:
    files = [path.read_text(encoding="utf-8") for path in ROOT.glob("tracker/**/*.toml")]
    said = [text for story in stories for text in texts(story)] + files
    said += [story.resident.phone for story in stories]
    mobiles = [number for text in said for number in MOBILE.findall(text)]
    landlines = [number for text in said for number in LANDLINE.findall(text)]
    assert mobiles and all(number.startswith("1990000") for number in mobiles)
    assert landlines and all(re.match(r"051[05]-8888", number) for number in landlines)


def test_no_two_residents_share_a_telephone(stories: tuple[Story, ...], visits: tuple[Visit, ...]) -> None:
    people = {story.resident for story in stories} | {visit.contact for visit in visits}
    phones = [person.phone for person in people if person.phone]
    assert len(phones) == len(set(phones)) > 350


def test_a_name_or_telephone_is_kept_only_with_consent(stories: tuple[Story, ...]) -> None:
    assert all(story.resident.consent_process != story.resident.is_anonymous for story in stories)


# --- visits


def test_stories_and_visits_name_each_other(stories: tuple[Story, ...], visits: tuple[Visit, ...]) -> None:
    by_key = {story.key: story for story in stories}
    begun = {key: visit.key for visit in visits for key in visit.stories}
    assert begun == {story.key: story.visit for story in stories if story.visit}
    for visit in visits:
        for key in visit.stories:
            assert by_key[key].resident == visit.contact
            assert by_key[key].raised_by == visit.member
            assert by_key[key].source == "visit"
    assert all((story.source == "visit") == (story.visit is not None) for story in stories)


def test_some_visits_bring_several_concerns_and_some_none(visits: tuple[Visit, ...]) -> None:
    counts = Counter(len(visit.stories) for visit in visits)
    assert counts[0] >= 10 and counts[1] >= 40 and counts[2] + counts[3] >= 10


@pytest.mark.requirement("S2-03")
def test_only_dongtai_visits_belong_to_a_circle_and_all_three_occur(visits: tuple[Visit, ...]) -> None:
    assert {visit.circle for visit in visits if visit.committee == "xs"} == {None}
    assert {visit.circle for visit in visits if visit.committee == "dt"} == {"sector", "living", "friends"}


@pytest.mark.requirement("S2-30")
def test_a_visit_is_made_by_a_member_for_the_own_group(visits: tuple[Visit, ...]) -> None:
    people = {person.login: person for person in demo_content.people()}
    for visit in visits:
        assert people[visit.member].role == "member"
        assert people[visit.member].unit == visit.group


def test_what_was_reported_on_a_visit_does_not_repeat_who_reported_it(visits: tuple[Visit, ...]) -> None:
    for visit in visits:
        written = visit.reported + visit.help_needed + visit.coordination_needed
        assert visit.contact.name not in written
        assert visit.contact.phone not in written


def test_needs_are_listed_where_stories_began(visits: tuple[Visit, ...]) -> None:
    for visit in visits:
        assert bool(visit.stories) == bool(visit.help_needed or visit.coordination_needed)


# --- always the same


def test_all_acts_come_in_one_order_of_time() -> None:
    acts = list(demo_content.acts(end=END))
    assert all(first[1].before >= second[1].before for first, second in pairwise(acts))
    assert len(acts) == sum(len(story.steps) for story in demo_content.stories(end=END))


def test_another_seed_tells_other_stories() -> None:
    other = next(iter(demo_content.stories(end=END, seed=7)))
    assert other != next(iter(demo_content.stories(end=END)))


def test_the_same_end_and_seed_tell_the_same_whatever_the_hashes_are() -> None:
    script = (
        "import hashlib\n"
        "from datetime import datetime\n"
        "from tracker.cli.demo_content.program import demonstration\n"
        f"told = repr(demonstration(datetime.fromisoformat({END.isoformat()!r})))\n"
        "print(hashlib.sha256(told.split('stories=', 1)[1].encode()).hexdigest())\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize("end", OTHER_ENDS, ids=lambda end: end.date().isoformat())
def test_the_tale_can_stop_on_any_day(end: datetime) -> None:
    told = demonstration(end)
    assert len(told.stories) == 400
    assert len({(story.summary, story.narrative) for story in told.stories}) == 400
    assert Counter(story.life for story in told.stories) == {life: sum(c) for life, c in COUNTS.items()}
    assert all(step.before > timedelta(0) for story in told.stories for step in story.steps)


@pytest.mark.parametrize("code", ["xs", "dt"])
def test_whoever_tries_the_demo_can_have_a_booklet_checked_by_two_others(code: str) -> None:
    roles = [p.role for p in demo_content.people() if p.login in {f"{code}-{name}" for name in SHOWN}]
    assert roles.count("clerk") == 2 and "director" in roles
