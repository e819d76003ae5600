"""Steps of a province's own stream: units loaded, reports sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from engine import __version__, codes
from engine.clock import Clock, day_of, now
from engine.errors import InputError, NotPermittedError, RefusedError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import period_name
from engine.lifecycle.gather import unknown_officer
from engine.lifecycle.login import require_login
from engine.model import Effects, Event, Officer, Receipt, Role
from engine.provinces.load import Provinces
from engine.rules.calendar import Period
from engine.rules.communes import Unit, became, full_name, named, same_commune
from engine.rules.succession import succession
from engine.store import facts, log
from engine.store.canonical import GENESIS, plain
from engine.store.database import Store
from engine.vietnamese.text import dmy

SELECT_PLACES = (
    "SELECT id, name, commune FROM club WHERE province = ? "
    "AND state NOT IN ('withdrawn', 'rejected', 'dissolved') ORDER BY id"
)
SELECT_SENT = (
    "SELECT sent_on FROM delivery WHERE province = ? AND report = ? AND period = ? "
    "ORDER BY seq DESC"
)


@dataclass(frozen=True, slots=True)
class MovedClub:
    """A club that a list of units puts into another commune."""

    club: str
    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class UnitsLoaded:
    """The event of a loaded list, and the clubs it put into other communes."""

    event: Event
    moved: tuple[MovedClub, ...]


class ProvinceService:
    """Records what concerns a province and no single club."""

    def __init__(self, store: Store, provinces: Provinces, clock: Clock = now) -> None:
        self.store = store
        self.provinces = provinces
        self.clock = clock

    def today(self) -> date:
        """Return the present day in Viet Nam."""
        return day_of(self.clock())

    def import_units(
        self, province: str, units: Sequence[Unit], *, by: str, document: str | None = None
    ) -> UnitsLoaded:
        """Load administrative units; one that is there already is replaced.

        Admin or province. Where the list puts clubs into other communes than before, the document
        that did so must be named; the event has it and the clubs. Raises ``UnknownError``,
        ``NotPermittedError``, ``InputError`` for a successor that is in no list, ``RefusedError``
        for clubs that would move without a document.
        """
        rows = tuple(
            (
                "unit",
                {
                    "id": unit.id,
                    "name": unit.name,
                    "kind": unit.kind,
                    "valid_from": unit.valid_from,
                    "valid_to": unit.valid_to,
                    "parent": unit.parent,
                    "successor": unit.successor,
                    "source": unit.source,
                    "confirmed": unit.confirmed,
                    **({"classes": ",".join(unit.classes)} if unit.classes else {}),
                },
            )
            for unit in units
        )
        with self.store.write(f"province:{province}", by=by):
            role = self._units_role(province, by)
            before = facts.units(self.store, province)
            new = {(one.id, one.valid_from) for one in units}
            after = (*(one for one in before if (one.id, one.valid_from) not in new), *units)
            _require_successors(units, after)
            moved = self._moved(province, before, after)
            if moved and not document:
                raise RefusedError(
                    _("The list puts clubs into other communes: {clubs}.").format(
                        clubs="; ".join(
                            f"{one.name} ({one.club}): {one.was} → {one.now}" for one in moved
                        )
                    ),
                    code=codes.COMMUNE_MOVES,
                    help=_("Name the document that did: {option}.").format(option='--document "…"'),
                )
            form: dict[str, Any] = {"units": len(rows)}
            if document:
                form["document"] = document
            if moved:
                form["clubs"] = tuple(one.club for one in moved)
            event = self.record(province, "units_import", form, by, role, records=plain_rows(rows))
            return UnitsLoaded(event, moved)

    def _moved(
        self, province: str, before: Sequence[Unit], after: Sequence[Unit]
    ) -> tuple[MovedClub, ...]:
        """Return the clubs whose commune of today is another one by the new list."""
        policy = tuple(succession(self.provinces.policy(province)))
        today, found = self.today(), []
        for club, name, commune in self.store.rows(SELECT_PLACES, (province,)):
            was = name_on((*before, *policy), commune, today)
            now = name_on((*after, *policy), commune, today)
            if not same_commune(was, now):
                found.append(MovedClub(club, name, was, now))
        return tuple(found)

    def _units_role(self, province: str, by: str) -> Role:
        """Return the role in which an officer loads units for the province."""
        own = self._offices(by)
        for one in own:
            if one.province == province and one.role in (Role.PROVINCE, Role.ADMIN):
                return one.role
        raise NotPermittedError(
            _("This is for the province {province} or its administrator.").format(
                province=province
            ),
            code=codes.SCOPE,
            help="clb officer list",
        )

    def send_report(
        self,
        province: str,
        report: str,
        period: Period,
        on: date,
        *,
        by: str,
        again: str | None = None,
    ) -> Event:
        """Record that the province sent a report; the last record of a period is what counts.

        ``again`` is the reason to record a period a second time. Raises ``UnknownError``,
        ``NotPermittedError`` unless ``by`` acts for the province, ``RefusedError`` for a day to
        come, before the period, or a period recorded already.
        """
        with self.store.write(f"province:{province}", by=by):
            role = self._of_province(by, province)
            if on > self.today():
                raise RefusedError(
                    _("{day} is still to come.").format(day=dmy(on)), code=codes.DATE_FUTURE
                )
            if on < period.start:
                raise RefusedError(
                    _("{day} is before the period began: {period}.").format(
                        day=dmy(on), period=period_name(period.id)
                    ),
                    code=codes.REPORT_EARLY,
                    help=_("Check the day and the period."),
                )
            earlier = self.store.row(SELECT_SENT, (province, report, period.id))
            if earlier is not None and again is None:
                raise RefusedError(
                    _("The report is recorded as sent on {day}: {period}.").format(
                        period=period_name(period.id), day=dmy(date.fromisoformat(earlier[0]))
                    ),
                    code=codes.REPORT_SENT,
                    help=_("To record it once more, give the reason: {option}.").format(
                        option='--again "…"'
                    ),
                )
            form = {"report": report, "period": period.id, "date": on.isoformat()}
            row = {"report": report, "period": period.id, "sent_on": on.isoformat()}
            return self.record(
                province,
                "report_sent",
                form if again is None else {**form, "reason": again},
                by,
                role,
                on=on,
                records=(("delivery", row),),
            )

    def note_report(
        self,
        province: str,
        report: str,
        period: Period,
        texts: Mapping[str, Sequence[str]],
        *,
        by: str,
        commune: str | None = None,
    ) -> Event:
        """Record what a report says in words: difficulties, causes, proposals.

        ``texts`` replaces what was recorded of the same part before; an empty one takes it out. An
        officer of a commune writes for that commune alone. Raises ``UnknownError``,
        ``NotPermittedError``.
        """
        with self.store.write(f"province:{province}", by=by):
            role, where = self._of_report(by, province, commune)
            form: dict[str, Any] = {"report": report, "period": period.id}
            if where is not None:
                form["commune"] = where
            form.update((part, tuple(found)) for part, found in texts.items())
            return self.record(province, "report_note", form, by, role)

    def record(
        self,
        province: str,
        step: str,
        form: Mapping[str, Any],
        officer: str,
        role: Role,
        *,
        on: date | None = None,
        records: tuple[tuple[str, Mapping[str, Any]], ...] = (),
    ) -> Event:
        """Append an event to the province's stream. Call inside ``store.write``."""
        receipt = self.provinces.receipt(province)
        stream = f"province:{province}"
        return append(
            *(self.store, self.clock(), stream, province, step, form, officer, role),
            on=on,
            records=records,
            policy=receipt,
        )

    def _offices(self, officer: str) -> list[Officer]:
        """Return the offices somebody holds today.

        Raises ``UnknownError``, ``NotPermittedError``.
        """
        today = self.today()
        own = [one for one in facts.officers(self.store, officer) if one.holds(today)]
        if not own:
            raise unknown_officer(self.store, officer, today)
        require_login(self.store, officer)
        return own

    def _of_province(self, officer: str, province: str) -> Role:
        """Return the role in which an officer acts for a province as a whole."""
        own = self._offices(officer)
        for role in (Role.PROVINCE, Role.ADMIN):
            if any((one.role, one.province) == (role, province) for one in own):
                return role
        raise self._not_of(own[-1], province)

    def _of_report(
        self, officer: str, province: str, commune: str | None
    ) -> tuple[Role, str | None]:
        """Return the role in which an officer writes for a report, and the commune it is of."""
        offices = self._offices(officer)
        own = [one for one in offices if one.province == province]
        for role in (Role.PROVINCE, Role.ADMIN):
            if any(one.role is role for one in own):
                return role, commune
        for one in own:
            if one.commune and (commune is None or same_commune(one.commune, commune)):
                return one.role, one.commune
        if own and commune is not None:
            raise NotPermittedError(
                _("{officer} does not act for the commune {commune}.").format(
                    officer=own[-1], commune=commune
                ),
                code=codes.SCOPE,
                help=_("Write for your own commune, or leave the commune out."),
            )
        raise self._not_of(offices[-1], province)

    @staticmethod
    def _not_of(officer: Officer, province: str) -> NotPermittedError:
        return NotPermittedError(
            _("{officer} does not act for the province {province}.").format(
                officer=officer, province=province
            ),
            code=codes.REPORT_ROLE,
            help=_("An officer of the province records it: clb officer list."),
        )


