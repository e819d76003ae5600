"""The log shows what was done to it with any other tool, and names the event."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.keeper import Keeper

from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.seals.checkpoint import line
from engine.store.canonical import digest, dumps

AT = 7
"""The event that is tampered with, in the middle of a club's stream."""


def found(keeper: Keeper) -> tuple[str, int, str]:
    """Return the first event that does not fit."""
    answer = keeper.json("audit-verify", "audit", "verify", code=5)
    return answer["stream"], answer["seq"], answer["reason"]


def test_a_log_nobody_touched_is_whole(keeper: Keeper) -> None:
    keeper.lived()
    events = keeper.sql("SELECT count(*) FROM event")[0][0]
    answer = keeper.json("audit-verify", "audit", "verify")
    assert list(answer.pop("unsigned")) == ["quan_tri"], "who has a key and signed nothing with it"
    assert answer == {"ok": True, "events": events, "unsigned_though_asked": 0}


def test_an_empty_log_is_whole(keeper: Keeper) -> None:
    keeper.run("db", "init")
    assert keeper.json("audit-verify", "audit", "verify") == {"ok": True, "events": 0}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("province", "ha_noi"),
        ("step", "revise"),
        ("from_state", "approved"),
        ("from_state", None),
        ("to_state", "dissolved"),
        ("to_state", None),
        ("on_date", "2021-09-02"),
        ("recorded_at", "2021-09-01T00:00:00Z"),
        ("officer", "somebody"),
        ("body", "{}"),
        ("body", b"\xff\xfe"),
        ("hash", "0" * 64),
        ("hash", b"\x00"),
        ("row_digest", "0" * 64),
    ],
)
def test_a_change_of_any_column_names_the_event(
    keeper: Keeper, column: str, value: str | bytes | None
) -> None:
    club = keeper.lived()
    keeper.sql(
        f"UPDATE event SET {column} = ? WHERE stream = ? AND seq = ?", value, f"club:{club}", AT
    )
    assert found(keeper)[:2] == (f"club:{club}", AT)


def test_every_column_of_the_log_is_one_of_those_tried(keeper: Keeper) -> None:
    keeper.lived()
    columns = {row[1] for row in keeper.sql("PRAGMA table_info(event)")}
    keys = {"stream", "seq"}
    copies = {"province", "step", "from_state", "to_state", "on_date", "recorded_at", "officer"}
    assert columns == keys | copies | {"body", "hash", "row_digest"}


def test_an_event_moved_to_another_stream_is_named(keeper: Keeper) -> None:
    club = keeper.lived()
    keeper.sql(
        "UPDATE event SET stream = 'club:AA' WHERE stream = ? AND seq = ?", f"club:{club}", AT
    )
    assert found(keeper)[:2] == ("club:AA", AT)


@pytest.mark.parametrize("value", [1000, "seven"])
def test_an_event_given_another_number_is_missed(keeper: Keeper, value: int | str) -> None:
    club = keeper.lived()
    keeper.sql("UPDATE event SET seq = ? WHERE stream = ? AND seq = ?", value, f"club:{club}", AT)
    assert found(keeper) == (f"club:{club}", AT + 1, f"event {AT} is missing")


def test_a_last_event_whose_number_is_no_number_is_named(keeper: Keeper) -> None:
    club = keeper.lived()
    stream = f"club:{club}"
    last = keeper.sql("SELECT max(seq) FROM event WHERE stream = ?", stream)[0][0]
    keeper.sql("UPDATE event SET seq = 'x' WHERE stream = ? AND seq = ?", stream, last)
    assert found(keeper)[:2] == (stream, last)


@pytest.mark.parametrize("column", ["body", "officer", "hash"])
def test_bytes_that_are_no_text_name_the_event(keeper: Keeper, column: str) -> None:
    club = keeper.lived()
    keeper.sql(
        f"UPDATE event SET {column} = CAST(X'FF' || CAST({column} AS BLOB) AS TEXT) "
        "WHERE stream = ? AND seq = ?",
        *(f"club:{club}", AT),
    )
    assert found(keeper)[:2] == (f"club:{club}", AT)
    assert keeper.json("db-check", "db", "check", code=5)["faults"][0]["seq"] == AT


def test_a_deleted_event_is_missed(keeper: Keeper) -> None:
    club = keeper.lived()
    keeper.sql("DELETE FROM event WHERE stream = ? AND seq = ?", f"club:{club}", AT)
    assert found(keeper) == (f"club:{club}", AT + 1, f"event {AT} is missing")


