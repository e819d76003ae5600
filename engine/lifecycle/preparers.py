"""The preparers that a step may name as its ``prepare``."""

from collections.abc import Callable, Mapping
from datetime import date

from engine.lifecycle.annulment import prepare_annul
from engine.lifecycle.correction import Correction
from engine.lifecycle.gather import Gatherer
from engine.lifecycle.people import prepare_board, prepare_borrower, prepare_erase
from engine.lifecycle.prepare import Preparer
from engine.provinces.load import Provinces


def preparers(
    gather: Gatherer, provinces: Provinces, today: Callable[[], date]
) -> Mapping[str, Preparer]:
    """Return every preparer by the name that steps call it by."""
    return {
        "board": prepare_board,
        "borrower": prepare_borrower,
        "erase": prepare_erase,
        "annul": prepare_annul,
        "correct": Correction(gather, provinces, today),
    }
