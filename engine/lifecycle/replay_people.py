"""Judging again what an event says of a club's people: its member list and its board.

Names are no part of the log, so whether a member is who is meant is not judged here: the commitment
proves that. Nor is a value that could be right: another year of birth, another sex.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.labels import CIRCUMSTANCES, POSTS, SEXES
from engine.lifecycle.people import CROCKFORD
from engine.model import BEFORE_DECISION, Club, Event, RosterChange
from engine.states.stage import Step
from engine.store.rows import Rows

MEMBER_ID = re.compile(f"M[{CROCKFORD}]{{7,8}}")
"""Earlier versions drew eight letters where a list was not read from a file."""
PERSON_ID = re.compile(f"P[{CROCKFORD}]{{7}}")
BORN = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")
COMMIT = re.compile("[0-9a-f]{64}")
COUNTED = {"add": "added", "edit": "changed", "leave": "left"}
"""The field of a member list's form that counts each kind of change."""
OPS = frozenset((*COUNTED, "person"))
EMPTY = ("sex", "born", "circumstance")
"""What is not recorded of somebody who leaves, or who is no member."""

PLAYED = [1, 0, 0]
"""What forms of lives that earlier versions played (``clb demo``) say, however many they added."""


def misfits(step: Step, event: Event, rows: Rows) -> Iterator[str]:
    """Yield the part of the effects, ``roster`` or ``board``, that is not what the form says."""
    effects, form = event.effects, event.form
    if step.name == "roster":
        done = [sum(one.op == op for one in effects.roster) for op in COUNTED]
        counted = [form.get(field, 0) for field in COUNTED.values()]
        if counted != done and not (counted == PLAYED and done[1:] == PLAYED[1:]):
            yield "roster"
        if "order" in form and sorted(form["order"]) != sorted(_listed_after(event, rows)):
            yield "roster"
    elif step.prepare == "board":
        if any(one.op != "person" for one in effects.roster):
            yield "roster"
    elif effects.roster:
        yield "roster"
    named = _named(form) if step.prepare == "board" else {}
    if {post: who for post, who in effects.board if who is not None} != named or (
        # Nobody's post becomes empty but where the whole board is named.
        "chair" not in form and any(who is None for _post, who in effects.board)
    ):
        yield "board"
    there = known(rows)
    new = {one.member for one in effects.roster}
    if not set(named.values()) <= there.keys() | new:
        yield "board"


def strange(event: Event, club: Club, rows: Rows) -> Iterator[str]:
    """Yield the fields of the changes of a member list that hold what none of this program does."""
    there, on = known(rows), event.on.isoformat()
    for one in event.effects.roster:
        yield from _strange(one, on, club, there.get(one.member))


def _strange(
    one: RosterChange, on: str, club: Club, there: Mapping[str, Any] | None
) -> Iterator[str]:
    if one.op not in OPS:
        yield "op"
        return
    shape = PERSON_ID if one.op == "person" else MEMBER_ID
    is_there = there is not None and there.get("left_on") is None
    if not shape.fullmatch(one.member) or is_there is not (one.op in ("edit", "leave")):
        yield "member"
    if one.op in ("add", "edit"):
        if one.sex not in SEXES:
            yield "sex"
        if not _is_born(one.born, on):
            yield "born"
        if one.circumstance is not None and one.circumstance not in CIRCUMSTANCES:
            yield "circumstance"
    else:
        yield from (name for name in EMPTY if getattr(one, name) is not None)
    if (one.op == "leave") is not (one.commit is None) or (
        one.commit is not None and not COMMIT.fullmatch(one.commit)
    ):
        yield "commit"
    founding = one.op == "add" and club.state in BEFORE_DECISION
    if one.joined_on is not None and not (founding and one.joined_on == club.opened_on):
        yield "joined_on"


def _listed_after(event: Event, rows: Rows) -> set[str]:
    """Return the ids of the members on the list once the event is done."""
    there = {row["id"] for row in rows.of("member") if row.get("left_on") is None}
    there |= {one.member for one in event.effects.roster if one.op == "add"}
    return there - {one.member for one in event.effects.roster if one.op == "leave"}


def known(rows: Rows) -> dict[str, Mapping[str, Any]]:
    """Return the members and the other people of a club, by id."""
    return {row["id"]: row for table in ("member", "person") for row in rows.of(table)}


def _named(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return who is named in a form for which post."""
    posts = {post: form[post] for post in POSTS if post in form}
    others = {f"member_{place}": who for place, who in enumerate(form.get("members", ()), start=1)}
    return posts | others


def _is_born(text: str | None, on: str) -> bool:
    """Return whether a text is a day of birth, a month or a year, and not after ``on``."""
    if text is None or not BORN.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return text <= on[: len(text)]
