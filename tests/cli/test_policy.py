"""What a province's documents say on a day; what they do not say is never made up."""

import importlib
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper
from support.plugins import write_plugin

from engine.policy import vocabulary
from engine.policy.files import general


def asked(keeper: Keeper, *args: str, code: int = 0) -> Any:
    return keeper.json("policy-show", "policy", "show", *args, code=code)


IN_2022 = ("--on", "2022-01-01")


def test_bn_22_the_size_of_a_club_with_its_article(keeper: Keeper) -> None:
    found = asked(keeper, "bac_ninh", "membership.size", *IN_2022)
    assert found["value"] == {"min": 60, "max": 75}
    assert found["status"] == "value"
    assert (found["from"], found["to"]) == ("2021-07-28", "2025-12-31")
    assert found["source"] == "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.2"
    assert found["force"] == "norm"
    assert set(found) == {"key", "value", "status", "from", "to", "source", "force", "note"}


def test_bn_50_the_grant_is_whole_dong_and_says_what_is_peculiar_to_it(keeper: Keeper) -> None:
    found = asked(keeper, "bac_ninh", "grant.establishment", *IN_2022)
    assert found["value"] == 100_000_000
    assert found["extra"]["once_a_club"] is True
    assert (
        "100.000.000 đồng"
        in keeper.run("policy", "show", "bac_ninh", "grant.establishment", *IN_2022).out
    )


def test_bn_90_what_is_not_stipulated_is_null_and_no_failure(keeper: Keeper) -> None:
    found = asked(keeper, "bac_ninh", "membership.women_share", *IN_2022)
    assert (found["value"], found["status"], found["source"]) == (None, "not_stipulated", None)
    assert "general" not in found
    assert (
        "not stipulated" in keeper.run("policy", "show", "bac_ninh", "membership.women_share").out
    )


def test_the_general_procedure_is_kept_apart_from_the_province(keeper: Keeper) -> None:
    found = asked(keeper, "ha_noi", "supervision.interval_months", "--on", "2026-06-01")
    assert (found["value"], found["status"]) == (None, "not_stipulated")
    assert found["general"]["value"] == 6
    text = keeper.run("policy", "show", "ha_noi", "supervision.interval_months").out
    assert "general procedure, not a provision of the province: 6" in text


def test_a_province_that_has_a_value_does_not_get_the_general_one(keeper: Keeper) -> None:
    found = asked(keeper, "bac_ninh", "supervision.interval_months", *IN_2022)
    assert found["status"] == "value"
    assert "general" not in found


def test_outside_its_days_a_value_is_not_in_force_and_says_when_it_was(keeper: Keeper) -> None:
    found = asked(keeper, "bac_ninh", "membership.size", "--on", "2026-01-01")
    assert (found["value"], found["status"], found["to"]) == (None, "not_in_force", "2025-12-31")
    last = asked(keeper, "bac_ninh", "membership.size", "--on", "31/12/2025")
    assert last["status"] == "value"


def test_dates_inside_values_are_iso(keeper: Keeper) -> None:
    found = asked(keeper, "bac_ninh", "target.new_clubs", *IN_2022)
    assert (found["value"]["from"], found["value"]["to"]) == ("2021-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("key", "meant"),
    [("membership.siz", "membership.size"), ("grant.establishmnt", "grant.establishment")],
)
def test_an_unknown_key_is_reported_with_what_may_have_been_meant(
    keeper: Keeper, key: str, meant: str
) -> None:
    error = keeper.error("policy", "show", "bac_ninh", key, code=2)
    assert meant in error["help"]


def test_a_key_nothing_comes_near_is_reported_with_where_to_look(keeper: Keeper) -> None:
    assert "clb policy keys" in keeper.error("policy", "show", "bac_ninh", "xyz", code=2)["help"]


def test_an_unknown_province_and_a_day_that_is_none(keeper: Keeper) -> None:
    assert keeper.error("policy", "show", "xx", code=2)["code"] == "CLB-PROVINCE-UNKNOWN"
    bad = keeper.error("policy", "show", "bac_ninh", "--on", "31/02/2021", code=2)
    assert bad["code"] == "CLB-DATE"


def test_without_a_key_every_key_is_answered(keeper: Keeper) -> None:
    every = asked(keeper, "bac_ninh", *IN_2022)
    keys = [one["key"] for one in every]
    assert len(keys) == len(set(keys))
    assert vocabulary.keys() <= set(keys)
    one = asked(keeper, "bac_ninh", "membership.size", *IN_2022)
    assert one in every


