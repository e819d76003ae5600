"""Papers about loans to members have the borrowers' names, which are in no log."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.papers import Office
from support.word import Word

from engine.documents.words import BLANK
from engine.errors import InputError
from engine.reports.money import ledger
from engine.vietnamese.text import dong


@pytest.fixture(scope="module")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A club of Hải Phòng that lent to two members: one repaid a part, one all."""
    office = Office(tmp_path_factory.mktemp("lent") / "clb.sqlite3", "hai_phong")
    office.found()
    office.take("train", office.day(2, 15), {"course.start": office.day(2, 14).isoformat()})
    office.take("launch", office.day(3, 1))
    gift = {"kind": "contribution", "source": "donor", "fund": "operating", "amount": 100_000}
    office.take("fund", office.day(2, 20), gift)
    money = {"source": "member", "fund": "income", "document": "Sổ thu 01"}
    office.take("fund", office.day(3, 10), {**money, "kind": "contribution", "amount": 7_000_000})
    office.take("meeting", office.day(3, 12), {"attendance": 61, "activities": ["rights"]})
    office.take("meeting", office.day(4, 12), {"attendance": 50, "activities": ["rights"]})
    office.take("care", office.day(4, 30), {"volunteers": 6, "cared_for": 4})
    for day, place, amount in ((11, 0, 2_000_000), (12, 1, 1_000_000)):
        loan = {"member": office.people()[place].name, "amount": amount, "months": 12}
        office.take("lend", office.day(3, day), {**loan, "document": f"Giấy vay {place}"})
    first, second = (row[0] for row in office.core.store.rows("SELECT seq FROM loan ORDER BY seq"))
    paid = {"principal": 500_000, "interest": 10_000, "document": "Phiếu thu 02"}
    office.take("repay", office.day(4, 20), {**paid, "loan": first})
    office.take(
        "extend", office.day(4, 21), {"loan": first, "until": office.day(5, 1, 2).isoformat()}
    )
    office.take(
        "repay", office.day(5, 2), {**paid, "loan": second, "principal": 900_000, "interest": 0}
    )
    office.take("write_off", office.day(5, 3), {"loan": second, "amount": 100_000})
    yield office
    office.core.store.close()


def names(office: Office) -> list[str]:
    return [one.name for one in office.people()[:2]]


def test_the_loan_book_names_who_borrowed_and_keeps_interest_apart(lent: Office) -> None:
    paper = Word.of(lent.filled("so_vay").data)
    rows = [row for row in paper.rows("Người vay") if row[0]]
    first, second = names(lent)
    assert [row[2:] for row in rows] == [
        [first, "2.000.000", "", "", "2.000.000"],
        [second, "1.000.000", "", "", "3.000.000"],
        [first, "", "500.000", "10.000", "2.500.000"],
        [second, "", "900.000", "", "1.600.000"],
        [f"{second} (xóa nợ)", "", "100.000", "", "1.500.000"],
    ]
    assert rows[0][1] == "Giấy vay 0"


def test_the_cash_book_names_who_borrowed_and_repaid(lent: Office) -> None:
    rows = Word.of(lent.filled("so_quy").data).rows("Còn lại (đồng)")
    first, second = names(lent)
    assert [row[2] for row in rows if "vay" in row[2]] == [
        f"Cho thành viên vay: {first}",
        f"Cho thành viên vay: {second}",
        f"Thành viên trả tiền vay: {first}",
        f"Thành viên trả tiền vay: {second}",
    ]


def test_the_loan_book_of_a_day_has_nothing_later(lent: Office) -> None:
    paper = Word.of(lent.filled("so_vay", lent.day(4, 20)).data)
    assert len([row for row in paper.rows("Người vay") if row[0]]) == 3


def test_a_card_a_loan_on_which_something_is_owed(lent: Office) -> None:
    (card,) = lent.paper("the_vay").values["cards"]
    assert (card["name"], card["left"]) == (names(lent)[0], "1.500.000 đồng")
    paper = Word.of(lent.filled("the_vay").data)
    rows = [row for row in paper.rows("Ký nhận") if row[0]]
    until = lent.day(5, 1, 2)
    assert [row[1:5] for row in rows] == [
        ["Trả nợ", "500.000", "10.000", "1.500.000"],
        [f"Gia hạn đến {until:%d/%m/%Y}", "", "", "1.500.000"],
    ]
    assert f"hạn trả: {until:%d/%m/%Y}." in paper.text
    assert len(lent.paper("the_vay", lent.day(4, 1)).values["cards"]) == 2


