"""Administrative units: names, the days they are valid, and what became of them.

A code alone is never an identity: codes are used again for other units. A unit is known by its
code together with the day it began, or by its name within a province.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache

from engine.vietnamese.text import bare, key, straight, unmarked

KINDS = ("xã", "phường", "thị trấn", "đặc khu", "x.", "p.", "tt.", "ubnd")
VILLAGE_KINDS = (
    *("thôn", "tổ dân phố", "khu phố", "khu dân cư", "tổ dân cư", "xóm", "làng", "bản", "buôn"),
    *("ấp", "tiểu khu"),
)
SHORT = {"x.": "xã", "p.": "phường", "tt.": "thị trấn"}

WARD, CITY = "phường", "thành phố"
"""What messages have other words for than for a commune of a province."""
EITHER = "xã, phường"
"""The same, while it is not known whether it is a commune or a ward."""

DISTRICTS = ("huyen ", "quan ", "thi xa ", "thanh pho ")
"""What a unit between commune and province was, until there were none from ``TWO_TIER`` on."""
TWO_TIER = date(2025, 7, 1)
"""The day the present communes began, nationwide (mô hình chính quyền địa phương hai cấp)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune in the days it was valid; ``successor`` is the id of what it became.

    ``confirmed`` is false where the succession is compiled and no text at hand states it.
    ``classes`` are those that the list names (``mountain``, ``minority`` ...).
    """

    id: str
    name: str
    kind: str
    province: str
    valid_from: date
    valid_to: date | None = None
    parent: str | None = None
    successor: str | None = None
    source: str = ""
    confirmed: bool = True
    classes: tuple[str, ...] = ()

    def valid(self, on: date) -> bool:
        """Return whether the unit was there on a day, both ends included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@lru_cache(maxsize=4096)
def commune_key(name: str) -> str:
    """Return a commune's comparison key: its name without what it is (xã, phường, UBND ...)."""
    folded = key(name)
    trimmed = True
    while trimmed:
        trimmed = False
        for prefix in _prefixes():
            if folded.startswith(prefix) and folded[len(prefix) :].strip():
                rest = folded[len(prefix) :]
                if rest[0] == " " or prefix.endswith("."):
                    folded, trimmed = rest.strip(), True
    return folded


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(key(kind) for kind in KINDS)


@lru_cache(maxsize=4096)
def kind_of(name: str) -> str | None:
    """Return what a commune is by its name (xã, phường ...), ``None`` where the name has none."""
    folded = key(name)
    office = key("ubnd")
    if folded.startswith(f"{office} "):
        folded = folded.removeprefix(office).strip()
    for kind in KINDS:
        begins, rest = key(kind), folded.removeprefix(key(kind))
        divided = rest.startswith(" ") or begins.endswith(".")
        if kind != "ubnd" and folded.startswith(begins) and divided and rest.strip():
            return SHORT.get(kind, kind)
    return None


def spelled_out(name: str) -> str:
    """Return a commune's name with what it is in full: "P. Hà Đông" is "Phường Hà Đông"."""
    for short, kind in SHORT.items():
        if name.casefold().startswith(short) and name[len(short) :].strip():
            return f"{kind.capitalize()} {name[len(short) :].strip()}"
    return name


def wording(commune: str, *, city: bool) -> tuple[str, ...]:
    """Return the contexts in which messages about a commune are read (``engine.i18n``)."""
    ward = kind_of(commune) == WARD
    return (*((WARD,) if ward else ()), *((CITY,) if city else ()))


def same_commune(first: str, second: str) -> bool:
    """Return whether two names are one commune's as far as names show it.

    "Xã Đình Bảng" is not "Phường Đình Bảng"; a name without what it is may be either.
    """
    if commune_key(first) != commune_key(second):
        return False
    kinds = {kind_of(first), kind_of(second)} - {None}
    return len(kinds) < 2


def place_keys(names: Iterable[str]) -> dict[str, str]:
    """Return a comparison key for each name of communes of one province.

    Equal keys are one commune's as far as names show it: "Xã Tân An" is not "Phường Tân An". A name
    without what it is goes with the only kind that has it among ``names``; where several have it,
    it is no one's.
    """
    kinds: dict[str, set[str]] = {}
    names = dict.fromkeys(names)
    for name in names:
        kinds.setdefault(commune_key(name), set()).update({kind_of(name) or ""} - {""})
    return {
        name: bare if len(kinds[bare]) < 2 else f"{bare} ({kind_of(name) or ''})"
        for name, bare in ((one, commune_key(one)) for one in names)
    }


def means_commune(typed: str, name: str) -> bool:
    """Return whether a typed text means a commune of that name: as it is, or without any marks.

    "P. Đình Bảng", "Đình Bảng" and "dinh bang" mean "Phường Đình Bảng"; "Đình Bàng" does not.
    """
    if same_commune(straight(typed), straight(name)):
        return True
    if key(typed) != bare(typed):
        return False
    kind, rest = _unmarked_parts(typed)
    own_kind, own_rest = _unmarked_parts(name)
    return rest == own_rest and (kind == own_kind or None in (kind, own_kind))


def _unmarked_parts(typed: str) -> tuple[str | None, str]:
    """Return what a commune is and its name, of a text without marks."""
    left = unmarked(typed).removeprefix("ubnd ")
    for kind in KINDS:
        begins = bare(kind)
        rest = left.removeprefix(begins)
        if rest != left and rest.strip() and (rest[0] == " " or begins.endswith(".")):
            return bare(SHORT.get(kind, kind)), rest.strip()
    return None, left


