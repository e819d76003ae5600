"""The same steps through what projects of this kind usually take: a model layer, a state machine.

Each peer is the hand-written program with its rows kept by peewee's models, or its moves made by a
state-machine library with a machine an object; everything else is the same. A library that is not
installed is left out.
"""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from peewee import Case, SqliteDatabase, fn

from bench.by_hand import ByHand, RefusedError
from bench.by_hand_data import Club, Data, Row, Task
from bench.by_hand_rules import MOVES, OUTCOMES
from engine.store import tables

Maker = Callable[[Path, str, Mapping[str, str], str], ByHand]
TARGETS = {
    to for (_step, source, _outcome), to in MOVES.items() if to not in ("returned", "suspended")
}
STATES = ["none", *sorted(TARGETS)]
TABLE = [
    (step, source or "none", outcome, to)
    for (step, source, outcome), to in MOVES.items()
    if not source or source in TARGETS
]
"""The moves among the states that the twelve steps can reach."""


def installed() -> dict[str, Maker]:
    """Return how to make each peer that can be had here."""
    found: dict[str, Maker] = {"peewee models": _made(WithModels, Models)}
    if find_spec("transitions"):
        found["transitions, one an object"] = _made(WithTransitions, Data)
    if find_spec("statemachine"):
        found["python-statemachine"] = _made(WithStateMachine, Data)
    return found


def _made(program: type[ByHand], data: type[Data]) -> Maker:
    return lambda path, province, policy, engine: program(data(path), province, policy, engine)