def test_slips_of_a_loan_and_a_repayment_name_the_member(lent: Office) -> None:
    first, second = names(lent)
    assert lent.paper("phieu_thu").values["slip"]["person"] == second
    assert lent.paper("phieu_thu", lent.day(4, 25)).values["slip"]["person"] == first
    assert lent.paper("phieu_chi").values["slip"]["person"] == second


def test_a_slip_is_of_the_entry_that_is_asked_for(lent: Office) -> None:
    first, second = names(lent)
    slips = {
        (kind, line.entry.seq): line.entry
        for line in ledger(lent.core.store, lent.core.club(lent.club), lent.day(6, 15))
        for kind in ("phieu_thu", "phieu_chi")
        if (line.entry.delta > 0) == (kind == "phieu_thu")
    }
    assert len(slips) == 6
    for (kind, seq), entry in slips.items():
        slip = lent.paper(kind, entry=seq).values["slip"]
        assert (slip["amount"], slip["document"]) == (dong(entry.amount), entry.document)
    people = [lent.paper(kind, entry=seq).values["slip"]["person"] for kind, seq in slips]
    assert people[2:] == [first, second, first, second]


@pytest.mark.parametrize("kind", ["phieu_thu", "phieu_chi", "the_vay", "so_quy"])
def test_there_is_no_slip_of_what_is_no_such_entry(lent: Office, kind: str) -> None:
    with pytest.raises(InputError) as refused:
        lent.paper(kind, entry=1)
    assert refused.value.code == "CLB-DOCUMENT-ENTRY"


def test_a_card_is_of_the_loan_that_is_asked_for_though_nothing_is_owed(lent: Office) -> None:
    (_owed, paid) = (row[0] for row in lent.core.store.rows("SELECT seq FROM loan ORDER BY seq"))
    (card,) = lent.paper("the_vay", entry=paid).values["cards"]
    assert (card["name"], card["left"]) == (names(lent)[1], "0 đồng")


def test_the_loan_book_says_what_was_written_off(lent: Office) -> None:
    rows = Word.of(lent.filled("so_vay").data).rows("Người vay")
    assert [row[2] for row in rows if row[4] == "100.000"] == [f"{names(lent)[1]} (xóa nợ)"]


def test_the_years_statement_adds_the_book_up_and_has_a_chart(lent: Office) -> None:
    values = lent.paper("bao_cao_nam", lent.day(6, 15)).values
    assert (values["met"]["count"], values["met"]["attendance"]) == ("2", "56")
    assert values["care"] == {"months": "1", "volunteers": "6", "cared_for": "4"}
    assert values["lending"] == {
        "count": "2",
        "lent": "3.000.000 đồng",
        "repaid": "1.400.000 đồng",
        "interest": "10.000 đồng",
        "borrowers": "1",
        "owed": "1.500.000 đồng",
        "overdue": "0 đồng",
    }
    income = values["books"][0]
    assert (income["before"], income["left"]) == ("0 đồng", "5.410.000 đồng")
    bars = {one["month"]: (one["bar"], one["amount"]) for one in values["chart"]}
    assert bars["Tháng 2"] == ("", None)
    assert bars["Tháng 3"] == ("█" * 14 + "▒" * 10, "7.000.000 đồng")
    assert bars["Tháng 6"] == ("█" * 19 + "▒" * 5, "6.910.000 đồng")
    assert len(values["chart"]) == 6
    rows = Word.of(lent.filled("bao_cao_nam", lent.day(6, 15)).data).rows("Biểu đồ")
    assert rows[2][1] == "█" * 14 + "▒" * 10


def test_the_next_years_statement_begins_with_what_was_left(lent: Office) -> None:
    values = lent.paper("bao_cao_nam", lent.day(6, 15, 1)).values
    assert values["books"][0]["before"] == "5.410.000 đồng"
    assert values["lending"]["lent"] == "0 đồng"
    assert values["met"]["count"] is None


def test_without_a_book_a_card_and_a_statement_are_blank_and_not_nought(tmp_path: Path) -> None:
    office = Office(tmp_path / "clb.sqlite3", "hai_phong")
    office.found()
    assert BLANK in Word.of(office.filled("the_vay").data).text
    values = office.paper("bao_cao_nam", date(office.setting.year, 12, 31)).values
    assert set(values["lending"].values()) == {None}
    assert set(values["care"].values()) == {None}
    assert values["books"][0]["left"] is None
    office.core.store.close()
