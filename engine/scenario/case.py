"""A case: its clubs live in a database on a real file, then its questions are asked.

``play_case`` returns what is not as the case expects, in sentences; nothing when all is.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.errors import ClbError, NotPermittedError, RefusedError
from engine.frozen import thaw
from engine.lifecycle.people import Member
from engine.model import Finding, Level, Role
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.reports import money
from engine.reports.due import due
from engine.reports.due_row import Due
from engine.reports.own_reports import OwnReports
from engine.reports.progress import explain
from engine.rules.own import OWN
from engine.scenario.case_file import WORDS, Case, CaseError
from engine.scenario.forms import GRANT, dotted, grants
from engine.scenario.people import People
from engine.scenario.play import Turn, play
from engine.scenario.world import World, open_world

DAY = timedelta(days=1)
OPENED_BEFORE = 10 * DAY
PROPOSED_BEFORE = 5 * DAY
USUAL_GRANT = 50_000_000
"""What a grant comes to, in đồng, where neither the case nor the province's policy has it."""
MIDDLE_AGE = 57
"""The age of members who are neither young nor, by the law, elderly (từ 55 đến dưới 60 tuổi)."""

Table = dict[str, Any]
Ask = Callable[["CaseClubs", Table], Iterator[str]]


@dataclass
class CaseClubs:
    """The case's clubs by name, in a world of one province."""

    world: World
    today: date
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[Any, Rules, str]:
        """Return what the reports are made from: the store, the policy, the province."""
        world = self.world
        return world.registry.store, world.rules, world.province

    def live(self, club: Table) -> None:
        """Open the clubs of one table and take them through their life."""
        for number in range(1, club.get("repeat", 1) + 1):
            self._one(club, number)

    def _one(self, club: Table, number: int) -> None:
        days = [club[name] for name in ("proposed", "decided") if name in club]
        opened = club.get("opened") or (min(days) if days else self.today) - OPENED_BEFORE
        name = club.get("name", f"CLB {len(self.ids) + 1}")
        if club.get("repeat", 1) > 1:
            name = f"{name} {number}"
        if name in self.ids:
            raise CaseError(f"two clubs are called '{name}'")
        commune = club.get("commune", self.world.commune(opened)).format(n=number)
        village = club.get("village", "Thôn {n}").format(n=number)
        named = {"name": name, "commune": commune, "village": village}
        made = self.ids[name] = self.world.open(opened, named)
        if club.get("members"):
            members = _members(club["members"], opened, self.world.opened)
            self.world.add(made, members, opened)
        turns = sorted(_turns(club, opened, self.world.rules), key=lambda turn: turn.after)
        list(play(self.world, made, turns, opened))

    def findings(self, asked: Table) -> tuple[Finding, ...]:
        """Return what a step would be answered on a day, without taking it."""
        changes = {**_by_day(asked["step"]), **_figures(asked.get("set", {}))}
        role = Role(asked["role"]) if "role" in asked else None
        how: Table = {"role": role, "reasons": {}, "dry_run": True}
        try:
            club = self.named(asked.get("club"))
            return self.world.take(club, asked["step"], asked["on"], changes, **how).findings
        except (RefusedError, NotPermittedError) as error:
            return tuple(error.findings)

    def named(self, name: str | None) -> str:
        """Return the id of a club by its name; of the last one where none is named."""
        if not self.ids:
            raise CaseError("there is no club to ask about")
        if name is None:
            return list(self.ids.values())[-1]
        if name not in self.ids:
            raise CaseError(f"no club is called '{name}'; known: {', '.join(self.ids)}")
        return self.ids[name]


def play_case(case: Case, folder: Path, provinces: Provinces | None = None) -> list[str]:
    """Return what a case expects and does not find. Raises ``CaseError`` for what it misnames.

    The province is one of those that are installed unless ``provinces`` are given.
    """
    try:
        return _played(case, folder, provinces)
    except ClbError as error:
        return [_refusal(error)]


def _played(case: Case, folder: Path, provinces: Provinces | None) -> list[str]:
    today = case.today or max(case.dates()) + DAY
    with open_world(folder, case.province, today, provinces=provinces) as world:
        here = CaseClubs(world, today)
        for number, club in enumerate(case.clubs, 1):
            try:
                here.live(club)
            except ClbError as error:
                return [f"[[club]] {number}: {_refusal(error)}"]
        asked = {
            "finding": _finding,
            "progress": _progress,
            "due": _due,
            "policy": _policy,
            "money": _money,
        }
        return [
            f"[[{name}]] {number}: {problem}"
            for name, ask in asked.items()
            for number, table in enumerate(case.questions[name], 1)
            for problem in _answered(ask, here, table)
        ]


