"""Fields and steps that a province adds: their schema, their days, their answers; with literals."""

from datetime import date
from typing import Any

import pytest
from support.literals import Dated, day, document, policy, rules

from engine.frozen import FrozenMap, thaw
from engine.model import OwnRecord, Role
from engine.policy.effective import Rules
from engine.rules import own
from engine.rules.own import OwnStep

pytestmark = pytest.mark.usefixtures("english")

ON = day("2022-03-01")
LATER = day("2026-03-01")
CHOICE = {
    "label": "Xếp loại",
    "type": "choice",
    "choices": ["Tốt", "Khá"],
    "required": True,
}
TREES = {
    "label": "Cây đã trồng",
    "type": "number",
    "unit": "cây",
    "help": "Đếm cả năm",
    "example": "120",
}
FIELDS = {
    "form.supervise.own_xep_loai": Dated(CHOICE, source="QD1, II"),
    "form.supervise.own_so_cay": Dated(TREES, source="QD1, III"),
    "form.review.own_nguoi_ghi": {"label": "Người ghi", "type": "person"},
}
NUMBER = {"type": "integer", "minimum": 0, "maximum": 1_000_000_000_000_000}


def properties(found: FrozenMap | None) -> Any:
    assert found is not None
    return thaw(found)["properties"]


def test_a_name_of_a_province_s_own_begins_so() -> None:
    assert own.is_own("own_y_kien")
    assert not own.is_own("approve")
    assert not own.is_own("my_own_step")


def test_the_fields_of_a_step_are_those_that_the_policy_states_for_it() -> None:
    found = own.in_force(rules(FIELDS), "supervise", ON)
    assert found is not None
    assert thaw(found) == {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "xep_loai": {
                "type": "string",
                "title": "Xếp loại",
                "x-en": "Xếp loại",
                "x-source": "QD 1, II",
                "enum": ["Tốt", "Khá"],
                "x-asked": True,
                "x-required": True,
            },
            "so_cay": {
                **NUMBER,
                "title": "Cây đã trồng (cây)",
                "x-en": "Cây đã trồng (cây)",
                "x-source": "QD 1, III",
                "x-help": "Đếm cả năm",
                "x-help-en": "Đếm cả năm",
                "x-example": "120",
                "x-example-en": "120",
                "x-asked": True,
                "x-required": False,
            },
        },
        "required": ["xep_loai"],
        "x-choices": {},
    }


def test_a_step_without_fields_of_its_own_has_no_schema() -> None:
    assert own.in_force(rules(FIELDS), "approve", ON) is None
    assert own.in_force(rules(FIELDS), "super", ON) is None
    assert own.ever(rules(FIELDS), "approve", ON) is None
    assert own.names(rules(FIELDS), "approve", ON) == ()


def test_a_field_that_is_no_longer_in_force_can_still_be_read() -> None:
    stated = rules(FIELDS)
    assert own.in_force(stated, "supervise", LATER) is None
    assert list(properties(own.ever(stated, "supervise", LATER))) == ["xep_loai", "so_cay"]
    assert own.names(stated, "supervise", LATER) == ("xep_loai", "so_cay")


def test_what_is_read_is_as_on_the_day_else_as_it_was_last() -> None:
    first = Dated({**CHOICE, "label": "Loại"}, end=day("2022-12-31"))
    last = Dated(CHOICE, start=day("2023-01-01"), end=day("2023-12-31"))
    stated = rules({"form.supervise.own_xep_loai": [first, last]})
    for on, label in (
        ("2022-03-01", "Loại"),
        ("2023-03-01", "Xếp loại"),
        ("2024-03-01", "Xếp loại"),
    ):
        found = properties(own.ever(stated, "supervise", day(on)))
        assert found["xep_loai"]["title"] == label


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("text", {"type": "string", "minLength": 1, "maxLength": 2000, "x-personal": False}),
        ("person", {"type": "string", "minLength": 1, "maxLength": 2000, "x-personal": True}),
        ("money", {**NUMBER, "x-money": True}),
        ("day", {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        ("yes_no", {"type": "boolean"}),
    ],
)
def test_each_type_of_field_has_its_schema(kind: str, schema: dict[str, Any]) -> None:
    stated = rules({"form.review.own_o": {"label": "Ô", "type": kind}})
    found = properties(own.in_force(stated, "review", ON))["o"]
    assert {name: one for name, one in found.items() if name in schema} == schema


APPRAISAL = Dated(
    ["personnel", "own_dat_dai"],
    source="QD1, IV",
    extra={"labels": {"own_dat_dai": "Đất đai"}},
)
ASPECTS = rules({"appraisal.aspects": APPRAISAL})


