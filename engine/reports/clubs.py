"""Clubs as people ask for them: the list, one club's page, its board, its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.frozen import thaw
from engine.labels import POSTS
from engine.model import BoardPost, Club, Composition, Event, LedgerEntry, Task
from engine.policy.effective import Rules
from engine.policy.own_money import fund_ids
from engine.reports.commune_names import CommuneNames, Place
from engine.rules.communes import Unit, means_commune
from engine.rules.funds import held
from engine.rules.own import OWN
from engine.rules.succession import succession
from engine.store import codec, facts
from engine.store.reader import Reader
from engine.vietnamese.text import in_order, key, means, resembles, unmarked, word_order

SELECT_LIST = (
    "SELECT c.id, c.name, c.commune, c.village, c.state, c.opened_on, c.decided_on, "
    "(SELECT count(*) FROM member m WHERE m.club = c.id AND m.province = ? "
    "AND m.left_on IS NULL) "
    "FROM club c WHERE c.province = ?"
)
SELECT_NAMES = "SELECT member, name FROM personal WHERE club = ? AND province = ?"
SELECT_NAMED = "SELECT id, name, village, commune, province FROM club"
SELECT_BOARD = (
    "SELECT b.post, b.person, b.since, p.name FROM board b LEFT JOIN personal p "
    "ON p.club = b.club AND p.province = b.province AND p.member = b.person "
    "WHERE b.club = ? AND b.province = ?"
)

NAMES_GIVEN = (
    "SELECT stream, body FROM event WHERE step IN ('open', 'rename') "
    "AND stream IN (SELECT stream FROM event WHERE step = 'rename')"
)


@dataclass(frozen=True, slots=True)
class ListedClub:
    """A club in a list. ``commune`` is on record, ``commune_now`` its name on the day asked.

    ``formerly`` is the commune's name at the founding, where it was another.
    """

    club: str
    name: str
    commune: str
    commune_now: str
    formerly: str | None
    village: str
    state: str
    opened_on: str
    decided_on: str | None
    members: int


@dataclass(frozen=True, slots=True)
class NamedClub:
    """A club with what distinguishes it from others of nearly the same name."""

    club: str
    name: str
    village: str
    commune: str
    province: str

    def __str__(self) -> str:
        return f"{self.name}, {self.village}, {self.commune} ({self.club})"


@dataclass(frozen=True, slots=True)
class Page:
    """Everything about one club on one page, as of a day.

    ``funds`` has what is in each fund that its province knows, ``None`` without an entry.
    """

    club: Club
    place: Place
    composition: Composition
    board: tuple[BoardPost, ...]
    names: Mapping[str, str]
    funds: Mapping[str, int | None]
    ledger: tuple[LedgerEntry, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """Who holds a post, since when. ``name`` is ``None`` where the personal data was erased.

    ``post`` is chair, vice, secretary, treasurer, or member_1, member_2 ... for the others.
    """

    post: str
    name: str | None
    person: str
    since: date


def listing(
    store: Reader,
    province: str,
    on: date,
    *,
    state: str | None = None,
    commune: str | None = None,
    known: Iterable[Unit] = (),
) -> list[ListedClub]:
    """Return a province's clubs by commune and village, of one state or one commune if asked.

    Communes have their names of ``on``; one is found under its former name too. ``known`` are the
    units that the province's policy names.
    """
    names = CommuneNames(store, province, on, known=known)
    lines = []
    for row in store.rows(SELECT_LIST, (province, province)):
        id_, name, recorded, village, now_in, opened_on, *rest = row
        place = names.of(id_, recorded, date.fromisoformat(opened_on))
        where = (recorded, place.name, place.formerly, village)
        lines.append(ListedClub(id_, name, *where, now_in, opened_on, *rest))
    return by_place(
        line
        for line in lines
        if (state is None or line.state == state) and (commune is None or _lies_in(line, commune))
    )


def by_place(lines: Iterable[ListedClub]) -> list[ListedClub]:
    """Return clubs in order of their commune, their village and their name."""
    return in_order(
        lines,
        lambda line: line.commune_now,
        lambda line: line.village,
        lambda line: line.name,
        lambda line: line.club,
    )


def _lies_in(line: ListedClub, commune: str) -> bool:
    names = (line.commune, line.commune_now, line.formerly)
    return any(means_commune(commune, one) for one in names if one)


def count(store: Reader, province: str) -> int:
    """Return how many clubs a province has on its books."""
    row = store.row("SELECT count(*) FROM club WHERE province = ?", (province,))
    return int(row[0]) if row else 0


def find(store: Reader, named: str) -> list[NamedClub]:
    """Return the clubs that an id or a name means (``text.means``): one, none or several.

    Who types a name without marks means the club that is called so, if there is one.
    """
    named_so = store.rows(f"{SELECT_NAMED} WHERE id = ?", (named.strip().upper(),))
    named_so = named_so or store.rows(f"{SELECT_NAMED} WHERE name_key = ?", (key(named),))
    if not named_so:
        wanted = unmarked(named)
        named_so = [
            row
            for row in store.rows(SELECT_NAMED)
            if unmarked(row[1]) == wanted and means(named, row[1])
        ]
    return _in_order(named_so)


def similar(store: Reader, named: str) -> list[NamedClub]:
    """Return the clubs that may have been meant by a text that is the name of none.

    They have it as a part of their name, or nearly as their name. "CLB" and "câu lạc bộ" do not
    count: every club begins so.
    """
    wanted = _own_name(named)
    return _in_order(
        row for row in store.rows(SELECT_NAMED) if resembles(wanted, _own_name(row[1]))
    )


def _own_name(name: str) -> str:
    """Return a club's name without what every club's begins with."""
    words = name.split()
    for prefix in (("clb",), ("cau", "lac", "bo")):
        if tuple(map(unmarked, words[: len(prefix)])) == prefix and len(words) > len(prefix):
            return " ".join(words[len(prefix) :])
    return name


def _in_order(rows: Iterable[Sequence[Any]]) -> list[NamedClub]:
    clubs = [NamedClub(*map(str, row)) for row in rows]
    return sorted(clubs, key=lambda one: (word_order(one.name), one.commune, one.village, one.club))


def former_names(store: Reader) -> dict[str, set[str]]:
    """Return the ids of the clubs that were renamed, by the key of each name they ever had."""
    found: dict[str, set[str]] = {}
    for stream, body in store.rows(NAMES_GIVEN):
        name = codec.decode(body, "").form.get("name", "")
        found.setdefault(key(name), set()).add(str(stream).removeprefix("club:"))
    return found


def of_id(store: Reader, club: str) -> Club:
    """Return a club. Raises ``UnknownError``."""
    return facts.club(store, club)[0]


def composition(store: Reader, rules: Rules, club: Club, on: date) -> Composition:
    """Count a club's members on a day, with the age the province (else the law) calls elderly."""
    age = rules.needed("membership.elderly_age", on)
    return facts.composition(store, club, on, int(age.value))


