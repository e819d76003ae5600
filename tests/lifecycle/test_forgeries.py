"""What a forger writes with another tool, and chains again so that every hash fits, is named.

Each forgery changes one event, hashes its stream anew and computes the tables from it, so that the
plain chain and every table are green. What no policy is needed for is found by judging the log
again.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from support.busy import live
from support.core import ADMIN, ASSOCIATION, COMMITTEE, PROVINCE, PROVINCES, TOWN, make_core

from engine.errors import StorageError
from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.lifecycle.sealing import seal_all
from engine.store import verify
from engine.store.canonical import digest, dumps
from engine.store.fault import Fault

pytestmark = pytest.mark.usefixtures("english")

Body = dict[str, Any]
Change = Callable[[Body], None]
HEADS = {
    "club": "UPDATE club SET seq = ?, head = ? WHERE 'club:' || id = ?",
    "province": "UPDATE stream SET seq = ?, head = ? WHERE id = ?",
    "seal": "UPDATE stream SET seq = ?, head = ? WHERE id = ?",
}
COLUMNS = ("step", "from", "to", "on", "recorded_at", "officer")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A log without seals in which everything happened, and its busiest club."""
    path = tmp_path_factory.mktemp("forged") / "lived.sqlite3"
    core = make_core(str(path))
    club = live(core)
    core.store.close()
    with closing(sqlite3.connect(path)) as tool, tool:
        # Seals would find all of these; they are another test's.
        tool.execute("DELETE FROM event WHERE stream GLOB 'seal:*'")
        tool.execute("DELETE FROM stream WHERE id GLOB 'seal:*'")
        tool.execute("DELETE FROM seal")
        tool.execute("DELETE FROM sealed")
    return path, f"club:{club}"


class Forger:
    """Changes a log by hand and chains it again."""

    def __init__(self, path: Path, club: str) -> None:
        self.path, self.club = path, club

    def bodies(self, stream: str) -> list[Body]:
        with closing(sqlite3.connect(self.path)) as tool:
            sql = "SELECT body FROM event WHERE stream = ? ORDER BY seq"
            return [json.loads(body) for (body,) in tool.execute(sql, (stream,))]

    def seal(self, stream: str, bodies: list[Body], spell: Callable[[Body], str] = dumps) -> None:
        """Write a stream anew, numbered and hashed from the first event on."""
        prev = ""
        with closing(sqlite3.connect(self.path)) as tool, tool:
            tool.execute("DELETE FROM event WHERE stream = ?", (stream,))
            for seq, body in enumerate(bodies, 1):
                body.update(stream=stream, seq=seq, prev=prev)
                text = spell(body)
                prev = digest(text)
                copied = [body[name] for name in COLUMNS]
                tool.execute(
                    "INSERT INTO event (stream, seq, province, step, from_state, to_state, "
                    "on_date, recorded_at, officer, body, hash) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (stream, seq, PROVINCE, *copied, text, prev),
                )
            tool.execute(HEADS[stream.partition(":")[0]], (len(bodies), prev, stream))

    def change(self, step: str, change: Change, stream: str | None = None) -> int:
        """Change the first event of a step; return its number."""
        bodies = self.bodies(stream or self.club)
        forged = next(body for body in bodies if body["step"] == step)
        change(forged)
        self.seal(stream or self.club, bodies)
        return int(forged["seq"])

    def found(self) -> list[Fault]:
        """Compute the tables from the forged log, and return what is found then."""
        registry = open_registry(str(self.path))
        try:
            assert list(verify.chain_faults(registry.store)) == []
            verify.rebuild(registry.store)
            assert list(verify.table_faults(registry.store)) == []
            return list(upkeep.verify_log(registry.store).faults)
        finally:
            registry.store.close()


@pytest.fixture
def forger(lived: tuple[Path, str], tmp_path: Path) -> Forger:
    path = tmp_path / "forged.sqlite3"
    path.write_bytes(lived[0].read_bytes())
    return Forger(path, lived[1])


def test_an_honest_log_is_judged_right(forger: Forger) -> None:
    assert forger.found() == []


