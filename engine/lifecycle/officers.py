"""Officers (cán bộ): who may act, where, and from which day to which.

A row of the registry is one office: a person in one role at one place. It is never deleted: an
office that is over keeps its day, so that the log answers who was in office on a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine import codes
from engine.errors import InputError, NotPermittedError, UnknownError
from engine.i18n import _
from engine.labels import role_name
from engine.lifecycle.gather import Gatherer, unknown_officer
from engine.lifecycle.login import require_login
from engine.lifecycle.merged import refuse_merged
from engine.lifecycle.province import ProvinceService
from engine.model import COMMUNE_ROLES, Officer, Role
from engine.rules.commune_list import mismatch, of_the_day
from engine.rules.communes import means_commune, same_commune
from engine.store import facts
from engine.vietnamese.text import dmy

KEYS = 'SELECT seq, key FROM key WHERE province = ? AND officer = ? AND "until" IS NULL'


@dataclass(frozen=True, slots=True)
class Which:
    """Which of an officer's offices are meant; what is ``None`` does not narrow them."""

    role: Role | None = None
    province: str | None = None
    commune: str | None = None

    def narrows(self) -> bool:
        """Return whether anything was chosen."""
        return (self.role, self.province, self.commune) != (None, None, None)

    def fits(self, one: Officer) -> bool:
        """Return whether an office is one of those meant."""
        if self.role not in (None, one.role) or self.province not in (None, one.province):
            return False
        if self.commune is None:
            return True
        return one.commune is not None and means_commune(self.commune, one.commune)


