"""The context of one command: settings, database, answers; and options that commands share."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from engine import codes
from engine.cli import advice, tables
from engine.cli.settings import Settings
from engine.errors import ClbError, InputError, StorageError
from engine.frozen import to_json
from engine.i18n import _, work_in

if TYPE_CHECKING:
    from engine.bundles.keyring import Keyring
    from engine.bundles.keys import Pair
    from engine.lifecycle.registry import Registry
    from engine.lifecycle.sealing import Sealed
    from engine.model import Finding
    from engine.provinces.load import Provinces
    from engine.remembered import Remembered
    from engine.rules.forms import Reader as FormReader
    from engine.store.database import Store
    from engine.store.reader import Reader
    from engine.words import Words

ON = _("The day of the question (YYYY-MM-DD or dd/mm/yyyy); today if left out")
SET = click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="PATH=VALUE",
    help=_("A field of the step's form"),
)
ACK = click.option(
    "--ack",
    "acks",
    multiple=True,
    metavar='CODE="…"',
    help=_("Go on in spite of a warning, with the reason"),
)
"""Options that several commands take."""
WHO_ACTS = _("Say once who you are: clb officer use ID; or add --as ID. All: clb officer list.")
FINDING_KEYS = ("code", "level", "message", "expected", "actual", "source", "who", "fix")


class Context:
    """One call of the command line."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.may_begin = False
        """Whether the command is of the work on clubs, which a missing database need not stop."""
        self._registry: Registry | None = None
        self._replica: Store | None = None
        self._reading: Reader | None = None
        self._opened_to_read = ExitStack()
        self._provinces: Provinces | None = None
        self._readers: dict[tuple[str, date, date], FormReader] = {}
        self._about: str | None = None
        self._about_club = False

    @cached_property
    def keyring(self) -> "Keyring":
        """The keys that are opened for this command."""
        from engine.bundles.keyring import Keyring

        def opened(officer: str) -> "Pair | None":
            from engine.cli.officer_key import unlock

            return unlock(self, officer)

        return Keyring(self.registry, opened)

    @cached_property
    def remembered(self) -> "Remembered":
        """What this computer remembers about the database."""
        from engine.remembered import Remembered

        return Remembered(_address(self.settings.database))

    def settle(self) -> None:
        """Let who is remembered act, where nobody was named."""
        if self.settings.officer is None:
            self.settings = replace(self.settings, officer=self.remembered.officer)

    def act_as(self, officer: str) -> None:
        """Let somebody act for the rest of this command."""
        self.settings = replace(self.settings, officer=officer)
        if self._registry is not None:
            self._use_local_words(self._registry.store)

    def _use_local_words(self, store: "Reader") -> None:
        """Let messages be in the words of the place where the one who acts works."""
        from engine.clock import today
        from engine.reports.reading import work_at

        if self.settings.officer is None or self._about_club:
            return
        with suppress(StorageError):  # what the command itself reads fails with its own words
            work_at(store, self.provinces, self.settings.officer, today(), self._about)

    def read_about(self, province: str, commune: str | None = None) -> None:
        """Let messages be in the words of what a command names: a province, a club's commune.

        Of several provinces the first counts. Without it the words are those of who acts.
        """
        from engine.rules.communes import wording

        if commune is None and self._about is not None:
            return
        self._about, self._about_club = province, commune is not None
        work_in(*wording(commune or "", city=self.is_city(province)))

    @property
    def provinces(self) -> "Provinces":
        """The installed provinces."""
        if self._provinces is None:
            from engine.provinces.load import Provinces

            self._provinces = Provinces()
        return self._provinces

    @property
    def registry(self) -> "Registry":
        """The database, opened at first use; at a terminal a missing one can be made.

        Raises ``StorageError``, ``click.Abort`` where somebody stops the first run.
        """
        try:
            return self._opened()
        except StorageError as error:
            self.make_missing(error)
            return self._opened()

    def make_missing(self, error: StorageError) -> None:
        """Make a missing database if somebody at the terminal wants it, who is asked once.

        Raises ``error`` otherwise, ``click.Abort`` where somebody stops the first run.
        """
        if error.code != codes.DATABASE_MISSING or not self._can_begin():
            raise error
        from engine.cli.first_run import offer_first_run

        self.may_begin = False
        offer_first_run(self, error)

    def _opened(self) -> "Registry":
        if self._registry is None:
            from engine.lifecycle.registry import open_registry

            self.use(open_registry(self.settings.database, provinces=self.provinces))
            assert self._registry is not None
            self._use_local_words(self._registry.store)
        return self._registry

    def _can_begin(self) -> bool:
        """Return whether a person can be asked to make the database, and it would be a file."""
        return (
            self.may_begin and self.interactive and "://" not in str(self.settings.database or "")
        )

    def registry_if_any(self) -> "Registry | None":
        """Return the database, ``None`` where none was made yet. Raises ``StorageError``."""
        try:
            return self._opened()
        except StorageError as error:
            if error.code != codes.DATABASE_MISSING:
                raise
            return None

    @property
    def store(self) -> "Store":
        """Where what is only read is read: the replica that is named, else the database."""
        if self.settings.replica is None:
            return self.registry.store
        if self._replica is None:
            from engine.lifecycle.registry import open_replica

            try:
                self._replica = open_replica(self.settings.replica)
            except StorageError as error:
                self._go_on_without_replica(error)
                return self.registry.store
            self.note_replica(self._replica)
        return self._replica

    @property
    def reading(self) -> "Reader":
        """The database as it is at one moment, for a command that only reads: it opens sooner.

        It is the replica that is named, else the database itself; at a terminal a missing one can
        be made. Raises ``StorageError``, ``click.Abort`` where somebody stops the first run.
        """
        if self._reading is None:
            try:
                self._reading = self.open_to_read(self._opened_to_read)
            except StorageError as error:
                self.make_missing(error)
                self._reading = self.open_to_read(self._opened_to_read)
            self.note_replica(self._reading)
            self._use_local_words(self._reading)
        return self._reading

    def open_to_read(self, until: ExitStack) -> "Reader":
        """Open what is only read: the replica that is named and answers, else the database itself.

        It is closed with ``until``. Raises ``StorageError``.
        """
        from engine.reports.reading import opened

        if self.settings.replica is not None:
            try:
                return until.enter_context(opened(self.settings.replica))
            except StorageError as error:
                self._go_on_without_replica(error)
        return until.enter_context(opened(self.settings.database))

    def _go_on_without_replica(self, error: StorageError) -> None:
        """Report that the replica does not answer; raise whatever else is wrong with it."""
        if error.code != codes.DATABASE_UNREACHABLE:
            raise error
        self.message(error.message)
        self.message(_("Read from the database itself instead."))
        self.settings = replace(self.settings, replica=None)

    def note_part(self, store: "Reader") -> None:
        """Report that figures of a province are not whole for a login of communes."""
        if store.is_partial:
            self.message(
                _("This login sees the clubs of its own communes only: these are their figures.")
            )

    def note_replica(self, store: "Reader") -> None:
        """Report what is read, and of what moment it is, where that is a replica."""
        from engine.clock import ZONE

        if self.settings.replica is None:
            return
        moment = store.as_of()
        shown = _("Read from {database}, which is no standby server.")
        if store.is_standby:
            shown = _("Read from {database}, a standby server without a change since its start.")
        if moment is not None:
            shown = _("Read from {database}; its last change is of {moment}.")
        local = "" if moment is None else f"{moment.astimezone(ZONE):%d/%m/%Y %H:%M:%S}"
        self.message(shown.format(database=store.target, moment=local))

    def use(self, registry: "Registry") -> None:
        """Work on a database that was just made and is open."""
        self._registry = registry
        registry.store.signing = self.keyring

    @property
    def officer(self) -> str:
        """The officer who acts. Raises ``InputError`` when nobody is named."""
        if self.settings.officer is None:
            raise InputError(
                _("It is not known who acts."),
                code=codes.OFFICER_MISSING,
                help=WHO_ACTS,
            )
        return self.settings.officer

    def reader(self, province: str, on: date | None = None) -> "FormReader":
        """Return what a club's forms are read by: the day, the province's activities and fields."""
        from engine.clock import today

        now = today()
        key = province, on or now, now
        if key not in self._readers:
            self._readers[key] = self._reader(*key)
        return self._readers[key]

    def _reader(self, province: str, on: date, today: date) -> "FormReader":
        from engine.rules import activities, forms, own

        rules = self.provinces.rules(province)

        @cache
        def words(path: str) -> "Words":
            return activities.words(rules, on) if path == "activities" else {}

        @cache
        def fields(step: str) -> forms.Own:
            return own.ever(rules, step, on)

        return forms.Reader(today, words, fields)

    def is_city(self, province: str) -> bool:
        """Return whether a province is a city; one that is not installed counts as none."""
        return self.provinces.is_city(province)

    def province_of_officer(self) -> str:
        """Return the province of the officer who acts, or the only one installed.

        Raises ``InputError``, ``UnknownError`` for an officer who is none.
        """
        registry = self.registry_if_any() if self.settings.officer is not None else None
        if registry is None and self._can_begin():
            with suppress(StorageError):
                registry = self.registry
        if registry is not None and self.settings.officer is not None:
            roles = registry.lifecycle.officers_ever(self.settings.officer)
            return roles[0].province
        found = list(self.provinces.found())
        if len(found) == 1:
            return found[0]
        raise InputError(
            _("It is not known which province is meant."),
            code=codes.PROVINCE_MISSING,
            help=_("Add --province, one of: {names}.").format(names=", ".join(sorted(found))),
        )

    def close(self) -> None:
        """Close the database."""
        self._opened_to_read.close()
        if self._registry is not None:
            self._registry.store.close()
        if self._replica is not None:
            self._replica.close()

    def answer(
        self, data: Any, text: Callable[[], Iterable[str] | str], *, whole: bool = False
    ) -> None:
        """Answer with JSON, or with the text for people, fitted to their screen.

        ``whole`` lines are not: they are there to be copied, or for another program.
        """
        if self.settings.json:
            click.echo(json.dumps(to_json(data), ensure_ascii=False, indent=2))
            return
        shown = text()
        for line in map(advice.spoken, shown.splitlines() if isinstance(shown, str) else shown):
            for part in [line] if whole else tables.fitted(line):
                click.echo(tables.safe(part))

    def message(self, message: str) -> None:
        """Write a message to the error stream, apart from the answer."""
        for line in message.splitlines() or [""]:
            self._write(advice.spoken(line))

    def _write(self, line: str) -> None:
        for part in tables.fitted(line, sys.stderr):
            click.echo(tables.safe(part), err=True)

    def fail(self, error: ClbError, more: Mapping[str, Any] | None = None) -> int:
        """Report a failure, as JSON or as text, and return its exit code.

        ``more`` is what the JSON answer has besides the error: what was done before it.
        """
        if self.settings.json:
            body = {
                "error": {"code": error.code, "message": error.message, "help": error.help},
                "findings": findings(error.findings),
                **(more or {}),
            }
            click.echo(json.dumps(body, ensure_ascii=False, indent=2))
            return error.exit_code
        for line in tables.findings(error.findings):
            self.message(line)
        found = {one.message for one in error.findings}
        if not (advice.from_a_menu() and error.message in found):
            self.message(
                _("Refused: {message}").format(message=error.message) if found else error.message
            )
        # Advice about what was typed has the words it was typed in.
        help_ = error.help if error.code == codes.USAGE else advice.followed(error.help)
        if help_:
            self._write(f"  → {help_}")
        if not advice.from_a_menu():
            self.message(f"  ({error.code})")
        return error.exit_code

    @property
    def interactive(self) -> bool:
        """Return whether a person can be asked: text mode, with terminals at both ends."""
        return not self.settings.json and sys.stdin.isatty() and sys.stdout.isatty()


