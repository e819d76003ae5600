"""From plain tables to a policy: every part, with literals."""

import hashlib
import json
import re
import tomllib
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import pytest
from support.literals import Dated, day, document, policy

from engine import codes
from engine.frozen import FrozenMap, to_json
from engine.policy import coverage, files, make, read, vocabulary
from engine.policy.coverage import Stretch
from engine.policy.model import Document, Entry, LeftOut
from engine.policy.problem import PolicyFileError, Problem
from engine.provinces.load import Provinces, read_policy_bytes

pytestmark = pytest.mark.usefixtures("english")

FIRST, LAST = day("2021-01-01"), day("2025-12-31")
PROVINCE = {"id": "thu", "name": "Tỉnh Thử", "prefix": "TH"}
QD1 = make.documents_of({"document": [document()]})[0]
ENDLESS = make.documents_of({"document": [document(end=None)]})[0]


def raw(**groups: Any) -> dict[str, Any]:
    return {"province": PROVINCE, "document": [document()], **groups}


def entry(
    key: str,
    table: dict[str, Any],
    of: Document = QD1,
    phases: dict[str, tuple[date, date]] | None = None,
) -> Entry:
    return make.make_entry(key, {"source": "QD1, I.1", **table}, {"QD1": of}, phases or {})


def test_a_province_is_made_with_everything_its_table_states() -> None:
    province = {**PROVINCE, "kind": "city", "api_version": "1.2"}
    reasons = [{"check": "a", "reason": "Vì một"}, {"check": "b", "reason": "Vì hai"}]
    made = make.policy_of(
        {**raw(), "province": province, "left_out": reasons}, digest="d1", origin="thu.toml"
    )
    assert (made.province_id, made.name, made.prefix) == ("thu", "Tỉnh Thử", "TH")
    assert (made.kind, made.api_version) == ("city", "1.2")
    assert (made.digest, made.origin) == ("d1", "thu.toml")
    assert made.left_out == (LeftOut("a", "Vì một"), LeftOut("b", "Vì hai"))
    assert [one.id for one in made.documents] == ["QD1"]


def test_a_province_that_states_no_kind_and_no_version_has_the_usual_ones() -> None:
    made = make.policy_of(raw(), digest="", origin="")
    assert (made.kind, made.api_version, made.left_out) == ("province", "1.0", ())


def test_only_groups_of_values_are_keys_in_the_order_of_the_file() -> None:
    tables = raw(
        left_out=[],
        review={"interval_months": [{"value": 12, "source": "QD1, V"}]},
        membership={
            "size": [{"value": {"min": 50}, "source": "QD1, I"}],
            "elderly_age": [{"value": 60, "source": "QD1, II"}],
        },
    )
    made = make.policy_of(tables, digest="", origin="")
    assert list(made.entries) == [
        "review.interval_months",
        "membership.size",
        "membership.elderly_age",
    ]
    assert len(made.entries) == 3
    assert "membership.size" in made.entries
    assert "membership.women_share" not in made.entries
    assert made.entries["membership.size"][0].source == "QD 1, I"


def test_values_of_a_key_are_in_order_of_their_days_and_made_once() -> None:
    late = {"value": 50, "source": "QD1", "from": day("2024-01-01")}
    early = {"value": 60, "source": "QD1", "to": day("2023-12-31")}
    made = make.policy_of(raw(membership={"elderly_age": [late, early]}), digest="", origin="")
    found = made.entries["membership.elderly_age"]
    assert [(one.value, one.start, one.end) for one in found] == [
        (60, FIRST, day("2023-12-31")),
        (50, day("2024-01-01"), LAST),
    ]
    assert made.entries["membership.elderly_age"] is found