def name_on(units: Sequence[Unit], commune: str, on: date) -> str:
    """Return what a commune on record is called on a day; its own name where that is not known.

    Several lists may have the same unit: what counts is whether they name one commune.
    """
    ends = [full_name(became(units, unit, on)) for unit in named(units, commune, on)]
    return ends[0] if ends and all(same_commune(ends[0], one) for one in ends) else commune


def _require_successors(units: Sequence[Unit], after: Sequence[Unit]) -> None:
    """Refuse a successor that no list has from the day after on. Raises ``InputError``."""
    for one in units:
        if one.successor is None:
            continue
        ended = one.valid_to or one.valid_from
        if any(other.id == one.successor and other.valid_from > ended for other in after):
            continue
        raise InputError(
            _("{name} ({id}) becomes {successor}, which no list has after {day}.").format(
                name=one.name, id=one.id, successor=one.successor, day=dmy(ended)
            ),
            code=codes.UNITS,
            help=_("Nearest: {names}.").format(
                names=", ".join(
                    get_close_matches(one.successor, [other.id for other in after], 3, 0.5)
                )
                or _("none")
            ),
        )


def append(
    store: Store,
    moment: datetime,
    stream: str,
    province: str,
    step: str,
    form: Mapping[str, Any],
    officer: str,
    role: Role | None,
    *,
    on: date | None = None,
    records: tuple[tuple[str, Mapping[str, Any]], ...] = (),
    policy: Receipt | None = None,
) -> Event:
    """Append an event to a stream that is no club's. Call inside ``store.write``.

    ``officer`` is empty and ``role`` is ``None`` for what the program does by itself.
    """
    store.hold(stream)
    row = store.row("SELECT seq, head FROM stream WHERE id = ?", (stream,))
    seq, head = row or (0, GENESIS)
    event = Event(
        stream=stream,
        seq=seq + 1,
        step=step,
        from_state=None,
        to_state=None,
        on=on or day_of(moment),
        recorded_at=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        officer=officer,
        role=role,
        form=FrozenMap(form),
        acknowledged=(),
        effects=Effects(records=tuple((table, FrozenMap(row)) for table, row in records)),
        policy=policy,
        engine=__version__,
        prev=head,
    )
    return log.append(store, event, province)


def plain_rows(
    rows: Sequence[tuple[str, Mapping[str, Any]]],
) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return rows as the log keeps them: plain values, absent ones left out."""
    return tuple(
        (table, {name: plain(value) for name, value in row.items() if value is not None})
        for table, row in rows
    )