def spelt(known: Iterable[str], typed: str) -> str:
    """Return a commune's name as it is known, where a text means one of those known and only one.

    So what it is (xã, phường) and the marks come into the records although somebody typed neither.
    A text that has both already, or means none or several, stays as it is.
    """
    names: dict[str, str] = {}
    for name in known:
        if means_commune(typed, name):
            names.setdefault(key(name), name)
    found = [name for name in names.values() if is_whole(name)] or list(names.values())
    return found[0] if len(found) == 1 and not is_whole(typed) else typed


def is_whole(name: str) -> bool:
    """Return whether a commune's name says what it is in a whole word: "Xã A", not "X. A"."""
    kind = kind_of(name)
    return kind is not None and key(name).startswith(f"{key(kind)} ")


def full_name(unit: Unit) -> str:
    """Return a unit's name with what it is, as far as the list has that."""
    full = f"{unit.kind.capitalize()} {unit.name}"
    stated = kind_of(unit.name) is not None or kind_of(full) is None
    return unit.name if stated else full


def has_in_name(unit: Unit, text: str) -> bool:
    """Return whether a unit's name has a text in it, with or without marks.

    What the unit is may be in front and short: "P. Đình Bảng" is Phường Đình Bảng and no Xã.
    """
    if bare(text) in bare(unit.name):
        return True
    kind = kind_of(text)
    fits = kind is not None and kind_of(full_name(unit)) in (kind, None)
    return fits and bare(commune_key(text)) in bare(commune_key(unit.name))


def _called(unit: Unit, name: str) -> bool:
    """Return whether a name or an id means a unit, in the days when it was there."""
    if unit.id == name:
        return True
    return same_commune(full_name(unit), name)


def named(units: Iterable[Unit], name: str, on: date) -> list[Unit]:
    """Return the units a name or an id means: those valid that day, else any ever called so."""
    found = _ever(units, name)
    return [unit for unit in found if unit.valid(on)] or found


def became(units: Sequence[Unit], unit: Unit, on: date) -> Unit:
    """Return what a unit has become by a day: the end of its chain of successors."""
    seen = {(unit.id, unit.valid_from)}
    while unit.successor is not None and unit.valid_to is not None and unit.valid_to < on:
        after = unit.valid_to
        following = [one for one in units if one.id == unit.successor and one.valid_from > after]
        if not following:
            return unit
        unit = min(following, key=lambda one: one.valid_from)
        if (unit.id, unit.valid_from) in seen:
            return unit
        seen.add((unit.id, unit.valid_from))
    return unit


def district_of(unit: Unit) -> str | None:
    """Return the district (huyện) a unit was part of, ``None`` where there was none or is unknown.

    What is above a commune in a list of units may be the province itself.
    """
    return unit.parent if unit.parent and bare(unit.parent).startswith(DISTRICTS) else None


class Places:
    """Which names or ids mean one place by a day, successions followed: for many names.

    A name without what it is (xã, phường) means no place where several units have it.
    """

    def __init__(self, units: Sequence[Unit], on: date) -> None:
        self._units = units
        self._on = on
        self._ends: dict[str, frozenset[tuple[str, date]]] = {}

    def same(self, first: str, second: str) -> bool:
        """Return whether two names mean one place."""
        if first == second:
            return True
        if any(self._is_ambiguous(name) for name in (first, second)):
            return False
        return same_commune(first, second) or bool(self.ends(first) & self.ends(second))

    def ends(self, name: str) -> frozenset[tuple[str, date]]:
        """Return what units of a name have become, each as its id and first day."""
        if name not in self._ends:
            found = (became(self._units, unit, self._on) for unit in self._ever(name))
            self._ends[name] = frozenset((end.id, end.valid_from) for end in found)
        return self._ends[name]

    def _is_ambiguous(self, name: str) -> bool:
        """Return whether several units of a day have a name that does not say what it is."""
        if kind_of(name) is not None:
            return False
        there = [unit for unit in self._ever(name) if unit.valid(self._on)]
        return len({(unit.id, unit.valid_from) for unit in there}) > 1

    def _ever(self, name: str) -> list[Unit]:
        found = (*self._called.get(name, ()), *self._called.get(commune_key(name), ()))
        return [unit for unit in found if _called(unit, name)]

    @cached_property
    def _called(self) -> dict[str, list[Unit]]:
        """The units by their ids and by the keys of their names."""
        found: dict[str, list[Unit]] = {}
        for unit in self._units:
            for one in {unit.id, commune_key(full_name(unit))}:
                found.setdefault(one, []).append(unit)
        return found


def one_place(units: Sequence[Unit], first: str, second: str, on: date) -> bool:
    """Return whether two names or ids mean one place by a day: see ``Places``."""
    return Places(units, on).same(first, second)


def _ever(units: Iterable[Unit], name: str) -> list[Unit]:
    return [unit for unit in units if _called(unit, name)]


def was(units: Sequence[Unit], name: str, on: date) -> str | None:
    """Return what a unit of a name is called on a day, ``None`` when it is still called so.

    With what it is (xã, phường), as far as the list has that.
    """
    for unit in _ever(units, name):
        end = became(units, unit, on)
        if not same_commune(full_name(end), full_name(unit)):
            return full_name(end)
    return None
