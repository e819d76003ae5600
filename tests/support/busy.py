"""A registry in which everything a log can hold has happened at least once."""

from datetime import date

from support.core import (
    ADMIN,
    ASSOCIATION,
    COMMITTEE,
    PUBLIC_LINE,
    TOWN,
    Core,
    remove_officer,
)
from support.step_forms import GRANT

from engine.lifecycle.people import Member, RosterWork
from engine.lifecycle.sealing import seal_all
from engine.rules.calendar import Period
from engine.rules.communes import Unit

SECRET_VILLAGE = "Xóm Bí Mật"


def live(core: Core) -> str:
    """Lead one club through every kind of event, a second one to its end, and return the first."""
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10))
    core.take(club, "return", date(2021, 8, 12))
    core.take(club, "propose", date(2021, 8, 14))
    core.carry(club, "approve", date(2021, 9, 1), {"appraisal.date": "2021-08-30"})
    core.take(club, "train", date(2021, 9, 15))
    core.take(club, "launch", date(2021, 10, 1))
    core.take(club, "meeting", date(2021, 10, 5))
    lend(core, club, date(2021, 10, 20))
    core.take(club, "fund", date(2021, 11, 1), GRANT)
    paper = {"seq": core.club(club).seq, "changes": {"document": "UNC 15"}}
    core.take(club, "correct", date(2021, 11, 1), paper, officer=TOWN)
    core.take(club, "fund", date(2021, 11, 2), {**GRANT, "kind": "reversal"})
    core.take(club, "supervise", date(2022, 4, 1))
    core.carry(club, "supervise", date(2022, 10, 1), {"conclusion": "consolidate"})
    seq = core.club(club).seq
    changes = {"seq": seq, "changes": {"date": "2022-10-03", "borrowers": 41}}
    core.carry(club, "correct", date(2022, 10, 9), changes, officer=TOWN)
    core.carry(club, "review", date(2022, 12, 1))
    core.take(club, "annul", date(2022, 12, 2), {"seq": core.club(club).seq}, officer=TOWN)
    core.take(club, "consolidate", date(2022, 12, 5))
    core.take(club, "change_board", date(2022, 12, 6))
    core.take(club, "suspend", date(2022, 12, 7))
    core.take(club, "resume", date(2023, 2, 1))
    core.take(club, "rename", date(2023, 2, 2))
    erased = core.people[9].name
    replace_members(core, club, erased)
    core.take(club, "erase", date(2023, 2, 4), {"member": erased})
    core.take(club, "export", date(2023, 2, 5))
    core.bring("dissolved")
    core.bring("withdrawn")
    seal_all(core.registry, None)
    province(core)
    seal_all(core.registry, TOWN)
    return club


def lend(core: Core, club: str, on: date) -> None:
    """Let the club's book hold terms, a loan with all that can come of it, and a month's care."""
    came = {"kind": "contribution", "source": "socialised", "fund": "income", "amount": 5_000_000}
    core.take(club, "fund", on, came)
    core.take(club, "lending_terms", on)
    core.take(club, "lend", on, {"member": borrower(core)})
    loan = {"loan": core.club(club).seq}
    core.take(club, "repay", on, loan)
    core.take(club, "extend", on, loan)
    core.take(club, "write_off", on, loan)
    core.take(club, "care", on)


def borrower(core: Core) -> str:
    return core.people[3].name


def replace_members(core: Core, club: str, spared: str) -> None:
    """One member comes, one changes, one leaves; the one named ``spared`` does neither.

    They are the last by name, since ids are random; a borrower who left would be a warning.
    """
    rows = core.store.rows(
        "SELECT m.id, p.name FROM member m JOIN personal p ON p.club = m.club AND p.member = m.id "
        "WHERE m.club = ? ORDER BY p.name",
        (club,),
    )
    ids = [id_ for id_, name in rows if name not in (spared, borrower(core))]
    work = RosterWork(
        added=[Member("Đỗ Thị Thêm", "F", "1950-05-02", "poor", SECRET_VILLAGE, "001", "0530")],
        changed=[Member("Đỗ Văn Đổi", "M", "1951", None, SECRET_VILLAGE, id=ids[-1])],
        left=[ids[-2]],
    )
    counted = {"added": 1, "changed": 1, "left": 1}
    core.take(club, "roster", date(2023, 2, 3), counted, officer=ASSOCIATION, prepare=work)


def province(core: Core) -> None:
    """Record what concerns the province: units, a report sent, an officer who left."""
    context = core.registry.province
    day = date(2021, 1, 1)
    unit = Unit("27001", "phường Đình Bảng", "phường", core.province, day)
    context.import_units(core.province, [unit], by=TOWN)
    core.registry.officers.add_key(core.province, TOWN, PUBLIC_LINE, None, by=ADMIN)
    period = Period.parse("2022H1")
    context.send_report(core.province, "half_year", period, date(2022, 7, 2), by=TOWN)
    remove_officer(core.registry, "ubnd_ben")
    assert COMMITTEE in [one.id for one in core.registry.officers.everybody()]
