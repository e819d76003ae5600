"""Seals from the command line: made, noted outside, checked later, and proofs for others."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.core import ASSOCIATION
from support.keeper import Keeper
from support.proofs import PUBLISHED, SCRIPT

from engine.store.canonical import GENESIS, digest, dumps


def seal(keeper: Keeper) -> str:
    (row,) = keeper.json("audit-seal", "audit", "seal")
    return str(row["line"])


def held(keeper: Keeper, noted: str | Path, code: int = 0) -> Any:
    return keeper.json("audit-verify", "audit", "verify", "--seal", noted, code=code)


def meet(keeper: Keeper, club: str) -> None:
    form = ["--set", "attendance=12", "--set", 'activities=["health_care"]']
    done = keeper.run("advance", club, "meeting", "--as", ASSOCIATION, "--on", "2023-06-20", *form)
    assert done.code == 0, done.err


def forge(keeper: Keeper, stream: str, seq: int, change: Callable[[dict[str, Any]], None]) -> None:
    """Change an event, and hash it and what follows anew."""
    prev = GENESIS
    sql = "SELECT seq, body FROM event WHERE stream = ? ORDER BY seq"
    for number, text in keeper.sql(sql, stream):
        body = json.loads(text)
        if number == seq:
            change(body)
        body["prev"] = prev
        changed = dumps(body)
        prev = digest(changed)
        place = (changed, prev, stream, number)
        keeper.sql("UPDATE event SET body = ?, hash = ? WHERE stream = ? AND seq = ?", *place)
    keeper.sql("UPDATE club SET head = ? WHERE 'club:' || id = ?", prev, stream)


def more_money(body: dict[str, Any]) -> None:
    body["form"]["amount"] += 1_000_000
    body["effects"]["ledger"][0]["amount"] += 1_000_000
    body["effects"]["ledger"][0]["delta"] += 1_000_000


def grant(keeper: Keeper, club: str) -> int:
    return int(keeper.sql("SELECT min(seq) FROM ledger WHERE club = ?", club)[0][0])


def checked(*args: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run the script of the documentation in an interpreter that finds nothing of ours."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, args)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def test_a_seal_is_one_line_and_is_not_made_twice(keeper: Keeper) -> None:
    keeper.lived()
    first = keeper.run("audit", "seal")
    assert first.code == 0
    assert first.out.startswith("BN ")
    events = keeper.sql("SELECT count(*) FROM event")
    assert keeper.run("audit", "seal").out.splitlines()[0] == first.out.splitlines()[0]
    assert keeper.sql("SELECT count(*) FROM event") == events


def test_nothing_recorded_is_nothing_to_seal(keeper: Keeper) -> None:
    keeper.run("db", "init")
    assert keeper.error("audit", "seal", code=2)["code"] == "CLB-SEAL-NONE"


def test_an_unknown_officer_seals_nothing(keeper: Keeper) -> None:
    keeper.lived()
    assert keeper.error("audit", "seal", "--as", "nobody", code=2)["code"] == "CLB-OFFICER-UNKNOWN"
    assert keeper.sql("SELECT count(*) FROM seal") == [(1,)]


def test_a_noted_line_is_held_against_the_log_however_it_is_typed(keeper: Keeper) -> None:
    club = keeper.lived()
    line = seal(keeper)
    meet(keeper, club)
    seal(keeper)
    for typed in (line, line.replace(" · ", " "), line.lower(), f"  {line.replace(' ', '  ')} "):
        (row,) = held(keeper, typed)["seals"]
        assert (row["line"], row["ok"], row["last_that_fits"]) == (line, True, line)
    assert "word for word" in keeper.run("audit", "verify", "--seal", line).out


@pytest.mark.parametrize(
    "typed",
    ["", "BN", "BN 12", "BN 12 · 3f9a 77c2 01de", "BN 12 · 3f9a 77c2 01de 88zz"],
)
def test_what_is_no_seal_is_refused_with_an_example(keeper: Keeper, typed: str) -> None:
    keeper.lived()
    error = keeper.error("audit", "verify", "--seal", typed, code=2)
    assert error["code"] == "CLB-SEAL-TEXT"
    assert "3f9a 77c2" in error["help"]


def test_a_file_that_is_not_there_is_no_misspelt_seal(keeper: Keeper) -> None:
    keeper.lived()
    for typed in (keeper.folder, keeper.folder / "r.docx"):
        assert keeper.error("audit", "verify", "--seal", typed, code=2)["code"] == "CLB-FILE"


def test_an_old_amount_changed_is_found_after_the_next_step(keeper: Keeper) -> None:
    club = keeper.lived()
    line = seal(keeper)
    seq = grant(keeper, club)
    forge(keeper, f"club:{club}", seq, more_money)
    keeper.sql("UPDATE ledger SET amount = amount + 1000000, delta = delta + 1000000")
    meet(keeper, club)
    answer = keeper.json("audit-verify", "audit", "verify", code=5)
    assert (answer["stream"], answer["seq"]) == (f"club:{club}", seq)
    assert line in answer["reason"]
    (row,) = held(keeper, line, code=5)["seals"]
    assert (row["ok"], row["stream"], row["seq"]) == (False, f"club:{club}", seq)
    shown = keeper.run("audit", "verify", "--seal", line)
    assert shown.code == 5
    assert f"✗ What {line} covers" in shown.out


def test_the_changed_number_in_a_line_is_not_held(keeper: Keeper) -> None:
    keeper.lived()
    line = seal(keeper)
    other = line[:-1] + ("0" if line[-1] != "0" else "1")
    assert held(keeper, other, code=5)["seals"][0]["ok"] is False
    prefix = held(keeper, line.replace("BN", "HP"), code=5)
    assert prefix["seals"][0]["stream"] == "seal:HP"


def test_a_checkpoint_is_a_file_that_is_held_against_the_log(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "mốc.txt"
    keeper.run("audit", "seal", "--out", file)
    origin, size, root, rest = file.read_text().split("\n")
    assert origin.startswith("clb-lien-the-he/bac_ninh/")
    assert (len(root), rest) == (44, "")
    (row,) = held(keeper, file)["seals"]
    assert (row["ok"], row["size"]) == (True, int(size))


def test_a_file_without_a_seal_is_refused(keeper: Keeper) -> None:
    keeper.lived()
    for name, data in (
        ("a.html", b"<p>x</p>"),
        ("b.docx", b"PK\x03\x04"),
        ("c", b""),
        ("d", b"\xff"),
    ):
        file = keeper.folder / name
        file.write_bytes(data)
        error = keeper.error("audit", "verify", "--seal", file, code=2)
        assert error["code"] in ("CLB-SEAL-FILE", "CLB-FILE")


@pytest.mark.parametrize("name", ["p.json", "p.txt"])
def test_a_proof_is_checked_by_the_script_alone(keeper: Keeper, name: str) -> None:
    club = keeper.lived()
    line = seal(keeper)
    file = keeper.folder / name
    answer = keeper.json("audit-proof", "audit", "proof", club, "3", "--out", file)
    assert answer["seal"] == line
    done = checked(file, line)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"event 3 of club:{club} is leaf {answer['leaf']}" in done.stdout
    assert "compare it with a seal noted elsewhere" in checked(file).stdout
    other = checked(file, line[:-1] + ("0" if line[-1] != "0" else "1"))
    assert (other.returncode, "not about the seal" in other.stderr) == (1, True)


def test_every_event_of_a_log_has_its_proof_against_every_seal(keeper: Keeper) -> None:
    club = keeper.lived()
    first = seal(keeper)
    meet(keeper, club)
    meet(keeper, club)
    second = seal(keeper)
    check = PUBLISHED.check
    last = keeper.sql("SELECT max(seq) FROM event WHERE stream = ?", f"club:{club}")[0][0]
    for seq in range(1, last + 1):
        for line in (first, second):
            found = keeper.json("audit-proof", "audit", "proof", club, str(seq), "--seal", line)
            assert (found["noted"] is not None) == (line == first and seq > last - 2)
            assert "fits the seal" in check(json.dumps(found), line)


@pytest.mark.parametrize(
    "path", [("leaf",), ("event", "body"), ("inclusion", 0), ("tree", "root"), ("noted", "root")]
)
def test_a_changed_proof_proves_nothing(keeper: Keeper, path: tuple[str | int, ...]) -> None:
    club = keeper.lived()
    first = seal(keeper)
    meet(keeper, club)
    seal(keeper)
    last = keeper.sql("SELECT max(seq) FROM event WHERE stream = ?", f"club:{club}")[0][0]
    found = keeper.json("audit-proof", "audit", "proof", club, str(last), "--seal", first)
    check = PUBLISHED.check
    assert check(json.dumps(found), first)
    inside: Any = found
    for key in path[:-1]:
        inside = inside[key]
    old = inside[path[-1]]
    inside[path[-1]] = old + 1 if isinstance(old, int) else old.translate({ord("1"): "2"})
    assert inside[path[-1]] != old
    with pytest.raises(ValueError, match=r"not|short|long"):
        check(json.dumps(found), first)


def test_events_older_than_a_seal_that_it_does_not_cover_are_shown(keeper: Keeper) -> None:
    """No fault, since a clock may have been wrong."""
    keeper.lived()
    line = seal(keeper)
    assert held(keeper, line)["seals"][0]["left_out"] is None
    (row,) = keeper.sql("SELECT max(seq) FROM event WHERE stream LIKE 'province:%'")
    keeper.sql("UPDATE event SET recorded_at = '2099-01-01T00:00:00Z' WHERE stream LIKE 'seal:%'")
    copied = "province, step, from_state, to_state, on_date, recorded_at, officer, body, hash"
    keeper.sql(
        f"INSERT INTO event (stream, seq, {copied}) SELECT stream, seq + 1, {copied} FROM event "
        "WHERE stream LIKE 'province:%' AND seq = ?",
        *row,
    )
    (found,) = held(keeper, line, code=5)["seals"]
    assert (found["ok"], found["left_out"]["count"], found["left_out"]["seq"]) == (
        True,
        1,
        row[0] + 1,
    )
    shown = keeper.run("audit", "verify", "--seal", line).out
    assert "Not covered, though recorded more than a day before by their own time: 1." in shown


def test_a_line_typed_in_part_proves_nothing(keeper: Keeper) -> None:
    """Every root begins with nothing."""
    club = keeper.lived()
    line = seal(keeper)
    found = keeper.json("audit-proof", "audit", "proof", club, "1")
    check = PUBLISHED.check
    assert check(json.dumps(found), line)
    for part in (" ".join(line.split()[:2]), line[:-1], line[:-5]):
        with pytest.raises(ValueError, match="not a whole seal"):
            check(json.dumps(found), part)


def test_what_is_not_sealed_has_no_proof(keeper: Keeper) -> None:
    club = keeper.lived()
    line = seal(keeper)
    meet(keeper, club)
    last = keeper.sql("SELECT max(seq) FROM event WHERE stream = ?", f"club:{club}")[0][0]
    for seq in (last, last + 1, 0):
        assert keeper.error("audit", "proof", club, str(seq), code=2)["code"] == "CLB-SEAL-NONE"
    other = line.replace("BN", "HP")
    error = keeper.error("audit", "proof", club, "1", "--seal", other, code=2)
    assert error["code"] == "CLB-SEAL-OTHER"


def test_a_damaged_log_proves_nothing(keeper: Keeper) -> None:
    club = keeper.lived()
    seal(keeper)
    forge(keeper, f"club:{club}", grant(keeper, club), more_money)
    seq = str(grant(keeper, club))
    assert keeper.error("audit", "proof", club, seq, code=5)["code"] == "CLB-LOG-DAMAGED"


def test_the_seals_of_a_province_are_shown_as_its_other_events(keeper: Keeper) -> None:
    keeper.lived()
    shown = keeper.run("audit", "show", "seal:bac_ninh")
    assert "seal the log (by the program)" in shown.out
    (line,) = keeper.sql("SELECT size FROM seal")
    assert f"BN {line[0]} · " in shown.out
    (event,) = keeper.json("audit-show", "audit", "show", "seal:bac_ninh")
    assert (event["officer"], event["role"]) == ("", None)


def test_a_line_typed_wrong_is_not_called_a_changed_log(keeper: Keeper) -> None:
    keeper.lived()
    line = seal(keeper)
    other = line[:-1] + ("0" if line[-1] != "0" else "1")
    shown = keeper.run("audit", "verify", "--seal", other)
    assert shown.code == 5
    assert f"✗ {other} does not fit this log." in shown.out
    assert "not typed as it is printed" in shown.out
    assert "changed outside" not in shown.out
