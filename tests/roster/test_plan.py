"""From a list as read to the changes of a club's list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.lifecycle.people import Member
from engine.lifecycle.registry import make_registry
from engine.model import Club
from engine.roster.members import counted, listed
from engine.roster.model import ListColumn, ListedPerson
from engine.roster.plan import after, known_fields, plan, who
from engine.store import facts

NAMES = ("Nguyễn Văn Toàn", "Nguyễn Văn Toán", "NGUYỄN VĂN TOÀN", "Lê Thị Hoà", "Lê Thị Hòa")
BIRTHS = ("1950", "1950-05", "1950-05-02", "1951")
HOUSEHOLDS = ("poor", "near_poor", "difficult", None)
EVERYTHING = frozenset({"circumstance", "village", "id_number", "phone", "note"})


def entry(row: int, name: str, born: str = "1950", **more: str | None) -> ListedPerson:
    return ListedPerson(row, name, "M", born, **more)  # type: ignore[arg-type]


def member(id_: str, name: str, born: str = "1950", **more: str | None) -> Member:
    return Member(name, "M", born, id=id_, **more)  # type: ignore[arg-type]


names = st.sampled_from(NAMES)
births = st.sampled_from(BIRTHS)
households = st.sampled_from(HOUSEHOLDS)


@st.composite
def entries(draw: st.DrawFn) -> list[ListedPerson]:
    people = draw(st.lists(st.tuples(names, births, households), max_size=8))
    return [
        ListedPerson(place, name, "M", born, circumstance)
        for place, (name, born, circumstance) in enumerate(people, start=2)
    ]


@st.composite
def members(draw: st.DrawFn) -> list[Member]:
    people = draw(st.lists(st.tuples(st.just("") | names, births, households), max_size=8))
    return [
        Member(name, "M", born, circumstance, id=f"M{place}")
        for place, (name, born, circumstance) in enumerate(people)
    ]


def persons(people: Sequence[ListedPerson | Member]) -> Counter[tuple[str, ...]]:
    return Counter(who(one.name, one.born) for one in people if one.name)


@given(entries(), members())
def test_without_replacing_everybody_read_is_new_and_nobody_leaves(
    read: list[ListedPerson], there: list[Member]
) -> None:
    done = plan(read, there)
    assert [one.name for one in done.added] == [one.name for one in read]
    assert (done.changed, done.left) == ((), ())
    both = persons(read) + persons(there)
    seen = {who(one.name, one.born): len(one.rows + one.members) for one in done.duplicates}
    assert seen == {person: both[person] for person in persons(read) if both[person] > 1}


@given(entries(), members())
def test_replacing_leaves_exactly_the_people_of_the_file(
    read: list[ListedPerson], there: list[Member]
) -> None:
    done = plan(read, there, fields=EVERYTHING, replacing=True)
    then = after(there, done)
    assert persons(then) == persons(read)
    assert len(then) == len(read) == done.taken
    assert len(there) - len(done.left) == len(read) - len(done.added)


@given(entries(), members())
def test_replacing_a_list_by_itself_is_idle(read: list[ListedPerson], there: list[Member]) -> None:
    read = list({who(one.name, one.born): one for one in read}.values())
    done = plan(read, there, fields=EVERYTHING, replacing=True)
    then = [replace(one, id=f"N{place}") for place, one in enumerate(after(there, done))]
    again = plan(read, then, fields=EVERYTHING, replacing=True)
    assert again.is_idle
    assert again.unchanged == len(read)


@given(members())
def test_no_two_new_members_share_an_id(there: list[Member]) -> None:
    read = [entry(place, f"Người {place}") for place in range(2, 40)]
    work = plan(read, there).work(there)
    ids = [one.id for one in work.added] + [one.id for one in there]
    assert "" not in ids
    assert len(set(ids)) == len(ids)


def test_toan_and_toan_with_another_tone_are_two_people() -> None:
    done = plan([entry(2, "Nguyễn Văn Toàn"), entry(3, "Nguyễn Văn Toán")], [])
    assert done.duplicates == ()


def test_a_name_is_the_same_whatever_case_form_and_tone_placement() -> None:
    decomposed = "le\u0302 thi\u0323 hoa\u0300"
    done = plan([entry(2, "Lê Thị Hoà"), entry(3, "LÊ  THỊ HÒA"), entry(4, decomposed)], [])
    assert [one.rows for one in done.duplicates] == [(2, 3, 4)]


def test_of_two_namesakes_the_identity_number_decides_who_stays_who() -> None:
    there = [
        member("M1", "Lê Văn An", id_number="027850000001"),
        member("M2", "Lê Văn An", id_number="027850000002"),
    ]
    read = [entry(2, "Lê Văn An", id_number="027850000002", phone="0570000001")]
    done = plan(read, there, fields=EVERYTHING, replacing=True)
    assert [(one.id, one.phone) for one in done.changed] == [("M2", "0570000001")]
    assert done.left == ("M1",)


def test_a_more_exact_birth_replaces_a_year_and_a_year_does_not_blur_it() -> None:
    there = [member("M1", "Lê Văn An", "1950"), member("M2", "Đỗ Văn Ba", "1951-03-04")]
    read = [entry(2, "Lê Văn An", "1950-05-02"), entry(3, "Đỗ Văn Ba", "1951")]
    done = plan(read, there, fields=EVERYTHING, replacing=True)
    assert [(one.id, one.born) for one in done.changed] == [("M1", "1950-05-02")]
    assert done.unchanged == 1


def test_rows_that_are_left_out_are_neither_added_nor_matched() -> None:
    read = [entry(2, "Lê Văn An"), entry(3, "Lê Văn An"), entry(4, "Đỗ Văn Ba")]
    done = plan(read, [], without={("", 3)})
    assert [one.name for one in done.added] == ["Lê Văn An", "Đỗ Văn Ba"]
    assert done.duplicates == ()
    there = [member("M1", "Lê Văn An"), member("M2", "Đỗ Văn Ba")]
    assert plan(read, there, replacing=True, without={("", 2), ("", 3)}).left == ("M1",)


@pytest.mark.parametrize(("fields", "phone"), [(EVERYTHING, None), (frozenset(), "0570000001")])
def test_an_empty_cell_clears_only_where_there_is_a_column(
    fields: frozenset[str], phone: str | None
) -> None:
    there = [member("M1", "Lê Văn An", phone="0570000001")]
    done = plan([entry(2, "Lê Văn An")], there, fields=fields, replacing=True)
    assert after(there, done)[0].phone == phone


def test_columns_of_marks_are_the_household_too() -> None:
    columns = (
        ListColumn("Họ và tên", "name", 0),
        ListColumn("Hộ nghèo", "poor", 1),
        ListColumn("", None, 2),
    )
    assert known_fields(columns) == {"name", "poor", "circumstance"}


def test_somebody_whose_name_was_erased_is_no_namesake_and_leaves_with_a_new_list() -> None:
    there = [member("M1", "")]
    assert plan([entry(2, "Lê Văn An")], there).duplicates == ()
    assert plan([entry(2, "Lê Văn An")], there, replacing=True).left == ("M1",)


def test_counting_a_list_agrees_with_the_database_on_every_birthday(tmp_path: Path) -> None:
    registry, _made = make_registry(str(tmp_path / "clb.sqlite3"))
    store = registry.store
    on, age = date(2022, 2, 28), 60
    births = ("1961", "1962", "1962-02", "1962-03", "1962-02-28", "1962-03-01", "1963")
    sql = (
        "INSERT INTO member (club, id, province, sex, born, circumstance, joined_on, left_on, "
        '"commit") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
    )
    with store.write():
        for place, born in enumerate(births):
            for sex in "FM":
                household = HOUSEHOLDS[place % 4]
                row = ("C", f"{sex}{place}", "p", sex, born, household, "2021-01-01", None, "c")
                store.run(sql, row)
        gone = ("C", "gone", "p", "F", "1950", None, "2021-01-01", "2022-02-28", "c")
        late = ("C", "late", "p", "F", "1950", None, "2022-03-01", None, "c")
        store.run(sql, gone)
        store.run(sql, late)
    club, found = Club("C", "p"), {}
    for day in (date(2022, 2, 27), on, date(2022, 3, 1), date(2023, 1, 1)):
        found[day] = counted(listed(store, club, day), day, age)
        assert found[day] == facts.composition(store, club, day, age)
    store.close()
    assert [one.members for one in found.values()] == [15, 14, 15, 15]
    assert [one.elderly for one in found.values()] == [7, 8, 13, 15]


def test_a_list_typed_without_marks_names_the_members_there_are() -> None:
    there = [member("M1", "Trần Văn Đức"), member("M2", "Lê Thị Hòa", "1951")]
    typed = [entry(2, "tran van duc"), entry(3, "LE THI HOA", "1951")]
    asked = plan(typed, there)
    assert [one.members for one in asked.duplicates] == [("M1",), ("M2",)]
    replaced = plan(typed, there, replacing=True)
    assert (replaced.added, replaced.changed, replaced.left) == ((), (), ())


def test_other_marks_another_year_or_two_members_are_other_people() -> None:
    there = [member("M1", "Trần Văn Đức"), member("M2", "Lê Thị Hoa"), member("M3", "Lê Thị Hóa")]
    for name, born in (
        ("Trần Văn Đúc", "1950"),
        ("Tran Van Đức", "1950"),
        ("tran van duc", "1949"),
        ("le thi hoa", "1950"),
    ):
        assert plan([entry(2, name, born)], there).duplicates == ()
