"""A province's policy and the general procedure, never mixed up.

What the province states is answered with its article. Where it states nothing and the engine needs
a number to go on, the general procedure answers, marked as not the province's rule.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.i18n import _
from engine.policy.model import Policy, Resolution


@dataclass(frozen=True, slots=True)
class Rule:
    """A value to act on. ``source`` is the province's article, ``None`` for the general procedure.

    ``basis`` is the national law the general procedure has the value from, if it is one.
    """

    value: Any
    source: str | None
    basis: str | None = None

    @property
    def citation(self) -> str:
        """Return the article, or where else the value is from: the law, the general procedure."""
        if self.source is not None:
            return self.source
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


@dataclass(frozen=True, slots=True)
class Rules:
    """What a rule may ask about policy: one province's, and the general procedure's defaults.

    ``defaults`` is the general procedure, read only when it is needed if left out.
    """

    policy: Policy
    defaults: Policy | None = None

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
        return self.policy.on(key, on)

    def rule(self, key: str, on: date) -> Rule | None:
        """Return the province's value, else the general procedure's, else ``None``."""
        stated = self.policy.on(key, on)
        if stated.status == "value":
            return Rule(stated.value, stated.source)
        default = self.general.on(key, on)
        if default.status == "value":
            return Rule(default.value, None, default.source if default.force else None)
        return None
