"""What a policy file states: documents, dated values, and what holds on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from engine.errors import UnknownError
from engine.frozen import EMPTY, FrozenMap
from engine.i18n import _
from engine.policy import vocabulary
from engine.vietnamese.dates import dmy

Status = Literal["value", "not_in_force", "not_stipulated"]


def first_day(day: date, inferred: bool) -> str:
    """Return a first day as people read it; one that was inferred says so (suy ra)."""
    return _("{day} (inferred)").format(day=dmy(day)) if inferred else dmy(day)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that values are taken from (văn bản).

    ``start`` and ``end`` are the first and last day of its period; ``end`` is None when it has no
    end. ``inferred`` is true where no text states the first day and it follows from something else
    (suy ra). ``issued`` is None when the copy at hand carries no date. ``programme`` is true for a
    province's programme document (đề án, kế hoạch), false for laws and texts only referred to.
    ``signer`` is who signed it (người ký); ``signed`` is false for a copy without number or
    signature, which grounds no refusal.
    """

    id: str
    number: str
    short: str
    title: str
    issuer: str
    issued: date | None
    start: date
    end: date | None
    programme: bool = True
    note: str | None = None
    signer: str | None = None
    signed: bool = True
    inferred: bool = False

    @property
    def since(self) -> str:
        """Return the first day as people read it; one that was inferred says so."""
        return first_day(self.start, self.inferred)

    def holds(self, day: date) -> bool:
        """Return whether ``day`` lies in the document's period, both ends included."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated value of one key, with the place in the document that states it.

    ``source`` is printable ("QĐ 12/QĐ-UBND, I.2"), ``document`` the document's id, ``force`` how
    strongly it is stated (``norm``, ``goal``, ``funding``, ``procedure``, ``task``, ``request``,
    ``history``, ``optional``) or None. ``start`` is never before the document's own first day;
    ``inferred`` is true where it is that day and the document's is inferred. ``extra`` holds what
    is peculiar to the key.
    ``amends`` is true for a value that continues the one before it (sửa đổi): what is counted goes
    on from ``counted_from``, the first day of the first of them, whose document is ``first``.
    ``phase`` is the phase (giai đoạn) whose dates the value has, if it names one; ``reading`` is
    true for this system's reading of a sentence that is not clear (cách hiểu của hệ thống); where
    only parts of the value are read, ``read_parts`` names them.
    """

    key: str
    value: Any
    start: date
    end: date | None
    source: str
    document: str
    force: str | None = None
    note: str | None = None
    extra: FrozenMap = EMPTY
    phase: str | None = None
    reading: bool = False
    inferred: bool = False
    read_parts: tuple[str, ...] = ()
    amends: bool = False
    counted_from: date | None = None
    first: str = ""

    def holds(self, day: date) -> bool:
        """Return whether the value is in force on ``day``, both ends included."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a policy answers for one key on one day.

    ``value``, ``source``, ``force`` and ``note`` are None unless ``status`` is ``value``: a rule
    that is not in force has no source to cite. ``not_in_force``: the policy has the key, but not
    on that day; start and end are then those of the nearest entry. ``not_stipulated``: no document
    states anything about it (không quy định). ``binding`` is false for a value of an unsigned
    copy: nobody is refused by it. ``reading`` marks this system's reading of an unclear sentence
    (of the ``read_parts`` only, where there are some), ``inferred`` a start that no text states.
    ``counted_from`` is the first day of the first of the values that an amendment continues.
    ``nationwide`` is the article alone of what a national plugin states; ``source`` then says that
    it is the nation's. The log keeps the article (``article``), in no language.
    """

    key: str
    status: Status
    value: Any = None
    start: date | None = None
    end: date | None = None
    source: str | None = None
    force: str | None = None
    note: str | None = None
    extra: FrozenMap = EMPTY
    binding: bool = True
    reading: bool = False
    inferred: bool = False
    read_parts: tuple[str, ...] = ()
    counted_from: date | None = None
    nationwide: str | None = None

    @property
    def article(self) -> str | None:
        """Return the article alone, whoever states it."""
        return self.nationwide or self.source

    @property
    def begun(self) -> date | None:
        """Return the first day of what is counted: of an amendment that of what it continues."""
        return self.counted_from or self.start


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A check of the conformance kit that the province's author leaves out, and why."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A province's dated parameters.

    ``digest`` is the SHA-256 of what the file states, not of its bytes: comments, blank lines and
    the order of keys do not change it.
    """

    province_id: str
    name: str
    prefix: str
    kind: str
    documents: tuple[Document, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    digest: str
    origin: str = ""
    api_version: str = "1.0"
    left_out: tuple[LeftOut, ...] = ()

    def on(self, key: str, day: date) -> Resolution:
        """Resolve ``key`` on ``day``.

        Raises UnknownError for a key that no policy can have.
        """
        entries = self.entries.get(key)
        if entries is None:
            self._require_known(key)
            return Resolution(key, "not_stipulated")
        nearest = entries[0]
        for entry in entries:
            if entry.holds(day):
                return Resolution(
                    key,
                    "value",
                    entry.value,
                    entry.start,
                    entry.end,
                    entry.source,
                    entry.force,
                    entry.note,
                    entry.extra,
                    self._signed(entry),
                    entry.reading,
                    entry.inferred,
                    entry.read_parts,
                    entry.counted_from,
                )
            if entry.start <= day:
                nearest = entry
        if nearest.phase is not None and self._in_a_phase(day):
            # The document is in force and is silent about this phase.
            return Resolution(key, "not_stipulated")
        return Resolution(
            key, "not_in_force", None, nearest.start, nearest.end, inferred=nearest.inferred
        )

    def has(self, key: str) -> bool:
        """Return whether the policy has a value for ``key`` on any day."""
        return key in self.entries

    def entries_of(self, key: str) -> tuple[Entry, ...]:
        """Return every entry of ``key`` in order of date; empty when it is not stipulated.

        Raises UnknownError for a key that no policy can have.
        """
        entries = self.entries.get(key)
        if entries is None:
            self._require_known(key)
            return ()
        return entries

    def keys(self) -> Iterator[str]:
        """Iterate over the keys this policy has, in the order of the file."""
        return iter(self.entries)

    def keys_of(self, group: str) -> Sequence[str]:
        """Return the keys of one group in the order of the file; none is made for it."""
        of_group = getattr(self.entries, "of_group", None)
        if of_group is not None:
            found: Sequence[str] = of_group(group)
            return found
        return [key for key in self.entries if key.startswith(f"{group}.")]

    def group(self, name: str) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """Iterate over the keys of one group as (id, entries): ``group("target")``."""
        prefix = f"{name}."
        for key in self.entries:
            if key.startswith(prefix):
                yield key.removeprefix(prefix), self.entries[key]

    def document(self, document_id: str) -> Document:
        """Return the document of that id; raises UnknownError when there is none."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise UnknownError(
            _("The policy of {province} has no document {document}.").format(
                province=self.name, document=document_id
            )
        )

    def _in_a_phase(self, day: date) -> bool:
        return any(
            entry.holds(day) and entry.value["from"] <= day <= entry.value["to"]
            for _name, entries in self.group("phase")
            for entry in entries
        )

    def _signed(self, entry: Entry) -> bool:
        return all(one.signed for one in self.documents if one.id == entry.document)

    def period(self, day: date) -> Document | None:
        """Return the programme document whose period holds ``day``, the latest if several do."""
        found = None
        for document in self.documents:
            if (
                document.programme
                and document.holds(day)
                and (found is None or document.start > found.start)
            ):
                found = document
        return found

    def ended(self, day: date) -> Document | None:
        """Return the last programme document if its period was over before ``day`` (hết giai đoạn).

        None while a programme runs, before the first one, between two, and where the last has no
        end.
        """
        programmes = [document for document in self.documents if document.programme]
        if not programmes:
            return None
        last = max(programmes, key=lambda document: (document.end or date.max, document.start))
        return last if last.end is not None and last.end < day else None

    def _require_known(self, key: str) -> None:
        if not vocabulary.is_known(key):
            raise UnknownError(
                _("There is no policy key {key}.").format(key=key),
                help=vocabulary.suggestion(key),
            )