def test_an_aspect_of_the_appraisal_that_only_this_province_has_is_asked_on_the_decision() -> None:
    for found in (own.in_force(ASPECTS, "approve", ON), own.ever(ASPECTS, "approve", ON)):
        assert properties(found) == {
            "dat_dai": {
                "type": "string",
                "enum": ["met", "not_met"],
                "x-asked": True,
                "x-required": False,
                "title": "Đất đai",
                "x-en": "Đất đai",
                "x-source": "QD 1, IV",
            }
        }
    assert own.in_force(ASPECTS, "supervise", ON) is None
    assert own.ever(ASPECTS, "supervise", ON) is None
    assert own.in_force(ASPECTS, "approve", LATER) is None


def test_an_aspect_has_its_place_in_the_form_and_its_name() -> None:
    stated = ASPECTS.stated("appraisal.aspects", ON)
    assert own.aspect_path("own_dat_dai") == "own.dat_dai"
    assert own.aspect_path("personnel") == "appraisal.personnel"
    assert own.aspect_called(stated, "own_dat_dai") == "Đất đai"
    assert own.aspect_called(stated, "own_khac") == "own_khac"
    assert own.aspect_called(stated, "personnel") == "personnel"
    bare = rules({"appraisal.aspects": ["own_dat_dai"]}).stated("appraisal.aspects", ON)
    assert own.aspect_called(bare, "own_dat_dai") == "own_dat_dai"


MONEY = {
    "fund.own_mua_vu": [
        Dated({"label": "Quỹ mùa"}, end=day("2022-12-31")),
        Dated({"label": "Quỹ mùa vụ"}, start=day("2023-01-01"), source="QD1, V"),
    ],
    "sources.own_lai": Dated({"label": "Lãi tiết kiệm"}, start=day("2023-01-01")),
    "sources.list": [Dated([{"id": "member", "label": "Hội viên"}])],
}


def test_a_supervision_counts_each_fund_that_only_this_province_has() -> None:
    balance = {
        **NUMBER,
        "x-money": True,
        "title": "Số dư quỹ mùa vụ (đồng)",
        "x-en": "Balance of quỹ mùa vụ (đồng)",
        "x-source": "QD 1, V",
        "x-asked": False,
        "x-required": False,
    }
    on = day("2023-03-01")
    assert properties(own.in_force(rules(MONEY), "supervise", on)) == {
        "mua_vu_fund_balance": balance
    }
    then = properties(own.in_force(rules(MONEY), "supervise", ON))
    assert then["mua_vu_fund_balance"]["title"] == "Số dư quỹ mùa (đồng)"
    assert own.in_force(rules(MONEY), "supervise", LATER) is None
    assert properties(own.ever(rules(MONEY), "supervise", LATER)) == {
        "mua_vu_fund_balance": balance
    }
    assert properties(own.ever(rules(MONEY), "supervise", ON)) == {"mua_vu_fund_balance": balance}
    assert own.in_force(rules(MONEY), "review", on) is None


def test_a_fund_that_is_not_in_force_does_not_hide_the_next() -> None:
    two = {
        "fund.own_cu": Dated({"label": "Quỹ cũ"}, end=day("2021-12-31")),
        "fund.own_moi": {"label": "Quỹ mới"},
    }
    found = properties(own.in_force(rules(two), "supervise", ON))
    assert list(found) == ["moi_fund_balance"]


def test_what_a_fund_holds_is_a_balance() -> None:
    assert own.is_balance("own.mua_vu_fund_balance")
    assert own.is_balance("income_fund_balance")
    assert not own.is_balance("own.xep_loai")


def test_money_may_go_into_the_own_funds_and_come_from_the_own_sources_of_the_day() -> None:
    stated = rules(MONEY)

    def choices(found: FrozenMap | None) -> Any:
        assert found is not None
        assert (found["properties"], found["required"]) == ({}, ())
        return thaw(found["x-choices"])

    assert choices(own.in_force(stated, "fund", ON)) == {"fund": {"own_mua_vu": "Quỹ mùa"}}
    both = {"fund": {"own_mua_vu": "Quỹ mùa vụ"}, "source": {"own_lai": "Lãi tiết kiệm"}}
    assert choices(own.in_force(stated, "fund", day("2023-03-01"))) == both
    assert choices(own.ever(stated, "fund", LATER)) == both
    assert choices(own.ever(stated, "fund", ON)) == both
    opened = {"funds_opened": {"own_mua_vu": "Quỹ mùa vụ"}}
    assert choices(own.in_force(stated, "launch", day("2023-03-01"))) == opened
    assert choices(own.ever(stated, "launch", LATER)) == opened
    assert own.in_force(stated, "fund", LATER) is None
    assert own.in_force(stated, "lend", ON) is None


