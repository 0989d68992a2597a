"""Matters made concrete: placeholders filled, letters opened and closed, replies framed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.cli.demo_content import content
from tracker.cli.demo_content.content import CharacterPairs, Matter, Place
from tracker.cli.demo_content.records import Answer, Resident, ResultClass, Source
from tracker.cli.demo_content.residents import surname
from tracker.cli.demo_content.timeline import month_end
from tracker.incoming.presets import Preset

SHORTEST: Final = 75
# A child is called otherwise north of the river.
LOCAL_WORD: Final = ("小囡", "小伢")
WE: Final[Mapping[str, str]] = {"health": "我委", "public_security": "我分局"}


@dataclass(frozen=True)
class Setting:
    """One matter at one place, with its figures drawn: enough to fill every text of it."""

    preset: Preset
    matter: Matter
    place: Place
    values: Mapping[str, str]

    def fill(self, text: str, **more: str) -> str:
        """A place that bears its township's name is not called by it twice."""
        if self.place.name.startswith(self.values["town"]):
            text = text.replace("{town}{place}", "{place}")
        if self.preset.committee.code == "dt":
            text = text.replace(*LOCAL_WORD)
        return text.format_map({**self.values, **more})


def setting(preset: Preset, matter: Matter, place: Place, rng: random.Random) -> Setting:
    word = preset.committee.region_word
    values = {
        "place": place.name,
        "town": preset.area_by_code[place.area.split(".")[0]].name,
        "region": f"我{word}",
        "gov": word,
        "office": preset.unit_by_key["office"].name,
    }
    for name, options in matter.vars.items():
        values[name] = _draw(options, rng)
    return Setting(preset, matter, place, values)


def _draw(options: list[str] | tuple[int, int], rng: random.Random) -> str:
    if isinstance(options, tuple):
        return str(_rounded(rng.randint(*options)))
    return rng.choice(options)


def _rounded(number: int) -> int:
    """As people say figures: the larger, the rounder."""
    step = next((step for least, step in ((1000, 50), (200, 10), (40, 5)) if number >= least), 1)
    return number // step * step


def narrative(setting: Setting, variant: int, source: Source, resident: Resident, rng: random.Random) -> str:
    """The text as it was taken down: opened by how it came in, closed by who speaks."""
    body = setting.fill(setting.matter.narratives[variant])
    if setting.matter.whole:
        return body
    return _framed(body, source, resident, rng, noted=variant > 0)


def echo(setting: Setting, number: int, source: Source, resident: Resident, rng: random.Random) -> str:
    """What a neighbour says about the same thing."""
    return _framed(setting.fill(setting.matter.echoes[number][1]), source, resident, rng, noted=False)


def _framed(body: str, source: Source, resident: Resident, rng: random.Random, *, noted: bool) -> str:
    openings, closings = content.phrases().openings[source], content.phrases().closings
    opening = rng.choice(openings.noted if noted else openings.told)
    if noted:
        closing = rng.choice([c for c in closings.noted if not (resident.is_anonymous and "反映人" in c)])
    elif not resident.is_anonymous and rng.random() < 0.3:
        closing = rng.choice(closings.signed).format(
            surname=surname(resident.name), name=resident.name, phone=resident.phone, address=resident.address
        )
    else:
        closing = rng.choice(("", rng.choice(closings.told)))
    while len(opening + body + closing) < SHORTEST:
        closing += rng.choice(closings.noted if noted else closings.told)
    return f"{opening}{body}{closing}"


def we(unit: str) -> str:
    return WE.get(unit, "我局")


@dataclass(frozen=True)
class Dates:
    """The days an answer speaks of."""

    checked: date
    done: date
    replied: date


def lead_answer(setting: Setting, unit: str, result: ResultClass, dates: Dates, rng: random.Random) -> Answer:
    plan = month_end(dates.replied, rng.randint(2, 5))
    body = setting.fill(
        setting.matter.replies[result],
        we=we(unit),
        checked=_day(dates.checked),
        done=_day(dates.done),
        plan=f"{plan.year}年{plan.month}月底",
    )
    text = _letter_from(setting, unit, body, rng)
    return Answer(result, text, "on_site" if rng.random() < 0.4 else "through_office")


def unreachable(answer: Answer, rng: random.Random) -> Answer:
    """The same answer to somebody who left no name."""
    reason = rng.choice(content.phrases().reply.unreachable)
    return Answer(answer.result_class, answer.text, "not_possible", reason)


def thin_answer(setting: Setting, unit: str, result: ResultClass, rng: random.Random) -> Answer:
    """The kind of answer that is sent back."""
    body = setting.fill(rng.choice(content.phrases().reply.thin), we=we(unit))
    return Answer(result, _letter_from(setting, unit, body, rng), "through_office")


def co_answer(setting: Setting, unit: str, result: ResultClass, rng: random.Random) -> Answer:
    opening = rng.choice(content.phrases().reply.co_openings).format(we=we(unit))
    body = setting.fill(setting.matter.co_opinion.replace("我局", we(unit)))
    return Answer(result, opening + body)


def _letter_from(setting: Setting, unit: str, body: str, rng: random.Random) -> str:
    frame = content.phrases().reply
    words = {
        "summary": setting.fill(setting.matter.summaries[0]),
        "we": we(unit),
        "we_work": f"{we(unit)}工作",
        "section": rng.choice(frame.sections),
        "phone": department_phone(setting.preset, unit),
    }
    opening = setting.fill(rng.choice(frame.openings), **words)
    return opening + body + setting.fill(rng.choice(frame.closings), **words)


def department_phone(preset: Preset, unit: str) -> str:
    """Invented like the office's own: in the same series, told apart by the last digits."""
    number = [department.key for department in preset.departments].index(unit)
    return f"{preset.committee.office_phone[:9]}{2101 + 7 * number}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def traditional(text: str) -> str:
    """As somebody writes who learnt the old characters."""
    return _respelt(text, content.phrases().old_forms)


def has_look_alikes(text: str) -> bool:
    """Are there at least two characters to be mistaken?"""
    return sum(text.count(character) for character in content.phrases().look_alikes.keys) >= 2


def look_alike(text: str) -> str:
    """What the hand writes for what the head means."""
    return _respelt(text, content.phrases().look_alikes)


def _respelt(text: str, pairs: CharacterPairs) -> str:
    return text.translate(str.maketrans(pairs.keys, pairs.values))
