"""A paper at a key: written into one's documents, opened by the system's program, or said where."""

import os
import sys
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from support.core import ASSOCIATION, Core
from support.desk import Sitting, at_desk

from engine.desk.opening import open_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program that opens is a script")


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one's documents, in a house of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "Documents"))
    return tmp_path


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that opens files, and the note of what it was given."""
    note = tmp_path / "given.txt"
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nprintf "%s" "$1" > "{note}.part" && mv "{note}.part" "{note}"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr(sys, "platform", "linux")
    return note


def test_a_paper_is_opened_in_the_systems_program(
    core: Core, documents: Path, opener: Path
) -> None:
    core.bring("proposed")
    core.clock.day = date(2021, 8, 11)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f2", "enter", "5")
        await me.sees("Tờ trình")
        await me.press("enter")
        await me.sees("Đã mở bằng Word:")
        await me.until(opener.exists, "the program was given the file")

    at_desk(core, ASSOCIATION, play)
    path = Path(opener.read_text(encoding="utf-8"))
    assert path.is_relative_to(documents)
    words = " ".join(one.text for one in Document(str(path)).paragraphs).split()
    assert "thành lập Câu lạc bộ Liên thế hệ 1" in " ".join(words)


def test_where_no_program_is_found_it_is_said_where_the_file_lies(
    core: Core, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    core.bring("proposed")
    core.clock.day = date(2021, 8, 11)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f2", "enter", "5")
        await me.sees("Tờ trình")
        await me.press("enter")
        await me.sees("máy này không có chương trình để mở:")

    at_desk(core, ASSOCIATION, play)
    assert len(list(documents.rglob("*.docx"))) == 1


def test_without_a_program_nothing_is_opened(opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(opener.parent / "nowhere"))
    assert not open_file(opener)
