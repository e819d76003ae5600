"""Clubs' boards (Ban Chủ nhiệm) with the names behind the ids."""

from dataclasses import dataclass
from datetime import date

from engine.labels import POSTS
from engine.store.database import Store

SELECT_BOARD = (
    "SELECT b.post, b.person, b.since, p.name FROM board b LEFT JOIN personal p "
    "ON p.club = b.club AND p.member = b.person WHERE b.club = ?"
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who holds a post, since when. ``name`` is ``None`` where the personal data was erased.

    ``post`` is chair, vice, secretary, treasurer, or member_1, member_2 ... for the others.
    """

    post: str
    name: str | None
    person: str
    since: date


def board(store: Store, club: str) -> list[Seat]:
    """Return a club's board as it is now, the chair first."""
    seats = [
        Seat(post, name, person, date.fromisoformat(since))
        for post, person, since, name in store.rows(SELECT_BOARD, (club,))
    ]
    return sorted(seats, key=lambda seat: post_order(seat.post))


def post_order(post: str) -> tuple[int, int]:
    """Return what sorts the posts of a board: the chair first, the other members by number."""
    if post in POSTS:
        return list(POSTS).index(post), 0
    number = post.rpartition("_")[2]
    return len(POSTS), int(number) if number.isdigit() else 0