def _address(database: str | None) -> str:
    """Return how a database is known to what is remembered: no password, one spelling of a file."""
    if database is None:
        return ""
    if "://" in database:
        return re.sub(r"(://[^:/@]*):[^@]*@", r"\1@", database)
    return os.path.abspath(database)


def findings(found: Iterable["Finding"]) -> list[dict[str, Any]]:
    """Return findings as the contract's JSON, with the plugin that made one, if one did."""
    rows = []
    for one in found:
        row = {key: getattr(one, key) for key in FINDING_KEYS}
        if one.by is not None and one.actual is not None:
            row["actual"] = one.actual.replace(one.by.called, str(one.by), 1)
        if one.plugin is not None:
            row["plugin"] = one.plugin
        rows.append(row)
    return rows


def sealed_row(one: "Sealed") -> dict[str, Any]:
    """Return a seal as commands answer it."""
    return {
        "province": one.seal.province,
        "line": one.seal.line,
        "origin": one.seal.origin,
        "size": one.seal.size,
        "root": one.seal.root,
        "events": one.events,
    }


Command = TypeVar("Command", bound=Callable[..., Any])


def pass_context(command: Command) -> Command:
    """Give a command its context; what was typed must be text, unless it names a file.

    Raises ``InputError`` for bytes that are no UTF-8: nothing could be compared with them.
    """

    @wraps(command)
    def called(*args: Any, **given: Any) -> Any:
        context = click.get_current_context().find_object(Context)
        assert context is not None
        context.settle()
        _require_text(context.settings.officer, *given.values())
        return command(context, *args, **given)

    return cast("Command", called)


def _require_text(*typed: object) -> None:
    for one in typed:
        if isinstance(one, tuple):
            _require_text(*one)
        elif isinstance(one, str) and not one.isascii():
            from engine.vietnamese.text import is_text

            if not is_text(one):
                raise InputError(
                    _("“{text}” is not text in UTF-8.").format(text=one),
                    help=_("Type it again, or set the terminal to UTF-8."),
                )


def day(text: str | None) -> date | None:
    """Read a day, ``None`` where none was given. Raises ``InputError``."""
    if text is None:
        return None
    from engine.clock import today
    from engine.vietnamese.reading import read_day

    return read_day(text, today())
