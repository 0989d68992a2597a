import pytest

from tracker.rules import periods


def test_each_class_of_case_has_its_reply_period():
    assert [periods.reply_days(name) for name in ("urgent", "simple", "normal", "complex")] == [3, 5, 15, 30]


def test_an_unknown_class_is_refused():
    with pytest.raises(ValueError, match="leisurely"):
        periods.reply_days("leisurely")


@pytest.mark.parametrize(("lead", "co"), [(1, 1), (3, 1), (5, 2), (15, 5), (28, 10), (30, 10), (60, 10)])
def test_a_co_department_has_a_third_of_the_leads_period(lead, co):
    assert periods.co_period(lead) == co


def test_urgency_shortens_coordination_and_a_petition_lengthens_the_return_window():
    assert periods.coordinate_days(urgent=True) < periods.coordinate_days(urgent=False) == 3
    assert periods.return_days(petition=True) == 5 > periods.return_days(petition=False) == 3


def test_later_stages_have_their_periods():
    assert [periods.days(name) for name in ("accept", "review", "letter", "deliver")] == [2, 2, 5, 2]
    assert [periods.days(name) for name in ("rework", "reopened")] == [5, 10]


def test_every_period_has_at_least_a_day_a_timer_and_a_source():
    for name, period in periods.PERIODS.items():
        assert period.days >= 1, name
        assert period.timer.startswith("C") and period.basis, name


def test_all_defaults_together_stay_within_sixty_calendar_days():
    """35 working days never exceeded 59 calendar days between 2018 and 2025 (art. 34)."""
    whole = periods.days("coordinate") + periods.reply_days("complex") + periods.days("review")
    assert whole == 35


def test_what_rests_on_an_article_names_it():
    legal = {name: period.days for name, period in periods.PERIODS.items() if "条" in period.basis}
    assert legal == {"coordinate": 3, "request_return_petition": 5}


@pytest.mark.parametrize("lead", range(1, 61))
def test_a_co_department_never_has_longer_than_the_lead_or_ten_days(lead):
    assert 1 <= periods.co_period(lead) <= min(lead, periods.CO_LIMIT)


def test_a_period_nobody_defined_is_no_period():
    with pytest.raises(KeyError):
        periods.days("leisurely")
