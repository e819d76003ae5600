"""The README is what people run: its walk-through runs here as it is written."""

import json
import re
import shlex
from pathlib import Path

import pytest

from engine.cli import run

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"```sh walk-through\n(.*?)```", re.DOTALL)


def commands(readme: str) -> list[list[str]]:
    """Return the walk-through's commands, split as a shell splits them."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    lines = "".join(BLOCK.findall(text)).splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("clb ")]


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_the_walk_through_takes_a_club_to_its_first_review(
    readme: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CLB_HOME", str(tmp_path))
    monkeypatch.delenv("CLB_DATABASE", raising=False)
    monkeypatch.delenv("CLB_OFFICER", raising=False)
    found = commands(readme)
    assert len(found) >= 20
    for command in found:
        code = run(command)
        shown = capsys.readouterr()
        assert code == 0, f"clb {shlex.join(command)}\n{shown.out}{shown.err}"
    assert run(["club", "show", "CLB Thịnh Lang", "--on", "2022-12-31", "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert page["state"] == "operating"
    assert page["reviewed_on"] == "2022-10-05"
    assert page["funds"]["operating"] == 100_000_000


def test_the_two_readmes_show_the_same_commands() -> None:
    assert commands("README.md") == commands("README.vi.md")


def test_the_readme_shows_the_two_commands_that_ci_runs() -> None:
    for readme in ("README.md", "README.vi.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.startswith("python3 -m venv .venv && ")]
        assert [line.rpartition(" && ")[2] for line in lines] == [
            ".venv/bin/clb demo",
            ".venv/bin/pytest -n auto",
        ]
        assert text.count("py -m venv .venv && ") == 2


def test_links_in_the_readmes_lead_somewhere() -> None:
    for readme in ("README.md", "README.vi.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), target
