"""The options that every command takes, before or after its name."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

VALUED = ("--database", "--as", "--lang")


@dataclass(frozen=True, slots=True)
class Settings:
    """How this call is to be answered: as JSON or text, from which database, by whom.

    ``typed_database`` is whether the database was named on the command line, ``replica`` a copy
    of it that is only read, which its server keeps up to date.
    """

    json: bool = False
    database: str | None = None
    typed_database: bool = False
    replica: str | None = None
    officer: str | None = None
    lang: str = "vi"


def from_environment() -> Settings:
    """Return the settings of the environment: ``CLB_DATABASE``, ``CLB_OFFICER`` and so on."""
    return Settings(
        database=os.environ.get("CLB_DATABASE") or None,
        replica=os.environ.get("CLB_DATABASE_READ") or None,
        officer=os.environ.get("CLB_OFFICER") or None,
        lang=os.environ.get("CLB_LANG") or "vi",
    )


def take_global(args: Sequence[str]) -> tuple[Settings, list[str], str | None]:
    """Take the global options out of the arguments, wherever they are before ``--``.

    Returns the settings, the other arguments, and the option whose value is missing, if one is.
    """
    settings, rest = from_environment(), list[str]()
    waiting: str | None = None
    for place, arg in enumerate(args):
        if waiting is not None:
            settings, waiting = _with(settings, waiting, arg), None
            continue
        if arg == "--":
            rest += args[place:]
            break
        name, equals, value = arg.partition("=")
        if arg == "--json":
            settings = replace(settings, json=True)
        elif name in VALUED and equals:
            settings = _with(settings, name, value)
        elif arg in VALUED:
            waiting = arg
        else:
            rest.append(arg)
    return settings, rest, waiting


def _with(settings: Settings, option: str, value: str) -> Settings:
    if option == "--database":
        return replace(settings, database=value, typed_database=True, replica=None)
    if option == "--as":
        return replace(settings, officer=value)
    return replace(settings, lang=value)
