"""Plays a case on a real file: its clubs live through the lifecycle, then its questions are asked.

``play`` returns what is not as the case expects, in sentences; nothing when all is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.errors import NotPermittedError, RefusedError
from engine.frozen import thaw
from engine.lifecycle.people import NewMember
from engine.model import Finding, Level, Officer, Role
from engine.policy.effective import Rules
from engine.reports import money
from engine.reports.due import Due, due
from engine.reports.progress import explain
from engine.scenario.people import People, Person
from engine.testing.cases.format import WORDS, Case, CaseError
from engine.testing.cases.village import TOWN, Village, village
from engine.testing.forms import form

DAY = timedelta(days=1)
OPENED_BEFORE = 10 * DAY
PROPOSED_BEFORE = 5 * DAY
USUAL_GRANT = 50_000_000
"""What a grant comes to, in đồng, where neither the case nor the province's policy says it."""
MIDDLE_AGE = 57
"""The age of members who are neither young nor, by the law, elderly (từ 55 đến dưới 60 tuổi)."""

Table = dict[str, Any]
Turn = tuple[date, str, Table, str | None]


@dataclass
class CaseVillage(Village):
    """A province's registry with the case's clubs by name."""

    clubs: dict[str, str] = field(default_factory=dict)

    def officer(self, step: str, on: date, commune: str, role: str | None) -> str:
        """Return who takes a step: whom the policy names, or an officer of the role asked for."""
        if role is None:
            return self.officer_of(step, on, commune)
        if role in (Role.PROVINCE, Role.ADMIN):
            return TOWN
        id_ = f"{role}_khac_{commune}".replace(" ", "_")
        if id_ not in self.officers:
            self.officers.add(id_)
            new = Officer(id_, id_, Role(role), self.province, commune)
            self.registry.province.add_officer(new, by=TOWN)
        return id_

    def live(self, club: Table) -> None:
        """Open the clubs of one table and take them through their life."""
        for number in range(1, club.get("repeat", 1) + 1):
            self._one(club, number)

    def _one(self, club: Table, number: int) -> None:
        days = [club[name] for name in ("proposed", "decided") if name in club]
        opened = club.get("opened") or (min(days) if days else self.clock.day) - OPENED_BEFORE
        name = club.get("name", f"CLB {len(self.clubs) + 1}")
        if club.get("repeat", 1) > 1:
            name = f"{name} {number}"
        if name in self.clubs:
            raise CaseError(f"two clubs are called '{name}'")
        self.opened += 1
        commune = club.get("commune", "Xã Một").format(n=number)
        village = club.get("village", "Thôn {n}").format(n=number)
        filled = form("open", opened, {"name": name, "commune": commune, "village": village})
        who = self.officer("open", opened, commune, None)
        made = self.open(filled, who)
        self.clubs[name] = made
        if club.get("members"):
            self.add(made, _members(club["members"], opened, self.opened), opened)
        for on, step, changes, role in sorted(_turns(club, self.rules), key=lambda turn: turn[0]):
            self._turn(made, step, on, changes, role)

    def _turn(self, club: str, step: str, on: date, changes: Table, role: str | None) -> None:
        if role is None:
            self.take(club, step, on, changes)
            return
        commune = self.registry.lifecycle.club(club).commune
        who = self.officer(step, on, commune, role)
        self.registry.lifecycle.advance(club, step, form(step, on, changes), officer=who)

    def findings(self, asked: Table) -> tuple[Finding, ...]:
        """Return what a step would be told on a day, without taking it."""
        club, step, on = self.named(asked.get("club")), asked["step"], asked["on"]
        commune = self.registry.lifecycle.club(club).commune
        who = self.officer(step, on, commune, asked.get("role"))
        filled = form(step, on, {**_defaults(step, on), **asked.get("set", {})})
        try:
            done = self.registry.lifecycle.advance(club, step, filled, officer=who, dry_run=True)
        except (RefusedError, NotPermittedError) as error:
            return tuple(error.findings)
        return done.findings

    def named(self, name: str | None) -> str:
        """Return the id of a club by its name; of the last one where none is named."""
        if not self.clubs:
            raise CaseError("there is no club to ask about")
        if name is None:
            return list(self.clubs.values())[-1]
        if name not in self.clubs:
            raise CaseError(f"no club is called '{name}'; known: {', '.join(self.clubs)}")
        return self.clubs[name]


def play(case: Case, folder: Path) -> list[str]:
    """Return what a case expects and does not find. Raises ``CaseError`` for what it misnames."""
    today = case.today or max(case.dates()) + DAY
    with village(folder, case.province, today) as made:
        here = CaseVillage(made.registry, made.province, made.clock)
        for club in case.clubs:
            here.live(club)
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
            for problem in ask(here, table)
        ]


def _members(made_of: Table, on: date, seed: int) -> list[NewMember]:
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
    for one in people:
        born = one.born
        if left and _young(one, on):
            left, born = left - 1, f"{on.year - MIDDLE_AGE}-01-01"
        members.append(NewMember(one.name, one.sex, born, one.circumstance))
    if left:
        raise CaseError("'elderly' and 'middle' together are more than 'total'")
    return members


def _young(one: Person, on: date) -> bool:
    return on.year - int(one.born[:4]) < 50


