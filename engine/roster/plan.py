"""From a list as read to the changes of a club's list: who is new, who changed, who left."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from engine.errors import ConflictError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import CIRCUMSTANCES
from engine.lifecycle.people import Member, RosterWork, unused_id
from engine.lifecycle.prepare import Prepared
from engine.model import Club
from engine.roster.members import active
from engine.roster.model import ListColumn, ListedPerson, Place
from engine.store.database import Store
from engine.vietnamese.text import key, means, straight, unmarked

Who = tuple[str, ...]
MAY_BE_EMPTY = ("circumstance", "village", "id_number", "phone", "note")
_folded = lru_cache(maxsize=8192)(key)


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Who seems to be there twice: rows of the file, and members there already.

    They have one name and one birth year, or, where ``by_number``, one identity number; then
    ``name`` and ``born`` are those of the first row.
    """

    places: tuple[Place, ...]
    name: str
    born: str
    members: tuple[str, ...]
    by_number: bool = False

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows as Excel numbers them."""
        return tuple(row for _sheet, row in self.places)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do to a club's list.

    ``order`` is the whole list's, by id, "" for each new member in turn; empty where it stays.
    """

    added: tuple[Member, ...] = ()
    changed: tuple[Member, ...] = ()
    left: tuple[str, ...] = ()
    unchanged: int = 0
    duplicates: tuple[Namesakes, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def taken(self) -> int:
        """How many rows of the file are on the list afterwards."""
        return len(self.added) + len(self.changed) + self.unchanged

    @property
    def is_idle(self) -> bool:
        """Return whether nothing would change."""
        return not (self.added or self.changed or self.left or self.order)

    def work(self, there: Iterable[Member]) -> RosterWork:
        """Return the changes as the lifecycle records them, no two people under one id.

        Random ids do not meet in a club, but they may in a list of tens of
        thousands.
        """
        used = {one.id for one in there}
        added = [replace(member, id=unused_id(used)) for member in self.added]
        new = iter(added)
        order = [id_ or next(new).id for id_ in self.order]
        return RosterWork(added, self.changed, self.left, order)


def who(name: str, born: str | None) -> Who:
    """Return what makes two entries one person: the name however spelt, and the year of birth."""
    return (*map(_folded, name.split()), (born or "")[:4])


def is_same(name: str, born: str | None, member: Member) -> bool:
    """Return whether a typed name and a year of birth mean a member; marks may all be missing."""
    return (
        member.name != ""
        and (born or "")[:4] == (member.born or "")[:4]
        and means(name, member.name)
    )


def _as_known(entries: Iterable[ListedPerson], members: Iterable[Member]) -> Iterator[ListedPerson]:
    """Yield the entries, those typed without any mark under the name of the member they mean."""
    there: dict[tuple[str, str], list[str]] = {}
    for one in members:
        if one.name:
            there.setdefault((unmarked(one.name), one.born[:4]), []).append(one.name)
    for entry in entries:
        typed = unmarked(entry.name)
        names = there.get((typed, entry.born[:4]), [])
        is_bare = straight(_folded(entry.name)) == typed
        yield replace(entry, name=names[0]) if is_bare and len(names) == 1 else entry


def known_fields(columns: Iterable[ListColumn]) -> frozenset[str]:
    """Return what a list has a column for; only there an empty cell means "nothing"."""
    fields = {column.field for column in columns if column.field}
    return frozenset(fields | {"circumstance"} if fields & CIRCUMSTANCES.keys() else fields)


def plan(
    entries: Sequence[ListedPerson],
    members: Sequence[Member],
    *,
    fields: frozenset[str] = frozenset(),
    replacing: bool = False,
    without: Collection[Place] = (),
    order: Sequence[str] = (),
) -> Plan:
    """Work out what a list changes, judging nothing.

    Every entry is a new member; the same name and birth year, or the same identity number, in the
    file or in the club, is in ``duplicates``. With ``replacing`` the file is the whole list: who is
    in both is changed where the file has something else, who is only in the club leaves, and only
    duplicates inside the file count, and its order becomes the list's, which now is ``order``.
    Places in ``without`` are left out.
    """
    if without:
        entries = [entry for entry in entries if entry.place not in without]
    entries = list(_as_known(entries, members))
    rows: dict[Who, list[ListedPerson]] = {}
    for entry in entries:
        rows.setdefault(who(entry.name, entry.born), []).append(entry)
    there: dict[Who, list[Member]] = {}
    for member in members:
        if member.name:
            there.setdefault(who(member.name, member.born), []).append(member)
    duplicates = tuple(
        Namesakes(
            tuple(one.place for one in found),
            found[0].name,
            person[-1],
            tuple(one.id for one in there.get(person, ())),
        )
        for person, found in rows.items()
        if len(found) > 1 or (person in there and not replacing)
    )
    duplicates += tuple(_same_numbers(entries, () if replacing else members))
    if not replacing:
        return Plan(tuple(_new(one) for one in entries), duplicates=duplicates)
    order = order or [one.id for one in members]
    return replace(_replacing(entries, rows, there, members, fields, order), duplicates=duplicates)


def _same_numbers(
    entries: Sequence[ListedPerson], members: Sequence[Member]
) -> Iterator[Namesakes]:
    """Yield the identity numbers that people of different names or years have."""
    found: dict[str, list[ListedPerson]] = {}
    for entry in entries:
        if entry.id_number:
            found.setdefault(entry.id_number, []).append(entry)
    there: dict[str, list[Member]] = {}
    for member in members:
        if member.id_number in found:
            there.setdefault(member.id_number or "", []).append(member)
    for number, same in found.items():
        people = {who(one.name, one.born) for one in same}
        ids = tuple(
            one.id for one in there.get(number, ()) if who(one.name, one.born) not in people
        )
        if len(people) > 1 or ids:
            first = same[0]
            places = tuple(one.place for one in same)
            yield Namesakes(places, first.name, first.born[:4], ids, by_number=True)


def _replacing(
    entries: Sequence[ListedPerson],
    rows: dict[Who, list[ListedPerson]],
    there: dict[Who, list[Member]],
    members: Sequence[Member],
    fields: frozenset[str],
    order: Sequence[str],
) -> Plan:
    new: dict[Place, Member] = {}
    changed: list[Member] = []
    stayed: dict[Place, str] = {}
    # Somebody whose name or year was put right in the file is known by the identity number.
    by_number = {
        one.id_number: one
        for one in members
        if one.id_number and who(one.name, one.born) not in rows
    }
    for person, found in rows.items():
        pairs = _pairs(found, there.get(person, []))
        for entry, named in pairs:
            member = named or by_number.pop(entry.id_number or "", None)
            if member is None:
                new[entry.place] = _new(entry)
                continue
            stayed[entry.place] = member.id
            wanted = _changed(entry, member, fields)
            if wanted != member:
                changed.append(wanted)
    there_still = set(stayed.values())
    left = tuple(one.id for one in members if one.id not in there_still)
    added = tuple(new[entry.place] for entry in entries if entry.place in new)
    in_file = tuple(stayed.get(entry.place, "") for entry in entries)
    as_is = (*(id_ for id_ in order if id_ in there_still), *("" for _one in added))
    unchanged = len(stayed) - len(changed)
    return Plan(added, tuple(changed), left, unchanged, order=() if in_file == as_is else in_file)


def _pairs(
    entries: Sequence[ListedPerson], members: Sequence[Member]
) -> list[tuple[ListedPerson, Member | None]]:
    """Give each entry the member it means; the identity number decides between namesakes."""
    free = list(members)
    pairs: dict[Place, Member | None] = {}
    for entry in entries:
        same = [one for one in free if entry.id_number and one.id_number == entry.id_number]
        if same:
            pairs[entry.place] = same[0]
            free.remove(same[0])
    for entry in entries:
        if entry.place not in pairs:
            pairs[entry.place] = free.pop(0) if free else None
    return [(entry, pairs[entry.place]) for entry in entries]


def _new(entry: ListedPerson) -> Member:
    return Member(
        entry.name,
        entry.sex,
        entry.born,
        entry.circumstance,
        entry.village,
        entry.id_number,
        entry.phone,
        entry.note,
    )


def _changed(entry: ListedPerson, member: Member, fields: frozenset[str]) -> Member:
    """Overlay a member with a row of the list; a birthday known exactly stays exact."""
    new = replace(_new(entry), id=member.id)
    kept = {
        field: getattr(member, field)
        for field in MAY_BE_EMPTY
        if field not in fields and getattr(new, field) is None
    }
    born = member.born if member.born.startswith(new.born) else new.born
    return replace(new, born=born, **kept)


def after(members: Iterable[Member], done: Plan) -> tuple[Member, ...]:
    """Return the list as the plan would leave it."""
    gone = set(done.left)
    changed = {one.id: one for one in done.changed}
    stayed = {one.id: changed.get(one.id, one) for one in members if one.id not in gone}
    new = iter(done.added)
    if done.order:
        return tuple(stayed[id_] if id_ else next(new) for id_ in done.order)
    return (*stayed.values(), *new)


@dataclass(frozen=True, slots=True)
class OnList:
    """Changes of a list that count only while the list is the one they were worked out on.

    Raises ``ConflictError`` inside the step's transaction when somebody changed it meanwhile.
    """

    seen: tuple[Member, ...]
    work: Callable[[Store, Club, FrozenMap, date], Prepared]

    def __call__(self, store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
        """Return the changes, ready for the log."""
        if active(store, club) != self.seen:
            raise ConflictError(
                _("Somebody else changed the member list of {club} meanwhile.").format(
                    club=club.id
                ),
                help=_("Look at the list again, then repeat: {command}.").format(
                    command=f"clb member list {club.id}"
                ),
            )
        return self.work(store, club, form, on)