def test_a_value_of_a_phase_has_the_days_the_phase_states_last() -> None:
    phase = [
        {"value": {"label": "I", "from": FIRST, "to": day("2021-12-31")}, "source": "QD1"},
        {"value": {"label": "I", "from": FIRST, "to": day("2022-06-30")}, "source": "QD1"},
    ]
    values = [{"value": 60, "source": "QD1", "phase": "first"}]
    made = make.policy_of(
        raw(phase={"first": phase}, membership={"elderly_age": values}), digest="", origin=""
    )
    (found,) = made.entries["membership.elderly_age"]
    assert (found.start, found.end) == (FIRST, day("2022-06-30"))


def test_a_document_is_made_with_everything_its_table_states() -> None:
    table = {
        "id": "KH9",
        "number": "9/KH-UBND",
        "short": "KH 9",
        "title": "Kế hoạch chín",
        "issuer": "UBND tỉnh Thử",
        "issued": day("2020-12-30"),
        "from": "2021-01-02",
        "to": "2024-05-06",
        "programme": False,
        "note": "Bản sao",
    }
    assert make.documents_of({"document": [table]}) == (
        Document(
            id="KH9",
            number="9/KH-UBND",
            short="KH 9",
            title="Kế hoạch chín",
            issuer="UBND tỉnh Thử",
            issued=day("2020-12-30"),
            start=day("2021-01-02"),
            end=day("2024-05-06"),
            programme=False,
            note="Bản sao",
        ),
    )


def test_a_document_without_issue_end_and_note_is_a_programme_with_no_end() -> None:
    assert (ENDLESS.issued, ENDLESS.end, ENDLESS.note) == (None, None, None)
    assert ENDLESS.programme is True


def test_a_day_is_a_date_or_iso_text_and_nothing_else() -> None:
    assert make.day(day("2021-07-28")) == day("2021-07-28")
    assert make.day("2021-07-28") == day("2021-07-28")
    for other in (datetime(2021, 7, 28, 8, tzinfo=UTC), 20210728, None):
        with pytest.raises(ValueError, match=f"^{re.escape(str(other))} is not a date$"):
            make.day(other)


def test_a_phase_lasts_from_its_first_to_its_last_day() -> None:
    assert make.period({"from": "2021-01-01", "to": LAST}) == (FIRST, LAST)


def test_a_value_is_made_with_everything_its_table_states() -> None:
    table = {
        "value": {"min": 50, "of": ["a"]},
        "source": " QD1 ,  I.2, điểm a ",
        "from": "2022-01-01",
        "to": "2022-12-31",
        "force": "norm",
        "note": "ghi chú",
        "once_a_club": True,
        "list": ["x"],
    }
    made = entry("membership.size", table)
    assert (made.key, made.document) == ("membership.size", "QD1")
    assert made.value == FrozenMap({"min": 50, "of": ("a",)})
    assert isinstance(made.value, FrozenMap)
    assert (made.start, made.end) == (day("2022-01-01"), day("2022-12-31"))
    assert made.source == "QD 1, I.2, điểm a"
    assert (made.force, made.note) == ("norm", "ghi chú")
    assert made.extra == FrozenMap({"once_a_club": True, "list": ("x",)})


def test_a_value_that_states_only_itself_lasts_as_its_document() -> None:
    made = entry("membership.elderly_age", {"value": 60, "source": "QD1"})
    assert (made.start, made.end) == (FIRST, LAST)
    assert made.source == "QD 1"
    assert (made.force, made.note, made.extra) == (None, None, FrozenMap())
    assert entry("membership.elderly_age", {"value": 60}, ENDLESS).end is None


def test_days_of_its_own_come_before_those_of_the_phase() -> None:
    phases = {"first": (day("2021-03-01"), day("2022-06-30"))}
    of_phase = entry("review.interval_months", {"value": 6, "phase": "first"}, phases=phases)
    assert (of_phase.start, of_phase.end) == phases["first"]
    table = {"value": 6, "phase": "first", "from": day("2021-04-01"), "to": day("2022-05-31")}
    own = entry("review.interval_months", table, phases=phases)
    assert (own.start, own.end) == (day("2021-04-01"), day("2022-05-31"))
    assert own.extra == FrozenMap()


