"""Whether what only one province has fits together: fields, measures, funds; with literals."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.literals import Dated, policy

from engine.policy import own_forms, own_measures, own_money
from engine.policy.crosscheck import Placed
from engine.policy.own_measures import unit_of
from engine.policy.problem import Problem

pytestmark = pytest.mark.usefixtures("english")

Find = Callable[[dict[str, list[Placed]]], Iterator[Problem]]


def problems(find: Find, values: dict[str, Any]) -> list[Problem]:
    """Return what is found in a policy of these values, each at the path of its key."""
    stated = policy(values)
    by_key = {
        key: [Placed(one, f"{key}[{place}]", 7) for place, one in enumerate(entries, start=1)]
        for key, entries in stated.entries.items()
    }
    return list(find(by_key))


def messages(find: Find, values: dict[str, Any]) -> list[str]:
    return [one.message for one in problems(find, values)]


def in_forms(values: dict[str, Any]) -> list[str]:
    return messages(own_forms.problems, values)


def in_measures(values: dict[str, Any]) -> list[str]:
    return messages(own_measures.problems, values)


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"type": "choice", "choices": ["Tốt"]}, None),
        ({"type": "choice"}, "a choice lacks its choices"),
        ({"type": "day", "choices": ["Tốt"]}, "only a choice has choices"),
        ({"type": "text", "personal": False}, None),
        ({"type": "person"}, None),
        ({"type": "person", "personal": True}, None),
        ({"type": "person", "personal": False}, "a person is personal"),
        ({"type": "number", "personal": True}, "only a person is personal"),
        ({"type": "number", "personal": False}, None),
        ({"type": "number", "unit": "cây"}, None),
        ({"type": "money", "unit": "cây"}, "only a number has a unit"),
        ({"type": "yes_no"}, None),
    ],
)
def test_a_field_has_what_belongs_to_its_type(value: dict[str, Any], wrong: str | None) -> None:
    found = in_forms({"form.review.own_o": {"label": "Ô", **value}})
    assert found == ([f"form.review.own_o[1]: {wrong}."] if wrong else [])


@pytest.mark.parametrize("personal", [True, None])
def test_a_text_states_that_it_is_not_personal(personal: bool | None) -> None:
    stated = {} if personal is None else {"personal": personal}
    (found,) = in_forms({"form.review.own_o": {"label": "Ô", "type": "text", **stated}})
    assert found == (
        "form.review.own_o[1]: a text says personal = false; who is named or described is a "
        "person, kept by id and erased with that member."
    )


def test_a_club_that_is_opened_has_no_members_to_name() -> None:
    person = {"label": "Người", "type": "person"}
    assert in_forms({"form.open.own_o": person}) == [
        "form.open.own_o[1]: a club that is opened has no members yet."
    ]
    assert in_forms({"form.open.own_o": {"label": "Ngày", "type": "day"}}) == []
    assert in_forms({"form.propose.own_o": person}) == []


def test_the_balance_of_an_own_fund_is_not_asked_for_twice() -> None:
    money = {"label": "Số dư", "type": "money"}
    key = "form.supervise.own_mua_vu_fund_balance"
    assert in_forms({key: money}) == [
        f"{key}[1]: the balance of a fund of your own is asked for already."
    ]
    assert in_forms({"form.review.own_mua_vu_fund_balance": money}) == []
    assert in_forms({"form.supervise.own_mua_vu": money}) == []


def test_every_value_of_a_field_is_looked_at() -> None:
    good = Dated({"label": "Ô", "type": "choice", "choices": ["Tốt"]})
    bad = Dated({"label": "Ô", "type": "choice"})
    assert in_forms({"form.review.own_o": [good, bad]}) == [
        "form.review.own_o[2]: a choice lacks its choices."
    ]


def test_an_aspect_of_the_appraisal_has_a_name() -> None:
    labels = {"labels": {"own_dat_dai": "Đất đai"}}
    aspects = ["personnel", "own_dat_dai", "own_khac", "own_nua"]
    (first, second) = problems(
        own_forms.problems, {"appraisal.aspects": Dated(aspects, extra=labels)}
    )
    assert first.message == "appraisal.aspects[1]: labels does not say what own_khac is called."
    assert (first.code, first.key) == ("CLB-POLICY-FORM", "appraisal.aspects[1]")
    assert (first.found, first.expected, first.line) == ("own_khac", "labels.own_khac", 7)
    assert "own_nua" in second.message
    assert len(in_forms({"appraisal.aspects": ["own_dat_dai"]})) == 1


OPINION = {"label": "Ý kiến", "before": "approve", "by": ["district"]}


def test_a_field_is_of_a_step_that_there_is() -> None:
    day = {"label": "Ngày", "type": "day"}
    stated = {"step.own_y_kien": OPINION}
    assert in_forms({"form.own_y_kien.own_ngay": day, **stated}) == []
    assert in_forms({"form.own_y_kie.own_ngay": day, **stated}) == [
        "form.own_y_kie.own_ngay[1]: this file has no step.own_y_kie. Did you mean step.own_y_kien?"
    ]


def test_a_step_of_the_life_waits_for_answers_that_can_be_given() -> None:
    choice = {"label": "Ý kiến", "type": "choice", "choices": ["Đồng ý", "Không"]}
    yes_no = {"label": "Đủ hồ sơ", "type": "yes_no"}
    fields = {"form.own_y_kien.own_tra_loi": choice, "form.own_y_kien.own_du": yes_no}

    def passing(**passes: list[Any]) -> list[str]:
        return in_forms({"step.own_y_kien": {**OPINION, "passes": passes}, **fields})

    assert passing(own_tra_loi=["Đồng ý"], own_du=[True, False]) == []
    assert passing(own_tra_loi=["Có", "Không"], own_du=["có"]) == [
        "step.own_y_kien[1]: “Có” is no choice of form.own_y_kien.own_tra_loi.",
        "step.own_y_kien[1]: “có” is no choice of form.own_y_kien.own_du.",
    ]
    assert passing(own_tra=["Đồng ý"], own_du=["có"]) == [
        "step.own_y_kien[1]: this file has no form.own_y_kien.own_tra. "
        "Did you mean form.own_y_kien.own_tra_loi?",
        "step.own_y_kien[1]: “có” is no choice of form.own_y_kien.own_du.",
    ]
    assert in_forms({"step.own_y_kien": OPINION}) == []


def test_an_answer_that_any_value_of_the_field_lacks_is_found() -> None:
    dated = [Dated({"label": "Ý", "type": "choice", "choices": one}) for one in (["A"], ["B"])]
    step = {**OPINION, "passes": {"own_y": ["A"]}}
    assert in_forms({"step.own_y_kien": step, "form.own_y_kien.own_y": dated}) == [
        "step.own_y_kien[1]: “A” is no choice of form.own_y_kien.own_y."
    ]
    empty = {"step.own_y_kien": step, "form.own_y_kien.own_y": {"label": "Ý", "type": "day"}}
    assert in_forms(empty) == ["step.own_y_kien[1]: “A” is no choice of form.own_y_kien.own_y."]


def test_what_is_missing_has_the_key_most_like_it() -> None:
    (found,) = problems(
        own_measures.problems,
        {
            "target.own_dich": {**TARGET, "measure": "own_xa_man"},
            "measure.own_xa_manh": {"label": "Xã", "count": "communes"},
            "measure.own_tien": {"label": "Tiền", "count": "clubs"},
        },
    )
    assert found.message == (
        "target.own_dich[1]: this file has no measure.own_xa_man. Did you mean measure.own_xa_manh?"
    )
    assert (found.code, found.found, found.expected) == (
        "CLB-POLICY-MEASURE",
        "",
        "measure.own_xa_man",
    )


TARGET: dict[str, Any] = {"kind": "floor", "unit": "communes", "target": 4, "label": "Xã"}
MONEY = {"figure": "money"}
PLACES = {"count": "communes", "each": {"min": 2}}
ONLY_MONEY = "only the figure money has kinds, sources, funds and grants"
NARROWED = "what grants gave is not narrowed by kinds, sources or funds"


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"count": "clubs"}, []),
        ({"count": "total"}, ["a total lacks adds, the figure that is added up"]),
        ({"count": "total", "adds": {"figure": "women"}, "out_of": {"figure": "members"}}, []),
        ({"count": "clubs", "adds": {"figure": "women"}}, ["only a total has adds"]),
        ({"count": "clubs", "out_of": {"figure": "women"}}, ["only a total has out_of"]),
        (
            {"count": "clubs", "adds": {"figure": "women"}, "out_of": {"figure": "women"}},
            ["only a total has adds", "only a total has out_of"],
        ),
        (PLACES, []),
        ({**PLACES, "count": "districts"}, []),
        ({**PLACES, "count": "clubs"}, ["only communes and districts have each"]),
        ({"count": "communes", "classes": ["mountain", "own_bien"]}, []),
        (
            {"count": "communes", "classes": ["own_xa", "own_bien", "own_ven"]},
            [
                f"communes.classes does not list the communes of the class {one}"
                for one in ("own_xa", "own_ven")
            ],
        ),
        ({"count": "total", "adds": {**MONEY, "kinds": ["grant"], "funds": ["income"]}}, []),
        ({"count": "total", "adds": {**MONEY, "sources": ["donor"]}}, []),
        ({"count": "total", "adds": {**MONEY, "grants": ["own_dot"]}}, []),
        ({"count": "total", "adds": {"figure": "women", "kinds": ["grant"]}}, [ONLY_MONEY]),
        ({"count": "total", "adds": {"figure": "women", "grants": ["own_dot"]}}, [ONLY_MONEY]),
        ({"count": "total", "adds": {**MONEY, "grants": ["a"], "kinds": ["grant"]}}, [NARROWED]),
        ({"count": "total", "adds": {**MONEY, "grants": ["a"], "sources": ["donor"]}}, [NARROWED]),
        ({"count": "total", "adds": {**MONEY, "grants": ["a"], "funds": ["income"]}}, [NARROWED]),
        (
            {"count": "total", "adds": MONEY, "out_of": {"figure": "women", "funds": ["income"]}},
            [ONLY_MONEY],
        ),
        ({"count": "clubs", "where": [MONEY, {"figure": "women", "sources": ["x"]}]}, [ONLY_MONEY]),
        (
            {"count": "clubs", "where": [{"figure": "women", "is": ["Tốt"]}]},
            ["only a field has is; a figure has min, max, over or under"],
        ),
        ({"count": "clubs", "where": [{"figure": "women", "min": 3}]}, []),
    ],
)
def test_a_measure_is_whole(value: dict[str, Any], wrong: list[str]) -> None:
    classes = [{"class": "own_bien", "communes": ["Xã Một"]}]
    stated = {"communes.classes": [Dated(classes)], "measure.own_a": {"label": "A", **value}}
    assert in_measures(stated) == [f"measure.own_a[1]: {one}." for one in wrong]


FIELDS = {
    "form.supervise.own_loai": [
        Dated({"label": "Loại", "type": "choice", "choices": ["Tốt"]}),
        Dated({"label": "Loại", "type": "choice", "choices": ["Khá"]}),
    ],
    "form.supervise.own_cay": {"label": "Cây", "type": "number"},
    "form.supervise.own_tien": {"label": "Tiền", "type": "money"},
    "form.supervise.own_co": {"label": "Có", "type": "yes_no"},
}
WRONG_TYPE = (
    "form.supervise.own_{name} is of type {type}: numbers are bounded or added up, choices have is"
)


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"where": [{"field": "supervise.own_loai", "is": ["Tốt", "Khá"]}]}, None),
        (
            {"where": [{"field": "supervise.own_loai", "is": ["Tốt", "Kém", "Dở"]}]},
            "form.supervise.own_loai is never answered with Kém, Dở",
        ),
        ({"where": [{"field": "supervise.own_co", "is": [True, False]}]}, None),
        (
            {"where": [{"field": "supervise.own_co", "is": ["có"]}]},
            "form.supervise.own_co is never answered with có",
        ),
        ({"where": [{"field": "supervise.own_cay", "min": 3}]}, None),
        ({"where": [{"field": "supervise.own_tien", "over": 3}]}, None),
        (
            {"where": [{"field": "supervise.own_cay", "is": [3]}]},
            WRONG_TYPE.format(name="cay", type="number"),
        ),
        (
            {"where": [{"field": "supervise.own_loai", "min": 3}]},
            WRONG_TYPE.format(name="loai", type="choice"),
        ),
        ({"count": "total", "adds": {"field": "supervise.own_cay"}}, None),
        (
            {"count": "total", "adds": {"field": "supervise.own_co", "is": [True]}},
            WRONG_TYPE.format(name="co", type="yes_no"),
        ),
        (
            {
                "count": "total",
                "adds": {"figure": "women"},
                "out_of": {"field": "supervise.own_loai", "is": ["Tốt"]},
            },
            WRONG_TYPE.format(name="loai", type="choice"),
        ),
        (
            {"where": [{"field": "supervise.own_loa", "is": ["Tốt"]}]},
            "this file has no form.supervise.own_loa. Did you mean form.supervise.own_loai?",
        ),
    ],
)
def test_a_measure_reads_own_fields_as_their_type_is(
    value: dict[str, Any], wrong: str | None
) -> None:
    measure = {"label": "A", "count": "clubs", **value}
    found = in_measures({"measure.own_a": measure, **FIELDS})
    end = "" if wrong is None or wrong.endswith("?") else "."
    assert found == ([] if wrong is None else [f"measure.own_a[1]: {wrong}{end}"])


@pytest.mark.parametrize(
    ("measure", "target", "wrong"),
    [
        ({"count": "communes"}, {}, None),
        ({"count": "clubs"}, {}, "measure.own_a counts clubs, not communes"),
        ({"count": "clubs"}, {"kind": "share"}, None),
        ({"count": "clubs"}, {"kind": "coverage"}, None),
        ({"count": "clubs"}, {"measure": "clubs"}, None),
        (
            {"count": "total", "adds": {"figure": "women"}},
            {"kind": "share", "unit": "members"},
            "a share wants out_of in measure.own_a",
        ),
        (
            {"count": "total", "adds": {"figure": "women"}, "out_of": {"figure": "members"}},
            {"kind": "share", "unit": "members"},
            None,
        ),
        ({"count": "total", "adds": {"figure": "women"}}, {"unit": "members"}, None),
        ({"count": "total", "adds": MONEY}, {"unit": "dong"}, None),
        ({"count": "total", "adds": MONEY}, {"unit": "members"}, "dong, not members"),
        ({"count": "total", "adds": {"field": "supervise.own_tien"}}, {"unit": "dong"}, None),
        (
            {"count": "total", "adds": {"field": "supervise.own_tien"}},
            {"unit": "number"},
            "measure.own_a counts dong, not number",
        ),
        ({"count": "total", "adds": {"field": "supervise.own_cay"}}, {"unit": "trees"}, None),
        (
            {"count": "total", "adds": {"field": "supervise.own_cay"}},
            {"unit": "dong"},
            "measure.own_a counts number, not dong",
        ),
    ],
)
def test_a_target_fits_the_measure_that_it_names(
    measure: dict[str, Any], target: dict[str, Any], wrong: str | None
) -> None:
    stated = {
        "measure.own_a": {"label": "A", **measure},
        "target.own_b": {"measure": "own_a", **TARGET, **target},
        **FIELDS,
    }
    found = in_measures(stated)
    if wrong is None:
        assert found == []
    else:
        (one,) = found
        assert one.startswith("target.own_b[1]: ")
        assert one.endswith(f"{wrong}.")


def test_a_target_is_held_against_the_last_value_of_its_measure() -> None:
    both = [Dated({"label": "A", "count": one}) for one in ("clubs", "communes")]
    target = {"measure": "own_a", **TARGET}
    assert in_measures({"measure.own_a": both, "target.own_b": target}) == []


def test_a_total_of_a_field_that_there_is_not_is_reported_once() -> None:
    measure = {"label": "A", "count": "total", "adds": {"field": "supervise.own_la"}}
    target = {"measure": "own_a", **TARGET}
    assert in_measures({"measure.own_a": measure, "target.own_b": target}) == [
        "measure.own_a[1]: this file has no form.supervise.own_la."
    ]


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ({"count": "clubs"}, "clubs"),
        ({"count": "communes"}, "communes"),
        ({"count": "total", "adds": {"field": "supervise.own_cay"}}, "number"),
        ({"count": "total", "adds": MONEY}, "dong"),
        ({"count": "total", "adds": {"figure": "income_fund_balance"}}, "dong"),
        ({"count": "total", "adds": {"figure": "women"}}, "members"),
    ],
)
def test_a_measure_counts_in_a_unit(value: dict[str, Any], unit: str) -> None:
    assert unit_of(value) == unit


FUNDS = {
    "fund.own_quy": {"label": "Quỹ"},
    "sources.own_nguon": {"label": "Nguồn"},
    "grant.own_dot": Dated(1, extra={"title": "Đợt"}),
}


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"grant.a": Dated(1, extra={"into": "own_quy", "funds_source": "own_nguon"})}, []),
        ({"grant.a": Dated(1, extra={"into": "income", "funds_source": "donor"})}, []),
        ({"grant.a": Dated(1, extra={"into": "own_x"})}, ["fund.own_x"]),
        ({"grant.a": Dated(1, extra={"funds_source": "own_x"})}, ["sources.own_x"]),
        ({"measure.own_a": {"adds": {"funds": ["own_quy", "own_x"]}}}, ["fund.own_x"]),
        (
            {"measure.own_a": {"adds": {"sources": ["own_x", "own_y"]}}},
            ["sources.own_x", "sources.own_y"],
        ),
        ({"measure.own_a": {"where": [{"grants": ["own_dot", "own_x"]}]}}, ["grant.own_x"]),
        ({"measure.own_a": {"adds": {"figure": "own_quy_fund_balance"}}}, []),
        ({"measure.own_a": {"adds": {"figure": "own_x_fund_balance"}}}, ["fund.own_x"]),
        ({"measure.own_a": {"adds": {"figure": "own_x"}}}, []),
        ({"sources.list": [Dated([{"id": "own_nguon"}, {"id": "own_x"}])]}, ["sources.own_x"]),
        ({"sources.list": [Dated([{"id": "member"}])]}, []),
        ({"fund.kinds": [Dated(["income", "own_quy", "own_x"])]}, ["fund.own_x"]),
        ({"setting.a": {"into": "own_x"}}, []),
    ],
)
def test_a_value_names_only_funds_sources_and_grants_that_there_are(
    values: dict[str, Any], named: list[str]
) -> None:
    found = problems(own_money.problems, {**values, **FUNDS})
    assert [one.expected for one in found] == named
    for one in found:
        (key,) = values
        group, _dot, name = one.expected.partition(".")
        assert (one.code, one.key, one.found, one.line) == (
            "CLB-POLICY-MONEY",
            f"{key}[1]",
            name,
            7,
        )
        assert one.message == f"{key}[1] names {name}, but this file has no {group}.{name}."


@pytest.mark.parametrize("find", [own_forms.problems, own_measures.problems])
def test_a_problem_is_at_its_value(find: Find) -> None:
    values = {
        "form.review.own_o": {"label": "Ô", "type": "choice"},
        "measure.own_a": {"label": "A", "count": "total"},
    }
    (one,) = problems(find, values)
    key, code = (
        ("form.review.own_o", "CLB-POLICY-FORM")
        if find is own_forms.problems
        else ("measure.own_a", "CLB-POLICY-MEASURE")
    )
    assert (one.code, one.key, one.found, one.expected, one.line) == (code, f"{key}[1]", "", "", 7)
