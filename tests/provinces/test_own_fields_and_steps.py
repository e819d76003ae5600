"""Fields and steps of a province's own, through the commands: asked for, kept, shown, erased."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper
from support.odd import FOLDER, ODD, odd
from support.plugins import write_plugin

from engine.documents.papers import paper
from engine.errors import NotPermittedError, RefusedError
from engine.interview.offers import next_step
from engine.lifecycle.history import corrected_forms
from engine.lifecycle.reach import reach
from engine.lifecycle.situation import situation
from engine.model import Officer, Role
from engine.reports.agenda import clubs_in_sight
from engine.reports.dossier import Dossier
from engine.reports.due import due
from engine.reports.progress import explain
from engine.rules.communes import commune_key
from engine.scenario.forms import form
from engine.scenario.world import StillClock, World, open_world
from engine.store import log
from engine.targets.reasons import reason

OPENED, DECIDED, TODAY = date(2021, 2, 1), date(2021, 3, 1), date(2022, 12, 31)
LAUNCHED, SUPERVISED = date(2021, 5, 1), date(2022, 3, 1)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path, ODD, TODAY, provinces=odd()) as world:
        yield world


def proposed(here: World) -> str:
    club = here.found(OPENED)
    here.take(club, "propose", date(2021, 2, 10))
    return club


def at_work(here: World) -> str:
    club = proposed(here)
    here.take(club, "approve", DECIDED)
    here.take(club, "train", date(2021, 4, 1))
    here.take(club, "launch", LAUNCHED)
    return club


def test_a_club_that_answered_nothing_yet_is_said_to_have_no_record_of_it(here: World) -> None:
    at_work(here)
    (found,) = explain(here.registry.store, here.rules, ODD, TODAY, "own_tot_kha")
    assert [one.why for one in found.rows] == ["not_answered"]
    assert reason("not_answered") == "chưa có bản ghi nào trong kỳ nêu nội dung này"


def refused(
    here: World, club: str, step: str, on: date
) -> list[tuple[str, str | None, str | None]]:
    officer = here.officers.for_step(step, "Xã Một", on).id
    filled = {**form(step, on), **({"own": {"dat_dai": "met"}} if step == "approve" else {})}
    with pytest.raises(RefusedError) as caught:
        here.registry.lifecycle.advance(club, step, filled, officer=officer)
    blocks = [one for one in caught.value.findings if one.level == "block"]
    return [(str(one.code), one.source, one.fix) for one in blocks]


def test_a_step_of_the_life_waits_for_the_provinces_own(here: World) -> None:
    club = proposed(here)
    assert refused(here, club, "approve", DECIDED) == [
        ("CLB-OWN-STEP", "KH 2/KH-UBND, III.1", f"clb advance {club} own_y_kien_huyen")
    ]
    here.take(club, "own_y_kien_huyen", date(2021, 2, 20))
    here.take(club, "approve", DECIDED, reasons={"CLB-COMP-SIZE": "thôn nhỏ"})


def test_the_step_waits_until_the_own_step_is_answered_as_the_province_says(here: World) -> None:
    club = proposed(here)
    no, yes = {"own.y_kien": "Không đồng ý"}, {"own.y_kien": "Đồng ý"}
    here.take(club, "own_y_kien_huyen", date(2021, 2, 20), no)
    officer = here.officers.for_step("approve", "Xã Một", DECIDED).id
    filled = {**form("approve", DECIDED), "own": {"dat_dai": "met"}}
    with pytest.raises(RefusedError) as caught:
        here.registry.lifecycle.advance(club, "approve", filled, officer=officer)
    found = next(one for one in caught.value.findings if one.code == "CLB-OWN-STEP")
    assert (found.expected, found.actual) == ("Ý kiến: Đồng ý", "Ý kiến: Không đồng ý")
    assert "20/02/2021" in found.message
    rows = due(here.registry.store, here.rules, ODD, date(2021, 2, 25))
    (owed,) = [one for one in rows if one.step]
    assert str(owed.note).endswith("20/02/2021; Ý kiến: Không đồng ý")
    here.take(club, "own_y_kien_huyen", date(2021, 2, 26), yes)
    assert not [one for one in due(here.registry.store, here.rules, ODD, DECIDED) if one.step]
    here.take(club, "approve", DECIDED, reasons={"CLB-COMP-SIZE": "thôn nhỏ"})


def test_the_own_step_comes_next_until_it_is_answered_so(here: World) -> None:
    club = proposed(here)
    assert isinstance(here.clock, StillClock)
    here.clock.day = DECIDED

    def comes_next() -> str | None:
        officer = here.officers.for_step("approve", "Xã Một", DECIDED).id
        found = next_step(situation(here.registry.lifecycle, club, None, officer))
        return None if found is None else found.step

    assert comes_next() == "own_y_kien_huyen"
    here.take(club, "own_y_kien_huyen", date(2021, 2, 20), {"own.y_kien": "Không đồng ý"})
    assert comes_next() == "own_y_kien_huyen"
    here.take(club, "own_y_kien_huyen", date(2021, 2, 21))
    assert comes_next() == "approve"


def test_the_last_answer_counts_as_corrected(here: World) -> None:
    club = proposed(here)
    event = here.take(club, "own_y_kien_huyen", date(2021, 2, 20)).event
    assert event is not None
    how = {"seq": event.seq, "changes": {"own.y_kien": "Không đồng ý"}, "reason": "ghi nhầm"}
    here.take(club, "correct", TODAY, how, officer=event.officer)
    assert [code for code, _source, _fix in refused(here, club, "approve", DECIDED)] == [
        "CLB-OWN-STEP"
    ]


def test_an_own_step_of_a_later_day_comes_too_late(here: World) -> None:
    club = proposed(here)
    here.take(club, "own_y_kien_huyen", date(2021, 3, 2))
    assert [code for code, _source, _fix in refused(here, club, "approve", DECIDED)] == [
        "CLB-OWN-STEP"
    ]


def test_the_day_of_an_own_step_counts_as_corrected(here: World) -> None:
    club = proposed(here)
    event = here.take(club, "own_y_kien_huyen", date(2021, 3, 2)).event
    assert event is not None
    changes = {"seq": event.seq, "changes": {"date": "2021-02-25"}, "reason": "ghi nhầm"}
    here.take(club, "correct", TODAY, changes, officer=event.officer)
    here.take(club, "approve", DECIDED)


def test_an_own_step_is_refused_on_a_day_no_document_asks_for_it(here: World) -> None:
    club = proposed(here)
    assert isinstance(here.clock, StillClock)
    here.clock.day = date(2025, 9, 1)
    assert [one[0] for one in refused(here, club, "own_y_kien_huyen", date(2025, 7, 1))] == [
        "CLB-OWN-STEP-UNASKED"
    ]


def test_what_a_club_waits_for_falls_due(here: World) -> None:
    club = proposed(here)
    rows = due(here.registry.store, here.rules, ODD, date(2021, 2, 15))
    owed = [(one.title, one.role.value, one.source) for one in rows if one.step]
    assert owed == [("Ý kiến của huyện", "district", "KH 2/KH-UBND, III.1")]
    here.take(club, "own_y_kien_huyen", date(2021, 2, 20))
    assert not [one for one in due(here.registry.store, here.rules, ODD, TODAY) if one.step]


def test_a_person_of_an_own_field_is_an_id_in_the_log_and_no_name_once_erased(here: World) -> None:
    club = at_work(here)
    name = here.people(OPENED)[3].name
    event = here.take(club, "supervise", SUPERVISED, {"own.to_truong": name}).event
    assert event is not None
    assert event.form["own"]["to_truong"].startswith("M")
    (body,) = here.registry.store.row(
        "SELECT body FROM event WHERE stream = ? AND seq = ?", (f"club:{club}", event.seq)
    ) or ("",)
    assert name not in str(body)


def test_a_correction_lays_over_an_own_field_and_is_judged(here: World) -> None:
    club = at_work(here)
    on = date(2022, 12, 1)
    event = here.take(club, "review", on, {"own.khen_thuong": False}).event
    assert event is not None
    name = here.people(OPENED)[3].name
    changes: dict[str, Any] = {"own": {"khen_thuong": True, "nguoi_khen": name}}
    how = {"seq": event.seq, "changes": changes, "reason": "ghi nhầm"}
    made = here.take(club, "correct", TODAY, how, officer=event.officer).event
    events = log.read(here.registry.store, f"club:{club}")
    assert corrected_forms(events)[event.seq]["own"]["khen_thuong"] is True
    assert made is not None
    assert made.form["changes"]["own"]["nguoi_khen"].startswith("M")


# -- through the commands ------------------------------------------------------------------------


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    policy = (FOLDER / "clb_odd" / "policy.toml").read_text(encoding="utf-8")
    write_plugin(tmp_path / "site", ODD, policy=policy)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_LANG", "vi")
    return keeper


@pytest.fixture
def club(keeper: Keeper) -> str:
    """A club at work, made through the engine, with officers whose ids the commands use."""
    with open_world(keeper.folder, ODD, TODAY, name="clb", provinces=odd()) as world:
        return at_work(world)


def test_an_own_field_is_typed_displayed_and_refused_with_its_choices(
    keeper: Keeper, club: str
) -> None:
    given = (
        *("--set", "inspector=Phạm Thị Soát", "--set", "meetings_held=6"),
        *("--set", "borrowers=4", "--set", "conclusion=đạt", "--set", "activities=[]"),
    )
    step = ("advance", club, "giám sát", "--on", "1/3/2022", "--as", "tinh-odd", *given)
    missing = keeper.run(*step)
    assert missing.code == 2
    assert "own.xep_loai (Xếp loại CLB)" in missing.err
    wrong = keeper.run(*step, "--set", "Xếp loại CLB=Xuất sắc")
    assert wrong.code == 2
    assert "Tốt" in wrong.err + wrong.out
    small = ("--ack", "CLB-COMP-SIZE=thôn nhỏ")
    done = keeper.run(*step, *small, "--set", "Xếp loại CLB=tot", "--set", "own.vuon=250")
    assert done.code == 0, done.err
    assert "Xếp loại CLB: Tốt" in done.out
    shown = keeper.run("club", "history", club).out
    assert "Diện tích vườn chung (m²): 250" in shown
    record = keeper.json("club-history", "club", "history", club)[-1]
    assert record["form"]["own"] == {"xep_loai": "Tốt", "vuon": 250}
    assert keeper.run("audit", "verify").code == 0
    assert "Xếp loại CLB: Tốt (giám sát, 01/03/2022)" in keeper.run("club", "show", club).out
    page = {one["field"]: one for one in keeper.json("club-show", "club", "show", club)["own"]}
    assert page["vuon"]["text"] == "250"
    assert {name: page[name]["on"] for name in ("xep_loai", "y_kien", "dat_dai")} == {
        "xep_loai": "2022-03-01",
        "y_kien": "2021-03-01",
        "dat_dai": "2021-03-01",
    }
    changes = ("--set", f"seq={record['seq']}", "--set", 'changes={"own.xep_loai": "Khá"}')
    papers = ("--set", "reason=ghi nhầm", "--set", "document=BB 2")
    fixed = keeper.run("advance", club, "correct", "--as", "tinh-odd", *changes, *papers, *small)
    assert fixed.code == 0, fixed.err
    assert "Xếp loại CLB: Khá" in keeper.run("club", "show", club).out


def test_the_lifecycle_of_the_province_has_its_own_steps(keeper: Keeper) -> None:
    text = keeper.run("lifecycle", "show", "--province", ODD, "--on", "1/3/2022").out
    assert "Ý kiến của huyện [own_y_kien_huyen]" in text
    assert "KH 2/KH-UBND, III.1" in text
    assert "cấp huyện, cấp tỉnh (KH 2/KH-UBND, IV.2)" in text
    assert "chỉ được làm khi: Ý kiến: Đồng ý" in text
    shown = keeper.json(
        "lifecycle-show", "lifecycle", "show", "--province", ODD, "--on", "2022-03-01"
    )
    roles = {one["step"]: one["roles"] for one in shown["steps"]}
    assert roles["supervise"] == ["district", "province"]
    own = {one["step"]: one["before"] for one in shown["steps"] if "before" in one}
    assert own == {"own_y_kien_huyen": "approve", "own_dang_ky": "launch"}
    for format_ in ("svg", "mermaid"):
        drawn = keeper.run(
            *("lifecycle", "show", "--province", ODD, "--on", "2022-03-01"), "--format", format_
        ).out
        assert "Ý kiến của huyện" in drawn
    assert "own_" not in keeper.run("lifecycle", "show").out


def test_the_policy_shows_what_it_adds_in_words(keeper: Keeper) -> None:
    def shown(key: str) -> str:
        return keeper.run("policy", "show", ODD, key, "--on", "2022-03-01").out

    field = shown("form.supervise.own_xep_loai")
    assert "loại: một trong các mục chọn" in field
    assert "các mục chọn: Tốt; Khá; Trung bình; Yếu" in field
    assert "quyết định thành lập" in shown("step.own_y_kien_huyen")
    assert keeper.run("policy", "show", ODD, "--on", "2022-03-01").code == 0


def test_an_own_step_is_typed_by_its_label(keeper: Keeper, club: str) -> None:
    for typed in ("Ý kiến của huyện", "y kien cua huyen", "own_y_kien_huyen"):
        asked = keeper.run("check", club, typed, "--on", "1/3/2022", "--as", "tinh-odd")
        assert "[own_y_kien_huyen]" in asked.out, typed
    unknown = keeper.run("check", club, "Ý kiến của tỉnh")
    assert (unknown.code, "Ý kiến của tỉnh" in unknown.err) == (2, True)


def test_a_districts_officer_reads_what_its_own_communes_owe(keeper: Keeper, club: str) -> None:
    for id_, district, there in (("dong", "Huyện Đông", True), ("tay", "Huyện Tây", False)):
        office = ("--role", "district", "--district", district, "--province", ODD)
        added = keeper.run(
            "officer", "add", id_, "--name", "Lê Văn A", *office, "--as", "quan-tri-odd"
        )
        assert added.code == 0, added.err
        read = keeper.run("due", "--on", "31/12/2022", "--as", id_)
        assert (read.code, "CLB" in read.out) == (0, there), read.out + read.err


def test_an_officer_of_another_district_is_sent_to_the_club_s_own(here: World) -> None:
    club = proposed(here)
    other = here.officers.for_step("supervise", "Xã Bốn", LAUNCHED)
    with pytest.raises(NotPermittedError) as caught:
        here.take(club, "own_y_kien_huyen", date(2021, 2, 20), officer=other.id)
    found = next(one for one in caught.value.findings if one.code == "CLB-SCOPE")
    assert "Huyện Đông" in str(found.fix)


def test_a_district_works_with_the_clubs_of_its_communes(here: World) -> None:
    club = proposed(here)
    east, west = (Officer(one, one, Role.DISTRICT, ODD, one) for one in ("Huyện Đông", "Huyện Tây"))
    store, provinces = here.registry.store, here.registry.provinces
    seen = {
        one.id: [row.club for row in clubs_in_sight(store, provinces, ODD, (one,), TODAY)]
        for one in (east, west)
    }
    assert seen == {"Huyện Đông": [club], "Huyện Tây": []}
    assert [row.club for row in clubs_in_sight(store, provinces, ODD, (), TODAY)] == [club]
    assert (east.one_commune, Officer("xa", "", Role.COMMITTEE, ODD, "Xã Một").one_commune) == (
        None,
        "Xã Một",
    )


def test_a_login_of_a_district_reaches_the_communes_that_the_documents_list(here: World) -> None:
    officers = here.registry.officers
    admin = here.officers.admin
    officers.add(
        Officer("dong", "Lê Văn A", Role.DISTRICT, ODD, "Huyện Đông", login="dong"), by=admin
    )
    reached = {
        one.commune_key for one in reach(here.registry.store, odd(), TODAY) if one.login == "dong"
    }
    assert reached == {commune_key(one) for one in ("Xã Một", "Xã Hai", "Phường Ba")}


def test_a_paper_has_the_district_that_the_documents_list(here: World) -> None:
    club = at_work(here)
    here.take(club, "supervise", SUPERVISED)
    dossier = Dossier(here.registry.store, here.registry.lifecycle.club(club))
    made = paper("bien_ban_giam_sat").contents(dossier, here.rules, today=TODAY)
    assert "huyện Đông" in str(made.values)
