"""What the demonstration shows of each province, held against its document."""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from support.demo_run import Shown, clb

import schemas
from engine.provinces.load import Provinces
from engine.rules.calendar import add_months

pytestmark = pytest.mark.slow

MILLION = 1_000_000
SHOW = "2021-09-10"
GENERAL = "general procedure, not a provision of the province"


def test_the_answer_is_as_the_schema_has_it(demo: Shown) -> None:
    schema = schemas.load("cli/demo")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(demo.data)


def test_every_installed_province_with_a_story_is_shown_by_its_last_day(demo: Shown) -> None:
    shown = [one["province"] for one in demo.data["provinces"]]
    assert set(shown) == set(Provinces().found())
    days = [one["asked_on"] for one in demo.data["provinces"]]
    assert days == sorted(days)


def test_bn_11_seventeen_clubs_in_seventeen_communes_with_almost_1000_elderly(
    demo: Shown,
) -> None:
    early = [one for one in demo.clubs("bac_ninh") if one["decided_on"] < "2021"]
    assert len(early) == len({one["commune"] for one in early}) == 17
    assert 950 <= sum(one["elderly"] for one in early) < 1000


def test_bn_12_13_14_each_year_has_its_clubs_and_each_club_its_grants(demo: Shown) -> None:
    by_year = Counter((one["decided_on"][:4], one["granted"]) for one in demo.clubs("bac_ninh"))
    assert by_year == {
        ("2018", 130 * MILLION): 5,
        ("2019", 100 * MILLION): 5,
        ("2020", 100 * MILLION): 6,
        ("2020", 80 * MILLION): 1,
        ("2021", 100 * MILLION): 1,
    }


def test_bn_15_the_money_by_year_and_source_is_that_of_the_document(demo: Shown) -> None:
    money = demo.province("bac_ninh")["money"]
    assert money["by_year"] == {
        "2018": 650 * MILLION,
        "2019": 500 * MILLION,
        "2020": 680 * MILLION,
        "2021": 100 * MILLION,
    }
    assert money["by_source"] == {
        "province_budget": (420 + 100) * MILLION,
        "donor": 1_410 * MILLION,
    }
    assert money["by_donor"] == {"HAI": 1_410 * MILLION}
    assert money["total"] == (1_830 + 100) * MILLION
    came_in = "SELECT sum(amount) FROM ledger WHERE province = 'bac_ninh' AND kind <> 'loan'"
    in_ledger = demo.rows(came_in)
    assert in_ledger == [(money["total"],)]


def test_bn_17_486_members_of_the_seventeen_clubs_borrowed(demo: Shown) -> None:
    last = demo.rows(
        "SELECT sum(s.borrowers) FROM supervision s JOIN club c ON c.id = s.club "
        "WHERE c.province = 'bac_ninh' AND c.decided_on < '2021' AND s.on_date = c.supervised_on"
    )
    assert last == [(486,)]


def test_each_of_the_seventeen_has_two_supervisions_six_months_apart_and_one_review(
    demo: Shown,
) -> None:
    for club in demo.clubs("bac_ninh"):
        if club["decided_on"] >= "2021":
            continue
        assert club["state"] == "operating"
        assert (club["steps"]["supervise"], club["steps"]["review"]) == (2, 1)
        days = [
            date.fromisoformat(day)
            for (day,) in demo.rows(
                "SELECT on_date FROM supervision WHERE club = ? ORDER BY on_date", club["club"]
            )
        ]
        launched = date.fromisoformat(club["launched_on"])
        for before, day in ((launched, days[0]), (days[0], days[1])):
            due = add_months(before, 6)
            assert due <= day <= due + timedelta(days=5)


