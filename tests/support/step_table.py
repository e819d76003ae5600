"""The step table as the design has it, written out as data.

The tests hold the engine's own table and its behaviour against these rows; nothing here is read
from the engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass

BEFORE_DECISION = ("preparing", "proposed", "returned")
AT_WORK = ("launched", "operating", "consolidating")
AFTER_DECISION = ("approved", "trained", *AT_WORK, "suspended")
LIVING = BEFORE_DECISION + AFTER_DECISION
ENDS = ("withdrawn", "rejected", "dissolved")
STATES = (*LIVING, *ENDS)

SAME = None


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``roles`` are all that may be given the step, the default first. ``record``: the step
    is only written down: no step of the club's life. ``outcome`` is the form's conclusion on which
    the destination depends.
    """

    step: str
    sources: tuple[str, ...]
    to: str | None
    roles: tuple[str, ...]
    happened_on: str
    outcome: str | None = None
    record: bool = False


LEADERS = ("association", "committee")
COMMITTEE = ("committee",)
TRAINERS = ("province", "committee", "association", "district")

STEPS = (
    Row("open", ("none",), "preparing", LEADERS, "date"),
    Row("propose", ("preparing", "returned"), "proposed", LEADERS, "submission.date"),
    Row("withdraw", BEFORE_DECISION, "withdrawn", LEADERS, "date"),
    Row("return", ("proposed",), "returned", COMMITTEE, "date"),
    Row("reject", ("proposed",), "rejected", COMMITTEE, "date"),
    Row("approve", ("proposed",), "approved", COMMITTEE, "decision.date"),
    Row("train", ("approved",), "trained", TRAINERS, "date", "initial"),
    Row("launch", ("trained", "approved"), "launched", LEADERS, "date"),
    Row("supervise", ("launched",), "operating", TRAINERS, "date", "pass"),
    Row("supervise", ("operating", "consolidating"), SAME, TRAINERS, "date", "pass"),
    Row("supervise", AT_WORK, "consolidating", TRAINERS, "date", "consolidate"),
    Row("review", AT_WORK, SAME, TRAINERS, "date", "pass"),
    Row("review", AT_WORK, "consolidating", TRAINERS, "date", "consolidate"),
    Row("consolidate", ("consolidating",), "operating", COMMITTEE, "decision.date"),
    Row("suspend", AT_WORK, "suspended", COMMITTEE, "decision.date"),
    Row("resume", ("suspended",), "launched", COMMITTEE, "decision.date", "launched"),
    Row("resume", ("suspended",), "operating", COMMITTEE, "decision.date", "operating"),
    Row("resume", ("suspended",), "consolidating", COMMITTEE, "decision.date", "consolidating"),
    Row("dissolve", AFTER_DECISION, "dissolved", COMMITTEE, "decision.date"),
)
"""The steps of a club's life."""

KEEPERS = ("association", "committee", "province", "district")
OFFICE = ("admin", "province")

RECORDS = (
    Row("roster", LIVING, SAME, KEEPERS, "date", record=True),
    Row("set_board", BEFORE_DECISION, SAME, KEEPERS, "date", record=True),
    Row("change_board", AFTER_DECISION, SAME, COMMITTEE, "decision.date", record=True),
    Row("fund", LIVING, SAME, KEEPERS, "date", record=True),
    Row("meeting", LIVING, SAME, LEADERS, "date", record=True),
    Row("lending_terms", AFTER_DECISION, SAME, LEADERS, "date", record=True),
    Row("lend", AT_WORK, SAME, LEADERS, "date", record=True),
    Row("repay", (*AT_WORK, "suspended"), SAME, LEADERS, "date", record=True),
    Row("extend", (*AT_WORK, "suspended"), SAME, LEADERS, "date", record=True),
    Row("write_off", (*AT_WORK, "suspended"), SAME, LEADERS, "date", record=True),
    Row("care", AT_WORK, SAME, LEADERS, "date", record=True),
    # Trained after it was launched: a launch without training only warns, and the course comes.
    Row("train", (*AT_WORK, "suspended"), SAME, TRAINERS, "date", "initial", record=True),
    Row("train", AFTER_DECISION, SAME, TRAINERS, "date", "supplementary", record=True),
    Row("train", AFTER_DECISION, SAME, TRAINERS, "date", "refresher", record=True),
    Row("train", AFTER_DECISION, SAME, TRAINERS, "date", "support", record=True),
    Row("rename", LIVING, SAME, COMMITTEE, "date", record=True),
    Row("rehome", LIVING, SAME, OFFICE, "date", record=True),
    Row("correct", (*LIVING, *ENDS), SAME, KEEPERS, "date", record=True),
    Row("annul", LIVING, SAME, KEEPERS, "date", record=True),
    Row("erase", (*LIVING, *ENDS), SAME, OFFICE, "date", record=True),
    # The full member list leaves the house: names and numbers for whoever holds the file.
    Row("export", (*LIVING, *ENDS), SAME, KEEPERS, "date", record=True),
)
"""What is written down without being a step of the club's life."""

TABLE = STEPS + RECORDS
HAPPENED_ON = {row.step: row.happened_on for row in TABLE}
ELIGIBLE = {row.step: row.roles for row in TABLE}

DEFAULT_ROLES = {
    row.step: tuple(one for one in row.roles if one != "district")
    if row.record and row.step != "train"
    else row.roles[:1]
    for row in TABLE
}
"""Who takes a step where no policy chooses: the first of those listed; all of them for a record.

A district never does: it takes only what a policy gives it.
"""

OUTCOME_FIELD = {"train": "course.kind", "supervise": "conclusion", "review": "result"}
"""The form's field that the destination depends on. A resume goes back to where it came from."""

OUTCOMES: dict[str, tuple[str | None, ...]] = {
    "train": ("initial", "supplementary", "refresher", "support"),
    "supervise": ("pass", "consolidate"),
    "review": ("pass", "consolidate"),
    "resume": ("operating",),
}
"""What a step may conclude. The clubs of these attempts were suspended while operating."""


def attempts() -> Iterator[tuple[str, str, str | None]]:
    """Yield every state with every step and every outcome its form can have."""
    for state in STATES:
        for step in dict.fromkeys(row.step for row in TABLE):
            for outcome in OUTCOMES.get(step, (None,)):
                yield state, step, outcome


def row_of(state: str, step: str, outcome: str | None) -> Row | None:
    """Return the row that lets ``step`` start from ``state``, ``None`` when there is none."""
    for row in TABLE:
        if row.step == step and state in row.sources and row.outcome in (None, outcome):
            return row
    return None
