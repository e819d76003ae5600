"""Members and boards: names become ids before anything reaches the log."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine import codes
from engine.errors import InputError, UnknownError
from engine.frozen import FrozenMap, freeze, thaw
from engine.i18n import _
from engine.labels import POSTS, role_name
from engine.lifecycle.prepare import Prepared
from engine.model import BEFORE_DECISION, Club, Effects, Finding, Role, RosterChange
from engine.policy.effective import general_citation
from engine.rules import forms
from engine.rules.care import BETWEEN_TWO, PAIRS, TWO
from engine.rules.findings import note, warn
from engine.rules.forms import Own
from engine.rules.own import OWN
from engine.rules.request import reach
from engine.states import step as find_step
from engine.store.database import Store
from engine.store.facts import named
from engine.store.personal import Identity
from engine.vietnamese.dates import born_text
from engine.vietnamese.text import bare, key, means, resembles

SHOWN = 5
"""Members that may be meant who are named in a message."""
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ACTIVE = (
    "SELECT m.id, m.born, p.name FROM member m LEFT JOIN personal p "
    "ON p.club = m.club AND p.province = m.province AND p.member = m.id "
    "WHERE m.club = ? AND m.province = ? AND m.left_on IS NULL "
)
SELECT_NAMES = "SELECT member, name FROM personal WHERE club = ? AND province = ?"
SELECT_POSTS = "SELECT post, person FROM board WHERE club = ? AND province = ?"
CALLED = f"{ACTIVE}AND (m.id = ? OR p.name_key = ?) ORDER BY m.id"


def random_code(length: int) -> str:
    """Return random Crockford letters and digits: no counter, so two databases never collide."""
    return "".join(CROCKFORD[byte % 32] for byte in secrets.token_bytes(length))


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a club's list, there already (``id``) or to be added (without one).

    ``name`` is empty where the personal data was erased. ``born`` is "1950", "1950-05" or
    "1950-05-02"; ``circumstance`` (diện hộ) is poor, near_poor, difficult or ``None``.
    """

    name: str
    sex: str
    born: str
    circumstance: str | None = None
    village: str | None = None
    id_number: str | None = None
    phone: str | None = None
    note: str | None = None
    id: str = ""

    def identity(self) -> Identity:
        """Return the part that stays out of the log, salted anew."""
        return Identity(self.name, self.id_number, self.phone, self.village, self.note).salted()


