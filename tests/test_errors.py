"""Refusals carry facts: what is said, in which field, what is missing, and when to come back."""

import pytest

from tracker import errors
from tracker.errors import Conflict, FieldError, HuiyinError, Invalid, TooMany


def kinds(base: type[HuiyinError] = HuiyinError) -> list[type[HuiyinError]]:
    below = [kind for one in base.__subclasses__() for kind in (one, *kinds(one))]
    return [kind for kind in below if kind.__module__ == errors.__name__]


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in kinds() if kind is not errors.RetryLater]
    assert len(codes) == len(set(codes)) > 10 and "error" not in codes


def test_a_fault_says_its_values_in_place() -> None:
    assert str(FieldError("name", "最多 %(most)d 个字", {"most": 40})) == "最多 40 个字"


def test_a_fault_without_values_may_hold_a_percent_sign() -> None:
    assert str(FieldError("rate", "超过 100%")) == "超过 100%"


def test_the_same_fault_counts_once_and_another_value_is_another_fault() -> None:
    one, same = FieldError("a", "b", {"n": 1}), FieldError("a", "b", {"n": 1})
    assert len({one, same}) == 1 and one != FieldError("a", "b", {"n": 2})


def test_one_fault_is_told_with_the_general_sentence() -> None:
    refused = Invalid.one("area", "没有这个地区", code="99")
    assert [(fault.field, fault.params) for fault in refused.errors] == [("area", {"code": "99"})]
    assert refused.message == "请改正下面标出的内容" == str(refused)


def test_faults_are_kept_even_when_they_come_one_by_one() -> None:
    refused = Invalid(FieldError(name, "缺") for name in ("a", "b"))
    assert (
        [fault.field for fault in refused.errors] == ["a", "b"] == [fault.field for fault in refused.errors]
    )


def test_a_conflict_without_more_names_nothing() -> None:
    refused = Conflict("已经有人改过")
    assert (refused.missing, refused.version) == ([], None)


def test_what_is_missing_is_kept_in_its_order() -> None:
    assert Conflict("还不能办", missing=(part for part in "cab")).missing == ["c", "a", "b"]


@pytest.mark.parametrize("kind", [errors.TooMany, errors.Unavailable, errors.NoSpace])
def test_what_passes_by_itself_says_when(kind: type[errors.RetryLater]) -> None:
    assert kind("稍后").retry_after == 5 and kind("稍后", retry_after=60).retry_after == 60
    assert issubclass(kind, errors.RetryLater)


def test_a_refusal_is_caught_by_its_general_name() -> None:
    with pytest.raises(HuiyinError, match="太频繁"):
        raise TooMany("太频繁")
