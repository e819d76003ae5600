"""The list of units of the optional package, with what each commune was before July 2025."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.keeper import Keeper

from engine.errors import InputError
from engine.roster.units import divided, national_code, national_units
from engine.rules.communes import became

EDITION = """
from dataclasses import dataclass
from types import SimpleNamespace as One
{legacy}
@dataclass
class Province:
    name: str
    code: int
    @staticmethod
    def iter_all():
        names = [(1, "Thành phố Hà Nội"), (35, "Hà Nam"), (24, "Tỉnh Thử")]
        return iter(Province(name, code) for code, name in names)
@dataclass
class Ward:
    name: str
    code: int
    province_code: int
    division_type: object
    old: tuple = ()
    {sources}
    @staticmethod
    def iter_all():
        return iter(WARDS)
COMMUNE = One(value="xã")
WARDS = [
    Ward("Xã Mới", 11, 24, COMMUNE, ("11", "12")),
    Ward("Xã Hai", 13, 24, COMMUNE, ("12", "13")),
    Ward("Xã Xa", 14, 25, COMMUNE),
]
"""
LEGACY = """
from dataclasses import dataclass
from types import SimpleNamespace as One
class District:
    @staticmethod
    def iter_all():
        return [One(code=7, name="Huyện Cũ", division_type=One(value="huyện"), province_code=27)]
class Province:
    @staticmethod
    def iter_all():
        return [One(code=27, name="Tỉnh Cũ")]
WARDS = {
    code: One(name=name, code=int(code), division_type=One(value="xã"), district_code=7)
    for code, name in (("11", "Xã Một"), ("12", "Xã Chia"), ("13", "Xã Ba"))
}
"""
SOURCES = "def get_legacy_sources(self): return tuple(legacy.WARDS[one] for one in self.old)"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of the same shape as the one that people install, which is not of this project."""
    folder = tmp_path / "vietnam_provinces"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [one for one in sys.modules if one.startswith("vietnam_provinces")]:
        del sys.modules[name]


def write(folder: Path, *, legacy: bool) -> None:
    source = EDITION.format(
        legacy="from vietnam_provinces import legacy" if legacy else "",
        sources=SOURCES if legacy else "",
    )
    (folder / "__init__.py").write_text(source, encoding="utf-8")
    if legacy:
        (folder / "legacy.py").write_text(LEGACY, encoding="utf-8")


def test_an_edition_with_the_old_communes_gives_each_its_successor(edition: Path) -> None:
    write(edition, legacy=True)
    units = national_units("024", "bac_ninh")
    known = {(one.name, one.valid_from.year): one for one in units}
    one = next(unit for unit in units if unit.name == "Xã Một")
    assert (one.successor, one.parent, one.valid_to) == ("00011", "Huyện Cũ", date(2025, 6, 30))
    assert became(units, one, date(2026, 1, 1)).name == "Xã Mới"
    assert {name for name, _year in known} == {
        *("Huyện Cũ", "Xã Một", "Xã Chia", "Xã Ba", "Xã Mới", "Xã Hai")
    }


def test_a_commune_that_was_divided_has_no_successor_and_is_named(edition: Path) -> None:
    write(edition, legacy=True)
    assert [one.name for one in divided(national_units("24", "bac_ninh"))] == ["Xã Chia"]


@pytest.mark.parametrize(
    ("name", "code"), [("Hà Nội", "1"), ("Thử", "24"), ("Hà", None), ("Hòa Bình", None)]
)
def test_a_province_is_found_by_its_name(edition: Path, name: str, code: str | None) -> None:
    write(edition, legacy=False)
    assert national_code(name) == code


def test_without_the_package_no_province_has_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vietnam_provinces", None)
    assert national_code("Hà Nội") is None


def test_an_older_edition_gives_the_present_communes_alone(edition: Path) -> None:
    write(edition, legacy=False)
    assert [one.name for one in national_units("24", "bac_ninh")] == ["Xã Mới", "Xã Hai"]
    with pytest.raises(InputError):
        national_units("99", "bac_ninh")


def test_the_list_is_loaded_and_held_together(
    edition: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(edition, legacy=True)
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    keeper.run("db", "init")
    named = ("--name", "Nguyễn Văn Trị", "--role", "admin", "--province", "bac_ninh")
    keeper.run("officer", "add", "quan-tri", *named)
    loaded = keeper.json(
        "commune-import",
        *("commune", "import", "--national", "24", "--province", "bac_ninh", "--as", "quan-tri"),
    )
    assert (loaded["imported"], loaded["divided"]) == (6, [{"id": "00012", "name": "Xã Chia"}])
    assert "Xã Mới" in keeper.run("commune", "search", "Một", "--province", "bac_ninh").out