def _answered(ask: Ask, here: CaseClubs, table: Table) -> Iterator[str]:
    """Yield what one question expects and does not find, or why it cannot be asked."""
    try:
        yield from ask(here, table)
    except ClbError as error:
        yield _refusal(error)


def _refusal(error: ClbError) -> str:
    found = "; ".join(f"{one.code}: {one.message}" for one in error.findings)
    return " ".join(filter(None, (found or error.message, error.help)))


def _members(made_of: Table, on: date, seed: int) -> list[Member]:
    total = made_of.get("total", 0)
    people = People(seed).members(
        total,
        on,
        "Thôn Đông",
        elderly=made_of.get("elderly", 0),
        women=made_of.get("women", total // 2),
        poor=made_of.get("poor", 0),
    )
    left = made_of.get("middle", 0)
    members = []
    for person in people:
        one = replace(person, village=None, id_number=None, phone=None)
        if left and on.year - int(one.born[:4]) < 50:
            left -= 1
            one = replace(one, born=f"{on.year - MIDDLE_AGE}-01-01")
        members.append(one)
    if left:
        raise CaseError("'elderly' and 'middle' together are more than 'total'")
    return members


def _turns(club: Table, opened: date, rules: Rules) -> Iterator[Turn]:
    def turn(on: date, step: str, changes: Table, role: str | None = None) -> Turn:
        return Turn(step, (on - opened).days, changes, role=Role(role) if role else None)

    decided = club.get("decided")
    proposed = club.get("proposed") or (decided - PROPOSED_BEFORE if decided else None)
    if proposed:
        yield turn(proposed, "propose", {})
    if decided:
        yield turn(decided, "approve", {})
    if trained := club.get("trained"):
        days = club.get("course_days", 1)
        start = trained - (days - 1) * DAY
        yield turn(trained, "train", {"course.start": start.isoformat(), "course.days": days})
    if launched := club.get("launched"):
        yield turn(launched, "launch", club.get("launch", {}))
    for one in club.get("grants", ()):
        yield turn(one["on"], "fund", {**_grant(rules, one["on"]), **_figures(one)})
    for name, step in (("supervisions", "supervise"), ("reviews", "review")):
        for one in club.get(name, ()):
            yield turn(one["on"], step, _figures(one))
    for one in club.get("steps", ()):
        changes = {**_by_day(one["step"]), **_figures(one.get("set", {}))}
        yield turn(one["on"], one["step"], changes, one.get("role"))


def _figures(one: Table) -> Table:
    """Return a table's values as changes to a form, fields of the province's own one by one."""
    plain = {key: value for key, value in one.items() if key not in ("on", OWN)}
    return {**plain, **dict(dotted({OWN: one.get(OWN, {})}))}


def _by_day(step: str) -> Table:
    """Return what a case leaves out of an ordinary form: only the case can name a new chair."""
    return {"chair": None} if step == "change_board" else {}


def _grant(rules: Rules, on: date) -> Table:
    stated = grants(rules, GRANT, on)
    usual = {"kind": "grant", "source": "province_budget", "amount": USUAL_GRANT}
    papers = {"document": "UNC 12", "resolution": "NQ 05/NQ-HĐND"}
    return {**(stated[0] if stated else usual), **papers}


def _finding(here: CaseClubs, asked: Table) -> Iterator[str]:
    found = here.findings(asked)
    listed = "; ".join(f"{one.level} {one.code}" for one in found) or "nothing"
    codes = {one.code for one in found}
    for code in asked.get("absent", ()):
        if code in codes or (code == "*" and found):
            yield f"{code} is found, though it should not be ({listed})"
        if code == "block" and any(one.level is Level.BLOCK for one in found):
            yield f"the step is blocked ({listed})"
    if "code" not in asked:
        return
    fitting = [one for one in found if one.code == asked["code"]]
    if not fitting:
        club = asked.get("club") or f"the last club, {next(reversed(here.ids), 'which is none')}"
        yield f"{asked['code']} is not found for {club}, but {listed}"
    elif not any(_finding_fits(one, asked) for one in fitting):
        yield f"{asked['code']} is found with other words: {fitting}"


def _finding_fits(one: Finding, asked: Table) -> bool:
    words = " | ".join(filter(None, (one.message, one.expected, one.actual, one.fix)))
    return (
        one.level == asked.get("level", one.level)
        and asked.get("article", "") in (one.source or "")
        and asked.get("says", "") in words
    )


def _progress(here: CaseClubs, asked: Table) -> Iterator[str]:
    on, goal = asked["on"], asked["id"]
    every = explain(*here.sources, on, goal)
    found = [one for one in every if asked.get("period") in (None, one.row.goal.period)]
    found = [one for one in found if not one.row.goal.replaced_by(on)] or found
    if len(found) != 1:
        periods = ", ".join(one.row.goal.period for one in found or every)
        one_of = f": name one with period, of: {periods}" if periods else " on that day"
        yield f"{goal} has {len(found)} rows{one_of}"
        return
    row = {key: value for key, value in found[0].row.data().items() if value is not None}
    expected = {**asked, "target": WORDS.get(str(asked.get("target")), asked.get("target"))}
    if expected["target"] == "not_stipulated":
        expected["target"] = None
    for key, value in expected.items():
        if key in ("id", "on", "article", "says", "counted", "not_counted"):
            continue
        if (key != "target" or "target" in asked) and row.get(key) != value:
            yield f"{key} is {row.get(key)!r}, not {value!r}"
    if asked.get("article", "") not in row.get("source", ""):
        yield f"the source is {row.get('source')}, not {asked['article']}"
    text = f"{row.get('note')} {row.get('reading')} {row['label']}"
    if asked.get("says", "") not in text:
        yield f"'{asked['says']}' is not in: {text}"
    for key, counts in (("counted", True), ("not_counted", False)):
        if key in asked:
            names = sorted(one.name for one in found[0].rows if one.counts is counts)
            if names != sorted(asked[key]):
                yield f"{key} are {names}"


def _due(here: CaseClubs, asked: Table) -> Iterator[str]:
    on = asked["on"]
    club = here.named(asked["club"]) if "club" in asked else None
    own = OwnReports(here.world.registry.provinces, here.world.province)
    rows = [
        one
        for one in due(*here.sources, on, past=on < here.today, own=own)
        if one.kind == asked["kind"]
        and club in (None, one.club)
        and asked.get("period") in (None, one.period)
    ]
    fitting = [one for one in rows if _due_fits(one, asked)]
    count = asked.get("count")
    if (count is None and not fitting) or (count is not None and len(fitting) != count):
        others = "; ".join(map(_due_text, rows)) or "none of that kind"
        wanted = "at least 1" if count is None else count
        yield f"{len(fitting)} such tasks, not {wanted}; there are: {others}"


def _due_text(one: Due) -> str:
    day = f"due {one.due_on or 'on no stated day'}"
    return ", ".join(filter(None, (day, one.period, one.title, one.source, one.note)))


def _due_fits(one: Due, asked: Table) -> bool:
    day = asked.get("due_on", one.due_on)
    return (
        (None if day in WORDS else day) == one.due_on
        and one.role == asked.get("role", one.role)
        and asked.get("title", "") in (one.title or "")
        and asked.get("article", "") in one.source
        and asked.get("says", "") in (one.note or "")
    )


def _policy(here: CaseClubs, asked: Table) -> Iterator[str]:
    found = here.world.rules.own(asked["key"], asked["on"])
    value = thaw(found.value) if found.status == "value" else found.status
    if "value" in asked:
        wanted = asked["value"]
        wanted = WORDS.get(wanted, wanted) if isinstance(wanted, str) else wanted
        if value != wanted:
            yield f"{asked['key']} is {json.dumps(value, ensure_ascii=False, default=str)}"
    for name, part in asked.get("has", {}).items():
        if not isinstance(value, dict) or value.get(name) != part:
            yield f"{asked['key']} does not have {name} = {part!r}: {value}"
    if "general" in asked:
        rule = here.world.rules.rule(asked["key"], asked["on"])
        silent = found.status != "value"
        if rule is None or not silent or thaw(rule.value) != asked["general"]:
            yield f"the general procedure's {asked['key']} is {rule}"
    if asked.get("article", "") not in (found.source or ""):
        yield f"the source is {found.source}"
    if asked.get("says", "") not in (found.note or ""):
        yield f"the note is {found.note}"


def _money(here: CaseClubs, asked: Table) -> Iterator[str]:
    store, _rules, province = here.sources
    found = money.received(store, province, asked["on"], asked.get("year"))
    if found.total != asked["total"]:
        yield f"the total is {found.total}"
    if "by_source" in asked and found.by_source != asked["by_source"]:
        yield f"by source: {found.by_source}"
