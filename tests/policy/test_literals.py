"""Resolving, comparing and covering a policy: the rules at their edges, with literals."""

from datetime import date
from typing import Any

import pytest
from support.literals import Dated, day, document, policy, rules

from engine.errors import UnknownError
from engine.frozen import FrozenMap
from engine.policy import coverage, differences, files
from engine.policy.coverage import Stretch
from engine.policy.effective import Rule, Rules
from engine.policy.problem import PolicyFileError

pytestmark = pytest.mark.usefixtures("english")

ON = day("2022-03-01")
KEY = "supervision.interval_months"
GENERAL = "general procedure, not a provision of the province"


def test_what_the_province_states_is_the_rule_with_its_article() -> None:
    both = rules({KEY: Dated(6, source="QD1, II.4")}, general={KEY: 12})
    assert both.rule(KEY, ON) == Rule(6, "QD 1, II.4")
    found = both.rule(KEY, ON)
    assert found is not None
    assert found.citation == "QD 1, II.4"


def test_where_the_province_is_silent_the_general_procedure_is_the_rule() -> None:
    silent = rules({}, general={KEY: 12})
    assert silent.rule(KEY, ON) == Rule(12, None)
    found = silent.rule(KEY, ON)
    assert found is not None
    assert found.citation == GENERAL


@pytest.mark.parametrize(
    ("key", "citation"),
    [
        ("membership.elderly_age", "national law: Luật Người cao tuổi 39/2009/QH12, Điều 2"),
        ("basis.elderly_law", "national law: Luật Người cao tuổi 39/2009/QH12"),
        ("basis.national_scheme", "for the whole nation: QĐ 1336/QĐ-TTg"),
        (KEY, GENERAL),
    ],
)
def test_law_a_national_decision_and_the_general_procedure_are_called_so(
    key: str, citation: str
) -> None:
    found = Rules(policy({}), files.general()).rule(key, ON)
    assert found is not None
    assert found.citation == citation


def test_where_neither_states_anything_there_is_no_rule() -> None:
    assert rules({}).rule(KEY, ON) is None
    ended = rules({KEY: Dated(6, end=day("2021-12-31"))})
    assert ended.rule(KEY, ON) is None


def test_what_is_stated_is_the_province_s_alone() -> None:
    silent = rules({}, general={KEY: 12})
    assert silent.stated(KEY, ON).status == "not_stipulated"
    with pytest.raises(UnknownError):
        silent.stated("supervision.nothing", ON)


def test_without_defaults_the_engine_s_own_general_procedure_is_used() -> None:
    assert Rules(policy()).general is files.general()
    assert Rules(policy(), policy()).general is not files.general()


def entry(value: Any, **days: Any) -> Any:
    return policy({KEY: Dated(value, **days)}).entries_of(KEY)[0]


def test_two_versions_that_are_the_same_differ_in_nothing() -> None:
    one, other = policy({KEY: 6}), policy({KEY: 6})
    assert differences.keys(one, other) == ()
    assert differences.documents(one, other) == ()


def test_a_value_changed_added_or_taken_away_is_a_difference_of_its_key() -> None:
    old = policy({KEY: 6, "review.interval_months": 12})
    new = policy({KEY: 3, "meeting.interval_months": 1})
    found = differences.keys(old, new)
    assert [one.key for one in found] == [
        "meeting.interval_months",
        "review.interval_months",
        KEY,
    ]
    meeting, review, supervision = found
    assert (meeting.before, [one.value for one in meeting.after]) == ((), [1])
    assert ([one.value for one in review.before], review.after) == ([12], ())
    assert [one.value for one in supervision.before] == [6]
    assert [one.value for one in supervision.after] == [3]


def test_of_several_values_only_those_that_one_version_has_alone_differ() -> None:
    first = Dated(6, end=day("2022-12-31"))
    old = policy({KEY: [first, Dated(6, start=day("2023-01-01"))]})
    new = policy({KEY: [first, Dated(3, start=day("2023-01-01"))]})
    (found,) = differences.keys(old, new)
    assert [one.value for one in found.before] == [6]
    assert [one.value for one in found.after] == [3]
    assert found.before[0].start == day("2023-01-01")


