"""The thin coat itself: what it refuses, what it shows, and that it holds no object."""

import copy
import pickle

import pytest

from workflows.rulebook import Move, MoveRefused, OpenMove, Rulebook, State


class Thing:
    def __init__(self, state: str, **needs: bool) -> None:
        self.state = state
        self.__dict__.update(needs)


BOOK = Rulebook(
    "parcel",
    (State("packed", "已打包"), State("sent", "已寄出"), State("lost", "已丢失", final=True)),
    (
        Move("send", ("packed",), "sent", "寄出", ("has_stamp", "has_address"), primary=True),
        Move("send", ("packed",), "sent", "挂号", ("has_form",), variant="registered", gives=("has_form",)),
        Move("track", ("packed", "sent"), None, "查询"),
        Move("lose", ("sent",), "lost", "丢失", by_system=True, asks="report"),
        Move("settle", ("sent",), "lost", "理赔", ("is_cheap",)),
        Move("settle", ("sent",), "lost", "理赔", ("is_dear", "is_insured"), asks="settle_dear"),
    ),
)
READY = {"has_stamp": True, "has_address": True, "has_form": True}


def test_names_stand_once_and_in_the_order_of_the_table() -> None:
    assert BOOK.names == ("send", "track", "lose", "settle")


@pytest.mark.parametrize(
    ("name", "variants"), [("send", (None, "registered")), ("track", (None,)), ("burn", ())]
)
def test_the_variants_of_a_move_are_told(name: str, variants: tuple[str | None, ...]) -> None:
    assert BOOK.variants(name) == variants


def test_a_book_begins_with_its_first_state() -> None:
    assert BOOK.initial == "packed" and list(BOOK.states) == ["packed", "sent", "lost"]


def test_all_needs_must_be_met_and_all_missing_are_named() -> None:
    parcel = Thing("packed", has_stamp=False, has_address=False, has_form=True)
    with pytest.raises(MoveRefused) as refused:
        BOOK.apply("send", parcel)
    assert refused.value.missing == ("has_stamp", "has_address")
    assert str(refused.value) == "send needs has_stamp, has_address"
    assert parcel.state == "packed"


def test_a_variant_asks_for_its_own_needs_only() -> None:
    parcel = Thing("packed", has_stamp=False, has_address=False, has_form=True)
    BOOK.apply("send", parcel, "registered")
    assert parcel.state == "sent"


@pytest.mark.parametrize("state", ["sent", "lost"])
def test_a_move_from_elsewhere_is_refused_without_looking_at_needs(state: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        BOOK.apply("send", Thing(state))
    assert refused.value.missing == ()
    assert "does not start" in str(refused.value)


@pytest.mark.parametrize("state", ["packed", "sent"])
def test_a_move_without_target_leaves_the_state(state: str) -> None:
    parcel = Thing(state)
    BOOK.apply("track", parcel)
    assert parcel.state == state


@pytest.mark.parametrize(
    ("state", "open_moves"),
    [
        ("packed", [("send", None), ("send", "registered"), ("track", None)]),
        ("sent", [("track", None), ("lose", None), ("settle", None)]),
        ("lost", []),
    ],
)
def test_what_starts_from_here_is_listed_in_the_order_of_the_table(
    state: str, open_moves: list[tuple[str, str | None]]
) -> None:
    parcel = Thing(state, **READY, is_cheap=True, is_dear=False, is_insured=False)
    assert [(found.name, found.move.variant) for found in BOOK.open_from(parcel)] == open_moves


@pytest.mark.parametrize(
    ("cheap", "insured", "permission", "missing"),
    [
        (True, False, "settle", ()),
        (False, True, "settle_dear", ()),
        (False, False, "settle", ("is_cheap",)),
    ],
)
def test_of_two_rows_the_one_that_lacks_least_is_shown_with_its_permission(
    cheap: bool, insured: bool, permission: str, missing: tuple[str, ...]
) -> None:
    parcel = Thing("sent", is_cheap=cheap, is_dear=not cheap, is_insured=insured)
    (found,) = (found for found in BOOK.open_from(parcel) if found.name == "settle")
    assert (found.permission, found.missing) == (permission, missing)


@pytest.mark.parametrize(("cheap", "insured", "ends"), [(True, False, "lost"), (False, True, "lost")])
def test_either_of_two_rows_makes_the_move(cheap: bool, insured: bool, ends: str) -> None:
    parcel = Thing("sent", is_cheap=cheap, is_dear=not cheap, is_insured=insured)
    BOOK.apply("settle", parcel)
    assert parcel.state == ends


def test_what_comes_along_bars_nothing_but_is_missing_still() -> None:
    parcel = Thing("packed", has_stamp=True, has_address=True, has_form=False)
    found = {(o.name, o.move.variant): o for o in BOOK.open_from(parcel)}
    registered: OpenMove = found["send", "registered"]
    assert (registered.missing, registered.barred_by) == (("has_form",), ())
    assert BOOK.missing("send", parcel, "registered") == ("has_form",)


def test_a_move_is_asked_for_by_its_own_name_unless_it_says_otherwise() -> None:
    parcel = Thing("sent", is_cheap=True, is_dear=False, is_insured=False)
    assert {found.name: found.permission for found in BOOK.open_from(parcel)} == {
        "track": "track",
        "lose": "report",
        "settle": "settle",
    }


def test_a_fault_in_a_need_is_a_fault_and_no_refusal() -> None:
    with pytest.raises(AttributeError):
        BOOK.apply("send", Thing("packed"))


def test_a_state_nobody_wrote_down_makes_no_move() -> None:
    with pytest.raises((MoveRefused, ValueError)):
        BOOK.apply("track", Thing("burnt"))
    assert BOOK.open_from(Thing("burnt")) == []


def test_two_things_do_not_know_of_each_other() -> None:
    one, other = Thing("packed", **READY), Thing("packed", **READY)
    BOOK.apply("send", one)
    assert (one.state, other.state) == ("sent", "packed")


def test_an_object_that_moved_can_still_be_copied_and_stored() -> None:
    parcel = Thing("packed", **READY)
    BOOK.apply("send", parcel)
    assert copy.deepcopy(parcel).state == pickle.loads(pickle.dumps(parcel)).state == "sent"


def test_a_fault_in_a_move_changes_no_state() -> None:
    class Brittle(Thing):
        @property
        def has_address(self) -> bool:
            raise RuntimeError("the need fell over")

    parcel = Brittle("packed", has_stamp=True)
    with pytest.raises(RuntimeError):
        BOOK.apply("send", parcel)
    assert parcel.state == "packed"
