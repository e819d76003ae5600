"""Funds and sources of money of a province's own: recorded by their label, called so everywhere."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from support.keeper import Keeper
from support.odd import FOLDER, ODD, odd
from support.plugins import write_plugin

from engine.scenario.world import open_world

TODAY = date(2023, 12, 31)


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
    """A club with a board that is at work, made through the engine."""
    with open_world(keeper.folder, ODD, TODAY, name="clb", provinces=odd()) as world:
        club = world.found(date(2023, 2, 1))
        world.take(club, "propose", date(2023, 2, 10))
        world.take(club, "approve", date(2023, 3, 1))
        world.take(club, "train", date(2023, 3, 15))
        world.take(club, "launch", date(2023, 4, 1))
    return club


def recorded(keeper: Keeper, club: str, source: str, fund: str, on: str = "1/5/2023"):
    money = ("--kind", "contribution", "--amount", "5tr", "--document", "PT 1", "--on", on)
    where = ("--source", source, "--fund", fund, "--as", "hoi-xa-mot")
    return keeper.run("fund", "record", club, *money, *where)


def test_it_is_recorded_by_its_label_and_called_so(keeper: Keeper, club: str) -> None:
    done = recorded(keeper, club, "quỹ vì người nghèo", "Quỹ dự phòng thiên tai")
    assert done.code == 0, done.err
    assert "Quỹ dự phòng thiên tai" in done.out
    assert "Quỹ Vì người nghèo" in done.out
    for command in (("fund", "show", club), ("club", "show", club), ("club", "history", club)):
        assert "Quỹ dự phòng thiên tai" in keeper.run(*command).out
    shown = keeper.json("fund-show", "fund", "show", club)
    assert shown["balances"]["own_thien_tai"] == 5_000_000
    (entry,) = shown["entries"]
    assert (entry["fund"], entry["source"]) == ("own_thien_tai", "own_vi_nguoi_ngheo")
    assert keeper.json("club-show", "club", "show", club)["funds"]["own_thien_tai"] == 5_000_000
    summary = keeper.json("fund-summary", "fund", "summary", ODD)
    assert summary["by_source"] == {"own_vi_nguoi_ngheo": 5_000_000}
    assert "Quỹ Vì người nghèo" in keeper.run("fund", "summary", ODD).out
    assert keeper.run("audit", "verify").code == 0
    assert keeper.run("db", "check").code == 0


def supervised(keeper: Keeper, club: str, *more: str, on: str = "1/10/2023"):
    given = ("inspector=Bà Hoa", "meetings_held=6", "activities=health_care", "borrowers=0")
    sets = (*given, "conclusion=pass", "own.xep_loai=Tốt", *more)
    how = [part for one in sets for part in ("--set", one)]
    who = ("--on", on, "--as", f"tinh-{ODD}", "--ack", "CLB-COMP-SIZE=thôn nhỏ")
    return keeper.run("advance", club, "supervise", *how, *who)


def test_a_fund_without_an_entry_is_not_opened(keeper: Keeper, club: str) -> None:
    assert "Quỹ dự phòng thiên tai: chưa ghi khoản nào" in keeper.run("club", "show", club).out
    funds = keeper.json("club-show", "club", "show", club)["funds"]
    assert funds == {"income": None, "operating": None, "own_thien_tai": None}
    assert recorded(keeper, club, "member", "operating").code == 0
    shown = keeper.json("fund-show", "fund", "show", club)["balances"]
    assert shown == {"income": None, "operating": 5_000_000, "own_thien_tai": None}


def test_its_balance_is_counted_by_a_supervision(keeper: Keeper, club: str) -> None:
    assert recorded(keeper, club, "own_vi_nguoi_ngheo", "own_thien_tai").code == 0
    lacking = supervised(keeper, club)
    assert lacking.code == 1
    assert "CLB-SUPERVISE-FUND" in lacking.err + lacking.out
    strange = supervised(keeper, club, "own.thien_tai_fund_balance=5tr", "income_fund_balance=1")
    assert "CLB-SUPERVISE-UNOPENED" in strange.err + strange.out
    done = supervised(keeper, club, "Số dư quỹ dự phòng thiên tai (đồng)=5tr")
    assert done.code == 0, done.err
    rows = keeper.sql("SELECT fund, balance FROM supervision_balance")
    assert rows == [("own_thien_tai", 5_000_000)]
    assert "5.000.000" in keeper.run("club", "history", club).out
    assert keeper.run("db", "check").code == 0
    assert keeper.run("audit", "verify").code == 0
    before = keeper.dump("schema_migration")
    assert keeper.run("db", "rebuild").code == 0
    assert keeper.dump("schema_migration") == before


def test_a_report_has_a_column_for_it(keeper: Keeper, club: str) -> None:
    assert recorded(keeper, club, "own_vi_nguoi_ngheo", "own_thien_tai").code == 0
    made = {}
    for kind in ("json", "xlsx"):
        made[kind] = keeper.folder / f"a.{kind}"
        where = ("--period", "2023", "--format", kind, "--out", str(made[kind]))
        assert keeper.run("report", "build", ODD, "overview", *where).code == 0
    report = json.loads(made["json"].read_text(encoding="utf-8"))
    assert report["own_funds"] == {"own_thien_tai": "Quỹ dự phòng thiên tai"}
    (row,) = report["clubs"]
    assert (row["income_fund"], row["own_thien_tai_fund"]) == (None, 5_000_000)
    (commune,) = report["communes"]
    assert (commune["income_fund"], commune["own_thien_tai_fund"]) == (None, 5_000_000)
    assert report["figures"]["own_thien_tai_fund"] == 5_000_000
    book = load_workbook(made["xlsx"])
    headings = [cell.value for cell in book["Câu lạc bộ"][3]]
    assert "Quỹ dự phòng thiên tai (đồng)" in headings


def test_before_the_day_it_is_stated_it_is_no_choice(keeper: Keeper, club: str) -> None:
    wrong = recorded(keeper, club, "own_khong_co", "operating")
    assert wrong.code == 2
    assert "own_khong_co" in wrong.err


def test_reports_and_papers_call_it_by_its_label(keeper: Keeper, club: str) -> None:
    assert recorded(keeper, club, "own_vi_nguoi_ngheo", "own_thien_tai").code == 0
    html = keeper.folder / "a.html"
    where = ("--period", "2023", "--format", "html", "--out", str(html))
    built = keeper.run("report", "build", ODD, "overview", *where)
    assert built.code == 0, built.err
    page = html.read_text(encoding="utf-8")
    assert "Quỹ Vì người nghèo" in page
    assert "Quỹ dự phòng thiên tai" in page
    assert ">own_" not in page
    paper = keeper.folder / "so_quy.docx"
    made = keeper.run(
        "document", "render", club, "so_quy", "--out", str(paper), "--as", "hoi-xa-mot"
    )
    assert made.code == 0, made.err
    document = Document(str(paper))
    text = "\n".join(
        [one.text for one in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    assert "Quỹ dự phòng thiên tai" in text
    assert "Quỹ Vì người nghèo" in text


def test_the_clubs_workbook_has_it_and_takes_it_back(keeper: Keeper, club: str) -> None:
    assert recorded(keeper, club, "own_vi_nguoi_ngheo", "own_thien_tai").code == 0
    file = keeper.folder / "so.xlsx"
    who = ("--as", "hoi-xa-mot")
    assert keeper.run("book", "export", club, str(file), *who).code == 0
    back = keeper.run("book", "import", club, str(file), *who)
    assert back.code == 0, back.err
    assert len(keeper.json("fund-show", "fund", "show", club)["entries"]) == 1


KINDS = """
[[fund.kinds]]
value = ["income", "own_thien_tai"]
source = "KH2, III.7"

