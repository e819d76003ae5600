"""The options that every command takes, before or after its name."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

VALUED = {"--database": "database", "--as": "officer", "--lang": "lang"}


@dataclass(frozen=True, slots=True)
class Settings:
    """How this call is to be answered: as JSON or text, from which database, by whom."""

    json: bool = False
    database: str | None = None
    officer: str | None = None
    lang: str = "vi"


def from_environment() -> Settings:
    """Return what the environment says: ``CLB_DATABASE``, ``CLB_OFFICER``, ``CLB_LANG``."""
    return Settings(
        database=os.environ.get("CLB_DATABASE") or None,
        officer=os.environ.get("CLB_OFFICER") or None,
        lang=os.environ.get("CLB_LANG") or "vi",
    )


def take_global(args: Sequence[str]) -> tuple[Settings, list[str], str | None]:
    """Take the global options out of the arguments, wherever they stand before ``--``.

    Returns the settings, the other arguments, and the option whose value is missing, if one is.
    """
    settings, rest = from_environment(), list[str]()
    waiting: str | None = None
    for place, arg in enumerate(args):
        if waiting is not None:
            settings, waiting = replace(settings, **{VALUED[waiting]: arg}), None
            continue
        if arg == "--":
            rest += args[place:]
            break
        name, equals, value = arg.partition("=")
        if arg == "--json":
            settings = replace(settings, json=True)
        elif name in VALUED and equals:
            settings = replace(settings, **{VALUED[name]: value})
        elif arg in VALUED:
            waiting = arg
        else:
            rest.append(arg)
    return settings, rest, waiting
