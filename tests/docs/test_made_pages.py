"""Pages made from the code are up to date."""

import importlib

import pytest
from support.doc_blocks import DOCS

NAMES = [
    "architecture.md",
    "documents/bac_ninh-KH276.md",
    "documents/bac_ninh-QD933.md",
    "documents/ha_noi-KHHN.md",
    "documents/hai_phong-KH249.md",
    "documents/hoa_binh-KH47.md",
    "facts.md",
    "layers.svg",
    "reference/codes.md",
    "reference/commands.md",
    "reference/forms.md",
    "reference/hooks.md",
    "reference/json.md",
    "reference/kit.md",
    "reference/papers.md",
    "reference/policy-keys.md",
    "reference/policy/calendar.md",
    "reference/policy/clubs.md",
    "reference/policy/money.md",
    "reference/policy/own.md",
    "reference/policy/reports.md",
    "reference/policy/targets.md",
    "reference/policy/texts.md",
    "reference/policy/who.md",
    "steps.md",
    "steps.svg",
    "tra-cuu/bieu-mau.md",
    "tra-cuu/giay-to.md",
    "tra-cuu/lenh.md",
    "tra-cuu/ma.md",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_made_page_is_up_to_date(name: str) -> None:
    made = importlib.import_module("make").PAGES[name]()
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == made, f"docs/{name} is not up to date: python docs/make.py"


def test_every_made_page_is_held_to_it() -> None:
    assert sorted(importlib.import_module("make").PAGES) == NAMES
    here = {
        path.relative_to(DOCS).as_posix()
        for folder in ("reference", "documents", "tra-cuu")
        for path in (DOCS / folder).rglob("*.md")
    }
    assert here <= set(NAMES), "reference/, documents/ and tra-cuu/ hold made pages only"