def test_two_events_that_changed_places_are_found(keeper: Keeper) -> None:
    club = keeper.lived()
    for seq, other in ((AT, -1), (AT + 1, AT), (-1, AT + 1)):
        keeper.sql(
            "UPDATE event SET seq = ? WHERE stream = ? AND seq = ?", other, f"club:{club}", seq
        )
    assert found(keeper)[:2] == (f"club:{club}", AT)


def test_two_events_whose_bodies_changed_places_are_found(keeper: Keeper) -> None:
    club = keeper.lived()
    mine, next_ = keeper.sql(
        "SELECT body, hash FROM event WHERE stream = ? AND seq IN (?, ?) ORDER BY seq",
        *(f"club:{club}", AT, AT + 1),
    )
    for seq, pair in ((AT, next_), (AT + 1, mine)):
        keeper.sql(
            "UPDATE event SET body = ?, hash = ? WHERE stream = ? AND seq = ?",
            *(*pair, f"club:{club}", seq),
        )
    assert found(keeper)[:2] == (f"club:{club}", AT)


def test_a_tail_that_was_cut_is_found_by_the_tables(keeper: Keeper) -> None:
    club = keeper.lived()
    last = keeper.sql("SELECT max(seq) FROM event WHERE stream = ?", f"club:{club}")[0][0]
    keeper.sql("DELETE FROM event WHERE stream = ? AND seq > ?", f"club:{club}", last - 2)
    stream, seq, reason = found(keeper)
    assert (stream, seq) == (f"club:{club}", last - 2)
    assert str(last) in reason


def test_a_club_whose_events_are_all_gone_is_found_by_the_tables(keeper: Keeper) -> None:
    club = keeper.lived()
    keeper.sql("DELETE FROM event WHERE stream = ?", f"club:{club}")
    assert found(keeper)[0] == f"club:{club}"


def rewrite(keeper: Keeper, club: str, seq: int) -> None:
    """Rewrite one event as somebody would who knows how it is sealed."""
    where = (f"club:{club}", seq)
    body = keeper.sql("SELECT body FROM event WHERE stream = ? AND seq = ?", *where)[0][0]
    sealed = dumps({**json.loads(body), "officer": "quan_tri"})
    keeper.sql(
        "UPDATE event SET body = ?, hash = ?, officer = 'quan_tri' WHERE stream = ? AND seq = ?",
        *(sealed, digest(sealed), *where),
    )


def test_an_event_rewritten_with_a_fitting_hash_is_found_by_the_one_after_it(
    keeper: Keeper,
) -> None:
    club = keeper.lived()
    rewrite(keeper, club, AT)
    assert found(keeper)[:2] == (f"club:{club}", AT + 1)


def test_a_last_event_rewritten_with_a_fitting_hash_is_found_by_the_tables(keeper: Keeper) -> None:
    club = keeper.lived()
    last = keeper.sql("SELECT max(seq) FROM event WHERE stream = ?", f"club:{club}")[0][0]
    rewrite(keeper, club, last)
    assert found(keeper)[:2] == (f"club:{club}", last)


def test_a_body_with_a_fitting_hash_but_another_spelling_is_found(keeper: Keeper) -> None:
    club = keeper.lived()
    stream = f"club:{club}"
    body = keeper.sql("SELECT body FROM event WHERE stream = ? AND seq = ?", stream, AT)[0][0]
    for other in (json.dumps(json.loads(body), indent=1), "[]", "not JSON", "[NaN]"):
        keeper.sql(
            "UPDATE event SET body = ?, hash = ? WHERE stream = ? AND seq = ?",
            *(other, digest(other), stream, AT),
        )
        assert found(keeper)[:2] == (stream, AT)


def test_the_first_fault_in_the_order_of_streams_is_named(keeper: Keeper) -> None:
    keeper.lived()
    streams = [row[0] for row in keeper.sql("SELECT DISTINCT stream FROM event ORDER BY stream")]
    keeper.sql("UPDATE event SET hash = '' WHERE seq = 2")
    assert found(keeper)[:2] == (streams[0], 2)


def test_erased_personal_data_leaves_the_log_whole(keeper: Keeper) -> None:
    keeper.lived()
    assert keeper.sql("SELECT count(*) FROM event WHERE step = 'erase'") == [(1,)]
    assert keeper.json("audit-verify", "audit", "verify")["ok"]


