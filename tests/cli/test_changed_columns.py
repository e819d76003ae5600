"""Columns of the log changed with another tool: every reader says so in a sentence, or goes on."""

from pathlib import Path

import pytest
from support.keeper import Keeper

pytestmark = pytest.mark.slow

PROVINCE = ("--province", "bac_ninh")
READERS: tuple[tuple[str, ...], ...] = (
    ("audit", "verify"),
    ("audit", "head"),
    ("audit", "seal", "--as", "hoi_tinh"),
    ("bundle", "status", *PROVINCE),
    ("bundle", "export", "--as", "hoi_nct", "--out", "a.clb"),
    ("club", "list", *PROVINCE),
    ("commune", "search", "Đình Bảng", *PROVINCE),
    ("db", "check"),
    ("db", "rebuild"),
    ("doctor",),
    ("due", "--on", "2022-12-31", *PROVINCE),
    ("export", "events", "a.jsonl"),
    ("export", "events", "a.csv"),
    ("export", "events", "a.xes"),
    ("progress", "bac_ninh", "--on", "2022-12-31"),
    ("report", "build", "bac_ninh", "overview", "--period", "2022"),
    ("report", "build", "bac_ninh", "half_year", "--period", "2022H1", "--out", "a.json"),
    ("report", "build", "bac_ninh", "half_year", "--period", "2022H1", "--out", "a.docx"),
    ("report", "list", "bac_ninh"),
)
"""Commands that read what many events have."""
READERS_OF_A_CLUB = (
    ("club", "history"),
    ("club", "show"),
    ("audit", "show"),
    ("check",),
    ("loan", "list"),
    ("fund", "show"),
    ("member", "list"),
    ("board", "show"),
)


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    found = Keeper(tmp_path, monkeypatch, capsys)
    found.lived()
    return found


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("recorded_at", "hôm nào đó"),
        ("recorded_at", "9999-12-31T23:59:59Z"),
        ("on_date", "hôm nào đó"),
        ("on_date", "2021-99-99"),
        ("to_state", "đang ở đâu đó"),
        ("step", ""),
    ],
)
def test_a_changed_column_costs_no_reader_a_traceback(
    keeper: Keeper, column: str, value: str
) -> None:
    club = keeper.sql("SELECT id FROM club ORDER BY id LIMIT 1")[0][0]
    # Another plugin judged one of them: doctor reports the day.
    keeper.sql("UPDATE event SET body = replace(body, '0.1.0', '0.2.0') WHERE seq = 3")
    keeper.sql(f"UPDATE event SET {column} = ?", value)
    whole = keeper.database.read_bytes()
    for command in (*READERS, *((*one, club) for one in READERS_OF_A_CLUB)):
        asked = [str(keeper.folder / one) if one.startswith("a.") else one for one in command]
        result = keeper.run(*asked)
        assert "Traceback" not in result.err, (command, result.err)
        assert result.code in range(6), (command, result.err)
        assert "CLB-USAGE" not in result.err, (command, result.err)
        for one in keeper.folder.glob("clb.sqlite3-*"):
            one.unlink()
        keeper.database.write_bytes(whole)


@pytest.mark.parametrize(
    ("column", "value"),
    [("recorded_at", "hôm nào đó"), ("on_date", "hôm nào đó"), ("to_state", "đang ở đâu đó")],
)
def test_a_report_names_the_log_that_was_changed(keeper: Keeper, column: str, value: str) -> None:
    keeper.sql(f"UPDATE event SET {column} = ?", value)
    result = keeper.run("report", "build", "bac_ninh", "overview", "--period", "2021")
    assert (result.code, "CLB-LOG-DAMAGED" in result.err) == (5, True), result.err


def test_the_state_of_the_exchange_names_a_moment_that_is_none(keeper: Keeper) -> None:
    keeper.sql(
        "INSERT INTO partner (id, province, own, commune, made_at) "
        "VALUES ('a', 'bac_ninh', 0, 'phường Đình Bảng', 'hôm nào đó')"
    )
    result = keeper.run("bundle", "status", *PROVINCE)
    assert (result.code, "CLB-LOG-DAMAGED" in result.err) == (5, True), result.err


def test_no_file_is_made_of_a_log_that_its_receiver_could_not_read(keeper: Keeper) -> None:
    keeper.sql("UPDATE event SET body = replace(body, '0.1.0', '0.2.0') WHERE seq = 3")
    file = keeper.folder / "xa.clb"
    result = keeper.run("bundle", "export", "--as", "hoi_nct", "--out", file)
    assert (result.code, "CLB-LOG-DAMAGED" in result.err) == (5, True), result.err
    assert not file.exists()
    assert keeper.sql("SELECT sent_at FROM partner WHERE sent_at IS NOT NULL") == []