def test_a_target_counts_over_its_own_period_else_while_it_is_in_force() -> None:
    stated = {"value": {"min": 9, "from": "2022-01-01", "to": "2022-12-31"}}
    own = entry("target.new_clubs", stated)
    assert (own.value["from"], own.value["to"]) == (day("2022-01-01"), day("2022-12-31"))
    assert (own.start, own.end, own.value["min"]) == (FIRST, LAST, 9)
    silent = entry("target.new_clubs", {"value": {"min": 9}})
    assert (silent.value["from"], silent.value["to"]) == (FIRST, LAST)
    endless = entry("target.new_clubs", {"value": {"min": 9}}, ENDLESS)
    assert (endless.value["from"], endless.value["to"]) == (FIRST, None)


def test_the_days_of_a_phase_are_days_and_other_values_stay_as_they_are() -> None:
    value = {"label": "I", "from": "2021-01-01", "to": "2022-12-31"}
    made = entry("phase.first", {"value": value})
    assert dict(made.value) == {"label": "I", "from": FIRST, "to": day("2022-12-31")}
    assert dict(entry("history.first", {"value": value}).value) == value


def test_the_digest_is_the_sum_of_the_canonical_json() -> None:
    text = '{"a":[1,"Thử"],"b":"2021-07-28"}'
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert read.digest({"b": day("2021-07-28"), "a": [1, "Thử"]}) == expected
    for wrong in (read.Inexact("1.5"), datetime(2021, 7, 28, tzinfo=UTC)):
        with pytest.raises(ValueError, match=re.escape(str(wrong))):
            read.digest({"a": wrong})


@pytest.mark.parametrize("province", ["bac_ninh", "ha_noi", "hai_phong", "hoa_binh"])
def test_the_digest_of_a_policy_is_over_all_that_its_file_states(province: str) -> None:
    data, _origin = read_policy_bytes(Provinces().plugin(province))
    table = to_json(tomllib.loads(data.decode()), exact=True)
    text = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    expected = hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()
    assert Provinces().policy(province).digest == expected


NOT_UTF8 = b"a = 1\n\xff"


@pytest.mark.parametrize("taken", [read.load, files.parse_policy])
def test_a_file_that_is_not_utf8_is_refused_at_the_place(taken: Any) -> None:
    with pytest.raises(PolicyFileError) as refused:
        taken(NOT_UTF8, origin="thu.toml")
    assert refused.value.origin == "thu.toml"
    assert refused.value.problems == (
        Problem(
            codes.POLICY_ENCODING,
            "",
            "bytes that are not UTF-8, from position 6",
            "UTF-8",
            "The file is not saved as UTF-8.",
        ),
    )


BROKEN = (
    "The file breaks the rules of TOML: look at this line and the one before it for "
    "a missing quotation mark, bracket or equals sign."
)
TWICE = "The same key is written twice; keep one of them."
NO_DAY = "There is no such day in the calendar; a date is year-month-day: 2021-07-28."
DAY_FIRST = "A date is written year-month-day, without quotation marks: 2021-07-28."


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a = 1\nb = \n", BROKEN, 2),
        ("a = 1\n\na = 2\n", TWICE, 3),
        ("[a]\nb = 1\n[a]\n", TWICE, 3),
        ("a = 2021-02-30\n", NO_DAY, 1),
        ("a = 1\nb = 28/07/2021\n", DAY_FIRST, 2),
        ("a = 28/07/2021\nb = 1 1\n", DAY_FIRST, 1),
        ("a = [1,\n", BROKEN, None),
    ],
)
def test_what_is_no_toml_is_refused_at_its_line(text: str, message: str, line: int | None) -> None:
    with pytest.raises(PolicyFileError) as refused:
        read.load(text.encode(), origin="thu.toml")
    (problem,) = refused.value.problems
    assert refused.value.origin == "thu.toml"
    assert (problem.code, problem.key, problem.expected) == (codes.POLICY_TOML, "", "TOML")
    assert (problem.message, problem.line) == (message, line)
    assert problem.found


