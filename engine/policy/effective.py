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
        """Return the article, or the sentence that it is not the province's."""
        if self.source is not None:
            return self.source
        return general_citation(self.basis)


def general_citation(basis: str | None = None) -> str:
    """Return how a rule of the general procedure is cited."""
    text = _("general procedure, not a provision of the province")
    return f"{text} ({basis})" if basis else text


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
