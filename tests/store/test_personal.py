"""Names and numbers are outside the log, under a commitment, and can be erased for good."""

from datetime import date

import pytest
from support.core import ADMIN, ASSOCIATION, TOWN, Core, club_rows, codes, roster, villagers
from support.faults import chain_faults, personal_faults, table_faults

from engine.lifecycle.people import Member, RosterWork, names
from engine.store.personal import Identity, commitment

ON = date(2022, 6, 1)


def commitments(core: Core) -> list[str]:
    return [one.reason for one in personal_faults(core.store)]


def test_a_commitment_says_nothing_by_itself() -> None:
    first, second = (Identity("Nguyễn Thị Bưởi").salted() for _twice in range(2))
    assert first.commit != second.commit
    assert len(first.salt) == 64


def test_a_commitment_binds_every_part_of_an_identity() -> None:
    parts = {"name": "A", "id_number": "1", "phone": "2", "village": "3", "note": "4"}
    salt = "00" * 32
    seen = {commitment(salt, parts)}
    for name in parts:
        seen.add(commitment(salt, {**parts, name: "khác"}))
        seen.add(commitment(salt, {**parts, name: None}))
    assert len(seen) == 1 + 2 * len(parts)


def test_personal_data_changed_by_another_tool_is_found(core: Core) -> None:
    core.bring("operating")
    assert commitments(core) == []
    one = core.store.rows("SELECT min(member) FROM personal")[0]
    for column in ("name", "id_number", "phone", "village", "note"):
        core.store.database.begin()
        core.store.run(f"UPDATE personal SET {column} = 'khác' WHERE member = ?", one)
        assert len(commitments(core)) == 1
        core.store.database.rollback()
    core.store.run("UPDATE personal SET salt = ?", ("ab" * 32,))
    assert len(commitments(core)) == len(core.people)


def test_an_edited_member_has_a_new_commitment_that_holds(core: Core) -> None:
    club = core.bring("operating")
    id_ = core.store.rows("SELECT min(id) FROM member")[0][0]
    before = core.store.rows('SELECT "commit" FROM member WHERE id = ?', (id_,))
    work = RosterWork(changed=[Member("Đỗ Văn Đổi", "M", "1951", id=id_)])
    core.take(club, "roster", ON, {"added": 0, "changed": 1}, prepare=work)
    assert core.store.rows('SELECT "commit" FROM member WHERE id = ?', (id_,)) != before
    assert names(core.store, core.club(club))[id_] == "Đỗ Văn Đổi"
    assert commitments(core) == []


def test_an_erasure_takes_the_row_and_leaves_everything_else(core: Core) -> None:
    club = core.bring("operating")
    person = core.people[3]
    before = club_rows(core.store, club)
    composed = core.life.check(club, "supervise", on=date(2022, 10, 1))[0]
    core.take(club, "erase", ON, {"member": person.name})
    after = club_rows(core.store, club)
    assert len(after["personal"]) == len(before["personal"]) - 1
    assert person.name not in str(after["personal"])
    for table in after:
        if table not in ("personal", "club"):
            assert after[table] == before[table]
    assert core.life.check(club, "supervise", on=date(2022, 10, 1))[0] == composed
    assert chain_faults(core.store) == []
    assert table_faults(core.store) == []
    assert commitments(core) == []


def test_an_erasure_is_an_event_that_names_nobody(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "erase", ON, {"member": core.people[3].name})
    event = core.event(club, -1)
    assert event.step == "erase"
    assert event.form["member"].startswith("M")
    assert core.people[3].name not in str(event)


def test_the_board_stays_when_its_chair_is_erased(core: Core) -> None:
    club = core.bring("operating")
    chair = core.people[0].name
    core.take(club, "erase", ON, {"member": chair})
    held = core.store.rows("SELECT post FROM board WHERE club = ? ORDER BY post", (club,))
    assert ("chair",) in held
    assert chair not in names(core.store, core.club(club)).values()


def test_nobody_is_erased_twice_and_nobody_by_a_name_two_people_have(core: Core) -> None:
    club = core.bring("operating")
    person = core.people[3]
    core.take(club, "erase", ON, {"member": person.name})
    error = core.refusal(club, "erase", ON, {"member": person.name})
    assert (error.exit_code, error.code) == (2, "CLB-MEMBER-UNKNOWN")
    twin = RosterWork(added=[Member(core.people[4].name, "F", "1950")])
    core.take(club, "roster", ON, prepare=twin)
    error = core.refusal(club, "erase", ON, {"member": core.people[4].name})
    assert (error.exit_code, error.code) == (2, "CLB-MEMBER-SEVERAL")


def test_an_erasure_is_for_the_province_and_its_administrator(core: Core) -> None:
    club = core.bring("operating")
    error = core.refusal(club, "erase", ON, {"member": core.people[3].name}, officer=ASSOCIATION)
    assert (error.exit_code, codes(error)) == (3, ["CLB-ROLE"])
    core.take(club, "erase", ON, {"member": core.people[3].name}, officer=ADMIN)
    core.take(club, "erase", ON, {"member": core.people[4].name}, officer=TOWN)


def test_the_ends_of_a_life_do_not_keep_anybodys_data(core: Core) -> None:
    club = core.bring("dissolved")
    core.take(club, "erase", ON, {"member": core.people[3].name})
    assert core.club(club).state == "dissolved"


@pytest.mark.sqlite
def test_after_everybody_is_erased_no_byte_of_the_file_names_them(core: Core) -> None:
    core.people = villagers(6, 4)
    club = core.bring("preparing")
    core.take(club, "roster", ON, prepare=roster(villagers(2, 1, seed=9)))
    rows = core.store.rows("SELECT member, name, id_number, phone FROM personal")
    words = [word for row in rows for word in row[1:] if word]
    assert len(words) > 12
    path = core.store.target.path
    assert path is not None
    assert words[0].encode() in path.read_bytes() + wal(core)
    for member, *_words in rows:
        core.take(club, "erase", ON, {"member": member})
    core.store.run("PRAGMA wal_checkpoint(TRUNCATE)")
    left = path.read_bytes() + wal(core)
    assert [word for word in words if word.encode() in left] == []


def wal(core: Core) -> bytes:
    path = core.store.target.path
    assert path is not None
    tail = path.with_name(path.name + "-wal")
    return tail.read_bytes() if tail.exists() else b""