def stretch_of(page: str, key: str) -> str:
    """Return what the page says of one key: its line and what follows until the next key."""
    lines = page.splitlines()
    first = next(place for place, line in enumerate(lines) if line.endswith(f"[{key}]"))
    rest = itertools.takewhile(lambda line: line.startswith("      "), lines[first + 1 :])
    return "\n".join((lines[first], *rest))


def test_the_page_shows_every_value_with_its_source_its_force_and_its_note(keeper: Keeper) -> None:
    text = keeper.run("policy", "show", "bac_ninh", *IN_2022).out
    forces = {
        "norm": " (to be reached)",
        "funding": " (amount of support)",
        "procedure": " (how it is done)",
        "task": " (a task given)",
        "request": " (a request)",
        "history": " (figures of the past)",
        None: "",
    }
    seen = set()
    for one in asked(keeper, "bac_ninh", *IN_2022):
        assert one["key"] in text
        if one["status"] != "value":
            continue
        shown = stretch_of(text, one["key"])
        seen.add(one["force"])
        assert f"[{one['source']}" in shown
        assert f"{forces[one['force']]}]" in shown
        assert (f"Note: {one['note']}" in shown) is (one["note"] is not None)
    assert seen == set(forces)


def test_the_page_shows_which_value_is_this_systems_reading_of_its_sentence(keeper: Keeper) -> None:
    text = keeper.run("policy", "show", "bac_ninh", *IN_2022).out
    read, stated = (stretch_of(text, f"appraisal.{one}") for one in ("favourable", "aspects"))
    assert "[QĐ 933/QĐ-UBND, Phần thứ ba, III.4, as this system reads it (how it is done)]" in read
    assert "[QĐ 933/QĐ-UBND, Phần thứ ba, III.4 (how it is done)]" in stated
    alone = keeper.run("policy", "show", "bac_ninh", "appraisal.favourable", *IN_2022).out
    assert "Source: QĐ 933/QĐ-UBND, Phần thứ ba, III.4, as this system reads it" in alone


def test_the_page_keeps_the_documents_agencies_and_adds_their_successors(keeper: Keeper) -> None:
    before, after = (
        keeper.run("policy", "show", "bac_ninh", "--on", on).out
        for on in ("2025-02-28", "2025-10-11")
    )
    department = "Sở Lao động - Thương binh và Xã hội"
    assert f"in charge: {department}\n" in before
    assert f"in charge: {department} (now Sở Y tế, not confirmed)\n" in after
    districts = "UBND huyện, thị xã, thành phố"
    assert f"{districts} (ended on 01/07/2025, successor not confirmed)" in after
    assert "successor not confirmed" not in before
    stated = asked(keeper, "bac_ninh", "duty.funding", "--on", "2025-10-11")
    assert "now" not in json.dumps(stated, ensure_ascii=False), "JSON has the document's words"


@pytest.mark.parametrize("province", ["bac_ninh", "hoa_binh", "hai_phong", "ha_noi"])
def test_every_value_of_every_province_can_be_read_as_text(keeper: Keeper, province: str) -> None:
    for on in ("2018-06-01", "2022-06-01", "2026-06-01"):
        result = keeper.run("policy", "show", province, "--on", on)
        assert result.code == 0
        assert "FrozenMap" not in result.out
        assert "datetime" not in result.out


def test_the_keys_with_how_they_stand_and_the_ids_forms_ask_for(keeper: Keeper) -> None:
    found = keeper.json("policy-keys", "policy", "keys", "bac_ninh", *IN_2022)
    statuses = {one["key"]: one["status"] for one in found["keys"]}
    assert statuses["membership.size"] == "value"
    assert statuses["membership.women_share"] == "not_stipulated"
    assert "health_care" in {one["id"] for one in found["activities"]}
    assert "province_budget" in {one["id"] for one in found["sources"]}
    recipients = {one["id"]: one["label"] for one in found["recipients"]}
    assert recipients["labour_department"]
    assert recipients["province_council"] is None
    assert all(one["title"] for one in found["keys"])