[[target.both_funds]]
value.kind = "share"
value.measure = "clubs_with_both_funds"
value.target = 100
value.unit = "percent"
value.label = "CLB có đủ quỹ"
source = "KH2, III.7"
"""


@pytest.fixture
def asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Keeper]:
    """A province whose every club opens the fund that only this province has."""
    monkeypatch.delitem(sys.modules, f"clb_{ODD}", raising=False)
    policy = (FOLDER / "clb_odd" / "policy.toml").read_text(encoding="utf-8") + KINDS
    write_plugin(tmp_path / "site", ODD, policy=policy)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_LANG", "vi")
    yield keeper
    sys.modules.pop(f"clb_{ODD}", None)


def trained(keeper: Keeper) -> str:
    with open_world(keeper.folder, ODD, TODAY, name="clb", provinces=odd()) as world:
        club = world.found(date(2023, 2, 1))
        world.take(club, "propose", date(2023, 2, 10))
        world.take(club, "approve", date(2023, 3, 1))
        world.take(club, "train", date(2023, 3, 15))
        world.take(club, "own_dang_ky", date(2023, 3, 20))
    return club


def launched(keeper: Keeper, club: str, opened: str):
    sets = ("place=Nhà văn hóa", "attendance=80", "charter_adopted=có", f"funds_opened={opened}")
    how = [part for one in sets for part in ("--set", one)]
    return keeper.run("advance", club, "launch", *how, "--on", "1/4/2023", "--as", "hoi-xa-mot")


def test_it_is_opened_at_the_launch_by_its_label(asking: Keeper) -> None:
    club = trained(asking)
    lacking = launched(asking, club, "income,operating")
    assert lacking.code == 1
    assert "quỹ tăng thu nhập, Quỹ dự phòng thiên tai" in lacking.out + lacking.err
    assert "CLB-LAUNCH-FUND" in lacking.out + lacking.err
    done = launched(asking, club, "quỹ tăng thu nhập, quỹ dự phòng thiên tai")
    assert done.code == 0, done.err
    assert asking.sql("SELECT funds_opened FROM club") == [("income,own_thien_tai",)]
    assert "Quỹ dự phòng thiên tai" in asking.run("club", "history", club).out
    assert asking.run("audit", "verify").code == 0
    before = asking.dump("schema_migration")
    assert asking.run("db", "rebuild").code == 0
    assert asking.dump("schema_migration") == before
    paper = asking.folder / "a.docx"
    made = asking.run(
        "document", "render", club, "bien_ban_ra_mat", "--out", str(paper), "--as", "hoi-xa-mot"
    )
    assert made.code == 0, made.err
    assert "Quỹ dự phòng thiên tai" in "\n".join(
        one.text for one in Document(str(paper)).paragraphs
    )


def test_a_club_without_it_does_not_have_the_funds_asked_for(asking: Keeper) -> None:
    club = trained(asking)
    sets = ("place=Nhà văn hóa", "attendance=80", "charter_adopted=có", "funds_opened=income")
    how = [part for one in sets for part in ("--set", one)]
    who = ("--on", "1/4/2023", "--as", "hoi-xa-mot", "--ack", "CLB-LAUNCH-FUND=mở sau")
    assert asking.run("advance", club, "launch", *how, *who).code == 0
    asked = ("progress", ODD, "--on", "31/12/2023", "--explain", "both_funds")
    before = asking.run(*asked)
    assert "0 trên 1" in before.out
    assert "chưa có quỹ riêng mà văn bản của tỉnh yêu cầu" in before.out
    assert "quỹ tăng thu nhập, Quỹ dự phòng thiên tai" in " ".join(before.out.split())
    assert recorded(asking, club, "own_vi_nguoi_ngheo", "own_thien_tai").code == 0
    assert "1 trên 1" in asking.run(*asked).out
