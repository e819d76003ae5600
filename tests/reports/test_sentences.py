"""A report's sentences: each number in them is one of the report's JSON, or made of two of them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from support.glance import built

from engine import i18n
from engine.reports.commune_names import in_a_sentence
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
QUIET = (
    *("clubs_decided_in_period", "clubs_dissolved_in_period", "grants"),
    *("trainings", "meetings", "supervisions", "reviews"),
)


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


def counted(*figures: float) -> list[float]:
    """Return the figures that a sentence names: of what there is none it says so in words."""
    return [one for one in figures if one]


def every_sentence(document: dict[str, Any]) -> list[str]:
    lines = [line for _title, part in sentences.results(document) for line in part]
    return [*lines, *sentences.difficulties(document), sentences.summary(document)]


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
    moved = (sums["clubs_decided_in_period"], sums["clubs_dissolved_in_period"])
    assert numbers(clubs[1]) == counted(*moved)
    assert numbers(clubs[2]) == list(sums["clubs_by_state"].values())
    assert numbers(members[0]) == [
        *(sums["members"], *change("members")),
        *(sums["women"], tenths(sums["women"], sums["members"]) / 10),
        *_elderly(sums, members[0]),
        tenths(sums["elderly"], sums["members"]) / 10,
    ]
    assert numbers(members[1]) == counted(sums["poor"], sums["near_poor"], sums["difficult"])


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
    held = ((sums[name], before[name]) for name in ("income_fund", "operating_fund"))
    grown = ((now, abs(now - then)) for now, then in held)
    assert numbers(funds[0]) == [
        one for now, more in grown for one in (now, more)[: 1 + bool(more)]
    ]
    assert numbers(funds[1]) == counted(sums["grants"], document["received"]["total"])
    assert numbers(activities[0]) == counted(
        *(sums[name] for name in ("trainings", "meetings", "supervisions", "reviews"))
    )
    total, whole, *states = numbers(targets[0])
    rows = document["progress"]
    assert total == len(rows)
    assert sum(states) == whole <= total
    met = sum(one["status"] == "met" for one in rows)
    missed = sum(one["status"] == "not_met" for one in rows)
    assert states == counted(met, whole - met - missed, missed)


def test_what_is_late_is_counted_and_the_latest_is_named_with_its_commune() -> None:
    document = built(37)
    late = document["overdue"]
    worst = max(late, key=lambda one: one["overdue_days"])
    first, second = sentences.difficulties(document)
    commune = in_a_sentence(worst["commune"])
    shown = first.replace(worst["club_name"], "").replace(commune, "")
    assert numbers(shown)[:3] == [
        len(late),
        len({one["club"] for one in late if one["club"]}),
        worst["overdue_days"],
    ]
    assert worst["club_name"] in first
    assert f", {commune})" in first
    assert numbers(second) == [len(document["attention"])]


def test_one_sentence_says_whether_it_is_well_and_what_changed(language: str) -> None:
    document = built(37)
    document["previous"]["overdue"] = len(document["overdue"]) + 4
    sums, before = document["figures"], document["previous"]["figures"]
    late, attention, met, counted, *changes = numbers(sentences.summary(document))
    clubs, members, tasks = changes
    assert (late, attention) == (len(document["overdue"]), len(document["attention"]))
    asked = [one for one in document["progress"] if one["kind"] != "budget"]
    assert met == sum(one["status"] == "met" for one in asked)
    assert met <= counted <= len(asked)
    assert clubs == abs(sums["clubs"] - before["clubs"])
    assert members == abs(sums["members"] - before["members"])
    assert tasks == 4
    assert ("down by 4" if language == "en" else "giảm 4") in sentences.summary(document)
    document["previous"]["overdue"] = len(document["overdue"])
    same = "unchanged." if language == "en" else "không đổi."
    assert sentences.summary(document).endswith(same)


@pytest.mark.parametrize("clubs", [1, 37])
@pytest.mark.parametrize(("report", "period"), REPORTS)
def test_what_there_is_none_of_is_a_word_and_not_a_count(
    clubs: int, report: str, period: str | None
) -> None:
    document = built(clubs, report, period)
    counts = [
        re.sub(r"[0-9.]+ đồng|[0-9,]+%|[0-9]/[0-9]|[0-9] of|\(.*\)", "", one)
        for one in every_sentence(document)
    ]
    assert [one for one in counts if 0 in numbers(one)] == []


def test_a_quiet_period_is_shown_in_words() -> None:
    document = built(37)
    for name in document["figures"]:
        if name in QUIET:
            document["figures"][name] = 0
    i18n.use("vi")
    shown = every_sentence(document)
    assert "Trong kỳ không thành lập mới, không giải thể câu lạc bộ nào." in shown
    assert any(one.startswith("Trong kỳ không có khoản hỗ trợ nào; tổng") for one in shown)
    assert (
        "Trong kỳ chưa ghi lượt tập huấn, buổi sinh hoạt, lượt giám sát, lượt đánh giá năm nào."
        in shown
    )


def test_without_a_period_before_nothing_is_shown_of_a_change(language: str) -> None:
    document = built(37)
    document["previous"] = None
    assert numbers(sentences.results(document)[0][1][0]) == [
        document["figures"][name]
        for name in ("clubs", "villages_with_clubs", "communes_with_clubs")
    ]
    assert ("Since" if language == "en" else "So với") not in sentences.summary(document)


def test_a_province_without_a_club_says_so_and_no_share_of_nothing() -> None:
    document = built(0)
    assert document["previous"] is None
    assert "%" not in " ".join(
        line for _title, lines in sentences.results(document) for line in lines
    )
    assert numbers(sentences.summary(document)) == []


def test_the_period_before_a_half_year_is_a_half_year() -> None:
    document = built(37, "half_year", "2022H1")
    assert document["previous"]["id"] == "2021H2"
    assert document["previous"]["end"] == "2021-12-31"
    assert built(37, "year", "2022")["previous"]["id"] == "2021"
    assert built(37)["previous"]["end"] == date(2023, 12, 31).isoformat()
