"""A province's policy, what holds for the whole nation and the general procedure, never mixed up.

What the province states is answered with its article. Where it states nothing, a national plugin
answers, marked as the nation's; where that is silent too and the engine needs a number to go on,
the general procedure does, marked as not the province's rule.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from engine.i18n import _
from engine.policy.model import Entry, Policy, Resolution

GROUNDS = "basis."
"""Keys of what papers are grounded on: laws and decisions, never what this system chose."""
PARLIAMENT = "Quốc hội"
"""Who makes laws."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A value to act on. ``source`` is the province's article, ``None`` for the general procedure.

    Of a national plugin's value it is how that is cited, and ``nationwide`` the article alone.
    ``basis`` is how the law, or another
    national document, is cited that the general procedure has the value from, if any. ``read`` is
    true where the document does not ask for it and this system reads it so: an unclear sentence, or
    what the document only reports of the past (history).
    """

    value: Any
    source: str | None
    basis: str | None = None
    read: bool = False
    nationwide: str | None = None

    @property
    def article(self) -> str | None:
        """Return the article alone, whoever states it."""
        return self.nationwide or self.source

    @property
    def citation(self) -> str:
        """Return the article, or where else the value is from: the law, the general procedure."""
        if self.source is not None:
            return reading_citation(self.source) if self.read else self.source
        return self.basis or general_citation()


def general_citation() -> str:
    """Return how a rule of the general procedure of this system is cited (quy trình chung)."""
    return _("general procedure, not a provision of the province")


def law_citation(article: str) -> str:
    """Return how a value that the national law states for every province is cited (luật)."""
    return _("national law: {article}").format(article=article)


def nationwide_citation(article: str) -> str:
    """Return how a value is cited that a national plugin states for every province (cả nước)."""
    return _("for the whole nation: {article}").format(article=article)


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
    if not stated.extra.get("new_clubs_only") or decided is None or stated.begun is None:
        return True
    return decided.year >= stated.begun.year


@dataclass(frozen=True, slots=True)
class Rules:
    """What a rule may ask about policy: one province's, the nation's and the general procedure's.

    ``nation`` are the policies of national plugins. ``defaults`` is the general procedure, itself
    a national policy, read only when it is needed if left out. ``decided`` is
    the day one club was established, for questions about that club: what a document states for new
    clubs only is then not stipulated for an older one. ``None`` asks about clubs in general, or
    about one that is still to be established.
    """

    policy: Policy
    defaults: Policy | None = None
    decided: date | None = None
    nation: tuple[Policy, ...] = ()

    def for_club(self, decided: date | None) -> Self:
        """Return the same rules as they hold for a club that was established on that day."""
        if decided == self.decided:
            return self
        return replace(self, decided=decided)

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

    def own(self, key: str, on: date) -> Resolution:
        """Return what the province's documents state about ``key`` on that day, and only that.

        Raises ``UnknownError`` for a key that is not in the vocabulary.
        """
        found = self.policy.on(key, on)
        return found if meant_for(found, self.decided) else Resolution(key, "not_stipulated")

    def stated(self, key: str, on: date) -> Resolution:
        """Return what documents state about ``key`` on that day: the province's, else the nation's.

        The latter only where a national plugin is installed, with a source that says whose it is.
        Raises ``UnknownError`` for a key that is not in the vocabulary.
        """
        own = self.own(key, on)
        if own.status == "value":
            return own
        for policy in self.nation:
            found = policy.on(key, on)
            if found.status == "value" and meant_for(found, self.decided):
                article = found.source or policy.name
                return replace(found, source=nationwide_citation(article), nationwide=article)
        return own

    def for_all(self, key: str, on: date) -> Resolution | None:
        """Return what holds for every province: of a national plugin, else of the national law."""
        for policy in self.nation:
            found = policy.on(key, on)
            if found.status == "value":
                return found
        found = self.general.on(key, on)
        return found if found.status == "value" and found.force else None

    def rule(self, key: str, on: date) -> Rule | None:
        """Return the province's value, else the nation's, else the general procedure's or None."""
        stated = self.stated(key, on)
        if stated.status == "value":
            read = is_read(stated) or stated.force == "history"
            return Rule(stated.value, stated.source, read=read, nationwide=stated.nationwide)
        default = self.general.on(key, on)
        if default.status == "value":
            return Rule(default.value, None, self._basis(default))
        return None

    def _basis(self, default: Resolution) -> str | None:
        """Return how the national document is cited that a default is from, ``None`` for none."""
        if not default.source or not (default.force or default.key.startswith(GROUNDS)):
            return None
        laws = [one.short for one in self.general.documents if one.issuer == PARLIAMENT]
        law = default.source.startswith(tuple(laws))
        return (law_citation if law else nationwide_citation)(default.source)

    def needed(self, key: str, on: date) -> Rule:
        """Return the rule for what nothing can be counted without, on every day there is.

        On a day before every document that states it, it is the first value of the general
        procedure, and no document is named. Raises ``LookupError`` where that has none.
        """
        found = self.rule(key, on)
        return found or Rule(self.general.entries_of(key)[0].value, None)
