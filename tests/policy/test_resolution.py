"""What holds on a day: a value, nothing any more or not yet, or nothing ever stated."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UnknownError
from engine.frozen import FrozenMap
from engine.policy import Document, Entry, Policy, vocabulary
from engine.policy.coverage import coverage, stretches

KEY = "membership.elderly_age"
DAYS = st.dates(date(2016, 1, 1), date(2036, 12, 31))
DAY = timedelta(days=1)


def document(
    start: date, end: date | None, *, programme: bool = True, name: str = "D1"
) -> Document:
    return Document(name, "1/KH", "KH 1", "Kế hoạch", "UBND", start, start, end, programme)


def policy(entries: dict[str, tuple[Entry, ...]], *documents: Document) -> Policy:
    return Policy("thi_du", "Thí Dụ", "TD", "province", documents, FrozenMap(entries), "0" * 64)


def entry(value: int, start: date, end: date | None) -> Entry:
    return Entry(KEY, value, start, end, f"KH 1, {value}", "D1")


@st.composite
def timelines(draw):
    """Values one after another, with and without days between them; the last may be open."""
    cuts = sorted(draw(st.lists(DAYS, min_size=2, max_size=12, unique=True)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    entries = [entry(index + 1, start, end) for index, (start, end) in enumerate(spans)]
    if draw(st.booleans()):
        last = entries[-1]
        entries[-1] = Entry(KEY, last.value, last.start, None, last.source, "D1")
    return tuple(entries)


@given(timelines(), DAYS)
def test_on_any_day_the_value_whose_dates_hold_the_day_answers_and_no_other(entries, day):
    holding = [one for one in entries if one.start <= day and (one.end is None or day <= one.end)]
    answer = policy({KEY: entries}).on(KEY, day)
    if holding:
        assert answer.status == "value"
        assert (answer.value, answer.source) == (holding[0].value, holding[0].source)
        assert (answer.start, answer.end) == (holding[0].start, holding[0].end)
    else:
        assert (answer.status, answer.value) == ("not_in_force", None)
        assert (answer.source, answer.force, answer.note) == (None, None, None)


@given(timelines())
def test_the_grid_agrees_with_the_answer_of_every_day_at_its_edges(entries):
    given_policy = policy({KEY: entries}, document(date(2016, 1, 1), None))
    (row,) = coverage(given_policy, [KEY])
    for cell in row.cells:
        for day in {cell.stretch.start, cell.stretch.end or cell.stretch.start}:
            assert given_policy.on(KEY, day).status == cell.status


@given(timelines())
def test_the_stretches_follow_one_another_without_a_day_lost(entries):
    parts = stretches(policy({KEY: entries}, document(date(2016, 1, 1), None)))
    for earlier, later in pairwise(parts):
        assert earlier.end is not None
        assert earlier.end + DAY == later.start
    assert parts[-1].end is None


def test_the_first_and_the_last_day_are_inside():
    one = policy({KEY: (entry(60, date(2021, 7, 28), date(2025, 12, 31)),)})
    assert one.on(KEY, date(2021, 7, 27)).status == "not_in_force"
    assert one.on(KEY, date(2021, 7, 28)).value == 60
    assert one.on(KEY, date(2025, 12, 31)).value == 60
    assert one.on(KEY, date(2026, 1, 1)).status == "not_in_force"


def test_not_in_force_names_the_days_of_what_was_in_force_last_and_no_source():
    two = policy(
        {
            KEY: (
                entry(55, date(2018, 1, 1), date(2018, 12, 31)),
                entry(60, date(2020, 1, 1), date(2020, 12, 31)),
            )
        }
    )
    between, after = two.on(KEY, date(2019, 6, 1)), two.on(KEY, date(2021, 6, 1))
    assert (between.end, between.source) == (date(2018, 12, 31), None)
    assert (after.end, after.source) == (date(2020, 12, 31), None)


def test_what_no_document_says_is_not_stipulated_and_never_zero():
    answer = policy({}).on("grant.establishment", date(2021, 7, 28))
    assert (answer.status, answer.value, answer.source) == ("not_stipulated", None, None)


def test_an_unknown_key_is_an_error_that_says_what_was_meant():
    with pytest.raises(UnknownError) as refused:
        policy({}).on("membership.sise", date(2021, 7, 28))
    assert "membership.size" in refused.value.help
    with pytest.raises(UnknownError):
        policy({}).entries_of("membership")


def test_a_target_of_a_provinces_own_is_known_and_not_stipulated_elsewhere():
    assert policy({}).on("target.own_gardens", date(2021, 1, 1)).status == "not_stipulated"
    assert policy({}).entries_of("target.own_gardens") == ()
    assert not vocabulary.is_known("target.gardens")


def test_a_gap_is_marked_only_between_two_values():
    entries = (
        entry(55, date(2018, 1, 1), date(2018, 12, 31)),
        entry(60, date(2020, 1, 1), date(2020, 12, 31)),
    )
    (row,) = coverage(policy({KEY: entries}, document(date(2017, 1, 1), date(2021, 12, 31))), [KEY])
    assert [(cell.stretch.start.year, cell.status, cell.gap) for cell in row.cells] == [
        (2017, "not_in_force", False),
        (2018, "value", False),
        (2019, "not_in_force", True),
        (2020, "value", False),
        (2021, "not_in_force", False),
        (2022, "not_in_force", False),
    ]
    assert row.has_gap


def test_the_grid_has_every_key_a_policy_may_have():
    keys = {row.key for row in coverage(policy({}, document(date(2021, 1, 1), None)))}
    assert keys == vocabulary.keys()


def test_the_grid_ends_with_a_provinces_own_keys():
    own = Entry("duty.village", "Lãnh đạo", date(2021, 1, 1), None, "KH 1", "D1")
    rows = coverage(policy({"duty.village": (own,)}, document(date(2021, 1, 1), None)))
    assert rows[-1].key == "duty.village"
    assert [cell.status for cell in rows[-1].cells] == ["value"]
    assert len(rows) == len(vocabulary.keys()) + 1


def test_a_value_that_holds_to_the_end_of_the_calendar_leaves_nothing_after_it():
    parts = stretches(policy({KEY: (entry(60, date(2021, 1, 1), date.max),)}))
    assert [(part.start, part.end) for part in parts] == [(date(2021, 1, 1), None)]


LAW = document(date(2010, 7, 1), None, programme=False, name="LAW")
FIRST = document(date(2017, 9, 7), date(2020, 12, 31), name="FIRST")
SECOND = document(date(2021, 7, 28), date(2025, 12, 31), name="SECOND")


def test_a_programme_is_over_the_day_after_the_last_document_ends():
    programmes = policy({}, LAW, FIRST, SECOND)
    assert programmes.ended(date(2025, 12, 31)) is None
    assert programmes.ended(date(2026, 1, 1)) == SECOND


def test_between_two_programmes_and_before_the_first_nothing_is_over():
    programmes = policy({}, SECOND, FIRST)
    assert programmes.ended(date(2021, 3, 1)) is None
    assert programmes.ended(date(2016, 1, 1)) is None
    assert programmes.period(date(2021, 3, 1)) is None


def test_a_law_that_is_only_referred_to_is_no_programme():
    assert policy({}, LAW).ended(date(2030, 1, 1)) is None
    assert policy({}, LAW).period(date(2021, 1, 1)) is None


def test_a_programme_without_an_end_is_never_over():
    assert policy({}, document(date(2021, 1, 1), None)).ended(date(2099, 1, 1)) is None


def test_a_programme_that_runs_on_outlives_one_that_ended():
    running = document(date(2019, 1, 1), None, name="RUNNING")
    assert policy({}, running, FIRST).ended(date(2026, 1, 1)) is None
    assert policy({}, FIRST, running).ended(date(2026, 1, 1)) is None


def test_the_period_of_a_day_is_the_programme_that_holds_it():
    programmes = policy({}, LAW, FIRST, SECOND)
    assert programmes.period(date(2018, 5, 1)) == FIRST
    assert programmes.period(date(2021, 7, 28)) == SECOND
    assert programmes.period(date(2025, 12, 31)) == SECOND
    assert programmes.period(date(2026, 1, 1)) is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_programmes_on_one_day_the_later_one_is_the_period(order):
    both = (FIRST, document(date(2019, 1, 1), date(2021, 6, 30), name="LATER"))
    found = policy({}, *(both[index] for index in order)).period(date(2020, 1, 1))
    assert found is not None
    assert found.id == "LATER"


def test_a_document_is_found_by_its_id():
    assert policy({}, FIRST).document("FIRST") == FIRST
    with pytest.raises(UnknownError):
        policy({}, FIRST).document("SECOND")
