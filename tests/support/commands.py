"""Commands run in this process, their answers held to their schemas."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import schemas
from engine.cli import run


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


def holds(name: str, data: Any) -> Any:
    """Return an answer that its schema accepts."""
    schema = schemas.load(f"cli/{name}")
    Draft202012Validator(schema, format_checker=FormatChecker(formats=["date"])).validate(data)
    return data


class Commands:
    """Runs commands in this process, in English, on a database file of its own."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.database = folder / "clb.sqlite3"
        self._capsys = capsys
        monkeypatch.setenv("CLB_DATABASE", str(self.database))
        monkeypatch.setenv("CLB_LANG", "en")

    def run(self, *args: str | Path) -> Answer:
        """Run one command."""
        self._capsys.readouterr()
        code = run([str(arg) for arg in args])
        printed = self._capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    def json(self, schema: str, *args: str | Path, code: int = 0) -> Any:
        """Run one command with ``--json`` and hold its answer to its schema."""
        answer = self.run(*args, "--json")
        assert answer.code == code, answer.out + answer.err
        return holds(schema, answer.data)