def test_a_document_that_only_one_version_has_or_describes_otherwise_differs() -> None:
    kept, gone, come = document("QD1"), document("KH1"), document("KH2")
    changed = {**kept, "title": "Khác"}
    old = policy(documents=[kept, gone])
    new = policy(documents=[changed, come])
    found = differences.documents(old, new)
    assert [one.id for one in found] == ["QD1", "KH1", "KH2"]
    assert [(one.before is None, one.after is None) for one in found] == [
        (False, False),
        (False, True),
        (True, False),
    ]


def test_a_dated_value_as_json_has_its_days_and_its_plain_value() -> None:
    one = entry({"months": 6, "of": ["a"]}, start=day("2022-01-01"), extra={"note": "ghi chú"})
    assert differences.entry_data(one) == {
        "from": day("2022-01-01"),
        "to": day("2025-12-31"),
        "value": {"months": 6, "of": ["a"]},
        "source": "QD 1, I.1",
        "force": None,
        "note": "ghi chú",
    }
    assert isinstance(one.value, FrozenMap)


THREE = {
    KEY: [
        Dated(6, start=day("2021-01-01"), end=day("2021-12-31")),
        Dated(3, start=day("2023-01-01"), end=day("2023-12-31")),
    ]
}


def test_stretches_are_cut_where_a_value_or_a_document_begins_or_ends() -> None:
    assert coverage.stretches(policy(THREE)) == (
        Stretch(day("2021-01-01"), day("2021-12-31")),
        Stretch(day("2022-01-01"), day("2022-12-31")),
        Stretch(day("2023-01-01"), day("2023-12-31")),
        Stretch(day("2024-01-01"), day("2025-12-31")),
        Stretch(day("2026-01-01"), None),
    )


def test_a_document_that_ends_on_the_last_day_of_all_opens_no_stretch_after_it() -> None:
    endless = policy(documents=[document(end=date.max)])
    assert coverage.stretches(endless) == (Stretch(day("2021-01-01"), None),)
    almost = policy(documents=[document(end=day("9999-12-30"))])
    assert coverage.stretches(almost)[-1] == Stretch(date.max, None)


def test_a_stretch_without_a_value_between_two_that_have_one_is_a_gap() -> None:
    (row,) = coverage.coverage(policy(THREE), [KEY])
    assert [cell.status for cell in row.cells] == [
        "value",
        "not_in_force",
        "value",
        "not_in_force",
        "not_in_force",
    ]
    assert [cell.gap for cell in row.cells] == [False, True, False, False, False]
    assert row.key == KEY
    assert row.has_gap


def test_a_key_that_begins_late_or_is_never_stated_has_no_gap() -> None:
    late = policy({**THREE, "review.interval_months": Dated(12, start=day("2024-01-01"))})
    rows = coverage.coverage(late, ["review.interval_months", "meeting.interval_months"])
    assert [row.has_gap for row in rows] == [False, False]
    assert [cell.status for cell in rows[0].cells][-2:] == ["value", "not_in_force"]
    assert {cell.status for cell in rows[1].cells} == {"not_stipulated"}


def test_every_fixed_key_has_its_row_and_the_province_s_own_come_last() -> None:
    own = policy({"duty.planning": "Lập kế hoạch", KEY: 6})
    keys = [row.key for row in coverage.coverage(own)]
    assert keys[0] == "roles.open"
    assert keys[-1] == "duty.planning"
    assert keys.count(KEY) == 1
    assert len(keys) == len(set(keys))


BAD = b'[province]\nid = "thu"\n'


@pytest.mark.parametrize("read", [files.read_policy, files.parse_policy])
def test_a_file_that_is_refused_is_named_with_every_mistake(read: Any) -> None:
    with pytest.raises(PolicyFileError) as refused:
        read(BAD, origin="thu.toml")
    assert refused.value.origin == "thu.toml"
    assert str(refused.value).startswith("Mistakes in the policy file thu.toml: ")
    keys = [one.key for one in refused.value.problems]
    assert {"document", "province.name", "province.prefix"} <= set(keys)