class OfficerService:
    """Adds, changes and ends offices: each time an event in the province's own stream."""

    def __init__(self, province: ProvinceService) -> None:
        self.store = province.store
        self.provinces = province.provinces
        self.today = province.today
        self._record = province.record

    def everybody(self, on: date | None = None) -> list[Officer]:
        """Return who is in office on a day, today where none is given; one value an office."""
        day = on or self.today()
        return [one for one in self._offices() if one.holds(day)]

    def ever(self) -> list[Officer]:
        """Return every office there was, ended ones included."""
        return list(self._offices())

    def require_admin(self, province: str, by: str | None) -> str:
        """Return who acts, an administrator of the province.

        Raises ``NotPermittedError``, ``UnknownError``.
        """
        return self._admin_of(province, by)

    def add(self, new: Officer, *, by: str | None) -> Officer:
        """Add an officer, or a further office of one who is there; in office from today by default.

        The first officer of an empty registry is an administrator and needs nobody. From then on
        only an administrator of the province adds to it; where a province has none, any
        administrator names its first one, which both streams record. Returns the office as kept.
        Raises ``InputError``, ``UnknownError``, ``NotPermittedError``.
        """
        self.provinces.plugin(new.province)
        sensible(new)
        new = replace(new, since=new.since or self.today())
        if new.of_one_commune:
            new = replace(new, commune=self._spelt(new.province, str(new.commune), new.since))
        with self.store.write("officers", by=by):
            refuse_merged(self.store, self.provinces, new.province, new.since)
            there = self._offices()
            if not there and new.role is not Role.ADMIN:
                raise NotPermittedError(
                    _("The first officer must be an administrator."),
                    code=codes.OFFICER_FIRST,
                    help=_("Add one first: {command}.").format(
                        command=f"clb officer add … --role admin --province {new.province}"
                    ),
                )
            free(new, there)
            free_login(new.id, new.login, there)
            self._listed(new)
            named_from = self._may_add(new, there, by) if there else None
            actor = by if there and by is not None else new.id
            row = row_of(new)
            self._record(
                new.province, "officer_add", row, actor, Role.ADMIN, records=(("officer", row),)
            )
            if named_from is not None:
                form = {"id": new.id, "province": new.province}
                self._record(named_from, "officer_first", form, actor, Role.ADMIN)
        return new

    def rename(self, officer: str, name: str, *, by: str | None) -> list[Officer]:
        """Change an officer's name in the province of the administrator who asks; return the rest.

        Raises ``UnknownError``, ``NotPermittedError``.
        """
        with self.store.write("officers", by=by):
            offices = self._held(officer, Which())
            for province in _provinces(offices):
                actor = self._admin_of(province, by)
                row = {"id": officer, "name": name}
                self._record(
                    province,
                    "officer_change",
                    row,
                    actor,
                    Role.ADMIN,
                    records=(("officer_named", row),),
                )
        return [one for one in self.everybody() if one.id == officer]

    def give_login(self, officer: str, login: str, *, by: str | None) -> list[Officer]:
        """Let an officer act on a server under one login; return the offices.

        In the provinces of the offices, of which ``by`` is an administrator. Raises ``InputError``
        for a login that is another officer's, ``UnknownError``, ``NotPermittedError``.
        """
        with self.store.write("officers", by=by):
            free_login(officer, login, self._offices())
            for province in _provinces(self._held(officer, Which())):
                actor = self._admin_of(province, by)
                row = {"id": officer, "login": login}
                self._record(
                    *(province, "officer_change", row, actor, Role.ADMIN),
                    records=(("officer_login", row),),
                )
        return [one for one in self.everybody() if one.id == officer]

    def move(
        self, officer: str, commune: str, which: Which, on: date | None, *, by: str | None
    ) -> list[Officer]:
        """End an office in one commune and begin the same one in another, on one day.

        Raises ``InputError`` where several offices could be meant, ``UnknownError``,
        ``NotPermittedError``.
        """
        day = on or self.today()
        with self.store.write("officers", by=by):
            offices = [one for one in self._held(officer, which) if one.role in COMMUNE_ROLES]
            if len(offices) != 1:
                raise _several(self._held(officer, which)[-1], offices)
            old = offices[0]
            actor = self._admin_of(old.province, by)
            there = self._spelt(old.province, commune, day)
            new = replace(old, commune=there, commune_id=None, since=day, until=None)
            free(new, [one for one in self._offices() if one.seq != old.seq])
            self._listed(new)
            row = row_of(new)
            self._record(
                old.province,
                "officer_change",
                row,
                actor,
                Role.ADMIN,
                records=(ending(old, day), ("officer", row)),
            )
        return [one for one in self.everybody() if one.id == officer]

    def end(
        self, officer: str, which: Which, on: date | None, *, by: str | None, step: str
    ) -> list[Officer]:
        """End an officer's offices, all or those meant, from a day on; return what is left.

        With the last one in a province the officer's keys end: the id may become somebody else's.
        ``step`` is ``officer_remove`` or ``officer_change``. Raises ``UnknownError``,
        ``NotPermittedError``, ``InputError`` for the last administrator of a province and for a
        day before the office began.
        """
        day = on or self.today()
        with self.store.write("officers", by=by):
            offices = self._held(officer, which)
            for province in _provinces(offices):
                over = [one for one in offices if one.province == province]
                actor = self._admin_of(province, by)
                self._keeps_an_admin(province, over)
                for one in over:
                    if one.since is not None and day < one.since:
                        raise InputError(
                            _("{day} is before the office began, on {start}.").format(
                                day=dmy(day), start=dmy(one.since)
                            ),
                            code=codes.OFFICER_DAYS,
                            help="clb officer list",
                        )
                form = {"id": officer, "until": day.isoformat(), "offices": len(over)}
                self._record(
                    province,
                    step,
                    form,
                    actor,
                    Role.ADMIN,
                    records=tuple(ending(one, day) for one in over),
                )
                left = (one for one in self._offices() if one.id == officer)
                if not any(
                    one.province == province and (one.until is None or one.until > day)
                    for one in left
                ):
                    self._end_keys(province, officer, day, actor)
        return [one for one in self.everybody() if one.id == officer]

    def add_key(
        self, province: str, officer: str, key: str, since: date | None, *, by: str | None
    ) -> None:
        """Register the public line of an officer's key, from a day on.

        Raises ``UnknownError`` for nobody's id, ``InputError`` for a key that is there already,
        ``NotPermittedError``.
        """
        with self.store.write("officers", by=by):
            self._held(officer, Which(province=province))
            actor = self._admin_of(province, by)
            for seq, there in self._keys(province, officer):
                if there == key:
                    raise InputError(
                        _("That key is registered already: {seq}.").format(seq=seq),
                        code=codes.KEY_THERE,
                    )
            day = (since or self.today()).isoformat()
            row = {"officer": officer, "key": key, "since": day}
            self._record(province, "key_add", row, actor, Role.ADMIN, records=(("key", row),))

    def end_key(self, province: str, officer: str, until: date | None, *, by: str | None) -> None:
        """End an officer's keys from a day on: lost, or not to be used any more.

        Raises ``UnknownError`` where there is none, ``NotPermittedError``.
        """
        with self.store.write("officers", by=by):
            actor = self._admin_of(province, by)
            if not self._keys(province, officer):
                raise UnknownError(
                    _("{officer} has no key.").format(officer=officer), code=codes.KEY_NONE
                )
            self._end_keys(province, officer, until or self.today(), actor)

    def _end_keys(self, province: str, officer: str, until: date, actor: str) -> None:
        for seq, _key in self._keys(province, officer):
            row = {"of": seq, "until": until.isoformat()}
            form = {"officer": officer, **row}
            records = (("key_ended", row),)
            self._record(province, "key_end", form, actor, Role.ADMIN, records=records)

    def _keys(self, province: str, officer: str) -> list[tuple[int, str]]:
        """Return the keys of an officer that are not ended: the event's number and the line."""
        return [(int(seq), str(key)) for seq, key in self.store.rows(KEYS, (province, officer))]

    def is_checked(self, province: str, on: date | None) -> bool:
        """Return whether a list of the province's communes on a day is loaded."""
        return bool(of_the_day(facts.units(self.store, province), on or self.today()))

    def _spelt(self, province: str, commune: str, on: date | None) -> str:
        """Return a commune's name as the province's lists, its officers or its clubs have it."""
        return Gatherer(self.store, self.provinces).spelt(province, commune, on or self.today())

    def _listed(self, new: Officer) -> None:
        """Refuse a commune that the loaded list does not have. Raises ``InputError``."""
        if new.commune is None or new.role is Role.DISTRICT:
            return
        on = new.since or self.today()
        wrong = mismatch(facts.units(self.store, new.province), new.commune, on, new.commune_id)
        if wrong is not None:
            raise InputError(wrong.message, code=wrong.code, help=wrong.fix)

    def _offices(self) -> tuple[Officer, ...]:
        """Return the offices as they were given, without those that follow from a merger."""
        return tuple(one for one in facts.officers(self.store) if one.through is None)

    def _held(self, officer: str, which: Which) -> list[Officer]:
        """Return the offices meant that are not over. Raises ``UnknownError``."""
        today = self.today()
        own = [one for one in self._offices() if one.id == officer]
        living = [one for one in own if one.until is None or one.until > today]
        if not living:
            raise unknown_officer(self.store, officer, today)
        meant = [one for one in living if which.fits(one)]
        if not meant:
            raise InputError(
                _("{officer} has no such office.").format(officer=living[-1]),
                code=codes.OFFICER_WHICH,
                help="clb officer list",
            )
        return meant

    def _may_add(self, new: Officer, there: Sequence[Officer], by: str | None) -> str | None:
        """Refuse who may not add. Return the other province whose administrator names the first.

        Raises ``NotPermittedError``, ``UnknownError``.
        """
        today = self.today()
        admins = [one for one in there if one.role is Role.ADMIN and one.holds(today)]
        if any(one.province == new.province for one in admins) or new.role is not Role.ADMIN:
            self._admin_of(new.province, by)
            return None
        home = next((one.province for one in admins if one.id == by), None)
        if home is None:
            self._admin_of(new.province, by)
        return home

    def _admin_of(self, province: str, by: str | None) -> str:
        """Return who acts, an administrator of the province.

        Raises ``NotPermittedError``, ``UnknownError``.
        """
        if by is None:
            raise NotPermittedError(
                _("Only an administrator adds or removes officers."),
                code=codes.OFFICER_ADMIN,
                help="--as …",
            )
        today = self.today()
        own = [one for one in facts.officers(self.store, by) if one.holds(today)]
        if not own:
            raise unknown_officer(self.store, by, today)
        require_login(self.store, by)
        if not any(one.role is Role.ADMIN for one in own):
            raise NotPermittedError(
                _("{officer} is not an administrator.").format(officer=own[-1]),
                code=codes.OFFICER_ADMIN,
                help="clb officer list",
            )
        if not any((one.role, one.province) == (Role.ADMIN, province) for one in own):
            raise NotPermittedError(
                _("{officer} is an administrator of another province than {province}.").format(
                    officer=own[-1], province=province
                ),
                code=codes.OFFICER_PROVINCE,
                help=_("Ask its own: {command}.").format(
                    command=f"clb officer list --province {province}"
                ),
            )
        return by

    def _keeps_an_admin(self, province: str, over: Sequence[Officer]) -> None:
        """Refuse to end the last administrator's office. Raises ``InputError``."""
        gone = {one.seq for one in over}
        if not any(one.role is Role.ADMIN for one in over):
            return
        today = self.today()
        for one in self._offices():
            same = (one.role, one.province) == (Role.ADMIN, province)
            if same and one.seq not in gone and one.holds(today) and one.until is None:
                return
        raise InputError(
            _("{officer} is the only administrator.").format(officer=over[-1]),
            code=codes.OFFICER_LAST,
            help=_("Add another administrator first."),
        )


