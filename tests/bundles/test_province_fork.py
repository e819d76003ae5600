"""The province's own records went on at both sides: named, never overwritten, with what to do."""

import pytest
from support.core import ADMIN, ASSOCIATION, TOWN, add_officer
from support.exchange import Office

from engine.bundles.forks import ForkedError
from engine.model import Role
from engine.rules.calendar import Period

ANOTHER, THIRD = "can_bo_moi", "can_bo_ba"


def note(office: Office, text: str) -> None:
    office.core.registry.province.note_report(
        office.core.province,
        "half_year",
        Period.parse("2023H1"),
        {"difficulties": [text]},
        by=ASSOCIATION,
    )


def own(office: Office) -> str:
    return f"province:{office.core.province}"


def test_both_sides_are_named_and_nothing_is_taken_in(here: Office, there: Office) -> None:
    add_officer(there.core.registry, ANOTHER, Role.PROVINCE, None, there.core.province)
    note(here, "Xa xôi")
    before = here.heads()
    with pytest.raises(ForkedError) as refused:
        here.take(there.send())
    assert [one.step for one in refused.value.fork.here] == ["report_note"]
    assert [one.step for one in refused.value.fork.there] == ["officer_add"]
    assert ASSOCIATION in refused.value.message
    assert ADMIN in refused.value.message
    assert "clb bundle rebase province" in refused.value.help
    assert here.heads() == before


def test_a_communes_note_is_recorded_again(here: Office, there: Office) -> None:
    add_officer(there.core.registry, ANOTHER, Role.PROVINCE, None, there.core.province)
    note(here, "Xa xôi")
    file = there.send()
    (again,) = here.rebase(file, own(here)).own
    assert (again.event.step, again.why) == ("report_note", "")
    here.take(file)
    there.take(here.send())
    assert here.heads() == there.heads()
    here.require_sound()


def test_what_only_the_administrator_records_is_named_and_kept(here: Office, there: Office) -> None:
    add_officer(there.core.registry, ANOTHER, Role.PROVINCE, None, there.core.province)
    add_officer(here.core.registry, THIRD, Role.PROVINCE, None, here.core.province)
    file = there.send()
    (again,) = here.rebase(file, own(here)).own
    assert (again.event.step, again.seq) == ("officer_add", None)
    assert again.why
    assert {one.id for one in here.core.registry.officers.everybody()} >= {ANOTHER, TOWN}
    assert THIRD not in {one.id for one in here.core.registry.officers.everybody()}
    (kept,) = here.store.rows("SELECT seq FROM superseded WHERE stream = ?", (own(here),))
    assert kept == (again.event.seq,)
    assert here.heads() == there.heads()
    here.require_sound()


def test_the_province_names_a_communes_own_records_and_takes_the_clubs_in(
    here: Office, there: Office
) -> None:
    there.take(here.send())
    note(here, "Xa xôi")
    here.core.open()
    add_officer(there.core.registry, ANOTHER, Role.PROVINCE, None, there.core.province)
    there.send()
    taken = there.take(here.send())
    (fork,) = taken.forks
    assert (fork.stream, fork.is_ours) == (own(there), False)
    assert [one.stream.partition(":")[0] for one in taken.coming] == ["club"]
