"""What a new province may be called: its id, its name for people and the prefix of its clubs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.text import bare, clean

ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PREFIX = re.compile(r"[A-Z]{2}")
LONGEST_ID, LONGEST_NAME = 40, 60


@dataclass(frozen=True, slots=True)
class Naming:
    """A new province's names. ``prefixed`` is whether a person chose the prefix."""

    province: str
    name: str
    prefix: str
    named: bool
    prefixed: bool

    @property
    def plugin(self) -> str:
        """The distribution's name."""
        return f"clb-{self.province.replace('_', '-')}"

    @property
    def package(self) -> str:
        """The package's name."""
        return f"clb_{self.province}"


def name_it(
    province: str, name: str | None, prefix: str | None, taken: Mapping[str, str]
) -> Naming:
    """Return the names of a new province.

    ``taken`` has the province of every prefix in use. Without a name, the id is used for it;
    without a prefix, one is made of the id's letters. Raises ``InputError``.
    """
    province = _id(province)
    return Naming(
        province,
        _name(name) if name is not None else province.replace("_", " ").title(),
        _prefix(province, prefix, taken) if prefix is not None else _free_prefix(province, taken),
        name is not None,
        prefix is not None,
    )


def _id(typed: str) -> str:
    if ID.fullmatch(typed) and len(typed) <= LONGEST_ID:
        return typed
    near = "_".join(re.findall(r"[a-z0-9]+", bare(typed).lower())).lstrip("0123456789_")
    fits = ID.fullmatch(near) and len(near) <= LONGEST_ID
    raise InputError(
        _("“{id}” cannot be a province's id.").format(id=typed),
        code=codes.SCAFFOLD_ID,
        help=_(
            "Write small letters without marks, digits and single underscores, "
            "at most {longest} characters, for example {example}."
        ).format(longest=LONGEST_ID, example=near if fits else "ten_tinh"),
    )


def _name(typed: str) -> str:
    name = clean(typed)
    if name and name.isprintable() and not set(name) & set('"\\$') and len(name) <= LONGEST_NAME:
        return name
    raise InputError(
        _("“{name}” cannot be a province's name.").format(name=typed),
        code=codes.SCAFFOLD_NAME,
        help=_(
            'Write the name as people do, at most {longest} characters, without " \\ and $.'
        ).format(longest=LONGEST_NAME),
    )


def _prefix(province: str, typed: str, taken: Mapping[str, str]) -> str:
    if not PREFIX.fullmatch(typed):
        raise InputError(
            _("“{prefix}” cannot begin the ids of clubs.").format(prefix=typed),
            code=codes.SCAFFOLD_PREFIX,
            help=_("Write two capital letters without marks, for example TT."),
        )
    if taken.get(typed, province) != province:
        raise InputError(
            _("The prefix {prefix} belongs to {province}.").format(
                prefix=typed, province=taken[typed]
            ),
            code=codes.SCAFFOLD_PREFIX,
            help=_("In use: {prefixes}. Choose two other letters.").format(
                prefixes=", ".join(sorted(taken))
            ),
        )
    return typed


def _free_prefix(province: str, taken: Mapping[str, str]) -> str:
    kept = (prefix for prefix, of in taken.items() if of == province)
    for prefix in (*kept, *_possible_prefixes(province)):
        if taken.get(prefix, province) == province:
            return prefix
    raise InputError(
        _("No two letters of {province} are free to begin its clubs' ids.").format(
            province=province
        ),
        code=codes.SCAFFOLD_PREFIX,
        help=_("Choose two letters: --prefix XX. In use: {prefixes}.").format(
            prefixes=", ".join(sorted(taken))
        ),
    )


def _possible_prefixes(province: str) -> Iterator[str]:
    """Yield the words' first letters, then the first letter with each later one."""
    letters = re.sub(r"[^a-z_]", "", province).upper()
    words = [word for word in letters.split("_") if word]
    if len(words) > 1:
        yield words[0][0] + words[-1][0]
    joined = "".join(words)
    yield from (joined[0] + letter for letter in joined[1:])