def row_of(one: Officer) -> dict[str, Any]:
    """Return an office as the log keeps it."""
    row: Mapping[str, Any] = {
        "id": one.id,
        "role": one.role.value,
        "name": one.name,
        "commune": one.commune,
        "commune_id": one.commune_id,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "login": one.login,
    }
    return {name: value for name, value in row.items() if value is not None}


def ending(one: Officer, day: date) -> tuple[str, Mapping[str, Any]]:
    """Return what the log keeps of the end of an office."""
    return "officer_ended", {"id": one.id, "of": one.seq, "until": day.isoformat()}


def _provinces(offices: Iterable[Officer]) -> list[str]:
    return sorted({one.province for one in offices})


def one_place(first: str | None, second: str | None) -> bool:
    """Return whether two offices are of one commune, or both of none."""
    if first is None or second is None:
        return first is second
    return same_commune(first, second)


def free(new: Officer, there: Sequence[Officer]) -> None:
    """Refuse an office that is there already, and an id that differs in capitals only.

    Raises ``InputError``.
    """
    for held in there:
        if held.id != new.id and held.id.casefold() == new.id.casefold():
            raise InputError(
                _("There is an officer {officer} already; capitals make no other id.").format(
                    officer=held
                ),
                code=codes.OFFICER_ID,
                help=_("Use that id, or choose another."),
            )
        same = (held.id, held.role, held.province) == (new.id, new.role, new.province)
        overlaps = held.until is None or new.since is None or held.until > new.since
        if same and overlaps and one_place(held.commune, new.commune):
            raise InputError(
                _("{officer} has that role already.").format(officer=held),
                code=codes.OFFICER_THERE,
                help="clb officer list",
            )