def page(store: Reader, rules: Rules, club: Club, composition: Composition, on: date) -> Page:
    """Return a club's page. The cost does not grow with the province."""
    ledger, funds = facts.ledger(store, club), fund_ids(rules.policy, on)
    names = store.rows(SELECT_NAMES, facts.named(club))
    founded_on = club.opened_on or on
    communes = CommuneNames(store, club.province, on, club.id, known=succession(rules.policy))
    place = communes.of(club.id, club.commune, founded_on)
    return Page(
        club,
        place,
        composition,
        facts.board(store, club),
        dict(names),
        held((one for one in ledger if one.on is None or one.on <= on), funds),
        ledger,
        facts.tasks(store, club),
    )


def history(store: Reader, club: Club) -> list[Event]:
    """Return a club's events in order. Raises ``StorageError`` for one recorded at no moment."""
    from engine.store import log

    found = log.of_club(store, club)
    with codec.damaged_bodies():
        for event in found:
            datetime.fromisoformat(event.recorded_at)
    return found


def readable(event: Event, names: Mapping[str, str]) -> dict[str, Any]:
    """Return an event's form with the names behind its ids, as far as they are not erased."""
    form: dict[str, Any] = thaw(event.form)
    for post in POSTS:
        if post in form:
            form[post] = names.get(form[post], form[post])
    if isinstance(form.get("member"), str):
        form["member"] = names.get(form["member"], form["member"])
    if isinstance(form.get("members"), list):
        form["members"] = [names.get(one, one) for one in form["members"]]
    return named_own(form, names)


def named_own(form: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return a form with names for the ids of people in the fields of a province's own."""
    if OWN in form:
        form[OWN] = {name: names.get(one, one) for name, one in form[OWN].items()}
    return form


def overdue(task: Task, on: date) -> int:
    """Return how many days a task is late on a day; 0 when it is not."""
    return 0 if task.due_on is None else max(0, (on - task.due_on).days)


def board(store: Reader, club: Club) -> list[Seat]:
    """Return a club's board as it is now, the chair first."""
    seats = [
        Seat(post, name, person, date.fromisoformat(since))
        for post, person, since, name in store.rows(SELECT_BOARD, facts.named(club))
    ]
    return sorted(seats, key=lambda seat: post_order(seat.post))


def post_order(post: str) -> tuple[int, int]:
    """Return what sorts the posts of a board: the chair first, the other members by number."""
    if post in POSTS:
        return list(POSTS).index(post), 0
    number = post.rpartition("_")[2]
    return len(POSTS), int(number) if number.isdigit() else 0
