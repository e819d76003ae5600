"""Communes are held against the list loaded for the province: clubs, officers, moves, lists."""

from dataclasses import replace
from datetime import date

import pytest
from support.core import (
    ADMIN,
    ASSOCIATION,
    COMMUNE,
    OPENED,
    PROVINCE,
    Core,
    add_officer,
    codes,
    log_rows,
)

from engine.errors import ClbError, InputError, NotPermittedError, RefusedError
from engine.lifecycle.officers import Which
from engine.lifecycle.province import UnitsLoaded
from engine.model import Officer, Role
from engine.rules.communes import Unit

LONG_AGO, END, START = date(2000, 1, 1), date(2023, 3, 31), date(2023, 4, 1)
HERE = Unit("10", "Đình Bảng", "phường", PROVINCE, LONG_AGO)
RURAL = Unit("11", "Đình Bảng", "xã", PROVINCE, LONG_AGO)
OLD = Unit("12", "Đông Mẫu", "xã", PROVINCE, LONG_AGO, END, successor="13")
NEW = Unit("13", "Mẫu", "xã", PROVINCE, START)
SECOND = "hoi_2"


def load(core: Core, *units: Unit, document: str | None = None) -> UnitsLoaded:
    return core.registry.province.import_units(PROVINCE, units, by=ADMIN, document=document)


def test_another_kind_of_commune_is_another_commune(core: Core) -> None:
    club = core.bring("proposed")
    add_officer(core.registry, "ubnd_xa", Role.COMMITTEE, "Xã Đình Bảng")
    add_officer(core.registry, "ubnd_phuong", Role.COMMITTEE, "P. Đình Bảng")
    add_officer(core.registry, "ubnd_tran", Role.COMMITTEE, "Đình Bảng")
    error = core.refusal(club, "approve", date(2021, 9, 1), officer="ubnd_xa")
    assert isinstance(error, NotPermittedError)
    assert codes(error) == ["CLB-SCOPE"]
    for officer in ("ubnd_phuong", "ubnd_tran"):
        core.carry(club, "approve", date(2021, 9, 1), officer=officer, dry_run=True)
    load(core, HERE, RURAL)
    error = core.refusal(club, "approve", date(2021, 9, 1), officer="ubnd_tran")
    assert codes(error) == ["CLB-SCOPE"]


def test_without_a_list_a_note_says_that_nothing_was_checked(core: Core) -> None:
    filled = {"name": "A", "commune": COMMUNE, "village": "Thôn A", "date": OPENED.isoformat()}
    outcome = core.life.open(PROVINCE, filled, officer=ASSOCIATION)
    assert codes(outcome) == ["CLB-COMMUNE-UNCHECKED"]
    load(core, HERE)
    outcome = core.life.open(PROVINCE, {**filled, "name": "B"}, officer=ASSOCIATION)
    assert codes(outcome) == []


def test_a_club_is_opened_in_a_commune_of_its_day(core: Core) -> None:
    add_officer(core.registry, "hoi_moi", Role.ASSOCIATION, "Xã Mẫu")
    add_officer(core.registry, "hoi_la", Role.ASSOCIATION, "Xã Không Có")
    load(core, HERE, OLD, NEW)

    def found(commune: str, officer: str, on: date) -> list[str]:
        try:
            core.open(on, {"commune": commune, "village": "Thôn A"}, officer=officer)
        except ClbError as error:
            return codes(error)
        return []

    assert found("Xã Không Có", "hoi_la", OPENED) == ["CLB-COMMUNE-UNKNOWN"]
    assert "CLB-COMMUNE-ENDED" in found("Xã Đông Mẫu", "hoi_moi", START)
    assert found("Xã Mẫu", "hoi_moi", START) == []
    assert found("Xã Đông Mẫu", "hoi_moi", END) != []


def test_an_officer_is_added_and_moved_to_a_commune_of_the_day_only(core: Core) -> None:
    load(core, HERE, OLD, NEW)
    before = log_rows(core.store)
    officers = core.registry.officers
    new = Officer("moi", "Mới", Role.COMMITTEE, PROVINCE, "Phường Không Tồn Tại", since=START)
    for commune, code in (
        ("Phường Không Tồn Tại", "CLB-COMMUNE-UNKNOWN"),
        ("Xã Đông Mẫu", "CLB-COMMUNE-ENDED"),
    ):
        with pytest.raises(InputError) as caught:
            officers.add(replace(new, commune=commune), by=ADMIN)
        assert caught.value.code == code
        with pytest.raises(InputError) as caught:
            officers.move(ASSOCIATION, commune, Which(), START, by=ADMIN)
        assert caught.value.code == code
    assert log_rows(core.store) == before
    officers.add(replace(new, commune="Xã Mẫu"), by=ADMIN)
    officers.move(ASSOCIATION, "Xã Mẫu", Which(), START, by=ADMIN)


def test_a_club_moves_to_a_commune_of_the_day_only(core: Core) -> None:
    club = core.bring("operating")
    load(core, HERE, OLD, NEW)
    for commune, code in (("Xã Không Có", "UNKNOWN"), ("Xã Đông Mẫu", "ENDED")):
        error = core.refusal(club, "rehome", date(2023, 5, 1), {"commune": commune})
        assert codes(error) == [f"CLB-COMMUNE-{code}"]
    core.take(club, "rehome", date(2023, 5, 1), {"commune": "Xã Mẫu"})


def test_a_successor_is_in_the_list(core: Core) -> None:
    with pytest.raises(InputError) as caught:
        load(core, replace(OLD, successor="99999"))
    assert caught.value.code == "CLB-UNITS"
    load(core, NEW)
    load(core, OLD)


def test_a_list_that_moves_clubs_names_them_and_wants_a_document(core: Core) -> None:
    club = core.bring("operating")
    here = replace(HERE, valid_to=END, successor="13")
    before = log_rows(core.store)
    with pytest.raises(RefusedError) as caught:
        load(core, here, NEW)
    assert caught.value.code == "CLB-COMMUNE-MOVES"
    assert club in caught.value.message
    assert log_rows(core.store) == before
    done = load(core, here, NEW, document="NQ 1/NQ-HĐND")
    assert [(one.club, one.now) for one in done.moved] == [(club, "Xã Mẫu")]
    assert done.event.form["document"] == "NQ 1/NQ-HĐND"
    assert done.event.form["clubs"] == (club,)
    assert load(core, here, NEW).moved == ()