class Models(Data):
    """Rows through peewee's models instead of SQL text."""

    def __init__(self, path: Path) -> None:
        pragmas = {"foreign_keys": 1, "synchronous": 2, "secure_delete": 1}
        self.peewee = SqliteDatabase(str(path), pragmas=pragmas, timeout=30)
        self.peewee.connect()
        self.models: dict[str, Any] = {}
        for model in tables.ALL:
            meta = type("Meta", (), {"database": self.peewee, "table_name": _table(model)})
            copy = type(model.__name__, (model,), {"Meta": meta})
            self.models[_table(model)] = copy

    def begin(self) -> None:
        """Take the write lock."""
        self.peewee.begin("IMMEDIATE")

    def commit(self) -> None:
        """Keep what was written, durably."""
        self.peewee.commit()

    def rollback(self) -> None:
        """Keep nothing."""
        self.peewee.rollback()

    def close(self) -> None:
        """Close the database."""
        self.peewee.close()

    def club(self, club: str) -> Club:
        """Return a club."""
        one = self.models["club"].get_by_id(club)
        return Club(*(getattr(one, name) for name in Club._fields))

    def officers(self, officer: str) -> list[Row]:
        """Return an officer's roles."""
        model = self.models["officer"]
        found = model.select().where(model.id == officer).order_by(model.role)
        return [
            (one.id, one.name, one.role, one.province, one.commune, one.commune_id) for one in found
        ]

    def composition(self, club: str, limit: str, on: str) -> Row:
        """Count the members on a day."""
        model = self.models["member"]

        def count(condition: Any) -> Any:
            return fn.SUM(Case(None, [(condition, 1)], 0))

        born = model.born
        query = model.select(
            fn.COUNT(model.id),
            count(model.sex == "F"),
            count(born <= limit),
            count(model.circumstance == "poor"),
            count(model.circumstance == "near_poor"),
            count(model.circumstance == "difficult"),
            count((model.sex == "F") & (born <= limit)),
            count((fn.LENGTH(born) < 10) & (born == fn.SUBSTR(limit, 1, fn.LENGTH(born)))),
        ).where(
            (model.club == club)
            & (model.joined_on <= on)
            & (model.left_on.is_null() | (model.left_on > on))
        )
        found: Row = query.tuples().get()
        return found

    def tasks(self, club: str) -> dict[str, Task]:
        """Return the open tasks by kind."""
        model = self.models["task"]
        found = (
            model.select()
            .where((model.club == club) & model.closed_seq.is_null())
            .order_by(model.due_on, model.kind)
        )
        return {
            one.kind: Task(one.kind, one.due_on, one.role, one.source, one.opened_seq)
            for one in found
        }

    def board(self, club: str) -> list[Row]:
        """Return who holds which post."""
        model = self.models["board"]
        return [
            (one.post, one.person, one.since) for one in model.select().where(model.club == club)
        ]

    def named(self, club: str, keys: list[str]) -> list[Row]:
        """Return the active members of those folded names."""
        person, member = self.models["personal"], self.models["member"]
        joined = (member.club == person.club) & (member.id == person.member)
        query = (
            person.select(person.member, person.name)
            .join(member, on=joined)
            .where((person.club == club) & member.left_on.is_null() & person.name_key.in_(keys))
        )
        return list(query.tuples())

    def ledger(self, club: str) -> list[Row]:
        """Return the ledger."""
        return self._of("ledger", club, "kind fund source amount delta reverses seq on_date")

    def supervisions(self, club: str) -> list[Row]:
        """Return the supervisions that count."""
        return self._of(
            "supervision",
            club,
            "on_date seq members meetings_held activities "
            "borrowers borrowers_in_kind members_with_need members_served "
            "conclusion",
        )

    def reviews(self, club: str) -> list[Row]:
        """Return the reviews that count."""
        return self._of("review", club, "year on_date result seq")

    def _of(self, table: str, club: str, columns: str) -> list[Row]:
        model = self.models[table]
        condition = model.club == club
        if table != "ledger":
            condition &= model.voided_by.is_null()
        found = model.select().where(condition).order_by(model.seq)
        return [tuple(getattr(one, name) for name in columns.split()) for one in found]

    def founders(self, club: str) -> set[str]:
        """Return who opened or proposed the club."""
        model = self.models["event"]
        found = model.select(model.officer).where(
            (model.stream == f"club:{club}") & model.step.in_(("open", "propose"))
        )
        return {one.officer for one in found}

    def decided(self, province: str, year: str, club: str) -> int:
        """Count the clubs decided in a year."""
        model = self.models["club"]
        found = model.select().where(
            (model.province == province)
            & model.decided_on.between(f"{year}-01-01", f"{year}-12-31")
            & (model.id != club)
        )
        return int(found.count())

    def granted(self, province: str, year: str, source: str, club: str) -> int:
        """Count the clubs that received a grant in a year."""
        days = (f"{year}-01-01", f"{year}-12-31")
        model = self.models["ledger"]
        return self._grants(fn.COUNT(model.club.distinct()), province, days, source, club)

    def spent(self, province: str, days: tuple[str, str], source: str, club: str) -> int:
        """Add up the grants between two days."""
        total = fn.COALESCE(fn.SUM(self.models["ledger"].amount), 0)
        return self._grants(total, province, days, source, club)

    def _grants(
        self, what: Any, province: str, days: tuple[str, str], source: str, club: str
    ) -> int:
        model = self.models["ledger"]
        back = model.alias()
        reversed_ = back.select().where((back.club == model.club) & (back.reverses == model.seq))
        found = model.select(what).where(
            (model.province == province)
            & model.on_date.between(*days)
            & (model.kind == "grant")
            & (model.source == source)
            & (model.club != club)
            & ~fn.EXISTS(reversed_)
        )
        return int(found.scalar())

    def same_name(self, province: str, commune: str, village: str, name: str) -> int:
        """Count the clubs of one name in one village."""
        model = self.models["club"]
        found = model.select().where(
            (model.province == province)
            & (model.commune_key == commune)
            & (model.village_key == village)
            & (model.name_key == name)
            & model.state.not_in(("withdrawn", "rejected", "dissolved"))
        )
        return int(found.count())

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Insert a row."""
        self.models[table].create(**row)

    def insert_event(self, row: Row) -> None:
        """Append an event."""
        model = self.models["event"]
        model.create(**dict(zip(model._meta.sorted_field_names, (*row, None), strict=True)))

    def insert_members(self, members: list[Row], personal: list[Row]) -> None:
        """Insert members and who they are."""
        member, person = self.models["member"], self.models["personal"]
        columns = _fields(member, "club id province sex born circumstance joined_on commit")
        member.insert_many(members, fields=columns).execute()
        columns = _fields(
            person, "club member province name name_key id_number phone village note salt"
        )
        person.insert_many(personal, fields=columns).execute()

    def update_club(self, club: str, values: dict[str, Any]) -> None:
        """Set a club's columns: read the object, change it, save it."""
        one = self.models["club"].get_by_id(club)
        for name, value in values.items():
            setattr(one, name, value)
        one.save()

    def close_task(self, seq: int, on: str, outcome: str, late: int, club: str, kind: str) -> None:
        """Close a club's open task of a kind."""
        model = self.models["task"]
        one = model.get((model.club == club) & (model.kind == kind) & model.closed_seq.is_null())
        one.closed_seq, one.closed_on, one.outcome, one.days_late = seq, on, outcome, late
        one.save()


