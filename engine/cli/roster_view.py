"""Member lists as JSON and as text: people, columns, namesakes, what an import did."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from engine.cli import tables
from engine.cli.context import Context
from engine.i18n import _
from engine.labels import CIRCUMSTANCES, circumstance_name, count_name, sex_name
from engine.model import Composition, Event
from engine.reports import boards
from engine.roster.importing import Namesakes
from engine.roster.members import Member
from engine.roster.model import Column, Reading

COUNTS = ("members", "women", "elderly", "young", "poor", "near_poor", "difficult")
SHOWN = 20
"""Namesakes that are shown, and asked about; more of them are not a question any more."""


def row(member: Member) -> dict[str, Any]:
    """Return a member as the contract lists one."""
    return {
        "id": member.id,
        "name": member.name,
        "sex": member.sex,
        "born": member.born,
        "circumstance": member.circumstance,
        "village": member.village,
        "id_number": member.id_number,
        "phone": member.phone,
    }


def event(done: Event | None) -> dict[str, Any] | None:
    """Return where the log has what was done, ``None`` where nothing was recorded."""
    if done is None:
        return None
    return {
        "stream": done.stream,
        "seq": done.seq,
        "step": done.step,
        "on": done.on,
        "hash": done.hash,
    }


def composition(made_of: Composition) -> dict[str, int]:
    """Return the counts of the contract."""
    return {name: getattr(made_of, name) for name in COUNTS}


def columns(found: Iterable[Column]) -> list[dict[str, Any]]:
    """Return how each column was understood, by its letter."""
    return [
        {"column": letter(one.index), "heading": one.heading, "field": one.field} for one in found
    ]


def namesakes(found: Iterable[Namesakes]) -> list[dict[str, Any]]:
    """Return who is there more than once: rows of the file, and members of the club."""
    return [
        {"rows": one.rows, "name": one.name, "born": one.born, "members": one.members}
        for one in found
    ]


def letter(index: int) -> str:
    """Return the letters a spreadsheet shows above a column; 0 is A."""
    letters, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def born_text(born: str) -> str:
    """Return a birth as people write it: 02/05/1950, 05/1950 or 1950."""
    return "/".join(reversed(born.split("-")))


def field_name(field: str | None) -> str:
    """Return what a column was taken for."""
    if field is None:
        return _("not used")
    return {
        "order": _("number in the list"),
        "name": _("name"),
        "family_name": _("family and middle name"),
        "given_name": _("given name"),
        "sex": _("sex"),
        "male": sex_name("M"),
        "female": sex_name("F"),
        "born": _("birth"),
        "birth_day": _("day of birth"),
        "birth_month": _("month of birth"),
        "birth_year": _("year of birth"),
        "circumstance": _("household"),
        **{one: circumstance_name(one) for one in CIRCUMSTANCES},
        "village": _("village"),
        "id_number": _("identity number"),
        "phone": _("phone"),
        "post": _("post"),
        "note": _("note"),
    }.get(field, field)


def list_text(members: Iterable[Member]) -> Iterator[str]:
    """Yield a list as a table."""
    rows = [
        (
            place,
            one.name or _("(erased)"),
            sex_name(one.sex),
            born_text(one.born),
            circumstance_name(one.circumstance),
            one.village,
            one.id_number,
            one.phone,
            one.id,
        )
        for place, one in enumerate(members, start=1)
    ]
    yield from tables.table(
        [
            _("No."),
            _("Name"),
            _("Sex"),
            _("Born"),
            _("Household"),
            _("Village"),
            _("Identity number"),
            _("Phone"),
            _("Id"),
        ],
        rows,
        right=[0, 3],
    )


def composition_text(made_of: Composition) -> str:
    """Return the counts as one line."""
    shown = ("women", "elderly", "young", "poor", "near_poor", "difficult")
    inside = ", ".join(f"{count_name(name)} {getattr(made_of, name)}" for name in shown)
    return _("Members: {members} ({inside})").format(members=made_of.members, inside=inside)


def columns_text(reading: Reading) -> Iterator[str]:
    """Yield how each column was understood."""
    yield from tables.table(
        [_("Column"), _("Heading"), _("Taken as")],
        ((letter(one.index), one.heading or "-", field_name(one.field)) for one in reading.columns),
    )


def rejected_text(reading: Reading) -> Iterator[str]:
    """Yield every cell that cannot be read."""
    yield from tables.table(
        [_("Row"), _("Column"), _("Found"), _("Expected")],
        ((one.row, one.column, one.found or "-", one.expected) for one in reading.rejected),
        right=[0],
    )


def namesakes_text(found: Sequence[Namesakes]) -> Iterator[str]:
    """Yield who is there more than once, the first of them where they are many."""
    for one in found[:SHOWN]:
        yield namesake(one)
    if len(found) > SHOWN:
        yield _("... and {count} more.").format(count=len(found) - SHOWN)


def namesake(one: Namesakes) -> str:
    """Return who is there more than once, as a sentence."""
    rows = ", ".join(map(str, one.rows))
    if not one.members:
        return _("{name}, born {year}, stands in several rows: {rows}.").format(
            name=one.name, year=one.born, rows=rows
        )
    return _("{name}, born {year}, row {rows}, is on the club's list already: {members}.").format(
        name=one.name, year=one.born, rows=rows, members=", ".join(one.members)
    )


def warn_board(context: Context, club: str, left: Iterable[str]) -> None:
    """Say who left the list and is on the board still."""
    gone = set(left)
    for seat in boards.board(context.registry.store, club) if gone else ():
        if seat.person in gone:
            context.message(
                _("{name} left the list and is still on the club's board.").format(
                    name=seat.name or seat.person
                )
            )
