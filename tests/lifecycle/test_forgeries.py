"""What a forger writes with another tool, and chains again so that every hash fits, is named.

Each forgery changes one event, hashes its stream anew and computes the tables from it, so that the
plain chain and every table are green. What no policy is needed for is found by judging the log
again.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from support.busy import live
from support.core import COMMITTEE, PROVINCE, PROVINCES, TOWN, make_core
from support.faults import chain_faults, table_faults

from bench.reliability.forger import Change, Forger, put
from bench.reliability.forgeries import FORGERIES
from bench.reliability.forgeries.forgery import Forgery
from bench.reliability.forgeries.spelling import SPELT
from engine.errors import StorageError
from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.lifecycle.sealing import seal_all
from engine.store import facts, verify
from engine.store.fault import Fault

pytestmark = pytest.mark.usefixtures("english")

JUDGED = [one for one in FORGERIES if one.reason and one.name not in SPELT]


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
    return path, club


@pytest.fixture
def forger(lived: tuple[Path, str], tmp_path: Path) -> Iterator[Forger]:
    path = tmp_path / "forged.sqlite3"
    path.write_bytes(lived[0].read_bytes())
    registry = open_registry(str(path), provinces=PROVINCES)
    yield Forger(registry.store, (lived[1],), PROVINCE)
    registry.store.close()


def found(forger: Forger) -> list[Fault]:
    """Compute the tables from the forged log, and return what is found then."""
    verify.rebuild(forger.store)
    assert chain_faults(forger.store) == []
    assert table_faults(forger.store) == []
    return list(upkeep.verify_log(forger.store).faults)


def test_every_forgery_has_a_name_of_its_own() -> None:
    assert len({one.name for one in FORGERIES}) == len(FORGERIES) > len(JUDGED) > 60


def test_an_honest_log_is_judged_right(forger: Forger) -> None:
    assert found(forger) == []


@pytest.mark.parametrize("forgery", JUDGED, ids=lambda one: one.name)
def test_a_forged_event_is_named(forger: Forger, forgery: Forgery) -> None:
    stream = forger.provinces if forgery.province else forger.stream
    seq = forgery.forge(forger)
    fault = next(one for one in found(forger) if one.stream == stream)
    assert (fault.seq, fault.kind) == (seq, "log")
    assert forgery.reason in fault.reason


def test_an_approval_by_a_proposer_who_is_in_the_committee_too_is_named(forger: Forger) -> None:
    """Only the separation of duties is against it: the role and the office are right."""
    bodies = forger.bodies()
    opened = next(body for body in bodies if body["step"] == "approve")
    officer = opened["officer"]
    own = forger.bodies(forger.provinces)
    second = json.loads(
        json.dumps(next(one for one in own if one["form"].get("role") == "committee"))
    )
    for part in (second["form"], second["effects"]["records"][0]):
        part.update(id=officer, role="association")
    own.append(second)
    forger.write(own, forger.provinces)
    for body in bodies:
        if body["step"] == "propose":
            body["officer"] = officer
    forger.write(bodies)
    assert officer == COMMITTEE
    fault = found(forger)[0]
    assert (fault.stream, fault.seq) == (forger.stream, opened["seq"])
    assert f"{COMMITTEE} had a part in this club's proposal" in fault.reason


@pytest.mark.parametrize("change", ["Е", "\0", " ", "o", "", "/"])
def test_a_club_invented_under_an_id_that_looks_like_another_is_named(
    forger: Forger, change: str
) -> None:
    """Cyrillic, unseen and left-out letters: the program draws no such id."""
    invented = f"{forger.stream[:-1]}{change}"
    forger.write(forger.bodies()[:1], invented)
    (fault,) = found(forger)
    assert (fault.stream, fault.seq, fault.reason) == (invented, 1, "no club has such an id")


def test_an_officer_who_had_left_is_named(forger: Forger) -> None:
    """``ubnd_ben`` is removed at the end; the forged record is of a later day."""
    gone = "ubnd_ben"
    bodies = forger.bodies()
    forged = json.loads(json.dumps(bodies[-1]))
    forged.update(officer=gone, role="committee", recorded_at="2025-06-01T00:00:00Z")
    late = [one for one in forger.bodies(forger.provinces) if one["step"] == "officer_remove"]
    assert late[0]["recorded_at"] < forged["recorded_at"]
    forger.write([*bodies, forged])
    (fault,) = found(forger)
    assert (fault.seq, fault.reason.startswith(f"Cán bộ {gone} [{gone}] was not")) == (
        len(bodies) + 1,
        True,
    )


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
    registry = open_registry(str(forger.store.target), provinces=PROVINCES)
    seal_all(registry, TOWN)
    registry.store.close()
    seq = forger.edit("seal", change, stream)
    with suppress(StorageError):
        verify.rebuild(forger.store)
    fault = upkeep.verify_log(forger.store).faults[0]
    assert (fault.stream, fault.seq, fault.kind) == (stream, seq, "log")


def test_a_list_of_communes_from_no_day_on_is_refused_in_a_sentence(forger: Forger) -> None:
    forger.edit("units_import", put("effects.records.0.valid_from", "soon"), forger.provinces)
    verify.rebuild(forger.store)
    with pytest.raises(StorageError) as caught:
        facts.units(forger.store, PROVINCE)
    assert caught.value.code == "CLB-LOG-DAMAGED"


def test_an_officer_whose_office_was_taken_out_of_the_log_is_named(forger: Forger) -> None:
    own = forger.bodies(forger.provinces)
    kept = [one for one in own if one["form"].get("id") != COMMITTEE]
    forger.write(kept, forger.provinces)
    reasons = {one.reason for one in found(forger)}
    assert f"{COMMITTEE} was never in office" in reasons


@pytest.mark.parametrize("name", SPELT)
def test_a_body_that_is_not_of_the_format_is_named(forger: Forger, name: str) -> None:
    forgery = next(one for one in FORGERIES if one.name == name)
    forgery.forge(forger)
    faults = upkeep.verify_log(forger.store).faults
    first = next(one for one in faults if one.stream == forger.stream)
    assert forgery.reason in first.reason
    with pytest.raises(StorageError) as caught:
        upkeep.rebuild(forger.store)
    assert caught.value.code == "CLB-LOG-DAMAGED"


@pytest.mark.parametrize("value", [["x"], [], {"a": 1}])
def test_a_field_that_no_column_can_hold_is_named(forger: Forger, value: object) -> None:
    seq = forger.edit("approve", put("effects.fields.lead_unit", value))
    for work in (upkeep.verify_log, upkeep.check):
        first = next(one for one in work(forger.store).faults if one.stream == forger.stream)
        assert (first.seq, first.reason) == (
            seq,
            "the body does not hold what an event of this format holds",
        )
    with pytest.raises(StorageError) as caught:
        upkeep.rebuild(forger.store)
    assert caught.value.code == "CLB-LOG-DAMAGED"
