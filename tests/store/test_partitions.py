"""Tables divided by province: the same steps, checks and copies; a part for each province."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from support.core import (
    ADMIN,
    ASSOCIATION,
    BAC_NINH,
    COMMITTEE,
    PROVINCE,
    PROVINCES,
    TODAY,
    TOWN,
    Core,
    add_officer,
    make_core,
)
from support.databases import server
from support.odd import ODD, odd
from support.step_forms import form
from support.walls import apply, make_login, own

from engine.errors import ConflictError, InputError
from engine.lifecycle import upkeep
from engine.lifecycle.officers import Which
from engine.lifecycle.registry import make_registry
from engine.lifecycle.sealing import seal_all
from engine.lifecycle.situation import situation
from engine.lifecycle.transfer import transfer
from engine.model import FileRow, Role
from engine.reports import clubs
from engine.reports.building import build
from engine.reports.dossier import Dossier
from engine.reports.due import due, finished
from engine.reports.progress import explain, progress
from engine.reports.reminders import chairs
from engine.roster.members import active, listed
from engine.store.partitions import DIVIDED
from engine.store.url import parse

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]

PARTS = (
    "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
    "WHERE i.inhparent = to_regclass(?) AND c.relkind = 'r'"
)
LOCKED = (
    "SELECT DISTINCT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
    "WHERE l.pid = pg_backend_pid() AND c.relispartition AND c.relkind = 'r' ORDER BY 1"
)


@contextmanager
def one_province_only(core: Core, *, but: str | None = None) -> Iterator[None]:
    """Let the block touch no table of another province: what it locks is locked until its end.

    The parts of the table ``but`` may be touched.
    """
    with core.store.database.atomic():
        yield
        names = [str(name) for (name,) in core.store.rows(LOCKED)]
        assert names
        others = [name for name in names if not name.endswith(f"_of_{PROVINCE}")]
        assert [name for name in others if but is None or not name.startswith(but)] == []


@pytest.fixture
def divided() -> Iterator[tuple[Core, str]]:
    """A divided database with a club in each of two provinces, and its URL."""
    url = server().create(own("clb_divided"))
    assert upkeep.init(parse(url), (PROVINCE, BAC_NINH))
    core = make_core(url)
    core.bring("operating")
    yield core, url
    core.store.close()


def test_steps_are_the_same_and_each_province_has_its_part(divided: tuple[Core, str]) -> None:
    core, _url = divided
    assert core.store.divided
    for table in DIVIDED:
        name = table._meta.table_name
        assert core.store.rows(PARTS, (name,)) == [(3,)], name
        ((all_,),) = core.store.rows(f"SELECT count(*) FROM {name}")
        assert core.store.rows(f"SELECT count(*) FROM {name}_of_{PROVINCE}") == [(all_,)]
        assert core.store.rows(f"SELECT count(*) FROM {name}_of_{BAC_NINH}") == [(0,)]
    add_officer(core.registry, ADMIN, Role.ADMIN, None, "ha_noi")
    assert core.store.rows("SELECT count(*) FROM event_of_others") == [(1,)]


def test_it_is_checked_sealed_rebuilt_and_walled_like_any_other(divided: tuple[Core, str]) -> None:
    core, url = divided
    club = core.bring("operating")
    core.carry(club, "erase", date(2022, 5, 4), {"member": core.people[5].name})
    seal_all(core.registry, ADMIN)
    assert upkeep.check(core.store, core.clock).faults == ()
    upkeep.rebuild(core.store)
    assert upkeep.check(core.store, core.clock).ok
    apply(core, url)
    assert upkeep.check(core.store, core.clock).ok
    assert (
        core.registry.officers.end(ASSOCIATION, Which(), None, by=ADMIN, step="officer_remove")
        == []
    )


LATER = (
    ("meeting", date(2022, 4, 10), {}, ASSOCIATION),
    ("fund", date(2022, 4, 11), {}, ASSOCIATION),
    ("lending_terms", date(2022, 4, 12), {}, ASSOCIATION),
    ("roster", date(2022, 5, 11), {}, ASSOCIATION),
    ("change_board", date(2022, 5, 12), {}, COMMITTEE),
    ("suspend", date(2022, 5, 14), {}, COMMITTEE),
    ("resume", date(2022, 5, 15), {}, COMMITTEE),
    ("supervise", date(2022, 10, 18), {}, TOWN),
    ("review", date(2022, 12, 10), {}, TOWN),
    ("rename", date(2022, 12, 11), {}, COMMITTEE),
)


def test_the_steps_of_a_life_touch_the_tables_of_one_province(
    divided: tuple[Core, str],
) -> None:
    core, _url = divided
    with one_province_only(core):
        club = core.bring("operating")
    borrower = core.people[6].name
    for step, on, changes, officer in LATER:
        with one_province_only(core):
            core.carry(club, step, on, changes, officer=officer)
    with one_province_only(core):
        core.carry(club, "lend", date(2022, 12, 12), {"member": borrower})
        core.carry(club, "repay", date(2022, 12, 13), {"loan": core.club(club).seq})
    with one_province_only(core):
        core.carry(club, "suspend", date(2022, 12, 14))
        undone = {"seq": core.club(club).state_seq}
        core.carry(club, "annul", date(2022, 12, 15), undone, officer=COMMITTEE)
    with one_province_only(core):
        held = form("meeting", date(2022, 12, 15))
        row = FileRow("0" * 64)
        for _twice in range(2):
            core.life.advance_within(club, "meeting", held, officer=ASSOCIATION, row=row)
    with one_province_only(core):
        core.carry(club, "erase", date(2022, 12, 16), {"member": core.people[5].name})


def test_the_walls_of_the_roles_touch_the_tables_of_one_province_too(
    divided: tuple[Core, str],
) -> None:
    core, url = divided
    apply(core, url)
    login = own("clb_divided_town")
    make_login(login, f"clb_{PROVINCE}")
    with_walls = make_registry(url.replace("clb@", f"{login}@"), provinces=PROVINCES)[0]
    walled = Core(with_walls, core.clock, opened=core.opened)
    assert walled.store.has_walls
    with one_province_only(walled):
        walled.bring("operating")
    walled.store.close()


def test_what_is_due_and_a_club_s_page_touch_the_tables_of_one_province(
    divided: tuple[Core, str],
) -> None:
    core, _url = divided
    (line,) = clubs.listing(core.store, PROVINCE, TODAY)
    club, rules = core.club(line.club), core.registry.provinces.rules(PROVINCE)
    with one_province_only(core):
        for of in (None, [club.id]):
            for past in (False, True):
                assert list(due(core.store, rules, PROVINCE, TODAY, past=past, clubs=of))
    with one_province_only(core):
        clubs.listing(core.store, PROVINCE, TODAY)
        composition = core.life.gather.composition(club, TODAY)
        clubs.page(core.store, rules, club, composition, TODAY)
        assert clubs.board(core.store, club)
        assert clubs.history(core.store, club)
        assert active(core.store, club) == listed(core.store, club, TODAY)
        dossier = Dossier(core.store, club)
        assert dossier.people
        assert dossier.members(TODAY)
    with one_province_only(core):
        core.life.check(club.id, officer=ASSOCIATION)
        situation(core.life, club.id, None, ASSOCIATION)


def test_progress_and_reports_touch_the_tables_of_one_province(
    divided: tuple[Core, str],
) -> None:
    core, _url = divided
    provinces, on = core.registry.provinces, date(2022, 12, 31)
    everything = [provinces.rules(one) for one in (PROVINCE, BAC_NINH, "hai_phong", "ha_noi")]
    everything.append(odd().rules(ODD))
    with one_province_only(core):
        for rules in everything:
            for day in (on, date(2025, 6, 30)):
                for row in progress(core.store, rules, PROVINCE, day):
                    explain(core.store, rules, PROVINCE, day, row.goal.id)
    with one_province_only(core, but="event_of_"):  # the head of the whole log is in a report
        assert build(core.store, provinces, PROVINCE, "overview", "2022", on).document["clubs"]
        list(finished(core.store, provinces.rules(PROVINCE), PROVINCE, date(2022, 1, 1), on))
        assert chairs(core.store, PROVINCE)


def test_it_is_copied_to_a_file_and_from_one(divided: tuple[Core, str], tmp_path: Path) -> None:
    _core, url = divided
    file = parse(str(tmp_path / "copy.sqlite3"))
    assert transfer(parse(url), file, None).head
    again = server().create(own("clb_divided_again"))
    upkeep.init(parse(again), (PROVINCE,))
    assert transfer(file, parse(again), None).events == transfer(parse(url), file, None).events
    assert not transfer(file, parse(again), None).added


def test_an_upgrade_divides_the_tables_it_adds(divided: tuple[Core, str]) -> None:
    core, url = divided
    add_officer(core.registry, ADMIN, Role.ADMIN, None, "ha_noi")
    club = core.bring("operating")
    core.carry(club, "fund", date(2022, 4, 11))
    core.carry(club, "supervise", date(2022, 10, 18), {"operating_fund_balance": 1})
    counted = core.store.rows("SELECT * FROM supervision_balance ORDER BY 1, 2, 4")
    assert counted
    core.store.run(
        "ALTER TABLE supervision ADD COLUMN income_fund_balance BIGINT NOT NULL DEFAULT 0"
    )
    core.store.run("ALTER TABLE supervision ADD COLUMN operating_fund_balance BIGINT DEFAULT 0")
    for fund in ("income", "operating"):
        core.store.run(
            f"UPDATE supervision s SET {fund}_fund_balance = b.balance FROM supervision_balance b "
            f"WHERE b.club = s.club AND b.supervision = s.seq AND b.fund = '{fund}'"
        )
    core.store.run("DROP TABLE supervision_balance")
    core.store.run("DELETE FROM schema_migration WHERE name >= '0015'")
    assert upkeep.upgrade(parse(url)).ran
    assert core.store.rows(PARTS, ("supervision_balance",)) == [(3,)]
    own_part = f"supervision_balance_of_{PROVINCE}"
    core.store.run("DELETE FROM supervision_balance WHERE balance = 0")
    assert core.store.rows(f"SELECT * FROM {own_part} ORDER BY 1, 2, 4") == counted
    assert upkeep.check(core.store, core.clock).ok
    core.bring("operating")


def test_a_missing_index_is_seen_and_made_again(divided: tuple[Core, str]) -> None:
    core, _url = divided
    core.store.run("DROP INDEX task_one")
    assert [fault.kind for fault in upkeep.check(core.store, core.clock).faults] == ["schema"]
    upkeep.rebuild(core.store)
    assert upkeep.check(core.store, core.clock).ok


def test_two_officers_at_once_still_make_one_event(divided: tuple[Core, str]) -> None:
    core, _url = divided
    club = core.bring("proposed")
    seen = core.club(club)
    core.carry(club, "approve", date(2021, 9, 1))
    with pytest.raises(ConflictError):
        core.carry(club, "approve", date(2021, 9, 1), expected=seen)


def test_a_file_is_not_divided(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        upkeep.init(parse(str(tmp_path / "a.sqlite3")), PROVINCES.found())