def test_the_log_is_read_with_the_own_funds_and_sources_that_it_names() -> None:
    form = {"fund": "own_mua_vu", "source": "member", "kind": "grant"}
    found = own.choices_in("fund", form)
    assert found is not None
    assert thaw(found["x-choices"]) == {"fund": {"own_mua_vu": "own_mua_vu"}}
    assert own.choices_in("lend", form) is None
    assert own.choices_in("fund", {"fund": "income", "source": "member"}) is None
    assert own.choices_in("fund", {"fund": "own_MÙA", "source": "x own_lai"}) is None
    assert own.choices_in("fund", {}) is None
    opened = own.choices_in("launch", {"funds_opened": ["income", "own_a", "own_b"]})
    assert opened is not None
    assert thaw(opened["x-choices"]) == {"funds_opened": {"own_a": "own_a", "own_b": "own_b"}}
    assert own.choices_in("launch", {"funds_opened": ["income"], "fund": "own_a"}) is None
    named = own.choices_in("fund", {"source": "own_lai"})
    assert named is not None
    assert thaw(named["x-choices"]) == {"source": {"own_lai": "own_lai"}}


@pytest.mark.parametrize(
    ("stated", "has"),
    [
        ({}, False),
        (FIELDS, True),
        ({"appraisal.aspects": ["personnel"]}, False),
        ({"appraisal.aspects": ["personnel", "own_dat_dai"]}, True),
    ],
)
def test_a_province_has_own_fields_in_its_forms_or_its_appraisal(
    stated: dict[str, Any], has: bool
) -> None:
    assert own.has_own_fields(rules(stated)) is has


NAMED = policy(
    {
        **MONEY,
        **FIELDS,
        "appraisal.aspects": APPRAISAL,
        "step.own_y_kien": {"label": "Ý kiến của huyện", "before": "approve", "by": ["district"]},
        "measure.own_xa_manh": {"label": "Xã mạnh", "count": "communes"},
        "target.own_dich": Dated({"measure": "own_xa_manh"}, extra={"title": "Chỉ tiêu xã"}),
        "grant.own_mua": Dated(1, extra={"title": "Hỗ trợ mùa vụ"}),
        "grant.own_khong_ten": 1,
    }
)


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("own_mua_vu", "Quỹ mùa vụ"),
        ("own_mua_vu_fund_balance", "Quỹ mùa vụ"),
        ("own_lai", "Lãi tiết kiệm"),
        ("own_y_kien", "Ý kiến của huyện"),
        ("own_xa_manh", "Xã mạnh"),
        ("own_mua", "Hỗ trợ mùa vụ"),
        ("own_khong_ten", "own_khong_ten"),
        ("supervise.own_xep_loai", "Xếp loại"),
        ("own_dat_dai", "Đất đai"),
        ("own_la", "own_la"),
    ],
)
def test_the_policy_has_a_name_for_what_is_its_own(id_: str, name: str) -> None:
    assert own.own_name(NAMED, id_) == name


STEP = {
    "label": "Ý kiến của huyện",
    "before": "approve",
    "by": ["district", "committee"],
    "passes": {"own_dong_y": ["Đồng ý", "Đồng ý một phần"], "own_du_ho_so": [True]},
}
VISIT = {"label": "Đi thăm", "before": "launch", "by": ["committee"]}
STEPS = {
    "step.own_y_kien": Dated(STEP, source="QD1, VI"),
    "step.own_tham": Dated(VISIT, start=day("2023-01-01")),
    "form.own_y_kien.own_dong_y": {
        "label": "Ý kiến",
        "type": "choice",
        "choices": ["Đồng ý", "Đồng ý một phần", "Không đồng ý"],
    },
    "form.own_y_kien.own_du_ho_so": {"label": "Đủ hồ sơ", "type": "yes_no"},
}
OPINION = OwnStep(
    "own_y_kien",
    "Ý kiến của huyện",
    "approve",
    (Role.DISTRICT, Role.COMMITTEE),
    "QD 1, VI",
    True,
    FrozenMap({"dong_y": ("Đồng ý", "Đồng ý một phần"), "du_ho_so": (True,)}),
)


def stated_steps() -> Rules:
    return rules(STEPS)


