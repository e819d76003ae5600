"""The server that reports are read from does not answer: what is asked is answered all the same."""

from pathlib import Path
from urllib.parse import quote

import pytest
from support.keeper import Keeper

ASKED = (
    ("due", "--province", "bac_ninh"),
    ("progress", "bac_ninh"),
    ("club", "list", "--province", "bac_ninh"),
    ("report", "build", "bac_ninh", "overview", "--period", "2022", "--format", "json"),
)


@pytest.mark.parametrize("asked", ASKED)
def test_the_database_itself_is_read_and_a_sentence_says_so(
    asked: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("psycopg")
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    keeper.run("db", "init")
    expected = keeper.run(*asked)
    nowhere = quote(str(tmp_path / "no-server"), safe="")
    monkeypatch.setenv("CLB_DATABASE_READ", f"postgresql://clb:secret@/clb?host={nowhere}")
    answer = keeper.run(*asked)
    assert answer.code == 0
    if "report" not in asked:
        assert answer.out == expected.out
    if "list" not in asked:
        assert answer.err.count("Read from the database itself instead.") == 1
    assert "secret" not in answer.err
