"""A seal takes in what was recorded since the last one, and what it covers stays as it was."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from support.core import ADMIN, ASSOCIATION, PROVINCE, TOWN, Core, add_officer
from support.faults import chain_faults, table_faults
from support.step_forms import GRANT

from bench.reliability.forger import Forger
from bench.reliability.forgeries.streams import keep_as_superseded
from engine.errors import StorageError
from engine.lifecycle import sealing, upkeep
from engine.lifecycle.sealing import Sealed, seal
from engine.model import Role
from engine.seals import merkle
from engine.seals.checkpoint import parse
from engine.store import log, seals, verify
from engine.store.canonical import GENESIS, digest, dumps
from engine.store.seals import TakenAgain

pytestmark = pytest.mark.usefixtures("english")


def sealed(core: Core, officer: str | None = TOWN) -> Sealed:
    made = seal(core.registry, PROVINCE, officer)
    assert made is not None
    return made


def everything(core: Core) -> list[tuple[str, int, str]]:
    rows = core.store.rows("SELECT stream, seq, hash FROM event ORDER BY stream, seq")
    return [(str(stream), int(seq), str(hash_)) for stream, seq, hash_ in rows]


def club_of(core: Core, step: str = "supervise") -> str:
    row = core.store.row("SELECT stream FROM event WHERE step = ?", (step,))
    assert row is not None
    return str(row[0]).removeprefix("club:")


def rewrite(core: Core, stream: str, seq: int, change: Callable[[dict[str, Any]], None]) -> None:
    """Change an event and hash it and all after it anew, as somebody would who knows the format.

    The club's row is adapted as well, so that the chain is whole again.
    """
    prev = GENESIS
    for number, body in core.store.rows(
        "SELECT seq, body FROM event WHERE stream = ? ORDER BY seq", (stream,)
    ):
        found = json.loads(body)
        if number == seq:
            change(found)
        found["prev"] = prev
        text = dumps(found)
        prev = digest(text)
        core.store.run(
            "UPDATE event SET body = ?, hash = ?, on_date = ? WHERE stream = ? AND seq = ?",
            (text, prev, found["on"], stream, number),
        )
    core.store.run("UPDATE club SET head = ? WHERE 'club:' || id = ?", (prev, stream))
    core.store.run("UPDATE stream SET head = ? WHERE id = ?", (prev, stream))


def forget(core: Core, club: str) -> None:
    """Delete a club from every table."""
    core.store.run("DELETE FROM event WHERE stream = ?", (f"club:{club}",))
    for table in ("member", "personal", "person", "board", "task", "ledger", "training"):
        core.store.run(f"DELETE FROM {table} WHERE club = ?", (club,))
    for table in ("supervision", "review", "meeting"):
        core.store.run(f"DELETE FROM {table} WHERE club = ?", (club,))
    core.store.run("DELETE FROM club WHERE id = ?", (club,))


def double_grant(core: Core, club: str) -> int:
    """Make the club's grant a larger one, everywhere; return the event's number."""
    row = core.store.row("SELECT seq FROM ledger WHERE club = ?", (club,))
    assert row is not None

    def change(body: dict[str, Any]) -> None:
        body["form"]["amount"] *= 2
        for entry in body["effects"]["ledger"]:
            entry["amount"] *= 2
            entry["delta"] *= 2

    core.store.run("UPDATE ledger SET amount = amount * 2, delta = delta * 2")
    rewrite(core, f"club:{club}", row[0], change)
    return int(row[0])


def faults(core: Core) -> list[tuple[str, int, str]]:
    return [(one.stream, one.seq, one.reason) for one in upkeep.check(core.store).faults]


def test_a_seal_is_the_root_of_every_event_in_the_order_of_streams(core: Core) -> None:
    events = everything(core)
    made = sealed(core)
    assert made.events == made.seal.size == len(events)
    leaves = [merkle.leaf(bytes.fromhex(hash_)) for _stream, _seq, hash_ in events]
    assert made.seal.root == merkle.root(leaves).hex()
    assert seals.leaves(core.store, PROVINCE, made.seal.size) == events


def test_a_seal_is_an_event_of_its_own_stream_and_a_leaf_of_the_next(core: Core) -> None:
    first = sealed(core)
    core.take(club_of(core), "meeting", core.clock.day)
    second = sealed(core)
    assert second.seal.size == first.seal.size + 2
    new = seals.leaves(core.store, PROVINCE, second.seal.size)[first.seal.size :]
    assert [stream for stream, _seq, _hash in new] == [
        f"club:{club_of(core)}",
        f"seal:{PROVINCE}",
    ]
    assert [one.step for one in log.read(core.store, f"seal:{PROVINCE}")] == ["seal", "seal"]
    assert second.seal.origin == first.seal.origin
    assert faults(core) == []


def test_nothing_new_makes_no_new_seal(core: Core) -> None:
    first = sealed(core)
    before = everything(core)
    assert sealed(core) == Sealed(first.seal, 0)
    assert everything(core) == before


def test_a_province_without_events_has_no_seal(core: Core) -> None:
    assert seal(core.registry, "ha_noi", None) is None


@pytest.mark.parametrize(
    ("officer", "recorded"),
    [
        (TOWN, (TOWN, "province")),
        (ADMIN, (ADMIN, "admin")),
        (ASSOCIATION, (ASSOCIATION, "association")),
        (None, ("", None)),
        ("somebody", ("", None)),
    ],
)
def test_who_sealed_is_the_officer_or_else_the_program(
    core: Core, officer: str | None, recorded: tuple[str, str | None]
) -> None:
    sealed(core, officer)
    (event,) = log.read(core.store, f"seal:{PROVINCE}")
    assert (event.officer, event.role) == recorded
    assert faults(core) == []


def test_a_long_log_is_sealed_piece_by_piece(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    events = everything(core)
    monkeypatch.setattr(sealing, "MOST_LEAVES", 5)
    made = sealed(core)
    pieces = -(-len(events) // 5)
    assert pieces > 2
    assert [one.step for one in log.read(core.store, f"seal:{PROVINCE}")] == ["seal"] * pieces
    assert made.seal.size == made.events
    assert {place[:2] for place in seals.leaves(core.store, PROVINCE, 999)} >= {
        place[:2] for place in events
    }
    assert faults(core) == []


def test_the_tables_of_seals_are_computed_anew_from_the_log(core: Core) -> None:
    made = sealed(core)
    core.store.run("DELETE FROM sealed")
    core.store.run("UPDATE seal SET size = 1")
    assert {one[0] for one in faults(core)} == {"seal", "sealed"}
    verify.rebuild(core.store)
    assert seals.last(core.store, PROVINCE) == made.seal
    assert faults(core) == []


def test_a_changed_body_is_not_sealed(core: Core) -> None:
    club = club_of(core)
    sql = "UPDATE event SET body = replace(body, ?, ?) WHERE stream = ? AND seq = 2"
    core.store.run(sql, ('"seq":2', '"seq":9', f"club:{club}"))
    with pytest.raises(StorageError) as caught:
        sealed(core)
    assert caught.value.code == "CLB-LOG-DAMAGED"
    assert f"club:{club}" in caught.value.message
    assert seals.last(core.store, PROVINCE) is None


def test_a_missing_event_is_not_passed_over(core: Core) -> None:
    core.store.run("DELETE FROM event WHERE stream = ? AND seq = 2", (f"club:{club_of(core)}",))
    with pytest.raises(StorageError) as caught:
        sealed(core)
    assert caught.value.code == "CLB-LOG-DAMAGED"


def test_a_tree_that_is_not_the_last_seals_is_not_grown(core: Core) -> None:
    sealed(core)
    core.take(club_of(core), "meeting", core.clock.day)
    for damage in (
        "UPDATE seal SET frontier = replace(frontier, 'a', 'b')",
        "DELETE FROM seal",
        "DELETE FROM sealed",
        "UPDATE sealed SET seq = seq - 1",
    ):
        core.store.run(damage)
        with pytest.raises(StorageError) as caught:
            sealed(core)
        assert caught.value.code == "CLB-SEAL-TABLES"
        verify.rebuild(core.store)
    assert sealed(core).events > 0
    assert faults(core) == []


def test_an_amount_changed_and_hashed_anew_is_named_by_its_leaf(core: Core) -> None:
    """All was green before there were seals, once an ordinary step had been taken after it."""
    club = club_of(core)
    core.take(club, "fund", core.clock.day, GRANT)
    first = sealed(core)
    core.take(club, "meeting", core.clock.day)
    noted = sealed(core)
    seq = double_grant(core, club)
    core.take(club, "meeting", core.clock.day)
    assert chain_faults(core.store) == []
    assert table_faults(core.store) == []
    (found,) = faults(core)
    places = [place[:2] for place in seals.leaves(core.store, PROVINCE, noted.seal.size)]
    leaf = places.index((f"club:{club}", seq))
    assert found[:2] == (f"club:{club}", seq)
    assert f"(leaf {leaf} of the seal {first.seal.line})" in found[2]


def test_the_last_seal_that_fits_is_named(core: Core) -> None:
    first = sealed(core)
    club = club_of(core)
    core.take(club, "fund", core.clock.day, GRANT)
    second = sealed(core)
    seq = double_grant(core, club)
    (found,) = faults(core)
    assert found[:2] == (f"club:{club}", seq)
    assert found[2].endswith(f"the last seal that fits is {first.seal.line}")
    held = seals.held(core.store, parse(second.seal.line))
    assert held.fault is not None
    assert (held.fault.stream, held.fault.seq, held.last) == (f"club:{club}", seq, first.seal)
    assert seals.held(core.store, parse(first.seal.line)).fault is None


def test_a_club_deleted_everywhere_is_missed(core: Core) -> None:
    made = sealed(core)
    club = club_of(core)
    forget(core, club)
    assert chain_faults(core.store) == []
    assert ((f"club:{club}", 1), True) in [
        ((stream, seq), "gone" in reason) for stream, seq, reason in faults(core)
    ]
    held = seals.held(core.store, parse(made.seal.line))
    assert held.fault is not None
    assert (held.fault.stream, held.fault.seq) == (f"club:{club}", 1)


def test_a_stream_cut_and_rebuilt_is_missed(core: Core) -> None:
    sealed(core)
    club = club_of(core)
    core.store.run("DELETE FROM event WHERE stream = ? AND seq > 3", (f"club:{club}",))
    upkeep.rebuild(core.store, accept_end=True)
    assert chain_faults(core.store) == []
    assert [one[:2] for one in faults(core)] == [(f"club:{club}", 4)]


def test_a_log_sealed_anew_after_a_forgery_fits_no_line_noted_before(core: Core) -> None:
    club = club_of(core)
    core.take(club, "fund", core.clock.day, GRANT)
    noted = sealed(core).seal.line
    core.store.run("DELETE FROM event WHERE stream = ?", (f"seal:{PROVINCE}",))
    core.store.run("DELETE FROM stream WHERE id = ?", (f"seal:{PROVINCE}",))
    for table in ("seal", "sealed"):
        core.store.run(f"DELETE FROM {table}")
    double_grant(core, club)
    again = sealed(core)
    assert again.seal.line.split(" · ")[0] == noted.split(" · ")[0]
    assert faults(core) == []
    held = seals.held(core.store, parse(noted))
    assert held.fault is not None
    assert again.seal.line in held.fault.reason


def test_seals_that_were_taken_away_are_missed(core: Core) -> None:
    first = sealed(core)
    core.take(club_of(core), "meeting", core.clock.day)
    second = sealed(core)
    core.store.run("DELETE FROM event WHERE stream = ? AND seq = 2", (f"seal:{PROVINCE}",))
    upkeep.rebuild(core.store, accept_end=True)
    assert faults(core) == []
    held = seals.held(core.store, parse(second.seal.line))
    assert held.fault is not None
    assert (held.fault.kind, held.last) == ("seal", first.seal)
    assert str(first.seal.size) in held.fault.reason


def test_a_seal_of_another_log_is_none_of_this_one(core: Core) -> None:
    made = sealed(core)
    for text in ("XX 3 · 0000 0000 0000 0000", made.seal.checkpoint.replace("clb-", "tlc-")):
        held = seals.held(core.store, parse(text))
        assert held.fault is not None
    assert seals.held(core.store, parse(made.seal.checkpoint)).fault is None


@pytest.mark.parametrize("key", ["size", "root", "streams", "leaves", "frontier", "origin"])
@pytest.mark.parametrize("value", [None, 7, "", "zz", [["club:x", 1, 99_999_999_999]], [[1]]])
def test_a_damaged_seal_is_named_and_never_a_traceback(core: Core, key: str, value: Any) -> None:
    sealed(core)

    def change(body: dict[str, Any]) -> None:
        body["effects"]["records"][0][key] = value

    rewrite(core, f"seal:{PROVINCE}", 1, change)
    named = [one.stream for one in seals.faults(core.store)]
    if key != "origin":
        assert named == [f"seal:{PROVINCE}"]


def test_an_event_hidden_while_the_seal_was_made_is_shown_by_its_line(core: Core) -> None:
    """The tables had it that the club ends earlier, so the seal left its last event out."""
    sealed(core)
    first = club_of(core)
    add_officer(core.registry, "moi", Role.PROVINCE, None)
    core.take(first, "meeting", core.clock.day)
    (hidden,) = core.store.rows("SELECT seq FROM club WHERE id = ?", (first,))
    core.store.run("UPDATE club SET seq = seq - 1 WHERE id = ?", (first,))
    core.clock.day += timedelta(days=3)
    noted = parse(sealed(core).seal.line)
    core.store.run("UPDATE club SET seq = seq + 1 WHERE id = ?", (first,))
    held = seals.held(core.store, noted)
    assert (held.fault, held.left_out is not None) == (None, True)
    assert held.left_out is not None
    assert (held.left_out.count, held.left_out.stream, held.left_out.seq) == (
        1,
        f"club:{first}",
        hidden[0],
    )


def test_a_seal_that_has_everything_leaves_nothing_out(core: Core) -> None:
    early = parse(sealed(core).seal.line)
    core.clock.day += timedelta(days=3)
    core.take(club_of(core), "meeting", core.clock.day)
    for noted in (early, parse(sealed(core).seal.line)):
        assert seals.held(core.store, noted).left_out is None


def of_another_log(row: dict[str, Any]) -> None:
    row["origin"] = "clb-lien-the-he/other/AAAAAAAA"


@pytest.mark.parametrize(
    ("key", "value"),
    [("prefix", "BN 255 · 272a"), ("prefix", "\ud800"), ("origin", "a\n9"), ("leaves", " ")],
)
def test_what_a_seal_would_print_is_no_more_than_a_name(core: Core, key: str, value: str) -> None:
    made = sealed(core)
    (row,) = core.store.rows("SELECT body FROM event WHERE step = 'seal'")
    body = json.loads(row[0])
    body["effects"]["records"][0][key] = value
    core.store.run("UPDATE event SET body = ? WHERE step = 'seal'", (json.dumps(body),))
    assert [one.reason.partition(";")[0] for one in seals.faults(core.store)] == [
        "the seal cannot be read"
    ]
    assert seals.held(core.store, parse(made.seal.line)).fault is not None


def test_a_seal_deeper_than_any_is_named(core: Core) -> None:
    sealed(core)
    deep = '{"effects":{"records":' + "[" * 100_000 + "]" * 100_000 + "}}"
    core.store.run("UPDATE event SET body = ? WHERE step = 'seal'", (deep,))
    assert [one.seq for one in seals.faults(core.store)] == [1]


def test_a_last_seal_of_another_log_is_named(core: Core) -> None:
    """The last seal is in no later one, so its own event can be forged."""
    sealed(core)
    core.take(club_of(core), "meeting", core.clock.day)
    sealed(core)
    rewrite(core, f"seal:{PROVINCE}", 2, lambda body: of_another_log(body["effects"]["records"][0]))
    (fault,) = seals.faults(core.store)
    assert (fault.stream, fault.seq) == (f"seal:{PROVINCE}", 2)
    assert fault.reason.startswith("the seal is of another log than the first")


def test_a_second_seal_of_the_same_size_is_named(core: Core) -> None:
    """Its root is right; but the program seals only where there is something new."""
    sealed(core)
    (row,) = core.store.rows("SELECT body FROM event WHERE step = 'seal'")
    body = json.loads(row[0]) | {"seq": 2, "prev": digest(row[0])}
    body["effects"]["records"][0].update(streams=[], leaves="")
    text = dumps(body)
    core.store.run(
        "INSERT INTO event (stream, seq, province, step, on_date, recorded_at, officer, body, hash)"
        " VALUES (?, 2, ?, 'seal', ?, ?, '', ?, ?)",
        (body["stream"], PROVINCE, body["on"], body["recorded_at"], text, digest(text)),
    )
    (fault,) = seals.faults(core.store)
    assert (fault.stream, fault.seq) == (f"seal:{PROVINCE}", 2)
    assert fault.reason.startswith("the seal took nothing in")


def test_an_invented_province_with_the_same_prefix_is_not_blamed_on_the_noted_line(
    core: Core,
) -> None:
    noted = parse(sealed(core).seal.line)
    (row,) = core.store.rows("SELECT body FROM event WHERE step = 'seal'")
    body = json.loads(row[0])
    body["stream"] = "seal:aaa"
    body["effects"]["records"][0]["size"] = 1
    text = dumps(body)
    core.store.run(
        "INSERT INTO event (stream, seq, province, step, on_date, recorded_at, officer, body, hash)"
        " VALUES ('seal:aaa', 1, 'aaa', 'seal', ?, ?, '', ?, ?)",
        (body["on"], body["recorded_at"], text, digest(text)),
    )
    assert seals.sealed_provinces(core.store)[0] == "aaa"
    assert seals.held(core.store, noted).fault is None


def test_a_leaf_taken_in_twice_or_out_of_order_is_named(core: Core) -> None:
    sealed(core)

    def change(body: dict[str, Any]) -> None:
        row = body["effects"]["records"][0]
        at = next(at for at, one in enumerate(row["streams"]) if one[2] > 1)
        stream, _first, last = row["streams"][at]
        row["streams"][at : at + 1] = [[stream, last, last], [stream, 1, last - 1]]
        low = 64 * sum(one[2] for one in row["streams"][:at])
        high, leaves = low + 64 * last, row["leaves"]
        row["leaves"] = leaves[:low] + leaves[high - 64 : high] + leaves[low : high - 64]
        row["leaves"] += leaves[high:]
        tree = merkle.Frontier()
        for at in range(0, len(row["leaves"]), 64):
            tree.append(merkle.leaf(bytes.fromhex(row["leaves"][at : at + 64])))
        row["root"] = tree.root().hex()
        row["frontier"] = " ".join(one.hex() for one in tree.nodes)

    rewrite(core, f"seal:{PROVINCE}", 1, change)
    (found, *_rest) = seals.faults(core.store)
    assert "wrong place" in found.reason


def test_what_was_taken_again_under_a_seal_is_not_there_word_for_word(core: Core) -> None:
    """Somebody keeps the old events with the seals, as settling two databases does."""
    noted = parse(sealed(core).seal.line)
    assert seals.held(core.store, noted).superseded is None
    club = club_of(core)
    with core.store.write():
        forger = Forger(core.store, (club,), PROVINCE)
        bodies = forger.bodies()
        bodies[1]["on"] = "2021-08-03"
        keep_as_superseded(forger, 2, bodies)
    held = seals.held(core.store, noted)
    assert (held.fault, held.superseded) == (
        None,
        TakenAgain(len(bodies) - 1, f"club:{club}", 2),
    )
