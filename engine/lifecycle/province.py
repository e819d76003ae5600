"""Steps of a province's own stream: officers, reports sent, the policy in use."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine import __version__, codes
from engine.clock import Clock, day_of, now
from engine.errors import InputError, NotPermittedError, RefusedError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import period_name
from engine.lifecycle.gather import unknown_officer
from engine.model import Effects, Event, Officer, Receipt, Role
from engine.provinces.load import Provinces
from engine.rules.calendar import Period
from engine.rules.communes import Unit
from engine.store import log
from engine.store.canonical import GENESIS, plain
from engine.store.database import Store
from engine.vietnamese.text import dmy

SELECT_SENT = (
    "SELECT sent_on FROM delivery WHERE province = ? AND report = ? AND period = ? "
    "ORDER BY seq DESC"
)
COMMUNE_ROLES = (Role.ASSOCIATION, Role.COMMITTEE)
SELECT_ALL = (
    "SELECT id, name, role, province, commune, commune_id FROM officer ORDER BY province, id, role"
)


class ProvinceService:
    """Records what concerns a province and no single club."""

    def __init__(self, store: Store, provinces: Provinces, clock: Clock = now) -> None:
        self.store = store
        self.provinces = provinces
        self.clock = clock

    def officers(self) -> list[Officer]:
        """Return who may act, one value a role."""
        return [
            Officer(id_, name, Role(role), province, commune, commune_id)
            for id_, name, role, province, commune, commune_id in self.store.rows(SELECT_ALL)
        ]

    def add_officer(self, new: Officer, *, by: str | None) -> None:
        """Add an officer, or a second role to one who is there.

        The first officer of an empty registry is an admin and needs nobody; from then on only an
        admin adds. Raises ``InputError``, ``UnknownError``, ``NotPermittedError``.
        """
        self.provinces.plugin(new.province)
        self._sensible(new)
        with self.store.write("officers"):
            there = self.officers()
            if not there and new.role is not Role.ADMIN:
                raise NotPermittedError(
                    _("The first officer must be an administrator."),
                    code=codes.OFFICER_FIRST,
                    help=_("Add one first: {command}.").format(
                        command=f"clb officer add … --role admin --province {new.province}"
                    ),
                )
            actor = self._admin(there, by) if there else new.id
            if any(
                (one.id, one.role, one.province) == (new.id, new.role, new.province)
                for one in there
            ):
                raise InputError(
                    _("{officer} has that role already.").format(officer=new.id),
                    code=codes.OFFICER_THERE,
                    help="clb officer list",
                )
            row = {
                "id": new.id,
                "role": new.role.value,
                "name": new.name,
                "commune": new.commune,
                "commune_id": new.commune_id,
            }
            form = {name: value for name, value in row.items() if value is not None}
            self.record(
                new.province, "officer_add", form, actor, Role.ADMIN, records=(("officer", row),)
            )

    def remove_officer(self, officer: str, province: str | None, *, by: str | None) -> None:
        """Take every role in a province from an officer; what was recorded stays.

        Raises ``UnknownError``, ``NotPermittedError``.
        """
        with self.store.write("officers"):
            there = self.officers()
            own = [one for one in there if one.id == officer and province in (None, one.province)]
            if not own:
                raise unknown_officer(officer)
            where = own[0].province
            actor = self._admin(there, by)
            admins = {one.id for one in there if one.role is Role.ADMIN and one.province == where}
            if admins == {officer}:
                raise InputError(
                    _("{officer} is the only administrator.").format(officer=officer),
                    code=codes.OFFICER_LAST,
                    help=_("Add another administrator first."),
                )
            row = {"id": officer}
            self.record(
                where, "officer_remove", row, actor, Role.ADMIN, records=(("officer_removed", row),)
            )

    def import_units(self, province: str, units: Sequence[Unit], *, by: str) -> Event:
        """Load administrative units; one that is there already is replaced.

        Admin or province. Raises ``UnknownError``, ``NotPermittedError``.
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
                },
            )
            for unit in units
        )
        with self.store.write(f"province:{province}"):
            role = self._units_role(province, by)
            return self.record(
                province, "units_import", {"units": len(rows)}, by, role, records=plain_rows(rows)
            )

    def _units_role(self, province: str, by: str) -> Role:
        """Return the role in which an officer loads units for the province."""
        own = [one for one in self.officers() if one.id == by]
        if not own:
            raise unknown_officer(by)
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
        with self.store.write(f"province:{province}"):
            role = self._of_province(by, province)
            if on > day_of(self.clock()):
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

    def _of_province(self, officer: str, province: str) -> Role:
        """Return the role in which an officer acts for a province as a whole."""
        own = [one for one in self.officers() if one.id == officer]
        if not own:
            raise unknown_officer(officer)
        for role in (Role.PROVINCE, Role.ADMIN):
            if any((one.role, one.province) == (role, province) for one in own):
                return role
        raise NotPermittedError(
            _("{officer} does not act for the province {province}.").format(
                officer=officer, province=province
            ),
            code=codes.REPORT_ROLE,
            help=_("An officer of the province records it: clb officer list."),
        )

    def _sensible(self, new: Officer) -> None:
        if new.role in COMMUNE_ROLES and not new.commune:
            raise InputError(
                _("An officer of a commune needs the commune's name."),
                code=codes.OFFICER_COMMUNE,
                help="--commune …",
            )
        if new.role not in COMMUNE_ROLES and new.commune:
            raise InputError(
                _("Only association and committee belong to a commune."),
                code=codes.OFFICER_COMMUNE,
                help=_("Leave --commune out."),
            )

    def _admin(self, there: list[Officer], by: str | None) -> str:
        """Return the administrator who acts; one of any province may add officers anywhere."""
        if by is None:
            raise NotPermittedError(
                _("Only an administrator adds or removes officers."),
                code=codes.OFFICER_ADMIN,
                help="--as …",
            )
        own = [one for one in there if one.id == by]
        if not own:
            raise unknown_officer(by)
        if not any(one.role is Role.ADMIN for one in own):
            raise NotPermittedError(
                _("{officer} is not an administrator.").format(officer=by),
                code=codes.OFFICER_ADMIN,
                help="clb officer list",
            )
        return by


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
