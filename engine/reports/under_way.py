"""Clubs on the way to their launch, with the step that is next and who takes it.

Most of these steps have no day, so no task is kept for them; without this list a club whose file
was only opened would be on no screen of work to be done.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from engine.model import Role, State
from engine.policy.effective import Rules
from engine.reports.queries import scope
from engine.states import step as find_step
from engine.states.guards import allowed_roles
from engine.store.reader import Reader
from engine.vietnamese.collation import in_order

NEXT: Mapping[State, str] = {
    State.PREPARING: "propose",
    State.RETURNED: "propose",
    State.PROPOSED: "approve",
    State.APPROVED: "train",
    State.TRAINED: "launch",
}
"""The step that leads on towards the launch."""
PROPOSAL = NEXT[State.PREPARING]
SELECT = """
SELECT id, name, commune, village, state,
  EXISTS (SELECT 1 FROM member m WHERE m.club = club.id AND m.left_on IS NULL),
  EXISTS (SELECT 1 FROM board b WHERE b.club = club.id)
FROM club WHERE {scope} AND state IN ({marks})"""


class UnderWay(NamedTuple):
    """A club before its launch: ``step`` is next, and ``roles`` take it.

    A list of members and a board come before the proposal, by whoever proposes.
    """

    club: str
    club_name: str
    commune: str
    village: str
    step: str
    roles: tuple[Role, ...]


def under_way(
    store: Reader, rules: Rules, province: str, on: date, clubs: Collection[str] | None
) -> list[UnderWay]:
    """Return the clubs of a province, or some of them, that are not launched yet."""
    condition, values = scope(store, "", "id", province, clubs)
    sql = SELECT.format(scope=condition, marks=", ".join("?" * len(NEXT)))
    roles = {one: allowed_roles(find_step(one), rules, on)[0] for one in set(NEXT.values())}
    found = []
    for club, name, commune, village, state, members, board in store.rows(sql, (*values, *NEXT)):
        step = NEXT[State(state)]
        first = step
        if step == PROPOSAL and not (members and board):
            first = "set_board" if members else "roster"
        found.append(UnderWay(club, name, commune, village, first, roles[step]))
    return in_order(
        found, lambda one: one.commune, lambda one: one.club_name, lambda one: one.village
    )
