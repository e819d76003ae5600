"""A province that becomes a part of another one: who is responsible for its clubs from a day on.

The clubs keep their ids, their log and the documents of the territory that they lie in: a document
holds for its own territory until another one takes its place. What moves is responsibility. Every
office of the province becomes one in the other from that day; those of the province as a whole end
in the old one. Who is in office in the other is so for the clubs of the old one too, and the event
of the merger is where that is read from.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine import codes
from engine.errors import ConflictError, InputError, RefusedError
from engine.i18n import _
from engine.lifecycle.merged import refuse_merged
from engine.lifecycle.officers import OfficerService, ending, one_place, row_of
from engine.lifecycle.province import ProvinceService, name_on
from engine.model import ENDS, Officer, Role, State
from engine.rules.communes import Unit, full_name, same_commune
from engine.rules.succession import succession
from engine.store import facts
from engine.vietnamese.collation import in_order
from engine.vietnamese.text import dmy

CLUBS = "SELECT state, commune FROM club WHERE province = ?"
OPEN_TASKS = "SELECT count(*) FROM task WHERE province = ? AND closed_seq IS NULL"
WHOLE = (Role.PROVINCE, Role.ADMIN)
"""The roles of a province as a whole, which end with it."""


@dataclass(frozen=True, slots=True)
class Merger:
    """Which province becomes a part of which, from which day on, by which document."""

    province: str
    into: str
    on: date
    document: str


@dataclass(frozen=True, slots=True)
class MergerImpact:
    """What a merger does, before it is recorded.

    ``ended`` are offices that end in the old province, ``begun`` those that begin in the other.
    ``communes`` are the clubs' communes by their names of that day that the other province's list
    lacks; ``None`` where it has no list of that day.
    """

    clubs: tuple[tuple[State, int], ...]
    tasks: int
    ended: tuple[Officer, ...]
    begun: tuple[Officer, ...]
    communes: tuple[str, ...] | None

    @property
    def living(self) -> int:
        """Return how many clubs have not ended."""
        return sum(count for state, count in self.clubs if state not in ENDS)


class MergerService:
    """Says what a merger of two provinces does, and records it."""

    def __init__(self, province: ProvinceService, officers: OfficerService) -> None:
        self.store = province.store
        self.provinces = province.provinces
        self._province = province
        self._officers = officers

    def impact(self, merger: Merger, *, by: str) -> MergerImpact:
        """Return what the merger would do.

        Raises ``InputError`` for a merger that cannot be, ``NotPermittedError`` unless ``by`` is an
        administrator of both provinces, ``UnknownError``, ``PluginError``.
        """
        self._require(merger, by)
        offices = self._officers.ever()
        own = [
            one
            for one in offices
            if one.province == merger.province and (one.until is None or one.until > merger.on)
        ]
        there = [one for one in offices if one.province == merger.into]
        units = self._units(merger)
        moved = [_moved(one, merger, units) for one in own]
        return MergerImpact(
            self._clubs(merger),
            int(self.store.rows(OPEN_TASKS, (merger.province,))[0][0]),
            tuple(one for one in own if one.role in WHOLE),
            tuple(one for one in moved if not _is_there(one, there, merger.on)),
            self._unlisted(merger),
        )

    def merge(self, merger: Merger, *, by: str, seen: MergerImpact) -> MergerImpact:
        """Record the merger: an event in each of the two streams, and one an office.

        ``seen`` is what was shown before. Raises ``ConflictError`` where that changed meanwhile,
        else as ``impact`` does.
        """
        held = ("officers", f"province:{merger.province}", f"province:{merger.into}")
        with self.store.write(*held, by=by):
            found = self.impact(merger, by=by)
            if found != seen:
                raise ConflictError(
                    _("What the merger would do has changed meanwhile."),
                    help=_("Look at it once more: repeat the command."),
                )
            for one in found.begun:
                row = row_of(one)
                self._province.record(
                    merger.into, "officer_add", row, by, Role.ADMIN, records=(("officer", row),)
                )
            for old in (merger.province, *facts.merged_into(self.store, merger.province)):
                self._record(replace(merger, province=old), by, found.ended)
            form = {"from": merger.province, "date": _day(merger), "document": merger.document}
            self._province.record(merger.into, "merge_in", form, by, Role.ADMIN, on=merger.on)
            return found

    def _record(self, merger: Merger, by: str, ended: Sequence[Officer]) -> None:
        """Record in a province's stream which other one is responsible from now on."""
        row = {"successor": merger.into, "since": _day(merger), "document": merger.document}
        form = {"into": merger.into, "date": _day(merger), "document": merger.document}
        own = (ending(one, merger.on) for one in ended if one.province == merger.province)
        self._province.record(
            *(merger.province, "merge", form, by, Role.ADMIN),
            on=merger.on,
            records=(("merger", row), *own),
        )

    def _require(self, merger: Merger, by: str) -> None:
        """Refuse a merger that cannot be. Raises what ``impact`` does."""
        for province in (merger.province, merger.into):
            self.provinces.policy(province)
            self._officers.require_admin(province, by)
        if merger.province == merger.into:
            raise InputError(
                _("A province cannot be merged into itself."),
                code=codes.PROVINCE_MERGER,
                help=_("Name the other one: {option}.").format(option="--into …"),
            )
        for province in (merger.province, merger.into):
            refuse_merged(self.store, self.provinces, province)
        if merger.on > self._province.today():
            raise RefusedError(
                _("{day} is still to come.").format(day=dmy(merger.on)), code=codes.DATE_FUTURE
            )

    def _clubs(self, merger: Merger) -> tuple[tuple[State, int], ...]:
        found = Counter(State(state) for state, _commune in self._rows(merger))
        return tuple((state, found[state]) for state in State if found[state])

    def _rows(self, merger: Merger) -> list[tuple[str, str]]:
        found = self.store.rows(CLUBS, (merger.province,))
        return [(str(state), str(commune)) for state, commune in found]

    def _units(self, merger: Merger) -> tuple[Unit, ...]:
        """Return what became of the old province's communes, by its list and its policy."""
        policy = self.provinces.policy(merger.province)
        return (*facts.units(self.store, merger.province), *succession(policy))

    def _unlisted(self, merger: Merger) -> tuple[str, ...] | None:
        """Return the communes of living clubs, as they are called since, that the list lacks."""
        listed = [one for one in facts.units(self.store, merger.into) if one.valid(merger.on)]
        if not listed:
            return None
        own = self._units(merger)
        names = {
            name_on(own, name, merger.on)
            for state, name in self._rows(merger)
            if State(state) not in ENDS
        }
        lacking = [
            name for name in names if not any(same_commune(full_name(one), name) for one in listed)
        ]
        return tuple(in_order(lacking))


def _day(merger: Merger) -> str:
    return merger.on.isoformat()


def _moved(one: Officer, merger: Merger, units: Sequence[Unit]) -> Officer:
    """Return an office as it begins in the other province, in its commune as it is called then."""
    since = merger.on if one.since is None or one.since < merger.on else one.since
    commune = one.commune
    if commune is not None and one.of_one_commune:
        commune = name_on(units, commune, since)
    same = commune == one.commune
    code = one.commune_id if same else None
    return replace(one, province=merger.into, since=since, seq=0, commune=commune, commune_id=code)


def _is_there(one: Officer, there: Sequence[Officer], on: date) -> bool:
    """Return whether somebody has the same office in the other province already."""
    return any(
        (held.id, held.role) == (one.id, one.role)
        and one_place(held.commune, one.commune)
        and (held.until is None or held.until > on)
        for held in there
    )
