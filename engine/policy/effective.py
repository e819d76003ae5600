"""A province's policy and the general procedure, never mixed up.

What the province states is answered with its article. Where it states nothing and the engine needs
a number to go on, the general procedure answers, marked as not the province's rule.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from engine.i18n import _
from engine.policy.model import Entry, Policy, Resolution


@dataclass(frozen=True, slots=True)
class Rule:
    """A value to act on. ``source`` is the province's article, ``None`` for the general procedure.

    ``basis`` is the national law the general procedure has the value from, if it is one. ``read``
    is true where the document does not ask for it and this system reads it so: an unclear sentence,
    or what the document only reports of the past (history).
    """

    value: Any
    source: str | None
    basis: str | None = None
    read: bool = False

    @property
    def citation(self) -> str:
        """Return the article, or where else the value is from: the law, the general procedure."""
        if self.source is not None:
            return reading_citation(self.source) if self.read else self.source
        return law_citation(self.basis) if self.basis is not None else general_citation()


def general_citation() -> str:
    """Return how a rule of the general procedure of this system is cited (quy trình chung)."""
    return _("general procedure, not a provision of the province")


def law_citation(article: str) -> str:
    """Return how a value that the national law states for every province is cited (luật)."""
    return _("national law: {article}").format(article=article)


def reading_citation(source: str | None) -> str:
    """Return how this system's reading of a sentence that is not clear is cited.

    ``source`` is the article it reads (cách hiểu của hệ thống).
    """
    if source is None:
        return general_citation()
    return _("{source}, as this system reads it").format(source=source)


def is_read(stated: Entry | Resolution, *parts: str) -> bool:
    """Return whether what is used of a value is this system's reading (cách hiểu của hệ thống).

    ``parts`` are the parts of the value that are used. A value that is read as a whole is read
    whatever is used of it; one of which parts are read, only where one of those is used.
    """
    if not stated.read_parts:
        return stated.reading
    return any(part in stated.read_parts for part in parts)


def cited(stated: Entry | Resolution, *parts: str) -> str | None:
    """Return how a value is cited where ``parts`` of it are used: its article, marked if read."""
    return reading_citation(stated.source) if is_read(stated, *parts) else stated.source


def meant_for(stated: Resolution, decided: date | None) -> bool:
    """Return whether a value holds for a club established on that day.

    A value for new clubs only (CLB mới thành lập) holds for clubs of its first year and later: a
    document that is signed in a year counts the clubs of the whole of it.
    """
    if not stated.extra.get("new_clubs_only") or decided is None or stated.start is None:
        return True
    return decided.year >= stated.start.year


@dataclass(frozen=True, slots=True)
class Rules:
    """What a rule may ask about policy: one province's, and the general procedure's defaults.

    ``defaults`` is the general procedure, read only when it is needed if left out. ``decided`` is
    the day one club was established, for questions about that club: what a document states for new
    clubs only is then not stipulated for an older one. ``None`` asks about clubs in general, or
    about one that is still to be established.
    """

    policy: Policy
    defaults: Policy | None = None
    decided: date | None = None

    def for_club(self, decided: date | None) -> Self:
        """Return the same rules as they hold for a club that was established on that day."""
        if decided == self.decided:
            return self
        return type(self)(self.policy, self.defaults, decided)

    @property
    def city(self) -> bool:
        """Return whether the province is a city (thành phố trực thuộc trung ương)."""
        return self.policy.kind == "city"

    @property
    def general(self) -> Policy:
        """Return the general procedure."""
        if self.defaults is not None:
            return self.defaults
        from engine.policy.files import general

        return general()

    def stated(self, key: str, on: date) -> Resolution:
        """Return what the province's documents state about ``key`` on that day, and only that.

        Raises ``UnknownError`` for a key that is not in the vocabulary.
        """
        found = self.policy.on(key, on)
        return found if meant_for(found, self.decided) else Resolution(key, "not_stipulated")

    def rule(self, key: str, on: date) -> Rule | None:
        """Return the province's value, else the general procedure's, else ``None``."""
        stated = self.stated(key, on)
        if stated.status == "value":
            read = is_read(stated) or stated.force == "history"
            return Rule(stated.value, stated.source, read=read)
        default = self.general.on(key, on)
        if default.status == "value":
            return Rule(default.value, None, default.source if default.force else None)
        return None

    def needed(self, key: str, on: date) -> Rule:
        """Return the rule for what nothing can be counted without, on every day there is.

        On a day before every document that states it, it is the first value of the general
        procedure, and no document is named. Raises ``LookupError`` where that has none.
        """
        found = self.rule(key, on)
        return found or Rule(self.general.entries_of(key)[0].value, None)