def test_bn_41_and_bn_50_three_refusals_with_their_articles(demo: Shown) -> None:
    policy = Provinces().policy("bac_ninh")
    on = date.fromisoformat(SHOW)
    grant = policy.on("grant.establishment", on)
    found = [
        (
            one["step"],
            one["exit_code"],
            [(f["code"], f["source"]) for f in one["findings"] if f["level"] == "block"],
        )
        for one in demo.data["refusals"]
    ]
    assert found == [
        ("approve", 1, [("CLB-APPRAISAL-MISSING", policy.on("appraisal.aspects", on).source)]),
        ("approve", 3, [("CLB-DUTIES", GENERAL)]),
        ("fund", 1, [("CLB-GRANT-SECOND", f"{grant.source}, as this system reads it")]),
    ]


def test_who_is_refused_for_having_proposed_does_have_the_role(demo: Shown) -> None:
    refused = demo.data["refusals"][1]
    roles = demo.rows("SELECT role FROM officer WHERE id = ?", refused["officer"])
    assert {role for (role,) in roles} == {"association", "committee"}
    proposed = demo.rows(
        "SELECT officer FROM event WHERE stream = ? AND step = 'propose'",
        f"club:{refused['club']}",
    )
    assert proposed == [(refused["officer"],)]


def test_a_refused_step_leaves_nothing_in_the_log(demo: Shown) -> None:
    for refused in demo.data["refusals"]:
        stream = f"club:{refused['club']}"
        on_that_day = demo.rows(
            "SELECT step FROM event WHERE stream = ? AND on_date = ?", stream, refused["on"]
        )
        assert on_that_day == []


def test_t_bn1_the_warning_about_the_make_up_is_acknowledged_with_a_reason(demo: Shown) -> None:
    club = demo.data["refusals"][0]["club"]
    reasons = [one for one in demo.data["acknowledged"] if one["club"] == club]
    assert {(one["step"], one["code"]) for one in reasons} == {
        ("propose", "CLB-COMP-ELDERLY"),
        ("approve", "CLB-COMP-ELDERLY"),
        ("supervise", "CLB-COMP-ELDERLY"),
    }
    (body,) = demo.rows(
        "SELECT body FROM event WHERE stream = ? AND step = 'propose'", f"club:{club}"
    )
    assert reasons[0]["reason"] in body[0]
    assert reasons[0]["findings"][0]["actual"].startswith("45/65")


def test_bn_20_bn_50_progress_counts_the_one_new_club_and_its_grant(demo: Shown) -> None:
    rows = {(one["id"], one["period"]): one for one in demo.province("bac_ninh")["progress"]}
    new, money = rows["new_clubs", "2021-2025"], rows["total_grants", "2021-2025"]
    assert (new["target"], new["actual"], new["remaining"]) == (40, 1, 39)
    assert (money["target"], money["actual"]) == (4_000 * MILLION, 100 * MILLION)
    assert rows["yearly_grants", "2021"]["actual"] == 1


def test_bn_37_bn_65_what_falls_due_next(demo: Shown) -> None:
    part = demo.province("bac_ninh")
    show = demo.data["refusals"][0]["club"]
    own = {one["kind"]: one["due_on"] for one in part["due"] if one["club"] == show}
    assert own == {"supervision": "2022-10-08", "review": "2022-10-08"}
    reports = [one for one in part["due"] if one["kind"] == "report" and one["period"] == "2022H1"]
    assert [one["due_on"] for one in reports] == ["2022-06-19"]


def test_who_borrows_from_a_club_is_in_its_ledger_or_the_minutes_say_from_where(
    demo: Shown,
) -> None:
    seen = demo.rows(
        "SELECT s.borrowers, (SELECT balance FROM supervision_balance b WHERE b.club = s.club "
        "AND b.supervision = s.seq AND b.fund = 'income'), e.body, "
        "(SELECT coalesce(sum(amount), 0) FROM ledger WHERE club = s.club AND kind = 'loan') "
        "FROM supervision s JOIN event e ON e.stream = 'club:' || s.club AND e.seq = s.seq"
    )
    assert seen
    for borrowers, held, body, lent in seen:
        advice = json.loads(body)["form"].get("recommendations", "")
        elsewhere = not held and "Ngân hàng Chính sách xã hội" in advice
        assert borrowers == 0 or lent > 0 or elsewhere


