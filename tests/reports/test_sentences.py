"""A report's sentences: each number in them is one of the report's JSON, or made of two of them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from support.glance import built

from engine import i18n
from engine.reports.writers import sentences
from engine.targets.progress import tenths

REPORTS = (
    ("overview", None),
    ("half_year", "2022H1"),
    ("half_year", "2023H1"),
    ("year", "2022"),
    ("difficulties", "2022"),
)
DATES = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}")
NUMBERS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]{3})*(?:,[0-9])?")


@pytest.fixture(params=["en", "vi"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.use(request.param)
    yield request.param
    i18n.use(before)


def numbers(sentence: str) -> list[float]:
    """Return the numbers in a sentence but for those of its dates."""
    found = NUMBERS.findall(DATES.sub("", sentence))
    return [float(one.replace(".", "").replace(",", ".")) for one in found]


def parts(document: dict[str, Any]) -> dict[int, list[str]]:
    return dict(enumerate(lines for _title, lines in sentences.results(document)))


@pytest.mark.parametrize(("report", "period"), REPORTS)
def test_the_sentences_about_clubs_and_members_are_the_figures(
    report: str, period: str | None
) -> None:
    document = built(37, report, period)
    sums, before = document["figures"], document["previous"]["figures"]
    clubs, members, *_rest = parts(document).values()

    def change(name: str) -> list[float]:
        grown = sums[name] - before[name]
        return [abs(grown)] if grown else []

    assert numbers(clubs[0]) == [
        *(sums["clubs"], sums["villages_with_clubs"], sums["communes_with_clubs"]),
        *change("clubs"),
    ]
    assert numbers(clubs[1]) == [sums["clubs_decided_in_period"], sums["clubs_dissolved_in_period"]]
    assert numbers(clubs[2]) == list(sums["clubs_by_state"].values())
    assert numbers(members[0]) == [
        *(sums["members"], *change("members")),
        *(sums["women"], tenths(sums["women"], sums["members"]) / 10),
        *_elderly(sums, members[0]),
        tenths(sums["elderly"], sums["members"]) / 10,
    ]
    assert numbers(members[1]) == [sums["poor"], sums["near_poor"], sums["difficult"]]


def _elderly(sums: dict[str, Any], sentence: str) -> list[float]:
    """Return how many are elderly and from which age, which both languages say in this order."""
    assert str(sums["elderly_age"]) in sentence
    return [sums["elderly"], sums["elderly_age"]]


@pytest.mark.parametrize(("report", "period"), REPORTS)
def test_the_sentences_about_money_activities_and_targets_are_the_figures(
    report: str, period: str | None
) -> None:
    document = built(37, report, period)
    sums, before = document["figures"], document["previous"]["figures"]
    _clubs, _members, funds, activities, targets = parts(document).values()
    grown = sums["income_fund"] - before["income_fund"]
    assert numbers(funds[0]) == [
        *(sums["income_fund"], *([abs(grown)] if grown else [])),
        sums["operating_fund"],
    ]
    assert numbers(funds[1]) == [sums["grants"], document["received"]["total"]]
    assert numbers(activities[0]) == [
        sums[name] for name in ("trainings", "meetings", "supervisions", "reviews")
    ]
    total, counted, met, under_way, missed = numbers(targets[0])
    rows = document["progress"]
    assert total == len(rows)
    assert met + under_way + missed == counted <= total
    assert met == sum(one["status"] == "met" for one in rows)
    assert missed == sum(one["status"] == "not_met" for one in rows)


def test_what_is_late_is_counted_and_the_latest_is_named_with_its_commune() -> None:
    document = built(37)
    late = document["overdue"]
    worst = max(late, key=lambda one: one["overdue_days"])
    first, second = sentences.difficulties(document)
    shown = first.replace(worst["club_name"], "").replace(worst["commune"], "")
    assert numbers(shown)[:3] == [
        len(late),
        len({one["club"] for one in late if one["club"]}),
        worst["overdue_days"],
    ]
    assert worst["club_name"] in first
    assert worst["commune"] in first
    assert numbers(second) == [len(document["attention"])]


def test_one_sentence_says_whether_it_is_well_and_what_changed() -> None:
    document = built(37)
    sums, before = document["figures"], document["previous"]["figures"]
    late, attention, met, counted, clubs, members = numbers(sentences.standing(document))
    assert (late, attention) == (len(document["overdue"]), len(document["attention"]))
    assert met == sum(one["status"] == "met" for one in document["progress"])
    assert counted >= met
    assert clubs == sums["clubs"] - before["clubs"]
    assert members == sums["members"] - before["members"]


def test_without_a_period_before_nothing_is_said_of_a_change(language: str) -> None:
    document = built(37)
    document["previous"] = None
    assert numbers(sentences.results(document)[0][1][0]) == [
        document["figures"][name]
        for name in ("clubs", "villages_with_clubs", "communes_with_clubs")
    ]
    assert ("Since" if language == "en" else "So với") not in sentences.standing(document)


def test_a_province_without_a_club_says_so_and_no_share_of_nothing() -> None:
    document = built(0)
    assert document["previous"] is None
    assert "%" not in " ".join(
        line for _title, lines in sentences.results(document) for line in lines
    )
    assert numbers(sentences.standing(document)) == []


def test_the_period_before_a_half_year_is_a_half_year() -> None:
    document = built(37, "half_year", "2022H1")
    assert document["previous"]["id"] == "2021H2"
    assert document["previous"]["end"] == "2021-12-31"
    assert built(37, "year", "2022")["previous"]["id"] == "2021"
    assert built(37)["previous"]["end"] == date(2023, 12, 31).isoformat()
