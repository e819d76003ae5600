"""Which keys a policy answers, and when: the grid of keys by stretches of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from engine.policy import vocabulary
from engine.policy.model import Policy, Status

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days over which no value of the policy changes; ``end`` is None for the last, open one."""

    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one key answers over one stretch.

    ``gap`` marks a stretch without a value between two that have one, where a document may
    have been forgotten.
    """

    stretch: Stretch
    status: Status
    gap: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One key over all stretches."""

    key: str
    cells: tuple[Cell, ...]

    @property
    def has_gap(self) -> bool:
        """Return whether the key is without a value between two stretches that have one."""
        return any(cell.gap for cell in self.cells)


def stretches(policy: Policy) -> tuple[Stretch, ...]:
    """Return the stretches of time the policy's values and documents divide the calendar into."""
    starts = {document.start for document in policy.documents}
    ends = {document.end for document in policy.documents}
    for entries in policy.entries.values():
        starts.update(entry.start for entry in entries)
        ends.update(entry.end for entry in entries)
    after = {end + DAY for end in ends if end is not None and end < date.max}
    cuts = sorted(starts | after)
    return tuple(
        Stretch(start, following - DAY if following else None)
        for start, following in zip(cuts, [*cuts[1:], None], strict=True)
    )


def coverage(policy: Policy, keys: Iterable[str] | None = None) -> tuple[Row, ...]:
    """Return the grid: one row a key, one cell a stretch.

    ``keys`` are the keys asked for; by default every fixed key of the vocabulary, in its order,
    then the policy's own. Raises UnknownError for a key that no policy can have.
    """
    columns = stretches(policy)
    return tuple(
        _row(policy, key, columns) for key in (_all_keys(policy) if keys is None else keys)
    )


def _all_keys(policy: Policy) -> tuple[str, ...]:
    fixed = [f"{group}.{name}" for group in vocabulary.groups() for name in vocabulary.ids(group)]
    own = [key for key in policy.entries if key not in fixed]
    return (*fixed, *own)


def _row(policy: Policy, key: str, columns: tuple[Stretch, ...]) -> Row:
    statuses = [policy.on(key, column.start).status for column in columns]
    with_value = [index for index, status in enumerate(statuses) if status == "value"]
    first, last = (with_value[0], with_value[-1]) if with_value else (0, -1)
    return Row(
        key,
        tuple(
            Cell(column, status, status != "value" and first < index < last)
            for index, (column, status) in enumerate(zip(columns, statuses, strict=True))
        ),
    )