def test_a_file_that_is_sound_is_read_with_its_name() -> None:
    sound = BAD + b'name = "T"\nprefix = "TH"\napi_version = "1.0"\nkind = "province"\n'
    sound += (
        '[[document]]\nid = "QD1"\nnumber = "1"\nshort = "QĐ 1"\ntitle = "T"\nissuer = "U"\n'
        'from = 2021-01-01\n[[membership.elderly_age]]\nvalue = 60\nsource = "QD1, I"\n'
    ).encode()
    for read in (files.read_policy, files.parse_policy):
        found = read(sound, origin="thu.toml")
        assert (found.origin, found.name) == ("thu.toml", "T")
        assert found.on("membership.elderly_age", ON).value == 60


def test_a_group_s_keys_are_listed_by_their_ids_in_the_order_of_the_file() -> None:
    one = policy({"review.interval_months": 12, KEY: 6, "supervision.by": "Hội NCT tỉnh"})
    found = [(name, [entry.value for entry in dated]) for name, dated in one.group("supervision")]
    assert found == [("interval_months", [6]), ("by", ["Hội NCT tỉnh"])]
    assert list(one.group("super")) == []
    assert list(one.keys()) == ["review.interval_months", KEY, "supervision.by"]


def test_a_key_is_there_or_not_and_an_unknown_one_is_refused() -> None:
    one = policy({KEY: 6})
    assert one.has(KEY)
    assert not one.has("review.interval_months")
    assert one.entries_of("review.interval_months") == ()
    for asked in (one.entries_of, lambda key: one.on(key, ON)):
        with pytest.raises(UnknownError) as refused:
            asked("supervision.interval_month")
        assert str(refused.value) == "There is no policy key supervision.interval_month."
        assert refused.value.help == "Did you mean supervision.interval_months?"


def test_a_document_is_found_by_its_id() -> None:
    one = policy(documents=[document("QD1"), document("KH2")])
    assert one.document("KH2").short == "KH 2"
    with pytest.raises(UnknownError) as refused:
        one.document("KH3")
    assert str(refused.value) == "The policy of Tỉnh Thử has no document KH3."


def test_the_latest_programme_whose_period_holds_the_day_is_the_period() -> None:
    first, second = document("QD1"), document("QD2", day("2022-01-01"), day("2022-12-31"))
    law = document("LU3", day("2022-02-01"), None, programme=False)
    one = policy(documents=[second, first, law])
    periods = [one.period(day(on)) for on in ("2021-12-31", "2022-12-31")]
    assert [found.id for found in periods if found is not None] == ["QD1", "QD2"]
    latest = policy(documents=[first, second]).period(ON)
    assert latest is not None
    assert latest.id == "QD2"
    assert one.period(day("2020-12-31")) is None


def test_a_programme_is_over_the_day_after_the_last_one_ended() -> None:
    earlier = document("KH2", day("2018-01-01"), day("2020-12-31"))
    both = policy(documents=[document("QD1"), earlier])
    assert both.ended(day("2025-12-31")) is None
    over = both.ended(day("2026-01-01"))
    assert over is not None
    assert over.id == "QD1"
    assert policy(documents=[document("QD1"), document("QD2", end=None)]).ended(date.max) is None
    law = document("LU3", end=day("2030-12-31"), programme=False)
    assert policy(documents=[law]).ended(date.max) is None


def test_a_day_between_two_values_names_the_one_before_it() -> None:
    one = policy(THREE)
    between = one.on(KEY, ON)
    assert (between.status, between.value) == ("not_in_force", None)
    assert (between.start, between.end) == (day("2021-01-01"), day("2021-12-31"))
    assert between.source is None
    before = one.on(KEY, day("2020-01-01"))
    assert (before.start, before.end) == (day("2021-01-01"), day("2021-12-31"))


def test_a_value_is_answered_with_all_that_is_stated_of_it() -> None:
    stated = Dated(6, extra={"force": "norm", "note": "ghi chú", "new_clubs_only": True})
    found = policy({KEY: stated}).on(KEY, ON)
    assert (found.key, found.force, found.note) == (KEY, "norm", "ghi chú")
    assert (found.start, found.end) == (day("2021-01-01"), day("2025-12-31"))
    assert found.extra == FrozenMap({"new_clubs_only": True})
    ended = policy({KEY: stated}).on(KEY, day("2026-01-01"))
    assert (ended.status, ended.force, ended.note) == ("not_in_force", None, None)
