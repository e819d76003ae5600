"""A province plugin's source folder and its wheel, sound but for what a test changes."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from support.plugins import POLICY

from engine.provinces.discover import GROUP

GOOD = POLICY.format(province="thu_kt", prefix="TT")
HOOK = "from engine import Finding, Level, hookimpl\n"
CHECKS = HOOK + "@hookimpl\ndef clb_checks(request):\n    return []\n"
PACKAGE = "clb_thu_kt"


def source(
    folder: Path,
    *,
    policy: str = GOOD,
    init: str = "",
    name: str = "clb-thu-kt",
    version: str = "0.3.0",
    needs: str = '"clb-lien-the-he>=0.1,<1"',
    build: str | None = None,
    package: str = PACKAGE,
    group: str = GROUP,
) -> Path:
    """Write a plugin's source folder; ``build`` replaces how it is built."""
    home = folder / PACKAGE
    home.mkdir(parents=True)
    (home / "policy.toml").write_text(policy, encoding="utf-8")
    (home / "__init__.py").write_text(init, encoding="utf-8")
    built = build or (
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        f'[tool.hatch.build.targets.wheel]\npackages = ["{PACKAGE}"]\n'
    )
    (folder / "pyproject.toml").write_text(
        f'{built}[project]\nname = "{name}"\nversion = "{version}"\ndependencies = [{needs}]\n'
        f'[project.entry-points."{group}"]\nthu_kt = "{package}"\n',
        encoding="utf-8",
    )
    return folder


def wheel(
    source_folder: Path,
    out: Path,
    version: str = "0.3.0",
    *,
    name: str = "clb-thu-kt",
    needs: tuple[str, ...] = ("clb-lien-the-he<1,>=0.1",),
    more: Mapping[str, str] | None = None,
    points: str = "",
    recorded: tuple[str, ...] = (),
    info: str | None = None,
    group: str = GROUP,
) -> Path:
    """Zip a plugin's source as a wheel, without building anything.

    ``more`` are further files, ``points`` further entry points, ``recorded`` further lines of the
    RECORD, ``info`` another name for the .dist-info.
    """
    stem = f"{name.replace('-', '_')}-{version}"
    info = info or f"{stem}.dist-info"
    file = out / f"{stem}-py3-none-any.whl"
    asked = "".join(f"Requires-Dist: {one}\n" for one in needs)
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted((source_folder / PACKAGE).rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(source_folder).as_posix())
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{asked}"
        )
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{info}/entry_points.txt", f"[{group}]\nthu_kt = clb_thu_kt\n{points}")
        for inner, text in (more or {}).items():
            archive.writestr(inner, text)
        listed = [f"{one},," for one in (*archive.namelist(), f"{info}/RECORD", *recorded)]
        archive.writestr(f"{info}/RECORD", "\n".join(listed) + "\n")
    return file
