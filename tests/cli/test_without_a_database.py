"""What needs no database asks for none."""

from pathlib import Path

import pytest

from engine.cli import run

COMMANDS = (
    "commune search đình --province bac_ninh",
    "policy show hoa_binh",
    "policy keys bac_ninh",
    "policy coverage bac_ninh",
    "lifecycle show",
    "explain CLB-STATE",
    "document list",
    "report list bac_ninh",
    "province list",
    "province show bac_ninh",
)


@pytest.mark.parametrize("officer", [None, "hoi"])
@pytest.mark.parametrize("command", COMMANDS)
def test_it_answers_on_a_computer_that_has_none(
    command: str,
    officer: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLB_DATABASE", str(tmp_path / "none.sqlite3"))
    if officer is None:
        monkeypatch.delenv("CLB_OFFICER", raising=False)
    else:
        monkeypatch.setenv("CLB_OFFICER", officer)
    assert run(command.split()) == 0, capsys.readouterr().err
    assert not list(tmp_path.iterdir())