def test_personal_data_that_nobody_erased_and_is_gone_is_reported(keeper: Keeper) -> None:
    club = keeper.lived()
    member = keeper.sql("SELECT min(member) FROM personal WHERE club = ?", club)[0][0]
    keeper.sql("DELETE FROM personal WHERE club = ? AND member = ?", club, member)
    reason = f"the personal data of {member} is gone, and nobody erased it"
    assert found(keeper) == (f"club:{club}", None, reason)
    faults = keeper.json("db-check", "db", "check", code=5)["faults"]
    assert [(one["kind"], one["reason"]) for one in faults] == [("personal", reason)]


def test_a_trigger_is_reported_with_what_to_do(keeper: Keeper) -> None:
    keeper.lived()
    keeper.sql("CREATE TRIGGER lost BEFORE INSERT ON personal BEGIN SELECT RAISE(IGNORE); END")
    (fault,) = keeper.json("db-check", "db", "check", code=5)["faults"]
    assert (fault["kind"], fault["where"]) == ("schema", "personal")
    assert "must go" in keeper.run("db", "check").err


@pytest.mark.parametrize("column", ["name", "id_number", "phone", "village", "note", "salt"])
def test_personal_data_that_was_changed_is_reported(keeper: Keeper, column: str) -> None:
    club = keeper.lived()
    member = keeper.sql("SELECT min(member) FROM personal WHERE club = ?", club)[0][0]
    keeper.sql(f"UPDATE personal SET {column} = 'x' WHERE club = ? AND member = ?", club, member)
    stream, seq, reason = found(keeper)
    assert (stream, seq) == (f"club:{club}", None)
    assert member in reason


@pytest.fixture(scope="module")
def tampered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that the examples below change and change back."""
    folder = tmp_path_factory.mktemp("tampered")
    with pytest.MonkeyPatch.context() as patch:
        keeper = Keeper(folder, patch, None)  # type: ignore[arg-type]
        keeper.lived()
    return keeper.database


@settings(max_examples=80)
@given(data=st.data())
def test_one_letter_changed_anywhere_in_the_log_is_found(
    tampered: Path, data: st.DataObject
) -> None:
    with closing(sqlite3.connect(tampered)) as tool:
        keys = tool.execute("SELECT stream, seq FROM event ORDER BY stream, seq").fetchall()
        columns = [row[1] for row in tool.execute("PRAGMA table_info(event)")]
        stream, seq = data.draw(st.sampled_from(keys))
        column = data.draw(st.sampled_from([one for one in columns if one != "seq"]))
        where = "WHERE stream = ? AND seq = ?"
        (text,) = tool.execute(f"SELECT {column} FROM event {where}", (stream, seq)).fetchone()
        text = text or "-"
        at = data.draw(st.integers(0, len(text) - 1))
        letter = data.draw(st.sampled_from("aZ09{}: ế").filter(lambda one: one != text[at]))
        changed = text[:at] + letter + text[at + 1 :]
        before = tool.execute(f"SELECT * FROM event {where}", (stream, seq)).fetchone()
        tool.execute(f"UPDATE event SET {column} = ? {where}", (changed, stream, seq))
        tool.commit()
        registry = open_registry(str(tampered))
        health = upkeep.verify_log(registry.store)
        registry.store.close()
        now = changed if column == "stream" else stream
        tool.execute("DELETE FROM event WHERE stream = ? AND seq = ?", (now, seq))
        tool.execute(f"INSERT INTO event VALUES ({', '.join('?' * len(before))})", before)
        tool.commit()
    places = {(fault.stream, fault.seq) for fault in health.faults}
    assert places & {(now, seq), (stream, seq), (stream, seq + 1), (stream, seq - 1)}
    assert len({fault.stream for fault in health.faults} - {now, stream}) == 0


@pytest.mark.parametrize("hashed_anew", [False, True])
def test_a_letter_changed_in_the_hashes_of_a_seal_accuses_no_event(
    keeper: Keeper, hashed_anew: bool
) -> None:
    club = keeper.lived()
    where = ("seal:bac_ninh", 1)
    sql = "SELECT body, hash FROM event WHERE stream = ? AND seq = ?"
    ((body, hash_),) = keeper.sql(sql, *where)
    sealed = json.loads(body)
    leaves = sealed["effects"]["records"][0]["leaves"]
    sealed["effects"]["records"][0]["leaves"] = leaves[:-1] + ("1" if leaves[-1] == "0" else "0")
    text = dumps(sealed)
    keeper.sql(
        "UPDATE event SET body = ?, hash = ? WHERE stream = ? AND seq = ?",
        *(text, digest(text) if hashed_anew else hash_, *where),
    )
    faults = keeper.json("db-check", "db", "check", code=5)["faults"]
    reason = "the hashes in the seal were changed; the events it took in were not"
    assert f"{reason}; no seal before it fits" in {one["reason"] for one in faults}
    assert {one["where"] for one in faults} <= {"seal:bac_ninh", "seal", "sealed", "stream"}
    line = seal_line(sealed)
    (held,) = keeper.json("audit-verify", "audit", "verify", "--seal", line, code=5)["seals"]
    assert (held["stream"], reason in held["reason"]) == ("seal:bac_ninh", True)
    keeper.sql("UPDATE event SET body = ?, hash = ? WHERE stream = ? AND seq = ?",
               *(body, hash_, *where))  # fmt: skip
    keeper.sql(
        "UPDATE event SET hash = ? WHERE stream = ? AND seq = ?", "0" * 64, f"club:{club}", AT
    )
    reasons = [one["reason"] for one in keeper.json("db-check", "db", "check", code=5)["faults"]]
    assert any("the event is another than when it was sealed" in one for one in reasons)


def seal_line(body: dict[str, Any]) -> str:
    """Return the line of a seal's event."""
    row = body["effects"]["records"][0]
    return line(row["prefix"], row["size"], row["root"])