def free_login(officer: str, login: str | None, there: Sequence[Officer]) -> None:
    """Refuse a login that another officer acts under. Raises ``InputError``."""
    for held in there:
        if login is not None and held.login == login and held.id != officer:
            raise InputError(
                _("{officer} has the login {login} already.").format(officer=held, login=login),
                code=codes.OFFICER_LOGIN_TAKEN,
                help=_("A login is of one officer: choose another."),
            )


def _several(officer: Officer, offices: Sequence[Officer]) -> InputError:
    """Return the error for a change that does not say which of several offices it is about."""
    found = ", ".join(f"{role_name(one.role)} ({one.commune})" for one in offices)
    return InputError(
        _("{officer} has these offices in communes: {offices}.").format(
            officer=officer, offices=found or _("none")
        ),
        code=codes.OFFICER_WHICH,
        help=_("Choose one with --role or --from-commune."),
    )


def sensible(new: Officer) -> None:
    """Refuse an office that cannot be. Raises ``InputError``."""
    if new.role in COMMUNE_ROLES and not new.commune:
        raise InputError(
            _("An officer of a commune needs the commune's name."),
            code=codes.OFFICER_COMMUNE,
            help="--commune …",
        )
    if new.role is Role.DISTRICT:
        if not new.commune:
            raise InputError(
                _("An officer of a district needs the district's name."),
                code=codes.OFFICER_COMMUNE,
                help="--district …",
            )
    elif new.role not in COMMUNE_ROLES and new.commune:
        raise InputError(
            _("Only association and committee belong to a commune."),
            code=codes.OFFICER_COMMUNE,
            help=_("Leave --commune out."),
        )
    if new.since is not None and new.until is not None and new.until <= new.since:
        raise InputError(
            _("{day} is before the office began, on {start}.").format(
                day=dmy(new.until), start=dmy(new.since)
            ),
            code=codes.OFFICER_DAYS,
            help=_("Check the two days."),
        )
