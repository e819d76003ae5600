"""``check`` refuses what ``install`` refuses; letters of club ids are kept for every province."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper
from support.plugin_source import GOOD, source, wheel
from support.plugins import write_plugin

from engine.lifecycle.receipts import Judged, others
from engine.model import Receipt
from engine.plugin_checks.manifest import reserved_prefixes
from engine.plugin_checks.scaffold.naming import name_it
from engine.provinces.load import Provinces


def blocks(keeper: Keeper, what: Path) -> list[Any]:
    found = keeper.json("province-check", "province", "check", what, code=1)["findings"]
    return [one for one in found if one["level"] == "block"]


def test_a_province_that_another_plugin_has_is_refused_by_the_check_too(
    tmp_path: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    write_plugin(tmp_path / "site", "thu_kt", name="clb-thu-kt-khac", package="clb_thu_kt_khac")
    made = wheel(source(tmp_path / "p"), tmp_path)
    (one,) = blocks(keeper, made)
    assert one["code"] == "CLB-PLUGIN-TWICE"
    assert "clb-thu-kt-khac 1.2.3" in one["message"]
    assert keeper.error("province", "install", made, code=5)["code"] == "CLB-PLUGIN-TWICE"


def test_a_newer_engine_that_is_needed_is_refused_by_the_check_too(
    tmp_path: Path, keeper: Keeper
) -> None:
    made = wheel(source(tmp_path / "p"), tmp_path, needs=("clb-lien-the-he>=99",))
    (one,) = blocks(keeper, made)
    assert one["code"] == "CLB-PLUGIN-NEEDS"
    assert "clb-lien-the-he>=99" in one["message"]
    assert keeper.error("province", "install", made, code=5)["code"] == "CLB-PLUGIN-NEEDS"


def test_letters_kept_for_another_province_are_refused_though_it_is_not_installed(
    tmp_path: Path, keeper: Keeper
) -> None:
    made = wheel(source(tmp_path / "p", policy=GOOD.replace('"TT"', '"AG"')), tmp_path)
    (one,) = blocks(keeper, made)
    assert (one["code"], "an_giang" in one["message"]) == ("CLB-PLUGIN-PREFIX", True)
    error = keeper.error("province", "install", made, code=5)
    assert "[CLB-PLUGIN-PREFIX]" in error["message"]


def test_the_list_has_two_letters_of_its_own_for_each_of_the_63_provinces() -> None:
    kept = reserved_prefixes()
    assert len(kept) == len(set(kept.values())) == 63
    assert all(re.fullmatch("[A-Z]{2}", one) for one in kept)


@pytest.mark.parametrize("province", ["bac_ninh", "ha_noi", "hai_phong", "hoa_binh"])
def test_the_installed_provinces_have_the_letters_of_the_list(province: str) -> None:
    assert reserved_prefixes()[Provinces().policy(province).prefix] == province


def test_a_new_province_is_given_the_letters_kept_for_it() -> None:
    assert name_it("quang_ngai", None, None, reserved_prefixes()).prefix == "QI"
    assert name_it("quang_ngai", None, "QI", reserved_prefixes()).prefix == "QI"


OWN = Receipt("clb-thu", "1.0.0", "a" * 64, "c" * 64)
OLD = Receipt("clb-thu", "0.9.0", "b" * 64)
NEW = Receipt("clb-thu", "1.1.0", "d" * 64, "c" * 64)
OTHER_CODE = Receipt("clb-thu", "1.0.0", "a" * 64, "e" * 64)


@pytest.mark.parametrize(
    ("newest_first", "reported"),
    [
        ((), ()),
        ((OWN, OWN, OLD, OLD), ()),
        ((OLD, OLD), ()),
        ((OLD, OWN), (OLD,)),
        ((OWN, OLD, OWN), (OLD,)),
        ((NEW, NEW), (NEW,)),
        ((NEW, OWN, OLD), (NEW,)),
        ((OTHER_CODE,), (OTHER_CODE,)),
    ],
)
def test_other_versions_are_kept_apart_from_an_upgrade(
    newest_first: tuple[Receipt, ...], reported: tuple[Receipt, ...]
) -> None:
    judged = [Judged(date(2026, 1, 1), "hoi", one) for one in newest_first]
    assert tuple(one.receipt for one in others(judged, OWN)) == reported