def test_the_events_of_a_club_are_shown_as_they_were_sealed(keeper: Keeper) -> None:
    club = keeper.lived()
    shown = keeper.json("audit-show", "audit", "show", club)
    kept = keeper.sql("SELECT body, hash FROM event WHERE stream = ? ORDER BY seq", f"club:{club}")
    assert [one["hash"] for one in shown] == [hash_ for _body, hash_ in kept]
    for one, (body, _hash) in zip(shown, kept, strict=True):
        assert {name: one[name] for name in one if name != "hash"} == json.loads(body)


def test_a_provinces_own_events_are_shown_too(keeper: Keeper) -> None:
    keeper.lived()
    shown = keeper.json("audit-show", "audit", "show", "province:bac_ninh")
    assert {"officer_add", "report_sent", "units_import"} <= {one["step"] for one in shown}
    assert keeper.error("audit", "show", "province:xx", code=2)["code"] == "CLB-STREAM-UNKNOWN"
    assert keeper.error("audit", "show", "BN-00000000", code=2)["code"] == "CLB-CLUB-UNKNOWN"


def test_the_head_is_a_digest_of_every_line_of_the_log(keeper: Keeper) -> None:
    keeper.lived()
    rows = keeper.sql("SELECT stream, seq, hash FROM event ORDER BY stream, seq")
    lines = "".join(f"{stream} {seq} {hash_}\n" for stream, seq, hash_ in rows)
    assert keeper.json("audit-head", "audit", "head") == {
        "head": digest(lines),
        "events": len(rows),
    }


def test_no_head_is_given_for_a_log_with_an_edited_body(keeper: Keeper) -> None:
    """Over the stored hashes alone the line would be the same as before the edit."""
    club = keeper.lived()
    stream = f"club:{club}"
    sql = "UPDATE event SET body = replace(body, 'a', 'b') WHERE stream = ? AND seq = ?"
    keeper.sql(sql, stream, AT)
    error = keeper.error("audit", "head", code=5)
    assert error["code"] == "CLB-LOG-DAMAGED"
    assert (stream in error["message"], str(AT) in error["message"]) == (True, True)


def test_only_what_is_noted_elsewhere_shows_that_a_club_is_gone_with_every_seal(
    keeper: Keeper,
) -> None:
    club = keeper.lived()
    noted = keeper.json("audit-head", "audit", "head")
    (seal,) = keeper.json("audit-seal", "audit", "seal")
    tables = keeper.sql(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND c.name = 'club'"
    )
    for (table,) in tables:
        keeper.sql(f"DELETE FROM {table} WHERE club = ?", club)
    keeper.sql("DELETE FROM club WHERE id = ?", club)
    keeper.sql("DELETE FROM event WHERE stream = ?", f"club:{club}")
    assert found(keeper)[:2] == (f"club:{club}", 1)
    keeper.sql("DELETE FROM event WHERE stream = 'seal:bac_ninh'")
    keeper.sql("DELETE FROM stream WHERE id = 'seal:bac_ninh'")
    for table in ("seal", "sealed"):
        keeper.sql(f"DELETE FROM {table}")
    assert keeper.json("audit-verify", "audit", "verify")["ok"]
    assert keeper.json("audit-head", "audit", "head") != noted
    held = keeper.json("audit-verify", "audit", "verify", "--seal", seal["line"], code=5)
    assert held["stream"] == "seal:BN"
    assert "noted elsewhere" in keeper.run("audit", "verify").out
