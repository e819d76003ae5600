"""A copy is brought back while others write: what was confirmed is in one of the two databases."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.core import Core
from support.worker import go, ready, start

from engine.lifecycle.backup import save
from engine.lifecycle.restore import restore

RESTORES, STEPS = 3, 5


def met(file: Path, club: str) -> set[str]:
    """Return the days of a club's meetings in a database."""
    with closing(sqlite3.connect(file)) as connection:
        bodies = connection.execute(
            "SELECT body FROM event WHERE stream = ? AND step = 'meeting'", (f"club:{club}",)
        )
        return {json.loads(body)["on"] for (body,) in bodies}


@pytest.mark.slow
@pytest.mark.sqlite
def test_no_confirmed_step_is_lost(core: Core, tmp_path: Path) -> None:
    target, copy = core.store.target, tmp_path / "copy.sqlite3"
    assert target.path is not None
    clubs = [core.bring("operating") for _each in range(2)]
    save(target, copy)
    running = [start("record", target.path, [club]) for club in clubs]
    for process in running:
        ready(process)
    for process in running:
        go(process)
    lines: list[list[str]] = [[] for _each in clubs]
    files, lost = [target.path], 0
    for _time in range(RESTORES):
        for process, printed in zip(running, lines, strict=True):
            assert process.stdout is not None
            printed += [process.stdout.readline().strip() for _step in range(STEPS)]
        done = restore(target, copy)
        assert done.replaced is not None
        lost += done.lost.events
        files.append(done.replaced)
    assert lost > 0, "nobody wrote meanwhile"
    for club, process, printed in zip(clubs, running, lines, strict=True):
        assert process.poll() is None, process.communicate()[1]
        process.kill()
        printed.extend(process.communicate()[0].split("\n")[:-1])
        confirmed = {line for line in printed if not line.startswith("ConflictError")}
        assert confirmed - set().union(*(met(file, club) for file in files)) == set()
