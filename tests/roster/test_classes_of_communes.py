"""A list of units may name the classes of its communes; measures and grants go by them."""

from datetime import date
from pathlib import Path

import pytest
from support.odd import ODD, odd

from engine.errors import InputError
from engine.model import Level
from engine.reports.progress import progress
from engine.roster.units import read_units
from engine.rules.communes import Unit
from engine.scenario.world import World, open_world

HEAD = "id,name,kind,valid_from,classes\n"
DECIDED, TODAY = date(2021, 3, 1), date(2022, 12, 31)


def units(folder: Path, rows: str) -> list[Unit]:
    file = folder / "xa.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    return read_units(file, ODD)


@pytest.mark.parametrize(
    ("cell", "classes"),
    [
        ("", ()),
        ("mountain", ("mountain",)),
        ("miền núi; dân tộc thiểu số", ("mountain", "minority")),
        ("Xã biên giới;own_bai_ngang", ("border", "own_bai_ngang")),
    ],
)
def test_a_class_is_read_by_its_id_or_in_words(
    tmp_path: Path, cell: str, classes: tuple[str, ...]
) -> None:
    (unit,) = units(tmp_path, f"1,Xã Một,xã,01/01/2010,{cell}\n")
    assert unit.classes == classes


def test_a_word_that_is_no_class_is_named_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"2.*sa mạc"):
        units(tmp_path, "1,Xã Một,xã,01/01/2010,sa mạc\n")


@pytest.fixture
def here(tmp_path: Path):
    with open_world(tmp_path, ODD, TODAY, provinces=odd()) as world:
        yield world


def load(here: World, folder: Path) -> None:
    rows = "1,Xã Một,xã,01/01/2010,miền núi\n2,Xã Chín,xã,01/01/2010,\n"
    here.registry.province.import_units(ODD, units(folder, rows), by=here.officers.admin)


def test_a_measure_counts_the_class_of_the_list_and_of_the_documents(
    here: World, tmp_path: Path
) -> None:
    club = here.found(date(2021, 2, 1))
    here.take(club, "propose", date(2021, 2, 10))
    here.take(club, "approve", DECIDED)
    sources = (here.registry.store, here.rules, ODD, TODAY)
    before = {one.goal.id: one.counted.count for one in progress(*sources)}
    assert (before["own_mountain"].part, before["own_mountain"].whole) == (0, 2)
    load(here, tmp_path)
    after = {one.goal.id: one.counted.count for one in progress(*sources)}
    assert after["own_mountain"].part == 1


def test_a_grant_for_a_class_goes_by_the_list(here: World, tmp_path: Path) -> None:
    club = here.found(date(2021, 2, 1))
    here.take(club, "propose", date(2021, 2, 10))
    here.take(club, "approve", DECIDED)
    form = {"kind": "grant", "source": "care_fund", "fund": "income", "amount": 5_000_000}

    def warned() -> set[str]:
        found = here.take(club, "fund", date(2021, 4, 1), form, reasons={}, dry_run=True).findings
        return {str(one.code) for one in found if one.level is Level.WARN}

    load(here, tmp_path)
    assert warned() == set()


def test_the_classes_survive_a_rebuild(here: World, tmp_path: Path) -> None:
    from engine.lifecycle import upkeep

    load(here, tmp_path)
    upkeep.rebuild(here.registry.store)
    assert upkeep.check(here.registry.store, here.clock).ok
    found = {one.id: one.classes for one in here.registry.lifecycle.gather.units(ODD)}
    assert (found["1"], found["2"]) == (("mountain",), ())