def put(path: str, value: Any) -> Change:
    """Return a change of one field of a body, by dotted path; numbers are places in lists."""

    def change(body: Body) -> None:
        *parents, last = path.split(".")
        here: Any = body
        for name in parents:
            here = here[int(name)] if isinstance(here, list) else here[name]
        here[last] = value

    return change


def both(*changes: Change) -> Change:
    def change(body: Body) -> None:
        for one in changes:
            one(body)

    return change


NOT_ITS_FORM = "its effects ({}) are not what its form says"
FORGERIES: dict[str, tuple[str, Change, str]] = {
    "states do not join": ("approve", put("from", "returned"), "it starts from"),
    "another state is reached": ("launch", put("to", "operating"), "does not lead"),
    "an illegal role": ("approve", put("role", "association"), "is not for"),
    "a role nobody gave the officer": ("launch", put("role", "committee"), "was not in office as"),
    "an unknown officer": ("meeting", put("officer", "ma"), "ma was never in office"),
    "the proposer approves": (
        "approve",
        put("officer", ASSOCIATION),
        f"{ASSOCIATION} was not in office as",
    ),
    "time runs backwards": (
        "train",
        put("recorded_at", "2020-01-01T00:00:00Z"),
        "before the event",
    ),
    "a moment to come": ("export", put("recorded_at", "2999-01-01T00:00:00Z"), "still to come"),
    "no moment at all": ("export", put("recorded_at", "2999-1-1"), "at no moment"),
    "an invented step": ("meeting", put("step", "celebrate"), "there is no step “celebrate”"),
    "the amount": ("fund", put("effects.ledger.0.amount", 900), NOT_ITS_FORM.format("ledger")),
    "what the fund gains": (
        "fund",
        put("effects.ledger.0.delta", 1),
        NOT_ITS_FORM.format("ledger"),
    ),
    "the source of money": (
        "fund",
        put("effects.ledger.0.source", "donor"),
        NOT_ITS_FORM.format("ledger"),
    ),
    "no money at all": ("fund", put("effects", {}), NOT_ITS_FORM.format("ledger")),
    "the day of the form": ("launch", put("form.date", "2021-10-02"), "the day of its form"),
    "a day in the effects": (
        "launch",
        put("effects.fields.launched_on", "2021-01-01"),
        NOT_ITS_FORM.format("fields"),
    ),
    "a field that the step does not set": (
        "meeting",
        put("effects.fields", {"name": "CLB khác"}),
        NOT_ITS_FORM.format("fields"),
    ),
    "the conclusion": (
        "supervise",
        put("form.conclusion", "consolidate"),
        "does not lead",
    ),
    "the conclusion in the effects": (
        "supervise",
        put("effects.records.0.conclusion", "consolidate"),
        NOT_ITS_FORM.format("records"),
    ),
    "how many members were seen": (
        "supervise",
        put("effects.records.0.members", 500),
        NOT_ITS_FORM.format("records"),
    ),
    "members by way of a meeting": (
        "meeting",
        put("effects.roster", [{"op": "leave", "member": "M00000000"}]),
        NOT_ITS_FORM.format("member list"),
    ),
    "a correction's figure": (
        "correct",
        put("effects.amended.0.document", "UNC 99"),
        NOT_ITS_FORM.format("amended entries"),
    ),
    "a correction by another role": (
        "correct",
        both(put("role", "committee"), put("officer", COMMITTEE)),
        "who alone can",
    ),
    "what an annulment restores": (
        "annul",
        put("effects.fields.state_on", "2021-01-01"),
        NOT_ITS_FORM.format("fields"),
    ),
    "an annulment of something else": ("annul", put("form.seq", 3), "does not lead"),
    "a day before the step before": (
        "suspend",
        both(put("on", "2021-01-01"), put("form.decision.date", "2021-01-01")),
        "is before the club's last step",
    ),
    "a day to come": (
        "rename",
        both(put("on", "2999-01-01"), put("form.date", "2999-01-01")),
        "before it happened",
    ),
    "a choice that no form offers": (
        "fund",
        both(put("form.source", "moon"), put("effects.ledger.0.source", "moon")),
        "what this step never takes: source",
    ),
    "an amount that is none": (
        "fund",
        both(
            put("form.amount", True),
            put("effects.ledger.0.amount", True),
            put("effects.ledger.0.delta", 1),
        ),
        "what this step never takes: amount",
    ),
    "an amount below zero": (
        "fund",
        both(
            put("form.amount", -5),
            put("effects.ledger.0.amount", -5),
            put("effects.ledger.0.delta", -5),
        ),
        "what this step never takes: amount",
    ),
    "no document of the money": (
        "fund",
        both(put("form.document", ""), put("effects.ledger.0.document", "")),
        "what this step never takes: document",
    ),
    "a field that no form has": ("meeting", put("form.secret", 1), "no form of this step has"),
    "a sex there is not": (
        "roster",
        put("effects.roster.0.sex", "X"),
        "its member list holds what none does: sex",
    ),
    "a year of birth that is none": (
        "roster",
        put("effects.roster.0.born", "50"),
        "its member list holds what none does: born",
    ),
    "a month of birth that is none": (
        "roster",
        put("effects.roster.0.born", "1950-13"),
        "its member list holds what none does: born",
    ),
    "a member born after the list": (
        "roster",
        put("effects.roster.0.born", "2030"),
        "its member list holds what none does: born",
    ),
    "a circumstance there is not": (
        "roster",
        put("effects.roster.0.circumstance", "rich"),
        "its member list holds what none does: circumstance",
    ),
    "a commitment that is none": (
        "roster",
        put("effects.roster.0.commit", "x"),
        "its member list holds what none does: commit",
    ),
    "a member of years ago": (
        "roster",
        put("effects.roster.0.joined_on", "2015-01-01"),
        "its member list holds what none does: joined_on",
    ),
    "a member's id that looks like another": (
        "roster",
        put("effects.roster.0.member", "МAAAAAAAA"),
        "its member list holds what none does: member",
    ),
    "a change of a list that is none": (
        "roster",
        both(
            put("effects.roster.0.op", "sell"),
            lambda body: body["form"].update(added=body["form"]["added"] - 1),
        ),
        "its member list holds what none does: op",
    ),
    "more members than the form has": (
        "roster",
        put("form.added", 3),
        NOT_ITS_FORM.format("member list"),
    ),
    "a member who was never there leaves": (
        "roster",
        both(
            put("form.left", 1),
            lambda body: body["effects"]["roster"].append({"op": "leave", "member": "M00000000"}),
        ),
        "its member list holds what none does: member",
    ),
    "money by way of a member list": (
        "roster",
        put(
            "effects.ledger",
            [
                {
                    "kind": "grant",
                    "fund": "income",
                    "source": "donor",
                    "amount": 5,
                    "delta": 5,
                    "document": "x",
                }
            ],
        ),
        NOT_ITS_FORM.format("ledger"),
    ),
    "a name by way of a member list": (
        "roster",
        put("effects.fields", {"name": "CLB khác"}),
        NOT_ITS_FORM.format("fields"),
    ),
    "members by way of an export": (
        "export",
        put("effects.roster", [{"op": "leave", "member": "M00000000"}]),
        NOT_ITS_FORM.format("member list"),
    ),
    "another chair than was named": (
        "set_board",
        put("effects.board.chair", "M00000000"),
        NOT_ITS_FORM.format("board"),
    ),
    "a member by way of a board": (
        "set_board",
        put(
            "effects.roster",
            [{"op": "add", "member": "M00000000", "sex": "F", "born": "1950", "commit": "0" * 64}],
        ),
        NOT_ITS_FORM.format("member list"),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_event_of_a_club_is_named(forger: Forger, name: str) -> None:
    step, change, reason = FORGERIES[name]
    seq = forger.change(step, change)
    faults = forger.found()
    assert (faults[0].stream, faults[0].seq, faults[0].kind) == (forger.club, seq, "log")
    assert reason in faults[0].reason


def test_an_approval_by_a_proposer_who_is_in_the_committee_too_is_named(forger: Forger) -> None:
    """Only the separation of duties is against it: the role and the office are right."""
    bodies = forger.bodies(forger.club)
    opened = next(body for body in bodies if body["step"] == "approve")
    officer = opened["officer"]
    stream = f"province:{PROVINCE}"
    own = forger.bodies(stream)
    second = json.loads(
        json.dumps(next(one for one in own if one["form"].get("role") == "committee"))
    )
    for part in (second["form"], second["effects"]["records"][0]):
        part.update(id=officer, role="association")
    own.append(second)
    forger.seal(stream, own)
    for body in bodies:
        if body["step"] == "propose":
            body["officer"] = officer
    forger.seal(forger.club, bodies)
    assert officer == COMMITTEE
    fault = forger.found()[0]
    assert (fault.stream, fault.seq) == (forger.club, opened["seq"])
    assert f"{COMMITTEE} had a part in this club's proposal" in fault.reason


@pytest.mark.parametrize("change", ["Е", "\0", " ", "o", "", "/"])
def test_a_club_invented_under_an_id_that_looks_like_another_is_named(
    forger: Forger, change: str
) -> None:
    """Cyrillic, unseen and left-out letters: the program draws no such id."""
    invented = f"{forger.club[:-1]}{change}"
    opened = forger.bodies(forger.club)[:1]
    forger.seal(invented, opened)
    registry = open_registry(str(forger.path))
    try:
        verify.rebuild(registry.store)
        (fault,) = upkeep.verify_log(registry.store).faults
    finally:
        registry.store.close()
    assert (fault.stream, fault.seq, fault.reason) == (invented, 1, "no club has such an id")


def test_an_officer_who_had_left_is_named(forger: Forger) -> None:
    """``ubnd_ben`` is removed at the end; the forged record is of a later day."""
    gone = "ubnd_ben"
    bodies = forger.bodies(forger.club)
    forged = json.loads(json.dumps(bodies[-1]))
    forged.update(officer=gone, role="committee", recorded_at="2025-06-01T00:00:00Z")
    late = [one for one in forger.bodies(f"province:{PROVINCE}") if one["step"] == "officer_remove"]
    assert late[0]["recorded_at"] < forged["recorded_at"]
    forger.seal(forger.club, [*bodies, forged])
    (fault,) = forger.found()
    assert (fault.seq, fault.reason.startswith(f"{gone} was not in office")) == (
        len(bodies) + 1,
        True,
    )


PROVINCES_OWN: dict[str, tuple[str, Change, str]] = {
    "an invented step": ("units_import", put("step", "units_sell"), "there is no step"),
    "units loaded by a commune": (
        "units_import",
        both(put("role", "committee"), put("officer", COMMITTEE)),
        "is not for",
    ),
    "units loaded in a role not held": (
        "units_import",
        both(put("role", "province"), put("officer", COMMITTEE)),
        "was not in office as",
    ),
    "a report sent in a role not held": (
        "report_sent",
        put("role", "association"),
        "is not for",
    ),
    "a report sent on another day": (
        "report_sent",
        put("form.date", "2022-12-18"),
        "not what its form says",
    ),
    "a report sent by nobody": ("report_sent", put("officer", ""), "was never in office"),
    "a report of another period": (
        "report_sent",
        put("effects.records.0.period", "2023H1"),
        "not what its form says",
    ),
    "somebody appointed by a removal": (
        "officer_remove",
        lambda body: body["effects"]["records"].append(
            {"table": "officer", "id": "ma", "role": "admin", "name": "Ma", "since": "2020-01-01"}
        ),
        "not what its form says",
    ),
    "an office ended before it began": (
        "officer_remove",
        both(put("form.until", "1999-12-31"), put("effects.records.0.until", "1999-12-31")),
        "had not begun",
    ),
    "the only administrator removed": (
        "officer_remove",
        both(
            put("form.id", ADMIN),
            put("effects.records.0.id", ADMIN),
            put("effects.records.0.of", 1),
        ),
        "the only administrator",
    ),
    "more about an office that ends": (
        "officer_remove",
        put("effects.records.0.note", "x"),
        "not what its form says",
    ),
    "another's office ended": (
        "officer_remove",
        put("effects.records.0.of", 1),
        "not what its form says",
    ),
    "an office ended on another day": (
        "officer_remove",
        put("effects.records.0.until", "2019-01-01"),
        "not what its form says",
    ),
    "an appointment that sets more": (
        "officer_add",
        put("effects.fields", {"name": "x"}),
        "not what its form says",
    ),
    "units recorded by a report": (
        "report_sent",
        put("effects.records.0.table", "training"),
        "not what its form says",
    ),
    "an office other than asked for": (
        "officer_add",
        put("effects.records.0.name", "Kẻ Khác"),
        "not what its form says",
    ),
}


@pytest.mark.parametrize("name", PROVINCES_OWN)
def test_a_forged_event_of_a_province_is_named(forger: Forger, name: str) -> None:
    step, change, reason = PROVINCES_OWN[name]
    stream = f"province:{PROVINCE}"
    seq = forger.change(step, change, stream)
    faults = [one for one in forger.found() if one.stream == stream]
    assert (faults[0].seq, reason in faults[0].reason) == (seq, True)


@pytest.mark.parametrize(
    "change",
    [
        put("effects.records.0.note", "x"),
        put("form.events", 1),
        put("form.note", "x"),
        lambda body: body["effects"]["records"].append({"table": "seal"}),
    ],
)
def test_what_no_seal_holds_is_named(forger: Forger, change: Change) -> None:
    stream = f"seal:{PROVINCE}"
    registry = open_registry(str(forger.path), provinces=PROVINCES)
    seal_all(registry, TOWN)
    registry.store.close()
    seq = forger.change("seal", change, stream)
    found = upkeep_faults(forger.path)
    assert next((one.stream, one.seq, one.kind) for one in found) == (stream, seq, "log")


def upkeep_faults(path: Path) -> list[Fault]:
    registry = open_registry(str(path))
    try:
        return list(upkeep.verify_log(registry.store).faults)
    finally:
        registry.store.close()


def test_an_officer_whose_office_was_taken_out_of_the_log_is_named(forger: Forger) -> None:
    stream = f"province:{PROVINCE}"
    own = forger.bodies(stream)
    forger.seal(stream, [one for one in own if one["form"].get("id") != COMMITTEE])
    reasons = {one.reason for one in forger.found()}
    assert f"{COMMITTEE} was never in office" in reasons


def fraction(body: Body) -> str:
    return dumps(body).replace('"amount":100000000', '"amount":100000000.0')


def decomposed(body: Body) -> str:
    return normalize("NFD", dumps(body))


SPELLED: dict[str, tuple[Callable[[Body], str], str]] = {
    "a key that no body has": (lambda body: dumps({**body, "x": 1}), "what no event does: x"),
    "a part that no effects have": (
        lambda body: dumps({**body, "effects": {**body["effects"], "gifts": []}}),
        "what no event does: gifts",
    ),
    "a fraction": (fraction, "not whole"),
    "text that is not NFC": (decomposed, "not NFC"),
    "a format that only looks like 1": (lambda body: dumps({**body, "v": True}), "does not know"),
    "a format to come": (lambda body: dumps({**body, "v": 2}), "does not know"),
    "a role there is not": (lambda body: dumps({**body, "role": "king"}), "does not hold what"),
    "warnings that are none": (lambda body: dumps({**body, "acknowledged": 5}), "does not hold"),
}


@pytest.mark.parametrize("name", SPELLED)
def test_a_body_that_is_not_of_the_format_is_named(forger: Forger, name: str) -> None:
    spell, reason = SPELLED[name]
    bodies = forger.bodies(forger.club)
    forger.seal(forger.club, bodies, spell)
    registry = open_registry(str(forger.path))
    try:
        faults = upkeep.verify_log(registry.store).faults
        first = next(one for one in faults if one.stream == forger.club)
        assert reason in first.reason
        with pytest.raises(StorageError) as caught:
            upkeep.rebuild(registry.store)
        assert caught.value.code == "CLB-LOG-DAMAGED"
    finally:
        registry.store.close()