def test_an_own_step_is_as_the_policy_states_it_on_the_day() -> None:
    assert own.own_step(stated_steps(), "own_y_kien", ON) == OPINION
    assert own.own_step(stated_steps(), "own_y_kien", LATER) is None
    assert own.own_step(stated_steps(), "own_la", ON) is None
    found = own.own_step(stated_steps(), "own_tham", day("2023-01-01"))
    assert found == OwnStep("own_tham", "Đi thăm", "launch", (Role.COMMITTEE,), "QD 1, I.1", True)


def test_an_own_step_of_a_copy_without_signature_refuses_nobody() -> None:
    unsigned = rules({"step.own_tham": VISIT}, [document(signed=False)])
    found = own.own_step(unsigned, "own_tham", ON)
    assert found is not None
    assert not found.binding


def test_the_own_steps_of_a_day_come_in_the_order_of_the_file() -> None:
    def names(on: date) -> list[str]:
        return [one.name for one in own.steps(stated_steps(), on)]

    assert names(ON) == ["own_y_kien"]
    assert names(day("2023-01-01")) == ["own_y_kien", "own_tham"]
    assert names(LATER) == []


def test_the_form_of_an_own_step_is_asked_while_the_step_is_in_force() -> None:
    found = properties(own.in_force(stated_steps(), "own_y_kien", ON))
    assert list(found) == ["dong_y", "du_ho_so"]
    other = rules({**STEPS, "step.own_y_kien": Dated(STEP, start=day("2022-03-02"))})
    assert own.in_force(other, "own_y_kien", ON) is None


def test_answers_that_do_not_let_the_step_be_taken_are_named() -> None:
    good = {"dong_y": "Đồng ý một phần", "du_ho_so": True}
    assert OPINION.unmet(good) == ()
    assert OPINION.unmet({**good, "du_ho_so": False}) == ("du_ho_so",)
    assert OPINION.unmet({"dong_y": "Không đồng ý"}) == ("dong_y", "du_ho_so")


def record(on: str, step: str = "own_y_kien", **answers: Any) -> OwnRecord:
    return OwnRecord(step, day(on), FrozenMap(answers))


def test_the_last_record_of_a_step_by_a_day_counts() -> None:
    first, again = record("2022-01-05"), record("2022-02-05", dong_y="Đồng ý")
    other, later = record("2022-02-10", "own_tham"), record("2022-03-02")
    there = [again, first, other, later]
    assert own.last_record(there, "own_y_kien", ON) == again
    assert own.last_record(there, "own_y_kien", day("2022-02-04")) == first
    assert own.last_record(there, "own_y_kien", day("2022-01-04")) is None
    assert own.last_record(there, "own_la", ON) is None


def test_of_two_records_of_one_day_the_later_recorded_counts() -> None:
    first, second = record("2022-01-05", dong_y="Không đồng ý"), record("2022-01-05")
    assert own.last_record([first, second], "own_y_kien", ON) is second


def test_answers_are_shown_as_people_read_them() -> None:
    stated = stated_steps()
    given = record("2022-01-05", dong_y="Đồng ý", du_ho_so=False)
    assert own.answered(stated, given, "dong_y") == "Ý kiến: Đồng ý"
    assert own.answered(stated, given, "du_ho_so") == "Đủ hồ sơ: no"
    assert own.answered(stated, record("2022-01-05", du_ho_so=True), "du_ho_so") == "Đủ hồ sơ: yes"
    assert own.answered(stated, record("2022-01-05"), "dong_y") == "Ý kiến: no answer"
    assert own.answered(rules(), given, "dong_y") == "dong_y: Đồng ý"
    assert own.passing(stated, OPINION, ON, "dong_y") == "Ý kiến: Đồng ý or Đồng ý một phần"
    assert own.passing(stated, OPINION, ON, "du_ho_so") == "Đủ hồ sơ: yes"


def test_an_answer_that_keeps_the_step_from_being_taken_is_found_for_each_field() -> None:
    assert list(own.not_passing(stated_steps(), OPINION, ON)) == [
        {"own.dong_y": "Không đồng ý"},
        {"own.du_ho_so": False},
    ]
    assert list(own.not_passing(stated_steps(), OPINION, LATER)) == [
        {"own.dong_y": True},
        {"own.du_ho_so": False},
    ]


def test_a_step_is_called_by_its_last_label() -> None:
    both = [
        Dated(VISIT, end=day("2022-12-31")),
        Dated({**VISIT, "label": "Thăm"}, start=day("2023-01-01")),
    ]
    stated = rules({"step.own_tham": both})
    assert own.called(stated, "own_tham") == "Thăm"
    assert own.called(stated, "approve") == "decide the establishment"
    assert own.called(stated, "own_la") == "own_la"
