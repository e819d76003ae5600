"""Forgeries of how a body is written, whatever it says."""

from collections.abc import Callable
from datetime import date
from unicodedata import normalize

from bench.reliability.forger import Body
from bench.reliability.forgeries.forgery import Forgery
from engine.store.canonical import dumps


def fraction(body: Body) -> str:
    """Spell an amount as a number with a fraction."""
    return dumps(body).replace('"amount":100000000', '"amount":100000000.0')


def decomposed(body: Body) -> str:
    """Spell marks as letters of their own."""
    return normalize("NFD", dumps(body))


def without_hyphens(body: Body) -> str:
    """Spell the day as ISO allows too, in the body and in its column."""
    body["on"] = body["on"].replace("-", "")
    return dumps(body)


def of_a_week(body: Body) -> str:
    """Spell the day as one of a week, in the body and in its column."""
    body["on"] = "{}-W{:02}-{}".format(*date.fromisoformat(body["on"]).isocalendar())
    return dumps(body)


SPELT: dict[str, tuple[Callable[[Body], str], str]] = {
    "a key that no body has": (lambda body: dumps({**body, "x": 1}), "what no event does: x"),
    "a part that no effects have": (
        lambda body: dumps({**body, "effects": {**body["effects"], "gifts": []}}),
        "what no event does: gifts",
    ),
    "a fraction": (fraction, "not whole"),
    "text that is not NFC": (decomposed, "not NFC"),
    "a format that only looks like 1": (lambda body: dumps({**body, "v": True}), "does not know"),
    "a format to come": (lambda body: dumps({**body, "v": 2}), "does not know"),
    "a day without hyphens": (without_hyphens, "does not hold what"),
    "a day of a week": (of_a_week, "does not hold what"),
    "a role there is not": (lambda body: dumps({**body, "role": "king"}), "does not hold what"),
    "warnings that are none": (lambda body: dumps({**body, "acknowledged": 5}), "does not hold"),
}


def _spelt(name: str, spell: Callable[[Body], str], reason: str) -> Forgery:
    return Forgery(
        name, lambda forger: forger.write(forger.bodies(), spell=spell), reason, fits=False
    )


FORGERIES = tuple(_spelt(name, *forged) for name, forged in SPELT.items())