def test_hb_04_hb_05_the_named_communes_and_no_other(demo: Shown) -> None:
    policy = Provinces().policy("hoa_binh")
    named = [
        commune["name"]
        for entry in policy.entries_of("target.named_communes")
        for commune in entry.value["communes"]
    ]
    assert [one["commune"] for one in demo.clubs("hoa_binh")] == named
    years = Counter(one["decided_on"][:4] for one in demo.clubs("hoa_binh"))
    assert years == {"2018": 5, "2019": 6}


def test_hb_06_all_eleven_are_reviewed_at_the_end_of_2019(demo: Shown) -> None:
    reviewed = demo.rows(
        "SELECT count(DISTINCT club) FROM review WHERE province = 'hoa_binh' AND year = 2019 "
        "AND on_date BETWEEN '2019-12-01' AND '2019-12-31'"
    )
    assert reviewed == [(11,)]


def test_hb_42_hb_44_courses_last_five_days_and_come_again_as_often_as_stated(
    demo: Shown,
) -> None:
    days = demo.rows(
        "SELECT DISTINCT days FROM training WHERE province = 'hoa_binh' AND kind = 'initial'"
    )
    assert days == [(5,)]
    again = demo.rows(
        "SELECT substr(c.decided_on, 1, 4), substr(t.on_date, 1, 4), count(*) "
        "FROM training t JOIN club c ON c.id = t.club "
        "WHERE c.province = 'hoa_binh' AND t.kind = 'supplementary' GROUP BY 1, 2"
    )
    assert again == [("2018", "2018", 2 * 5), ("2018", "2019", 5), ("2019", "2019", 2 * 6)]


def test_hb_90_hp_90_hn_90_no_amount_is_made_up_where_none_is_stated(demo: Shown) -> None:
    for id_ in ("hoa_binh", "hai_phong", "ha_noi"):
        assert demo.province(id_)["money"]["total"] == 0
        assert demo.rows("SELECT count(*) FROM ledger WHERE province = ?", id_) == [(0,)]


@pytest.mark.parametrize(
    ("id_", "step", "role"),
    [
        ("bac_ninh", "propose", "association"),
        ("bac_ninh", "supervise", "province"),
        ("hai_phong", "open", "committee"),
        ("hai_phong", "propose", "association"),
        ("hai_phong", "supervise", "committee"),
        ("hai_phong", "review", "committee"),
        ("ha_noi", "propose", "association"),
        ("ha_noi", "supervise", "province"),
        ("hoa_binh", "propose", "association"),
    ],
)
def test_each_step_is_taken_by_the_role_that_the_province_names(
    demo: Shown, id_: str, step: str, role: str
) -> None:
    roles = demo.rows(
        "SELECT DISTINCT json_extract(body, '$.role') FROM event WHERE province = ? AND step = ?",
        id_,
        step,
    )
    assert roles == [(role,)]


def test_who_proposes_never_decides(demo: Shown) -> None:
    both = demo.rows(
        "SELECT p.stream FROM event p JOIN event a ON a.stream = p.stream AND a.step = 'approve' "
        "WHERE p.step IN ('open', 'propose') AND p.officer = a.officer"
    )
    assert both == []


def test_design_1_5_a_supervision_without_an_article_is_named_general(
    demo: Shown,
) -> None:
    (one,) = [row for row in demo.province("ha_noi")["due"] if row["kind"] == "supervision"]
    assert one["source"] == GENERAL
    (own,) = [
        row
        for row in demo.province("bac_ninh")["due"]
        if row["kind"] == "supervision" and row["due_on"] == "2022-10-08"
    ]
    assert (
        own["source"]
        == Provinces()
        .policy("bac_ninh")
        .on("supervision.interval_months", date(2022, 4, 29))
        .source
    )