def test_the_text_of_a_file_is_read_with_a_byte_order_mark_and_windows_lines() -> None:
    typed = '\ufeffa = "Thu\u031b\u0309"\r\nb = """x\r\ny"""\r\n'
    assert read.load(typed.encode(), origin="") == {"a": "Thử", "b": "x\ny"}


def test_a_key_nobody_knows_is_refused_by_its_name() -> None:
    tables = raw(membership={"sise": [{"value": 60, "source": "QD1"}]})
    with pytest.raises(PolicyFileError) as refused:
        read.build(tables, origin="thu.toml")
    assert refused.value.origin == "thu.toml"
    assert refused.value.problems == (
        Problem(
            codes.POLICY_KEY,
            "membership.sise",
            "sise",
            "a known key",
            "There is no policy key membership.sise.",
        ),
    )


def test_tables_are_built_with_their_name_and_their_digest() -> None:
    tables = raw(membership={"elderly_age": [{"value": 60, "source": "QD1"}]})
    built = read.build(tables, origin="thu.toml")
    assert (built.origin, built.digest) == ("thu.toml", read.digest(tables))
    with pytest.raises(KeyError):
        read.build(raw(membership={"elderly_age": [{"source": "QD1"}]}), origin="")


def test_every_mistake_of_a_refused_file_is_on_a_line_of_its_own() -> None:
    one = Problem("A", "a", "", "", "First.", 3)
    other = Problem("B", "b", "", "", "Second.")
    refused = PolicyFileError("thu.toml", (one, other))
    assert refused.message == (
        "Mistakes in the policy file thu.toml: 2.\n- Line 3: First. [A]\n- Second. [B]"
    )
    assert (refused.origin, refused.problems) == ("thu.toml", (one, other))
    assert refused.help is not None
    assert "clb province check" in refused.help


def test_the_general_procedure_names_its_file() -> None:
    assert files.general().origin == "engine/policy/general.toml"


def test_a_document_that_begins_when_another_ends_opens_one_stretch() -> None:
    both = policy(
        documents=[
            document("QD1", end=day("2022-12-31")),
            document("QD2", day("2023-01-01"), day("2023-12-31")),
        ]
    )
    assert coverage.stretches(both) == (
        Stretch(FIRST, day("2022-12-31")),
        Stretch(day("2023-01-01"), day("2023-12-31")),
        Stretch(day("2024-01-01"), None),
    )


def test_all_keys_are_the_fixed_ones_in_order_then_the_policy_s_own() -> None:
    own = policy({"duty.planning": "Lập kế hoạch", "duty.report": "Báo cáo", "grant.other": 1})
    rows = [row.key for row in coverage.coverage(policy({"duty.planning": "Lập kế hoạch"}))]
    fixed = [f"{group}.{name}" for group in vocabulary.groups() for name in vocabulary.ids(group)]
    assert rows == [*fixed, "duty.planning"]
    assert [row.key for row in coverage.coverage(own, ["duty.report"])] == ["duty.report"]
    assert coverage.coverage(own, []) == ()


def test_each_cell_of_a_row_is_of_its_stretch() -> None:
    (row,) = coverage.coverage(policy({"membership.elderly_age": 60}), ["membership.elderly_age"])
    assert [(cell.stretch, cell.status, cell.gap) for cell in row.cells] == [
        (Stretch(FIRST, LAST), "value", False),
        (Stretch(day("2026-01-01"), None), "not_in_force", False),
    ]
    assert row.has_gap is False


def test_a_value_between_two_values_is_no_gap() -> None:
    years = [(2021, 60), (2022, 61), (2023, 62), (2024, 63)]
    stated = [Dated(age, day(f"{year}-01-01"), day(f"{year}-12-31")) for year, age in years]
    key = "membership.elderly_age"
    (row,) = coverage.coverage(policy({key: stated}), [key])
    assert [cell.status for cell in row.cells[:4]] == ["value"] * 4
    assert [cell.gap for cell in row.cells] == [False] * 6
