"""The forgeries, each on a copy of one province, and which command finds it.

The log was sealed before, and its line noted; one ordinary step is taken after the forgery.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date

from bench import life
from bench.reliability.figures import Line
from bench.reliability.forger import Forger
from bench.reliability.forgeries import FORGERIES
from bench.reliability.forgeries.forgery import Forgery
from bench.reliability.kills import AT_ONCE
from bench.reliability.stage import Place, Stage, command, opened
from engine.errors import ClbError
from engine.lifecycle.officers import Which
from engine.lifecycle.registry import Registry, open_registry
from engine.model import Officer, Role
from engine.rules.calendar import Period
from engine.rules.communes import Unit
from engine.scenario.forms import form
from engine.store import verify


def _seal(at: Place) -> str:
    """Seal the log and return the line to be noted."""
    made = command(at.address, ["audit", "seal", "--as", life.TOWN, "--json"])
    assert made.code == 0, made.err
    return str(json.loads(made.out)[0]["line"])


PAPER = {"decision": {"number": "9/QĐ-UBND", "date": "2022-12-07"}, "reason": "sửa nhà"}
ABOUT = {"correct": "seq", "annul": "seq", "extend": "loan"}
"""Steps about the record before them, each with the field that has its number."""
LINE = f"clb1-{'A' * 86}=="
"""The public line of a key that signs nothing."""
GONE = "hoi_cu"
"""An officer who is removed."""


def _steps(at: Place, club: str) -> None:
    """Record what there is to forge, now and by the officers who may."""
    registry = open_registry(at.address)
    step = registry.lifecycle.advance
    counted = {**life.SUPERVISION, "income_fund_balance": 4_000_000}
    last = 0
    grant = {**life.GRANT, "fund": "operating"}
    came = {"kind": "contribution", "source": "socialised", "fund": "income", "amount": 5_000_000}
    borrower, erased = life.people()[3].name, life.people()[9].name
    for officer, name, on, changes in (
        (life.TOWN, "fund", date(2021, 11, 1), grant),
        (life.TOWN, "correct", date(2021, 11, 2), {"changes": {"document": "UNC 15"}}),
        (life.ASSOCIATION, "fund", date(2021, 11, 3), came),
        (life.ASSOCIATION, "lend", date(2021, 11, 4), {"member": borrower}),
        (life.ASSOCIATION, "extend", date(2021, 11, 5), {}),
        (life.ASSOCIATION, "care", date(2021, 11, 6), {}),
        (life.ASSOCIATION, "meeting", date(2021, 12, 1), {"activities": ["health_care"]}),
        (life.TOWN, "supervise", date(2022, 4, 1), counted),
        (life.TOWN, "supervise", date(2022, 10, 3), counted),
        (life.TOWN, "review", date(2022, 10, 5), {}),
        (life.COMMITTEE, "suspend", date(2022, 12, 7), PAPER),
        (life.COMMITTEE, "annul", date(2022, 12, 8), {}),
        (life.COMMITTEE, "rename", date(2022, 12, 9), {"name": "CLB Liên thế hệ Mới"}),
        (life.ASSOCIATION, "export", date(2022, 12, 9), {"rows": life.MEMBERS}),
        (life.TOWN, "erase", date(2022, 12, 9), {"member": erased}),
    ):
        about = {ABOUT[name]: last} if name in ABOUT else {}
        filled = form(name, on, {**changes, **about})
        done = step(club, name, filled, officer=officer, acknowledged=life.REASONS)
        assert done.event is not None
        last = done.event.seq
    _of_the_province(registry)
    registry.store.close()


def _of_the_province(registry: Registry) -> None:
    """Record what concerns no single club: communes, a report sent, an officer who left."""
    started = date(2021, 1, 1)
    commune = Unit("27001", life.COMMUNE, "phường", life.PROVINCE, started)
    registry.province.import_units(life.PROVINCE, [commune], by=life.TOWN)
    period = Period.parse("2022H1")
    sent = date(2022, 7, 2)
    registry.officers.add_key(life.PROVINCE, life.TOWN, LINE, None, by=life.ADMIN)
    registry.province.send_report(life.PROVINCE, "half_year", period, sent, by=life.TOWN)
    here = (Role.ASSOCIATION, life.PROVINCE, life.COMMUNE)
    registry.officers.add(Officer(GONE, "Cán bộ cũ", *here, since=started), by=life.ADMIN)
    registry.officers.end(GONE, Which(), None, by=life.ADMIN, step="officer_remove")


def _prepared(stage: Stage) -> Mapping[bool, str]:
    """Seal the log of a copy, after what there is to forge or before it; return the lines.

    The copies are called as ``_name`` has it.
    """
    lines = {}
    for later in (False, True):
        at = stage.copy(_name(later))
        if later:
            lines[later] = _seal(at)
        _steps(at, stage.clubs[0])
        if not later:
            lines[later] = _seal(at)
    return lines


def _name(later: bool) -> str:
    return "sealed-before" if later else "sealed-after"


def found(stage: Stage, forgery: Forgery, line: str, name: str) -> str:
    """Forge, take one ordinary step after it, and return which commands find something."""
    at = stage.copy(name, _name(forgery.later))
    with opened(at.address) as store:
        with store.write():
            forgery.forge(Forger(store, stage.clubs))
        if forgery.fits:
            with suppress(Exception):
                verify.rebuild(store)
    _ordinary_step(at, stage.clubs[1])
    seen = []
    for what, args in (
        ("db check", ["db", "check"]),
        ("audit verify", ["audit", "verify"]),
        ("audit verify --seal", ["audit", "verify", "--seal", line]),
    ):
        ended = command(at.address, args)
        if ended.traceback:
            seen.append(f"{what}: TRACEBACK")
        elif ended.code != 0:
            seen.append(what)
    stage.drop(at, name)
    return ", ".join(seen)


def _ordinary_step(at: Place, club: str) -> None:
    """Record a meeting, as an officer who knows nothing; some forgeries prevent it."""
    filled = form("meeting", date(2022, 11, 1), {"activities": ["health_care"]})
    with suppress(ClbError):
        registry = open_registry(at.address)
        with closing(registry.store):
            registry.lifecycle.advance(club, "meeting", filled, officer=life.ASSOCIATION)


def judged(stage: Stage, forgery: Forgery, noted: str, number: int) -> Line:
    """Return a line about one forgery; ``noted`` is the line of the seal."""
    line = Line(f"{stage.kind}, forged: {forgery.name}", 1)
    seen = found(stage, forgery, noted, f"forgery-{number}")
    line.check("TRACEBACK" not in seen, "tracebacks", seen)
    line.check(bool(seen) or forgery.impossible, "unseen", "nothing found it")
    nothing = "nothing can find it" if forgery.impossible else "not found"
    line.remark = f"found by {seen}" if seen else nothing
    return line


def run(stage: Stage) -> list[Line]:
    """Try every forgery: a line each on SQLite; one for all, with what differs, on a server."""
    noted = _prepared(stage)

    def one(number: int) -> Line:
        forgery = FORGERIES[number]
        return judged(stage, forgery, noted[forgery.later], number)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        lines = list(threads.map(one, range(len(FORGERIES))))
    if stage.server is None:
        return lines
    whole = Line(f"{stage.kind}: the same {len(lines)} forgeries")
    for line in lines:
        whole.add(line)
    seen = sum(line.remark.startswith("found") for line in lines)
    return [replace(whole, remark=f"{seen} found")]