def _fields(model: Any, names: str) -> list[Any]:
    return [getattr(model, name) for name in names.split()]


def _table(model: Any) -> str:
    return str(model._meta.table_name)


class WithModels(ByHand):
    """The program as it is, over the models."""


class Token:
    """What a machine of transitions moves."""

    state: str


class WithTransitions(ByHand):
    """A machine of transitions for every object that moves."""

    def move(self, step: str, state: str, fields: Mapping[str, Any]) -> str:
        """Return where the step leads."""
        from transitions import Machine, MachineError

        token = Token()
        Machine(
            token,
            states=STATES,
            initial=state or "none",
            transitions=[
                {"trigger": name, "source": source, "dest": to, "conditions": _when(want)}
                for name, source, want, to in TABLE
            ],
            auto_transitions=False,
        )
        try:
            moved = token.trigger(step, fields.get(OUTCOMES.get(step, "")))  # type: ignore[attr-defined]
        except MachineError as error:
            raise RefusedError(str(error)) from error
        if moved is not True:
            raise RefusedError(f"{step} from {state}")
        return token.state


def _when(wanted: str | None) -> list[Callable[[str | None], bool]]:
    return [] if wanted is None else [lambda outcome: outcome == wanted]


class WithStateMachine(ByHand):
    """A machine of python-statemachine for every object that moves."""

    def move(self, step: str, state: str, fields: Mapping[str, Any]) -> str:
        """Return where the step leads."""
        from statemachine.exceptions import TransitionNotAllowed

        machine = _machine()(start_value=state or "none")
        try:
            machine.send(step, outcome=fields.get(OUTCOMES.get(step, "")))
        except TransitionNotAllowed as error:
            raise RefusedError(str(error)) from error
        return str(machine.current_state.id)


def _machine() -> Any:
    """Return the class, made once: a class body cannot say a table, its metaclass can."""
    if not _MADE:
        from statemachine import State, StateMachine

        states = {name: State(initial=name == "none") for name in STATES}
        body: dict[str, Any] = dict(states)
        for step, source, wanted, to in TABLE:
            condition = None if wanted is None else f"is_{wanted}"
            move = states[source].to(states[to], cond=condition)
            body[step] = body[step] | move if step in body else move
            if wanted is not None:
                body[f"is_{wanted}"] = _asked(wanted)
        _MADE.append(type(StateMachine)("ClubMachine", (StateMachine,), body))
    return _MADE[0]


def _asked(wanted: str) -> Callable[..., bool]:
    def asked(self: Any, outcome: str | None = None) -> bool:
        del self
        return outcome == wanted

    return asked


_MADE: list[Any] = []
