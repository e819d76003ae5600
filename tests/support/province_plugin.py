"""Province plugins written for one test: a real package in a folder, found by an entry point."""

import importlib
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from engine.provinces.load import Provinces

POLICY = """
[province]
id = "{id}"
name = "Tỉnh thử"
prefix = "TT"
kind = "province"

[[document]]
id = "VB1"
number = "01/KH-UBND"
short = "KH 01/KH-UBND"
title = "Kế hoạch thử"
issuer = "Ủy ban nhân dân tỉnh thử"
issued = 2020-01-01
from = 2020-01-01

[[note.nothing_else]]
value = "Văn bản không quy định điều gì khác."
source = "VB1"
"""


def province_of(
    folder: Path,
    patch: pytest.MonkeyPatch,
    policy: str = "",
    code: str = "",
    *,
    name: str = "tinh_thu",
    is_installed: bool = False,
) -> Provinces:
    """Write a province's plugin and return the provinces that have it and no other.

    Its policy states what ``policy`` says and nothing else; ``code`` is its package. With
    ``is_installed`` whoever looks for the installed provinces finds it too.
    """
    package = folder / f"clb_{name}"
    package.mkdir()
    (package / "__init__.py").write_text(code, encoding="utf-8")
    (package / "policy.toml").write_text(POLICY.format(id=name) + policy, encoding="utf-8")
    if is_installed:
        about = folder / f"clb_{name}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: clb-{name}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[clb.provinces]\n{name} = clb_{name}\n")
    patch.syspath_prepend(str(folder))
    patch.delitem(sys.modules, package.name, raising=False)
    importlib.invalidate_caches()
    return Provinces([EntryPoint(name, f"clb_{name}", "clb.provinces")])


def stated(key: str, value: str) -> str:
    """Return a policy entry as TOML."""
    return f'\n[[{key}]]\nvalue = {value}\nsource = "VB1, Mục 1"\nforce = "procedure"\n'
