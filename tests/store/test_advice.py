"""What a changed log is brought back with: this program for a file, a server's own tools there."""

import pytest
from support.core import Core

from engine import codes
from engine.cli import run
from engine.codes.code import Code

AT = 3


def changed(core: Core) -> str:
    """Change an event of a club, and return the database's address."""
    club = core.bring("approved")
    sql = "UPDATE event SET body = replace(body, 'officer', 'Officer') WHERE stream = ? AND seq = ?"
    with core.store.write():
        core.store.run(sql, (f"club:{club}", AT))
    target = core.store.target
    return str(target.file or target.dsn)


@pytest.mark.parametrize(
    "command", [("audit", "verify"), ("audit", "head"), ("db", "check"), ("db", "rebuild")]
)
def test_a_server_is_not_advised_to_bring_back_a_file(
    core: Core,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = changed(core)
    monkeypatch.setenv("CLB_DATABASE", address)
    monkeypatch.setenv("CLB_LANG", "en")
    assert run(list(command)) == 5
    shown = capsys.readouterr().err
    on_a_server = "://" in address
    assert ("clb db restore" in shown, "pg_restore" in shown) == (not on_a_server, on_a_server)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", [codes.LOG_DAMAGED, codes.DATABASE_DAMAGED])
def test_what_is_damaged_is_explained_by_kind(code: Code) -> None:
    """Tables are made anew; only for what they are made of a copy is brought back."""
    named = ("clb db check", "clb db rebuild", "clb db restore", "pg_restore")
    places = [code.fix.index(command) for command in named]
    assert places == sorted(places)
    assert ("--seal" in code.fix) is (code is codes.LOG_DAMAGED)
