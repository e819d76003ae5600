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
from engine.scenario.world import open_world

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
