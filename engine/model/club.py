"""A club as its log has it."""

from dataclasses import dataclass
from datetime import date

from engine.model.vocabulary import State


@dataclass(frozen=True, slots=True)
class Club:
    """A club as its log has it. Dates are the days things happened, not the days of typing.

    ``managing_unit`` is who manages the club by its papers, ``self_managed`` whether it manages
    itself: documents say both at once, so neither gives anyone a right.
    """

    id: str
    province: str
    name: str = ""
    commune: str = ""
    commune_id: str | None = None
    village: str = ""
    state: State = State.NONE
    seq: int = 0
    state_seq: int = 0
    state_on: date | None = None
    opened_on: date | None = None
    submission_number: str | None = None
    submitted_on: date | None = None
    lead_unit: str | None = None
    decision_number: str | None = None
    decided_on: date | None = None
    trained_on: date | None = None
    launched_on: date | None = None
    supervised_on: date | None = None
    reviewed_on: date | None = None
    suspended_from: State | None = None
    ended_on: date | None = None
    charter: bool | None = None
    funds_opened: str | None = None
    after: str | None = None
    managing_unit: str | None = None
    self_managed: bool | None = None
