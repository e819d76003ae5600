"""Installations as a user has them: the engine, what it requires, so many provinces, no more.

A folder of links that replaces site-packages: the interpreter is started without its own
(``-S``), so that what else is installed on this machine weighs on nothing.
"""

import os
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from bench.result import ROOT

ENGINE = "clb-lien-the-he"
DRIVERS = ("psycopg", "psycopg2", "psycopg-binary", "psycopg2-binary")
POLICY = """
[province]
id = "{province}"
name = "Tỉnh {number}"
prefix = "TX"
kind = "province"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch nhân rộng câu lạc bộ liên thế hệ tự giúp nhau"
issuer = "Ủy ban nhân dân tỉnh {number}"
issued = 2021-01-05
from = 2021-01-05
to = 2025-12-31

[[membership.size]]
value = {{ min = 50, max = 70 }}
source = "KH1, I.1"
"""
DRIVER = '''"""Takes as long to import as a PostgreSQL driver does."""
import time
_end = time.process_time() + 0.09
while time.process_time() < _end:
    pass
'''


def make(folder: Path, provinces: int, *, driver: bool = False) -> dict[str, str]:
    """Lay out an installation; return the environment to start Python in with ``-S``."""
    folder.mkdir()
    for source in sorted(_closure()):
        target = folder / source.name
        if not target.exists():
            target.symlink_to(source)
    for name in ("engine", "schemas"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    (folder / "clb_bac_ninh").symlink_to(ROOT / "plugins" / "bac_ninh" / "clb_bac_ninh")
    _metadata(folder, "bac_ninh")
    for number in range(1, provinces):
        province = f"tinh_{number:02d}"
        package = folder / f"clb_{province}"
        package.mkdir()
        (package / "__init__.py").write_text('"""A province of data alone."""\n')
        text = POLICY.format(province=province, number=number)
        (package / "policy.toml").write_text(text, encoding="utf-8")
        _metadata(folder, province)
    if driver:
        _driver(folder)
    kept = {
        name: os.environ[name] for name in ("PATH", "TMPDIR", "SYSTEMROOT") if name in os.environ
    }
    return {
        **kept,
        "PYTHONPATH": str(folder),
        "PYTHONPYCACHEPREFIX": str(folder.parent / "pycache"),
        "CLB_HOME": str(folder.parent / "home"),
        "LC_ALL": "C.UTF-8",
    }


def _metadata(folder: Path, province: str) -> None:
    info = folder / f"clb_{province}-0.1.0.dist-info"
    info.mkdir()
    name = f"clb-{province.replace('_', '-')}"
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text(f"[clb.provinces]\n{province} = clb_{province}\n")


def _closure() -> set[Path]:
    """Return what the engine and all it requires have put into site-packages."""
    waiting, seen, found = [ENGINE], set[str](), set[Path]()
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue
        waiting += _required(one.requires or [])
        for file in one.files or []:
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not top.endswith(".pth"):
                found.add(Path(str(one.locate_file(top))))
    return {path for path in found if path.exists()}


def _required(requirements: list[str]) -> Iterator[str]:
    for text in requirements:
        if "extra ==" not in text:
            match = re.match(r"[A-Za-z0-9._-]+", text)
            assert match is not None
            yield match.group()


def _driver(folder: Path) -> None:
    """Link the PostgreSQL driver of this interpreter, or put one in that costs as much."""
    real = False
    for name in DRIVERS:
        try:
            files = distribution(name).files or []
        except PackageNotFoundError:
            continue
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            source = Path(str(distribution(name).locate_file(top)))
            if source.exists() and not (folder / top).exists():
                (folder / top).symlink_to(source)
                real = True
    if real:
        return
    package = folder / "psycopg"
    (package / "types").mkdir(parents=True)
    (package / "__init__.py").write_text(DRIVER)
    (package / "pq.py").write_text("class TransactionStatus:\n    IDLE = INERROR = UNKNOWN = 0\n")
    (package / "types" / "__init__.py").write_text("")
    (package / "types" / "json.py").write_text(
        "class Json:\n    pass\n\n\nclass Jsonb:\n    pass\n"
    )


def clb(*args: str) -> list[str]:
    """Return the command that runs ``clb`` in such an installation."""
    return [sys.executable, "-S", "-c", "from engine.cli import main; main()", *args]


def script(code: str, *args: str) -> list[str]:
    """Return the command that runs a script in such an installation."""
    return [sys.executable, "-S", "-c", code, *args]
