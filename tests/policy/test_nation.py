"""What a national plugin states: shown with the province's value, and given as the nation's."""

from datetime import date
from pathlib import Path

import pytest
from support.literals import policy
from support.odd import NATION, ODD, odd

from engine.cli.policy import one_key
from engine.model import Receipt, TaskKind
from engine.policy.effective import Rules, nationwide_citation
from engine.policy.files import general
from engine.reports.due import due
from engine.scenario.case import play_case
from engine.scenario.case_file import read_case
from engine.scenario.play import LAUNCHED, play
from engine.scenario.world import World, open_world

ON = date(2024, 6, 30)
CASES = sorted((NATION / "cases").glob("*.toml"))


def both() -> Rules:
    return odd(nation=True).rules(ODD)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_comes_true(path: Path, tmp_path: Path) -> None:
    assert play_case(read_case(path, province=ODD), tmp_path, odd(nation=True)) == []


def test_where_both_speak_both_are_shown_and_the_province_s_is_gone_by() -> None:
    answer, text = one_key(both(), "membership.size", ON)
    assert (answer["status"], answer["value"]) == ("value", {"min": 55, "max": 75})
    assert answer["national"] == {"value": {"min": 50, "max": 70}, "source": "QĐ 9/QĐ-TTg, II.1"}
    assert "cả nước: 50 - 70 [QĐ 9/QĐ-TTg, II.1]" in "\n".join(text)
    assert both().stated("membership.size", ON).source == "KH 2/KH-UBND, I.8"


def test_where_the_province_is_silent_the_nation_answers_as_the_nation() -> None:
    answer, text = one_key(both(), "membership.women_share", ON)
    assert (answer["status"], answer["value"], answer["source"]) == ("not_stipulated", None, None)
    cited = "quy định cho cả nước, không phải của tỉnh, thành phố (QĐ 9/QĐ-TTg, II.1)"
    assert answer["general"] == {"value": {"min": 60, "max": 70}, "source": cited}
    assert any(cited in line for line in text)
    rule = both().rule("membership.women_share", ON)
    assert rule is not None
    assert (rule.source, rule.citation) == (cited, cited)


def test_before_and_after_its_document_the_nation_is_silent_too() -> None:
    for day in (date(2020, 8, 30), date(2026, 1, 1)):
        assert both().stated("membership.women_share", day).status == "not_stipulated"


def test_without_a_national_plugin_nothing_is_borrowed() -> None:
    rules = odd().rules(ODD)
    assert rules.stated("membership.women_share", ON).status == "not_stipulated"
    assert rules.rule("membership.women_share", ON) is None
    assert one_key(rules, "membership.size", ON)[0].get("national") is None


def test_the_national_law_is_shown_next_to_a_province_s_own_age() -> None:
    assert general().kind == "nation"
    rules = Rules(policy({"membership.elderly_age": 55}))
    answer, _text = one_key(rules, "membership.elderly_age", date(2022, 3, 1))
    assert (answer["value"], answer["national"]["value"]) == (55, 60)


def test_the_receipt_of_a_decision_covers_both() -> None:
    alone, with_nation = odd().receipt(ODD), odd(nation=True).receipt(ODD)
    assert isinstance(alone, Receipt)
    assert (alone.plugin, alone.version) == (with_nation.plugin, with_nation.version)
    assert alone.digest != with_nation.digest


def test_a_national_plugin_is_no_province() -> None:
    assert list(odd(nation=True).found()) == [ODD]


def test_a_task_the_nation_asks_for_has_its_article_in_the_log_and_ends_with_it(
    tmp_path: Path,
) -> None:
    provinces = odd(nation=True)
    with open_world(tmp_path, ODD, date(2026, 6, 30), provinces=provinces) as world:
        club = world.open(date(2025, 7, 1), {"name": "CLB Một", "commune": "Xã Một"})
        outcomes = list(play(world, club, LAUNCHED, date(2025, 7, 1)))
        assert outcomes
        launched = world.outcomes[-1].event
        assert launched is not None
        opened = {one.kind: one.source for one in launched.effects.opened}
        assert opened[TaskKind.MEETING] == "QĐ 9/QĐ-TTg, III"
        store, rules = world.registry.store, world.rules
        (shown,) = (
            one for one in due(store, rules, ODD, launched.on) if one.kind is TaskKind.MEETING
        )
        assert shown.source == nationwide_citation("QĐ 9/QĐ-TTg, III")
        later = [one for one in due(store, rules, ODD, date(2026, 6, 30)) if one.club == club]
        assert [one.ended for one in later if one.kind is TaskKind.MEETING] == [date(2025, 12, 31)]


def meetings(world: World, rules: Rules, on: date) -> list[date | None]:
    past = on < date(2025, 6, 30)
    found = due(world.registry.store, rules, ODD, on, past=past)
    return [one.due_on for one in found if one.kind is TaskKind.MEETING]


@pytest.mark.usefixtures("english")
def test_what_it_asks_for_falls_due_of_clubs_that_were_at_work_before_it(tmp_path: Path) -> None:
    """The plugin is installed when its document is long in force and the clubs have none of it."""
    with open_world(tmp_path, ODD, date(2025, 6, 30), provinces=odd()) as world:
        club = world.found(date(2023, 2, 1))
        for step, day in (
            *(("propose", date(2023, 2, 10)), ("approve", date(2023, 3, 1))),
            *(("train", date(2023, 3, 15)), ("launch", date(2023, 4, 1))),
        ):
            world.take(club, step, day)
        rules, on = both(), date(2023, 5, 1)
        assert meetings(world, world.rules, on) == []
        assert meetings(world, rules, on) == [date(2023, 6, 1)]
        (one,) = [
            one
            for one in due(world.registry.store, rules, ODD, on, past=True, clubs=[club])
            if one.kind is TaskKind.MEETING
        ]
        assert (one.club, one.ended) == (club, None)
        assert one.source == nationwide_citation("QĐ 9/QĐ-TTg, III")
        assert one.note == "Last on 01/04/2023, before this rule was installed."
        world.take(club, "meeting", date(2023, 7, 1))
        assert meetings(world, rules, date(2023, 7, 2)) == [date(2023, 9, 1)]
        assert meetings(world, rules, date(2020, 8, 30)) == []
        world.take(club, "suspend", date(2023, 8, 1))
        assert meetings(world, rules, date(2023, 8, 2)) == []
        world.take(club, "resume", date(2023, 10, 5))
        assert meetings(world, rules, date(2023, 10, 6)) == [date(2023, 12, 5)]
        world.take(club, "dissolve", date(2023, 11, 1))
        assert meetings(world, rules, date(2023, 11, 2)) == []
        assert meetings(world, rules, date(2023, 10, 31)) == [date(2023, 12, 5)]
        assert meetings(world, rules, date(2025, 6, 30)) == []