def test_nothing_happens_on_a_saturday_or_sunday(demo: Shown) -> None:
    days = demo.rows("SELECT DISTINCT on_date FROM event WHERE stream LIKE 'club:%'")
    assert len(days) > 50
    assert [day for (day,) in days if date.fromisoformat(day).weekday() >= 5] == []


def test_the_same_question_gets_each_province_its_own_answer(demo: Shown) -> None:
    answers = {
        (one["question"], one["province"]): one
        for one in demo.data["answers"]
        if one["key"] in ("grant.establishment", "membership.elderly_age")
    }
    assert answers["grant", "bac_ninh"]["value"] == 100 * MILLION
    assert answers["elderly_age", "bac_ninh"]["value"] == 60
    assert answers["elderly_age", "hoa_binh"]["value"] == 55
    for id_ in ("hoa_binh", "hai_phong", "ha_noi"):
        absent = answers["grant", id_]
        assert (absent["value"], absent["status"]) == (None, "not_stipulated")
        assert absent["text"] == "not stipulated"
    for id_ in ("hai_phong", "ha_noi"):
        absent = answers["elderly_age", id_]
        assert (absent["value"], absent["status"]) == (None, "not_stipulated")
        assert "national law: Luật Người cao tuổi 39/2009/QH12, Điều 2" in absent["general"]


def test_how_many_new_clubs_is_answered_with_every_number_of_the_document(demo: Shown) -> None:
    found = {
        id_: [
            None if one["value"] is None else one["value"]["target"]
            for one in demo.data["answers"]
            if (one["question"], one["province"]) == ("new_clubs", id_)
        ]
        for id_ in ("hoa_binh", "bac_ninh", "hai_phong", "ha_noi")
    }
    assert found == {
        "hoa_binh": [5, 6, 80, 150, 150],
        "bac_ninh": [40],
        "hai_phong": [None],
        "ha_noi": [500, 250, 250],
    }


def test_bn_65_hb_24_hp_17_hn_45_when_the_report_is_due(demo: Shown) -> None:
    found = {
        (one["province"], one["key"]): one["status"]
        for one in demo.data["answers"]
        if one["question"] == "report_due"
    }
    assert found == {
        ("hoa_binh", "report.half_year"): "not_stipulated",
        ("hoa_binh", "report.year"): "not_stipulated",
        ("bac_ninh", "report.half_year"): "value",
        ("bac_ninh", "report.year"): "value",
        ("hai_phong", "report.year"): "not_stipulated",
        ("ha_noi", "report.year"): "not_stipulated",
    }
    half = [one for one in demo.data["answers"] if one["key"] == "report.half_year"]
    assert half[1]["text"].endswith("before 20/6")


def asked(demo: Shown, *command: str) -> Any:
    """Return another command's answer about the demonstration's database."""
    done = clb(demo.folder, *command, "--json", "--database", str(demo.database), CLB_LANG="en")
    assert done.returncode == 0, done.stdout
    return json.loads(done.stdout)


def test_money_progress_and_dues_are_what_the_other_commands_answer(demo: Shown) -> None:
    for id_ in ("bac_ninh", "ha_noi"):
        part = demo.province(id_)
        on = ("--on", part["asked_on"])
        summary = asked(demo, "fund", "summary", id_, *on)
        assert {name: summary[name] for name in part["money"]} == part["money"]
        assert asked(demo, "progress", id_, *on) == part["progress"]
        assert asked(demo, "due", "--province", id_, *on) == part["due"]


def test_the_log_verifies_and_its_head_is_the_one_shown(demo: Shown) -> None:
    events = demo.data["audit"]["events"]
    assert demo.rows("SELECT count(*) FROM event") == [(events,)]
    assert asked(demo, "audit", "verify") == {"ok": True, "events": events}
    assert asked(demo, "audit", "head")["head"] == demo.data["audit"]["head"]
    for line in demo.data["audit"]["seals"]:
        assert asked(demo, "audit", "verify", "--seal", line)["ok"]
