"""The name of a commune as it is answered: with what it is, since papers print it so."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from engine.i18n import _
from engine.interview.question import Answer, Choice
from engine.rules.communes import Unit, commune_key, full_name, kind_of, spelled_out


def named_units(units: Iterable[Unit], on: date) -> tuple[Choice, ...]:
    """Return the communes of a day as choices: by their full names, found without the kind too."""
    return tuple(
        Choice(name, name, words=(commune_key(name),))
        for name in dict.fromkeys(full_name(unit) for unit in units if unit.valid(on))
    )


def _with_capitals(name: str, kind: str) -> str:
    """Return a name whose words begin with capitals, where none after its kind does."""
    own = name[len(kind) :]
    if not name.casefold().startswith(kind) or own != own.casefold():
        return name
    return kind.capitalize() + " ".join(word[:1].upper() + word[1:] for word in own.split(" "))


def placed(answer: Answer) -> Answer:
    """Return the answer with "P." or "X." in full, or a doubt where its kind or marks lack.

    A name all in small letters gets its capitals.
    """
    name = spelled_out(str(answer.value))
    if (kind := kind_of(name)) is not None:
        name = _with_capitals(name, kind)
        return replace(answer, value=name, shown=name)
    if name.isascii():
        doubt = _(
            "Papers print “{name}” as typed; a full name has xã or phường and all marks. Is it "
            "right so?"
        )
    else:
        doubt = _(
            "“{name}” does not say whether it is a commune or a ward (xã, phường), and papers "
            "print it as written. Is it right so?"
        )
    return replace(answer, doubt=doubt.format(name=name))