def _turns(club: Table, rules: Rules) -> Iterator[Turn]:
    decided = club.get("decided")
    proposed = club.get("proposed") or (decided - PROPOSED_BEFORE if decided else None)
    if proposed:
        yield proposed, "propose", {}, None
    if decided:
        yield decided, "approve", {}, None
    if trained := club.get("trained"):
        days = club.get("course_days", 1)
        start = trained - (days - 1) * DAY
        yield trained, "train", {"course.start": start.isoformat(), "course.days": days}, None
    if launched := club.get("launched"):
        yield launched, "launch", club.get("launch", {}), None
    for grant in club.get("grants", ()):
        yield grant["on"], "fund", _grant(grant, rules), None
    for name, step in (("supervisions", "supervise"), ("reviews", "review")):
        for one in club.get(name, ()):
            figures = {key: value for key, value in one.items() if key != "on"}
            yield one["on"], step, {**_defaults(step, one["on"]), **figures}, None
    for one in club.get("steps", ()):
        changes = {**_defaults(one["step"], one["on"]), **one.get("set", {})}
        yield one["on"], one["step"], changes, one.get("role")


def _defaults(step: str, on: date) -> Table:
    """Return the fields that follow from the step's day, or that only the case can name."""
    if step == "review":
        return {"year": on.year}
    if step == "train":
        return {"course.start": on.isoformat(), "course.days": 1}
    if step == "change_board":
        return {"chair": None}
    return {}


def _grant(grant: Table, rules: Rules) -> Table:
    stated = rules.stated("grant.establishment", grant["on"])
    entry = {
        "kind": "grant",
        "source": "province_budget",
        "amount": stated.value if stated.status == "value" else USUAL_GRANT,
        "document": "UNC 12",
        "resolution": "NQ 05/NQ-HĐND",
    }
    return {**entry, **{key: value for key, value in grant.items() if key != "on"}}


def _finding(here: CaseVillage, asked: Table) -> Iterator[str]:
    found = here.findings(asked)
    told = "; ".join(f"{one.level} {one.code}" for one in found) or "nothing"
    codes = {one.code for one in found}
    for code in asked.get("absent", ()):
        if code in codes or (code == "*" and found):
            yield f"{code} is told, though it should not be ({told})"
        if code == "block" and any(one.level is Level.BLOCK for one in found):
            yield f"the step is blocked ({told})"
    if "code" not in asked:
        return
    fitting = [one for one in found if one.code == asked["code"]]
    if not fitting:
        yield f"{asked['code']} is not told, but {told}"
    elif not any(_finding_fits(one, asked) for one in fitting):
        yield f"{asked['code']} is told otherwise: {fitting}"


def _finding_fits(one: Finding, asked: Table) -> bool:
    words = " | ".join(filter(None, (one.message, one.expected, one.actual, one.fix)))
    return (
        one.level == asked.get("level", one.level)
        and asked.get("article", "") in (one.source or "")
        and asked.get("says", "") in words
    )


def _progress(here: CaseVillage, asked: Table) -> Iterator[str]:
    on, goal = asked["on"], asked["id"]
    found = [
        one
        for one in explain(here.registry.store, here.rules, here.province, on, goal)
        if asked.get("period") in (None, one.row.goal.period)
    ]
    if len(found) != 1:
        periods = ", ".join(one.row.goal.period for one in found)
        one_of = f": say which with period, one of: {periods}" if periods else " on that day"
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
    said = f"{row.get('note')} {row.get('reading')} {row['label']}"
    if asked.get("says", "") not in said:
        yield f"it does not say '{asked['says']}', but: {said}"
    for key, counts in (("counted", True), ("not_counted", False)):
        if key in asked:
            names = sorted(one.name for one in found[0].rows if one.counts is counts)
            if names != sorted(asked[key]):
                yield f"{key} are {names}"


def _due(here: CaseVillage, asked: Table) -> Iterator[str]:
    on = asked["on"]
    club = here.named(asked["club"]) if "club" in asked else None
    rows = [
        one
        for one in due(here.registry.store, here.rules, here.province, on, past=on < here.clock.day)
        if one.kind == asked["kind"]
        and club in (None, one.club)
        and asked.get("period") in (None, one.period)
    ]
    fitting = [one for one in rows if _due_fits(one, asked)]
    count = asked.get("count")
    if (count is None and not fitting) or (count is not None and len(fitting) != count):
        told = "; ".join(map(_due_told, rows)) or "none of that kind"
        wanted = "at least 1" if count is None else count
        yield f"{len(fitting)} such tasks, not {wanted}; there are: {told}"


def _due_told(one: Due) -> str:
    said = f"due {one.due_on or 'on no stated day'}"
    return ", ".join(filter(None, (said, one.period, one.title, one.source, one.note)))


def _due_fits(one: Due, asked: Table) -> bool:
    day = asked.get("due_on", one.due_on)
    return (
        (None if day in WORDS else day) == one.due_on
        and one.role == asked.get("role", one.role)
        and asked.get("title", "") in (one.title or "")
        and asked.get("article", "") in one.source
        and asked.get("says", "") in (one.note or "")
    )


def _policy(here: CaseVillage, asked: Table) -> Iterator[str]:
    found = here.rules.stated(asked["key"], asked["on"])
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
        rule = here.rules.rule(asked["key"], asked["on"])
        if rule is None or rule.source is not None or thaw(rule.value) != asked["general"]:
            yield f"the general procedure's {asked['key']} is {rule}"
    if asked.get("article", "") not in (found.source or ""):
        yield f"the source is {found.source}"
    if asked.get("says", "") not in (found.note or ""):
        yield f"the note is {found.note}"


def _money(here: CaseVillage, asked: Table) -> Iterator[str]:
    found = money.received(here.registry.store, here.province, asked["on"], asked.get("year"))
    if found.total != asked["total"]:
        yield f"the total is {found.total}"
    if "by_source" in asked and found.by_source != asked["by_source"]:
        yield f"by source: {found.by_source}"
