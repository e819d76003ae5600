"""What people are to type by the pages runs, in their order, and answers what they show."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from support.doc_blocks import DOCS, ROOT, Block, blocks, pages, stories
from support.terminal import at_terminal

from engine.cli import run

LANGUAGES = {"bat", "csv", "html", "json", "jsonc", "mermaid", "python", "sh", "text", "toml"}
CLUB = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{8}\b")


@pytest.mark.parametrize("story", sorted(stories()))
def test_a_story_runs_as_it_is_written(
    story: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    for name in ("CLB_DATABASE", "CLB_OFFICER"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    shutil.copytree(ROOT / "plugins", tmp_path / "plugins")
    monkeypatch.chdir(tmp_path)
    shown = ""
    listed = stories()[story]
    for place, block in enumerate(listed):
        if block.is_walk and "dialogue" in block.marks:
            talk(block, listed[place + 1])
        elif block.is_dialogue:
            continue
        elif block.is_walk:
            shown = walk(block, capsys)
        else:
            assert_shown(block, shown)


def walk(block: Block, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a block's commands and return what they print."""
    shown = ""
    commands = block.commands()
    for place, (program, *rest) in enumerate(commands, 1):
        assert program == "clb", f"{block.place}: {program}"
        wanted = block.exit_code if place == len(commands) else 0
        capsys.readouterr()
        code = run(rest)
        result = capsys.readouterr()
        assert code == wanted, f"{block.place}: clb {shlex.join(rest)}\n{result.out}{result.err}"
        shown += result.out + result.err
    return shown


def talk(block: Block, dialogue: Block) -> None:
    """Run a command at a terminal and answer what it asks."""
    assert dialogue.is_dialogue, f"{block.place}: no dialogue after it"
    ((_clb, *command),) = block.commands()
    questions = dialogue.questions()
    typed = "".join(f"{answer}\n" for _question, answer in questions)
    answer = at_terminal(*command, typed=typed)
    assert answer.code == block.exit_code, f"{block.place}: {answer.out}{answer.err}"
    asked = [answer.err.find(f"{question}:") for question, _answer in questions]
    assert -1 not in asked, f"{dialogue.place}: asked was:\n{answer.err}"
    assert asked == sorted(asked), dialogue.place


def assert_shown(block: Block, shown: str) -> None:
    """Hold each line of an output block against what was printed, in its order."""
    rest = CLUB.sub(lambda match: f"{match[0][:3]}…", shown)
    for line in filter(None, map(str.strip, block.text.splitlines())):
        assert line in rest, f"{block.place}: “{line}” is not in:\n{shown}"
        rest = rest.split(line, 1)[1]


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(DOCS)))
def test_every_block_says_what_it_is(page: Path) -> None:
    after_walk = False
    for block in blocks(page):
        if block.language.startswith("{"):
            continue
        assert block.language in LANGUAGES, f"{block.place}: {block.language}"
        if block.language == "sh":
            assert block.marks[:1] in (("walk-through",), ("illustration",)), block.place
        if block.is_output:
            assert after_walk, f"{block.place}: no walk-through before it"
        after_walk = block.is_walk


@pytest.mark.parametrize(("story", "steps"), [("can-bo", 9), ("quan-tri", 1)])
def test_the_stories_report_the_whole_work(story: str, steps: int) -> None:
    listed = [
        command for block in stories()[story] if block.is_walk for command in block.commands()
    ]
    assert len(listed) >= 30
    assert len({command[3] for command in listed if command[1] == "advance"}) >= steps