@dataclass(frozen=True, slots=True)
class RosterWork:
    """Changes of a member list, as one event; ``order`` is the whole list's where it changed."""

    added: Sequence[Member] = ()
    changed: Sequence[Member] = ()
    left: Sequence[str] = ()
    order: Sequence[str] = ()

    def __call__(self, store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
        """Return the roster effects and the identities that are kept outside the log.

        The list made before the decision is the list of founding members: it counts from the day
        the club's file was opened, whatever day it was typed. The form counts the changes.
        """
        del store, on
        joined = club.opened_on if club.state in BEFORE_DECISION else None
        changes: list[RosterChange] = []
        identities: list[tuple[str, Identity]] = []
        taken = {member.id for member in (*self.added, *self.changed)}
        for op, members in (("add", self.added), ("edit", self.changed)):
            for member in members:
                id_ = member.id or unused_id(taken)
                identity = member.identity()
                identities.append((id_, identity))
                changes.append(
                    RosterChange(
                        op,
                        id_,
                        member.sex,
                        member.born,
                        member.circumstance,
                        joined if op == "add" else None,
                        identity.commit,
                    )
                )
        changes += [RosterChange("leave", id_) for id_ in self.left]
        counts: dict[str, Any] = {
            "added": len(self.added),
            "changed": len(self.changed),
            "left": len(self.left),
        }
        if self.order:
            counts["order"] = tuple(self.order)
        return Prepared(
            FrozenMap({**form, **counts}), Effects(roster=tuple(changes)), tuple(identities)
        )


def unused_id(taken: set[str]) -> str:
    """Return a new member id and take it."""
    while (id_ := f"M{random_code(7)}") in taken:
        pass
    taken.add(id_)
    return id_


@dataclass(frozen=True, slots=True)
class NamedMember:
    """An active member with what distinguishes namesakes; no name where it was erased."""

    id: str
    born: str
    name: str | None

    def __str__(self) -> str:
        return _("{name}, born {born} ({id})").format(
            name=self.name or _("(erased)"), born=born_text(self.born), id=self.id
        )


def find(store: Store, club: Club, name: str) -> list[NamedMember]:
    """Return the active members that a name or an id means (``text.means``).

    Who types a name without marks means the member who is written so, if there is one.
    """
    called = [NamedMember(*row) for row in store.rows(CALLED, (*named(club), name, bare(name)))]
    by_id = [one for one in called if one.id == name]
    spelt = [one for one in called if one.name and key(one.name) == key(name)]
    meant = by_id or spelt or [one for one in called if one.name and means(name, one.name)]
    return meant or [one for one in _active(store, club) if one.name and means(name, one.name)]


def similar(store: Store, club: Club, name: str) -> list[NamedMember]:
    """Return the active members who may have been meant by a text that is nobody's name."""
    return [one for one in _active(store, club) if one.name and resembles(name, one.name)]


def _active(store: Store, club: Club) -> Iterator[NamedMember]:
    return (NamedMember(*row) for row in store.rows(f"{ACTIVE}ORDER BY m.id", named(club)))


def member_id(store: Store, club: Club, name: str) -> str:
    """Return the id of the one active member a name or an id means.

    Raises ``UnknownError`` when nobody fits, ``InputError`` when several do.
    """
    return _the_one(store, club, name, find(store, club, name))


def _the_one(store: Store, club: Club, name: str, found: Sequence[NamedMember]) -> str:
    if len(found) == 1:
        return found[0].id
    raise unclear(store, club, name)[0]


def unclear(store: Store, club: Club, name: str) -> tuple[InputError, list[NamedMember]]:
    """Return the error for a text that means no member or several, and those it may mean."""
    found = find(store, club, name)
    if found:
        several = InputError(
            _("Several members are called {name}: {who}.").format(
                name=name, who="; ".join(map(str, found))
            ),
            code=codes.MEMBER_SEVERAL,
            help=_("Give the id instead of the name."),
        )
        return several, found
    near = similar(store, club, name)
    unknown = UnknownError(
        _("No member of this club is called {name}.").format(name=name),
        code=codes.MEMBER_UNKNOWN,
        help=_("Did you mean: {names}?").format(names="; ".join(map(str, near[:SHOWN])))
        if near
        else f"clb member list {club.id}",
    )
    return unknown, near


def prepare_board(store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
    """Put ids in the place of names; who is not on the list is kept as a person of the club."""
    del on
    board: list[tuple[str, str | None]] = []
    people: dict[str, str] = {}
    changes: list[RosterChange] = []
    identities: list[tuple[str, Identity]] = []
    findings: list[Finding] = []

    def person(name: str) -> str:
        who = key(name)
        if who not in people:
            if found := find(store, club, name):
                people[who] = _the_one(store, club, name, found)
            else:
                findings.append(_outsider(store, club, name))
                identity = Identity(name).salted()
                people[who] = f"P{random_code(7)}"
                identities.append((people[who], identity))
                changes.append(RosterChange("person", people[who], commit=identity.commit))
        return people[who]

    ready: dict[str, Any] = dict(form)
    for post in POSTS:
        if post in form:
            ready[post] = person(form[post])
            board.append((post, ready[post]))
    if "members" in form:
        ready["members"] = tuple(person(name) for name in form["members"])
        board += [(f"member_{i}", id_) for i, id_ in enumerate(ready["members"], start=1)]
    before: dict[str, str] = dict(store.rows(SELECT_POSTS, named(club)))
    decided = "decision" in form
    after = {**(before if decided else {}), **dict(board)}
    if after.get("chair") is not None and after["chair"] == after.get("vice"):
        both = form.get("vice") or form["chair"]
        raise InputError(
            _("{name} cannot be chair and vice chair at once.").format(name=both),
            code=codes.BOARD_TWICE,
            help=_("Name two different people."),
        )
    if not board:
        raise InputError(
            _("Nobody is named for the board."),
            code=codes.FORM_MISSING,
            help="--set chair=… --set vice=…",
        )
    if "chair" in form:
        board += [(post, None) for post in before if not decided and post not in dict(board)]
    return Prepared(
        FrozenMap(ready),
        Effects(roster=tuple(changes), board=tuple(board)),
        tuple(identities),
        findings=tuple(findings),
        people=frozenset(people.values()),
    )


def with_members(store: Store, club: Club, step: str, prepared: Prepared, own: Own) -> Prepared:
    """Put the ids of members in the place of names in fields that no preparer of the step fills.

    Raises ``UnknownError`` when nobody fits, ``InputError`` when several do.
    """
    form, people = thaw(prepared.form), set(prepared.people)

    def id_of(text: str) -> str:
        people.add(found := member_id(store, club, text))
        return found

    unfilled = find_step(step).prepare is None
    for path in forms.personal(step, own):
        value = reach(prepared.form, path)
        if value is None or not (unfilled or path.startswith(f"{OWN}.")):
            continue
        group, _dot, name = path.rpartition(".")
        inside = form[group] if group else form
        if isinstance(value, str):
            inside[name] = id_of(value)
        else:
            pairs = forms.field(step, path, own).meaning == PAIRS
            inside[name] = [pair_of(one, id_of) if pairs else id_of(one) for one in value]
    if people == prepared.people:
        return prepared
    return replace(prepared, form=freeze(form), people=frozenset(people))


def pair_of(text: str, id_of: Callable[[str], str]) -> str:
    """Return a volunteer and who is cared for as ids. Raises ``InputError`` for another text."""
    parts = BETWEEN_TWO.split(text.strip())
    if len(parts) != 2 or not all(parts):
        raise InputError(
            _("“{text}” is not two people.").format(text=text),
            code=codes.CARE_PAIR,
            help=_("Write the volunteer, a dash and who is cared for: Lan – Đức."),
        )
    volunteer, person = map(id_of, parts)
    return f"{volunteer}{TWO}{person}"


def _outsider(store: Store, club: Club, name: str) -> Finding:
    """Return the finding about a name on the board that is nobody's on the list.

    One that is nearly a member's is warned of: one of the two is wrong, or a reason says that it is
    somebody else.
    """
    near = similar(store, club, name)
    if near:
        return warn(
            codes.BOARD_NEAR,
            _("{name} is not on the member list, where a name is nearly the same.").format(
                name=name
            ),
            expected="; ".join(map(str, near[:SHOWN])),
            actual=name,
            source=general_citation(),
            who=role_name(Role.ASSOCIATION),
            fix=_("Write the name as the list has it, or say that it is another person."),
        )
    return note(
        codes.BOARD_OUTSIDER,
        _("{name}, named for the board, is not on the member list.").format(name=name),
        who=role_name(Role.ASSOCIATION),
        fix=f"clb member add {club.id} …",
    )


def prepare_borrower(store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
    """Put the member's id in the place of the name; only a member borrows."""
    del on
    borrower = member_id(store, club, form["member"])
    return Prepared(FrozenMap({**form, "member": borrower}), people=frozenset({borrower}))


def prepare_erase(store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
    """Find whose personal data goes; the log keeps the member's id only."""
    del on
    wanted = form["member"]
    rows = store.rows(SELECT_NAMES, named(club))
    found = [id_ for id_, name in rows if id_ == wanted or key(name) == key(wanted)]
    found = found or [id_ for id_, name in rows if means(wanted, name)]
    if not found:
        near = [f"{name} ({id_})" for id_, name in rows if resembles(wanted, name)]
        raise UnknownError(
            _("There is no personal data of {name} in this club.").format(name=wanted),
            code=codes.MEMBER_UNKNOWN,
            help=_("Did you mean: {names}?").format(names="; ".join(near[:SHOWN]))
            if near
            else f"clb member list {club.id}",
        )
    if len(found) > 1:
        raise InputError(
            _("Several members are called {name}: {who}.").format(
                name=wanted, who=", ".join(found)
            ),
            code=codes.MEMBER_SEVERAL,
            help=_("Give the id instead of the name."),
        )
    return Prepared(
        FrozenMap({**form, "member": found[0]}), erased=found[0], people=frozenset(found)
    )


def names(store: Store, club: Club) -> dict[str, str]:
    """Return the names behind the ids of a club's people, as far as they are not erased."""
    return dict(store.rows(SELECT_NAMES, named(club)))