def test_the_ids_of_a_province_that_lists_no_activities_are_the_general_ones(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plugin(tmp_path, "khong_ke")
    monkeypatch.syspath_prepend(tmp_path)
    found = keeper.json("policy-keys", "policy", "keys", "khong_ke", *IN_2022)
    assert len(found["activities"]) == 8
    assert found["sources"] == []


def test_the_keys_alone_need_no_province(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLB_NO_PLUGINS", "all")
    found = keeper.json("policy-keys", "policy", "keys")
    # The general procedure states laws of its own, under names that are no part of the vocabulary.
    known = vocabulary.keys() | general().entries.keys()
    assert {one["key"] for one in found["keys"]} == known
    assert {one["status"] for one in found["keys"]} == {None}


GAP = """
[province]
id = "ho"
name = "Tỉnh hở"
prefix = "HO"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch thử"
issuer = "UBND tỉnh thử"
from = 2021-01-01
to = 2025-12-31

[[membership.size]]
value = { min = 2 }
source = "KH1, I.1"
to = 2021-12-31

[[membership.size]]
value = { min = 3 }
source = "KH1, I.2"
from = 2023-01-01
"""


def test_the_grid_shows_each_stretch_and_a_gap_between_two_values(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plugin(tmp_path, "ho", policy=GAP)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    grid = keeper.json("policy-coverage", "policy", "coverage", "ho")
    starts = [one["from"] for one in grid["stretches"]]
    assert starts == ["2021-01-01", "2022-01-01", "2023-01-01", "2026-01-01"]
    size = next(row for row in grid["keys"] if row["key"] == "membership.size")
    assert [cell["status"] for cell in size["cells"]] == [
        "value",
        "not_in_force",
        "value",
        "not_in_force",
    ]
    assert [cell["gap"] for cell in size["cells"]] == [False, True, False, False]
    text = keeper.run("policy", "coverage", "ho").out
    line = next(line for line in text.splitlines() if "[membership.size] " in line)
    assert line.split()[-4:] == ["●", "!", "●", "○"]


def test_every_sentence_of_a_document_with_what_the_policy_makes_of_it(keeper: Keeper) -> None:
    found = keeper.json("policy-coverage", "policy", "coverage", "bac_ninh", "--document", "QD933")
    assert (found["province"], found["document"]) == ("bac_ninh", "QD933")
    verdicts = [one["verdict"] for one in found["sentences"]]
    assert found["counts"] == {one: verdicts.count(one) for one in found["counts"]}
    assert sum(found["counts"].values()) == len(verdicts)
    assert found["counts"]["not_expressible"] == 0
    for one in found["sentences"]:
        assert (one["verdict"] == "stated") is bool(one["keys"])
        assert (one["verdict"] == "no_effect") is (one["no_effect"] is not None)
    third = [one for one in found["sentences"] if one["section"] == "Phần thứ ba, V, đoạn kết"]
    assert {"report.half_year", "report.year"} <= {key for one in third for key in one["keys"]}


def test_the_sentences_as_text_are_in_the_documents_order_and_counted(keeper: Keeper) -> None:
    command = ("policy", "coverage", "bac_ninh", "--document", "QD933")
    text = keeper.run(*command).out
    found = keeper.json("policy-coverage", *command)
    assert text.startswith("933/QĐ-UBND: ")
    assert "Signed by: KT. Chủ tịch, Phó Chủ tịch Vương Quốc Tuấn" in text
    lines = iter(text.splitlines())
    for one in found["sentences"]:
        assert any(line == f"  {one['text']}" for line in lines), one["text"]
    for one in found["sentences"]:
        if one["keys"]:
            named = [line for line in text.splitlines() if all(key in line for key in one["keys"])]
            assert named, one["keys"]
        else:
            assert f"      no effect: {one['no_effect']}\n" in text
    counts = found["counts"]
    assert text.rstrip().endswith(
        f"Sentences: {len(found['sentences'])}. Stated by the policy: {counts['stated']}; "
        f"no effect: {counts['no_effect']}; not expressed: {counts['not_expressible']}."
    )


def test_what_a_document_says_of_itself_is_named_in_words(keeper: Keeper) -> None:
    said = keeper.run("policy", "coverage", "hai_phong", "--document", "KH249", "--lang", "vi").out
    first = "Số 249/KH-UBND, Hải Phòng, ngày 21 tháng 10 năm 2020"
    assert f"{first}\n      số, ngày, người ký của văn bản [document]\n" in said


def test_a_copy_that_is_not_signed_refuses_nobody_and_is_marked(keeper: Keeper) -> None:
    unsigned, signed = (
        keeper.run("policy", "coverage", province, "--document", document).out
        for province, document in (("ha_noi", "KHHN"), ("hai_phong", "KH249"))
    )
    sentence = "The copy at hand is not signed: it refuses nobody."
    assert sentence in unsigned
    assert sentence not in signed


@pytest.mark.parametrize("named", ["QD933", "qd933", "933/QĐ-UBND", "QĐ 933/QĐ-UBND"])
def test_a_document_is_named_by_its_id_or_its_number(keeper: Keeper, named: str) -> None:
    found = keeper.json("policy-coverage", "policy", "coverage", "bac_ninh", "--document", named)
    assert found["document"] == "QD933"


@pytest.mark.parametrize("named", ["QD934", "NQ202"])
def test_a_document_without_a_table_is_bad_input_that_names_those_with_one(
    keeper: Keeper, named: str
) -> None:
    error = keeper.error("policy", "coverage", "bac_ninh", "--document", named, code=2)
    assert error["code"] == "CLB-UNKNOWN"
    assert named in error["message"]
    assert "KH276, QD933" in error["help"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("key", ["sources.list", "activities.list"])
def test_what_a_list_holds_is_shown_by_its_words_and_not_by_its_ids(
    keeper: Keeper, key: str, language: str
) -> None:
    """The ids are in ``policy keys``, for who fills in a form."""
    shown = keeper.run("policy", "show", "hai_phong", key, *IN_2022, "--lang", language).out
    assert "Quỹ chăm sóc và phát huy vai trò người cao tuổi" in shown or "Chăm sóc" in shown
    for raw in ("care_fund", "province_budget", "health_care", "other:", "member:"):
        assert raw not in shown


def test_a_range_is_printed_as_the_document_writes_it(keeper: Keeper) -> None:
    size = keeper.run("policy", "show", "bac_ninh", "membership.size", *IN_2022).out
    assert "60 - 75" in size
    assert "at least" not in size
    clubs = keeper.run(
        "policy", "show", "ha_noi", "target.commune_coverage", "--on", "2032-01-01"
    ).out
    assert "in each commune: 04 - 06 (this system reads it as at least 04)" in clubs


def test_a_reading_of_a_part_is_marked_at_that_part(keeper: Keeper) -> None:
    found = asked(keeper, "bac_ninh", "membership.elderly_share", *IN_2022)
    assert (found["value"], found["reading"]) == ({"min": 70}, ["min"])
    text = keeper.run("policy", "show", "bac_ninh", "membership.elderly_share", *IN_2022).out
    assert "70% (this system reads it as at least 70%)" in text
    grant = keeper.run("policy", "show", "bac_ninh", "grant.establishment", *IN_2022).out
    assert "once a club: yes (as this system reads it)" in grant
    assert "new clubs only: yes\n" in grant
    assert "IV.1 (amount of support)" in grant


def test_the_general_procedure_s_activities_are_shown_by_their_words(keeper: Keeper) -> None:
    for key in ((), ("activities.list",)):
        shown = " ".join(
            keeper.run("policy", "show", "hoa_binh", *key, "--on", "2022-06-01").out.split()
        )
        assert "Tăng thu nhập; Chăm sóc sức khỏe" in shown
        assert "income_generation" not in shown


def test_a_unit_that_has_become_another_is_no_body_with_a_task(keeper: Keeper) -> None:
    shown = keeper.run("policy", "show", "hoa_binh", "--on", "2019-06-01").out
    assert "the unit: Xã Yên Lạc" in shown
    assert "belongs to: Huyện Yên Thủy" in shown
    assert "the body: Xã" not in shown


def test_a_document_without_a_table_is_named_with_its_province(keeper: Keeper) -> None:
    done = keeper.run("policy", "coverage", "bac_ninh", "--document", "999")
    assert (done.code, "bac_ninh" in done.err) == (2, False)


@pytest.mark.parametrize("province", ["bac_ninh", "hoa_binh", "hai_phong", "ha_noi"])
def test_who_is_only_asked_is_given_no_task(keeper: Keeper, province: str) -> None:
    day = "2026-06-01" if province == "ha_noi" else "2020-12-01"
    day = "2022-06-01" if province == "bac_ninh" else day
    assert asked(keeper, province, "duty.fatherland_front", "--on", day)["force"] == "request"


@pytest.mark.parametrize("key", ["lead.province", "supervision.by"])
def test_hp_20_who_leads_and_who_supervises_keep_the_document_s_words(
    keeper: Keeper, key: str
) -> None:
    """The plan of 2020 names a department that was dissolved on 1/3/2025."""
    before = keeper.run("policy", "show", "hai_phong", key, "--on", "2025-02-28").out
    after = keeper.run("policy", "show", "hai_phong", key, "--on", "2025-03-01").out
    assert "Sở Lao động - Thương binh và Xã hội" in before
    assert "Sở Y tế" not in before
    assert "Sở Lao động - Thương binh và Xã hội (now Sở Y tế, not confirmed)" in after
