"""The READMEs are short and true; the walk-through they lead to runs here as it is written."""

import json
import re
import shlex
from pathlib import Path

import pytest

from engine.cli import run

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.vi.md")
WALK = ROOT / "docs" / "first-club.md"
BLOCK = re.compile(r"```sh walk-through\n(.*?)```", re.DOTALL)


def commands() -> list[list[str]]:
    """Return the walk-through's commands, split as a shell splits them."""
    lines = "".join(BLOCK.findall(WALK.read_text(encoding="utf-8"))).splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("clb ")]


def test_the_walk_through_takes_a_club_to_its_first_review(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CLB_HOME", str(tmp_path))
    monkeypatch.delenv("CLB_DATABASE", raising=False)
    monkeypatch.delenv("CLB_OFFICER", raising=False)
    found = commands()
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


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_is_short_and_begins_with_what_it_is_for_and_the_commands(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    assert text.index("clb demo") < text.index("![") < text.index("\n- ")
    assert set(re.findall(r"^(?:python3|py) -m venv .*$", text, flags=re.M)) == set(
        re.findall(
            r"^(?:python3|py) -m venv .*$",
            (ROOT / READMES[0]).read_text(encoding="utf-8"),
            flags=re.M,
        )
    )


def test_the_readme_shows_the_two_commands_that_ci_runs() -> None:
    for readme in READMES:
        text = (ROOT / readme).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.startswith("python3 -m venv .venv && ")]
        assert [line.rpartition(" && ")[2] for line in lines] == [
            ".venv/bin/clb demo",
            ".venv/bin/pytest -n auto",
        ]
        assert text.count("py -m venv .venv && ") == 2


def test_links_in_the_readmes_lead_somewhere() -> None:
    for readme in READMES:
        text = (ROOT / readme).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), target
