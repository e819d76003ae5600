"""Reading what rules need to know about a club: one constant query a fact."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from engine import codes
from engine.errors import UnknownError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.model import (
    BoardPost,
    Club,
    Composition,
    EntryKind,
    FundKind,
    LedgerEntry,
    LendingTerms,
    Loan,
    LoanChange,
    Officer,
    Role,
    State,
    Task,
    TaskKind,
    balance_of,
    fund_of,
)
from engine.rules.calendar import born_by
from engine.rules.communes import Unit, commune_key, same_commune
from engine.rules.request import (
    SUPERVISION_COLUMNS,
    Counts,
    Neighbour,
    Review,
    Supervision,
)
from engine.store import codec, offices
from engine.store.counting import QUERIES, through_walls
from engine.store.reader import Reader
from engine.vietnamese.text import alike, key

CLUB_COLUMNS = (
    "id, province, name, commune, commune_id, village, state, seq, state_seq, state_on, opened_on, "
    "submission_number, submitted_on, lead_unit, decision_number, decided_on, trained_on, "
    "launched_on, supervised_on, reviewed_on, suspended_from, ended_on, charter, funds_opened, "
    '"after", managing_unit, self_managed'
)
SELECT_CLUB = f"SELECT {CLUB_COLUMNS}, head FROM club WHERE id = ?"
SELECT_COMPOSITION = """
SELECT count(*),
       sum(CASE WHEN sex = 'F' THEN 1 ELSE 0 END),
       sum(CASE WHEN born <= ? THEN 1 ELSE 0 END),
       sum(CASE WHEN circumstance = 'poor' THEN 1 ELSE 0 END),
       sum(CASE WHEN circumstance = 'near_poor' THEN 1 ELSE 0 END),
       sum(CASE WHEN circumstance = 'difficult' THEN 1 ELSE 0 END),
       sum(CASE WHEN sex = 'F' AND born <= ? THEN 1 ELSE 0 END),
       sum(CASE WHEN length(born) < 10 AND born = substr(?, 1, length(born)) THEN 1 ELSE 0 END)
FROM member
WHERE club = ? AND province = ? AND joined_on <= ? AND (left_on IS NULL OR left_on > ?)
"""
SELECT_TASKS = (
    "SELECT club, province, kind, due_on, role, source, opened_seq FROM task "
    "WHERE club = ? AND province = ? AND closed_seq IS NULL ORDER BY kind"
)
SELECT_PAUSED = """
SELECT club, province, kind, due_on, role, source, opened_seq FROM task t
WHERE club = ? AND province = ? AND closed_seq = ? AND outcome = 'suspended' AND NOT EXISTS
  (SELECT 1 FROM training d WHERE d.club = t.club AND d.province = t.province
   AND d.seq > t.closed_seq AND d.voided_by IS NULL
   AND (t.kind = 'training_' || d.kind OR (t.kind = 'training_board' AND d.kind = 'supplementary')))
ORDER BY due_on, kind
"""
SELECT_BOARD = "SELECT post, person, since FROM board WHERE club = ? AND province = ?"
LEDGER_COLUMNS = (
    'kind, fund, source, amount, delta, document, donor, resolution, reverses, "of", seq, on_date'
)
LOAN_COLUMNS = "seq, on_date, member, amount, months, rate, purpose, due_on, in_kind, opening"
LOAN_CHANGE_COLUMNS = "seq, on_date, loan, principal, interest, due_on, written_off"
LENDING_COLUMNS = "on_date, document, most, months, rate"
SELECT_LOANS = (
    f"SELECT {LOAN_COLUMNS}, m.left_on FROM loan LEFT JOIN member m ON m.club = loan.club "
    "AND m.province = loan.province AND m.id = loan.member "
    "WHERE loan.club = ? AND loan.province = ? AND voided_by IS NULL ORDER BY seq"
)
SELECT_LOAN_CHANGES = (
    f"SELECT {LOAN_CHANGE_COLUMNS} FROM loan_change WHERE club = ? AND province = ? "
    "AND voided_by IS NULL ORDER BY seq"
)
SELECT_LENDING = (
    f"SELECT {LENDING_COLUMNS} FROM lending WHERE club = ? AND province = ? "
    "AND voided_by IS NULL ORDER BY on_date DESC, seq DESC LIMIT 1"
)
SELECT_LEDGER = f"SELECT {LEDGER_COLUMNS} FROM ledger WHERE club = ? AND province = ? ORDER BY seq"
SUPERVISION_FIELDS = ("members", *SUPERVISION_COLUMNS)
NONE_COUNTED: Mapping[str, int | None] = {balance_of(fund): None for fund in FundKind}
"""The figures of the funds of every club, of which a supervision counted nothing."""
SELECT_SUPERVISIONS = (
    f"SELECT on_date, seq, {', '.join(SUPERVISION_FIELDS)} FROM supervision "
    "WHERE club = ? AND province = ? AND voided_by IS NULL ORDER BY on_date, seq"
)
SELECT_BALANCES = (
    "SELECT supervision, fund, balance FROM supervision_balance WHERE club = ? AND province = ?"
)
SELECT_MEETINGS = (
    "SELECT on_date FROM meeting WHERE club = ? AND province = ? AND voided_by IS NULL "
    "ORDER BY on_date, seq"
)
SELECT_REVIEWS = (
    "SELECT year, on_date, result, seq FROM review "
    "WHERE club = ? AND province = ? AND voided_by IS NULL ORDER BY year, seq"
)
SELECT_MERGER = "SELECT successor, since FROM merger WHERE province = ? ORDER BY seq DESC"
SELECT_FOUNDERS = (
    "SELECT seq, step, officer, body FROM event "
    "WHERE stream = ? AND province = ? AND step IN ('open', 'propose', 'correct') ORDER BY seq"
)
SELECT_NAMES = (
    "SELECT id, name, commune FROM officer WHERE province = ? AND id <> ? "
    "AND commune IS NOT NULL ORDER BY id"
)
SELECT_NEIGHBOURS = (
    "SELECT id, name, village, name_key, village_key, commune FROM club "
    "WHERE province = ? AND commune_key = ? "
    "AND id <> ? AND state NOT IN ('withdrawn', 'rejected', 'dissolved') ORDER BY id"
)
SELECT_SAME_NAME = (
    "SELECT commune FROM club WHERE province = ? AND commune_key = ? AND village_key = ? "
    "AND name_key = ? AND state NOT IN ('withdrawn', 'rejected', 'dissolved')"
)


def day(text: str | None) -> date | None:
    """Return the day an ISO column holds."""
    return None if text is None else date.fromisoformat(text)


def club(store: Reader, club_id: str) -> tuple[Club, str]:
    """Return a club and the hash at the end of its stream. Raises ``UnknownError``."""
    row = store.row(SELECT_CLUB, (club_id,))
    if row is None:
        raise UnknownError(
            _("There is no club {club}.").format(club=club_id),
            code=codes.CLUB_UNKNOWN,
            help="clb club list",
        )
    return club_of(row[:-1]), str(row[-1])


def club_of(row: tuple[Any, ...]) -> Club:
    """Return the club of a row with ``CLUB_COLUMNS``."""
    charter, self_managed = row[22], row[26]
    return Club(
        id=row[0],
        province=row[1],
        name=row[2],
        commune=row[3],
        commune_id=row[4],
        village=row[5],
        state=State(row[6]),
        seq=row[7],
        state_seq=row[8],
        state_on=day(row[9]),
        opened_on=day(row[10]),
        submission_number=row[11],
        submitted_on=day(row[12]),
        lead_unit=row[13],
        decision_number=row[14],
        decided_on=day(row[15]),
        trained_on=day(row[16]),
        launched_on=day(row[17]),
        supervised_on=day(row[18]),
        reviewed_on=day(row[19]),
        suspended_from=State(row[20]) if row[20] else None,
        ended_on=day(row[21]),
        charter=None if charter is None else bool(charter),
        funds_opened=row[23],
        after=row[24],
        managing_unit=row[25],
        self_managed=None if self_managed is None else bool(self_managed),
    )


def named(club: Club) -> tuple[str, str]:
    """Return what names a club's rows, its id and its province.

    A server whose tables are divided then looks into those of that province only.
    """
    return club.id, club.province


def composition(store: Reader, club: Club, on: date, elderly_age: int) -> Composition:
    """Count a club's members on a day, by sex, age and circumstance."""
    limit, at = born_by(elderly_age, on), on.isoformat()
    row = store.row(SELECT_COMPOSITION, (limit, limit, limit, *named(club), at, at))
    assert row is not None
    members, women, elderly, poor, near, difficult, elderly_women, estimated = (
        int(count or 0) for count in row
    )
    return Composition(
        members=members,
        women=women,
        elderly=elderly,
        young=members - elderly,
        poor=poor,
        near_poor=near,
        difficult=difficult,
        elderly_women=elderly_women,
        estimated=estimated,
        elderly_age=elderly_age,
    )


def tasks(store: Reader, club: Club) -> tuple[Task, ...]:
    """Return a club's open tasks by day, those without a day first."""
    found = [task_of(row) for row in store.rows(SELECT_TASKS, named(club))]
    return tuple(sorted(found, key=lambda one: one.due_on or date.min))


def paused(store: Reader, club: Club, seq: int) -> tuple[Task, ...]:
    """Return the tasks that the suspension with number ``seq`` closed and nobody did since."""
    return tuple(task_of(row) for row in store.rows(SELECT_PAUSED, (*named(club), seq)))


def task_of(row: tuple[Any, ...]) -> Task:
    """Return the task of a row."""
    return Task(row[0], row[1], TaskKind(row[2]), day(row[3]), Role(row[4]), row[5], row[6])


def board(store: Reader, club: Club) -> tuple[BoardPost, ...]:
    """Return who holds which post."""
    return tuple(
        BoardPost(post, person, date.fromisoformat(since))
        for post, person, since in store.rows(SELECT_BOARD, named(club))
    )


def ledger(store: Reader, club: Club) -> tuple[LedgerEntry, ...]:
    """Return a club's ledger in order."""
    return tuple(entry_of(row) for row in store.rows(SELECT_LEDGER, named(club)))


def entry_of(row: tuple[Any, ...]) -> LedgerEntry:
    """Return the ledger entry of a row with ``LEDGER_COLUMNS``."""
    kind, fund, source, amount, delta, document, donor, resolution, reverses, of, seq, on = row
    return LedgerEntry(
        kind=EntryKind(kind),
        fund=fund_of(fund),
        source=source,
        amount=amount,
        delta=delta,
        document=document,
        donor=donor,
        resolution=resolution,
        reverses=reverses,
        of=EntryKind(of) if of else None,
        seq=seq,
        on=day(on),
    )


def loans(store: Reader, club: Club) -> tuple[Loan, ...]:
    """Return a club's loans to members, each with what came after, in order."""
    found = store.rows(SELECT_LOANS, named(club))
    changes = store.rows(SELECT_LOAN_CHANGES, named(club)) if found else ()
    return loans_of(((*row, left is not None) for *row, left in found), changes)


def loans_of(rows: Iterable[Sequence[Any]], changes: Iterable[Sequence[Any]]) -> tuple[Loan, ...]:
    """Return loans of rows with ``LOAN_COLUMNS`` and whether the borrower left, and changes."""
    after: dict[int, list[LoanChange]] = {}
    for seq, on, loan, principal, interest, due_on, written_off in changes:
        change = LoanChange(
            *(seq, date.fromisoformat(on), principal, interest, day(due_on), bool(written_off))
        )
        after.setdefault(loan, []).append(change)
    return tuple(
        Loan(
            *(seq, member, date.fromisoformat(on), amount, months, rate, purpose),
            date.fromisoformat(due_on),
            *(bool(in_kind), bool(opening), bool(left)),
            tuple(sorted(after.get(seq, ()), key=lambda one: (one.on, one.seq))),
        )
        for seq, on, member, amount, months, rate, purpose, due_on, in_kind, opening, left in rows
    )


def lending(store: Reader, club: Club) -> LendingTerms | None:
    """Return the terms of lending that a club's charter sets, the last entered."""
    row = store.row(SELECT_LENDING, named(club))
    return None if row is None else lending_of(row)


def lending_of(row: Sequence[Any]) -> LendingTerms:
    """Return the terms of a row with ``LENDING_COLUMNS``."""
    on, *terms = row
    return LendingTerms(date.fromisoformat(on), *terms)


def supervisions(store: Reader, club: Club) -> tuple[Supervision, ...]:
    """Return the supervisions that count, in order of their day."""
    found = store.rows(SELECT_SUPERVISIONS, named(club))
    counted: dict[int, dict[str, int]] = {}
    for seq, fund, balance in store.rows(SELECT_BALANCES, named(club)) if found else ():
        counted.setdefault(seq, {})[balance_of(fund)] = balance
    return tuple(
        Supervision(
            date.fromisoformat(row[0]),
            FrozenMap(
                {**dict(zip(SUPERVISION_FIELDS, row[2:], strict=True)), **NONE_COUNTED}
                | counted.get(row[1], {})
            ),
            row[1],
        )
        for row in found
    )


def meetings(store: Reader, club: Club) -> tuple[date, ...]:
    """Return the days of the meetings that count, in order."""
    return tuple(date.fromisoformat(on) for (on,) in store.rows(SELECT_MEETINGS, named(club)))


def reviews(store: Reader, club: Club) -> tuple[Review, ...]:
    """Return the yearly reviews that count."""
    return tuple(
        Review(year, date.fromisoformat(on), result, seq)
        for year, on, result, seq in store.rows(SELECT_REVIEWS, named(club))
    )


def officers(store: Reader, officer: str | None = None) -> tuple[Officer, ...]:
    """Return every office there was, or one officer's, ended ones included.

    An office ``through`` a merger follows from one in the province that the other became a part of.
    """
    asked = (offices.EVERYBODY, ()) if officer is None else (offices.OF_ONE, (officer, officer))
    return tuple(
        Officer(
            id_,
            name,
            Role(role),
            province,
            commune,
            commune_id,
            date.fromisoformat(since),
            date.fromisoformat(until) if until else None,
            seq,
            login=login,
            through=through or None,
        )
        for (
            *(id_, name, role, province, commune, commune_id, since, until, seq, login, through),
        ) in store.rows(*asked)
    )


def merger(store: Reader, province: str) -> tuple[str, date] | None:
    """Return the province that one became a part of, and the day; ``None`` where it did not."""
    found = store.row(SELECT_MERGER, (province,))
    return None if found is None else (str(found[0]), date.fromisoformat(found[1]))


def merged_into(store: Reader, province: str) -> tuple[str, ...]:
    """Return the provinces that became a part of one."""
    ever = date.max.isoformat()
    return tuple(str(one) for (one,) in store.rows(offices.MERGED, (province, ever)))


def founders(store: Reader, club: Club) -> frozenset[str]:
    """Return the officers who opened or proposed a club, or corrected such a record.

    Annulled proposals are included.
    """
    return founding(
        (seq, step, officer, codec.form_of(body))
        for seq, step, officer, body in store.rows(
            SELECT_FOUNDERS, (f"club:{club.id}", club.province)
        )
    )


def founding(events: Iterable[tuple[int, str, str, Mapping[str, Any]]]) -> frozenset[str]:
    """Return who opened or proposed a club, or corrected that, of its events in order.

    Of each: its number, step, officer and form.
    """
    rows = [one for one in events if one[1] in FOUNDING or one[1] == "correct"]
    proposals = {seq for seq, step, _officer, _form in rows if step != "correct"}
    return frozenset(
        officer
        for _seq, step, officer, form in rows
        if step != "correct" or form.get("seq") in proposals
    )


FOUNDING = ("open", "propose")


def namesakes(store: Reader, officer: Officer) -> tuple[str, ...]:
    """Return the other officers of an officer's commune, past ones too, with a name that reads so.

    Empty for an officer of no commune.
    """
    if officer.one_commune is None:
        return ()
    place, name = officer.one_commune, alike(officer.name)
    return tuple(
        dict.fromkeys(
            other
            for other, theirs, commune in store.rows(SELECT_NAMES, (officer.province, officer.id))
            if same_commune(commune, place) and alike(theirs) == name
        )
    )


def communes(store: Reader, province: str) -> tuple[str, ...]:
    """Return the names of the communes that a province's officers act for and its clubs are in."""
    names = (
        "SELECT commune FROM officer WHERE province = ? AND commune IS NOT NULL "
        "AND role <> 'district' UNION "
    )
    clubs = "SELECT commune FROM club WHERE province = ? ORDER BY 1"
    return tuple(str(name) for (name,) in store.rows(names + clubs, (province, province)))


def neighbours(store: Reader, club: Club) -> tuple[Neighbour, ...]:
    """Return the other clubs of a club's commune that are not ended."""
    place = (club.province, commune_key(club.commune), club.id)
    return tuple(
        Neighbour(*found)
        for *found, commune in store.rows(SELECT_NEIGHBOURS, place)
        if same_commune(commune, club.commune)
    )


def counts(
    store: Reader,
    club: Club,
    on: date,
    needs: frozenset[str],
    *,
    source: str,
    name: str,
    period: tuple[date, date] | None = None,
) -> Counts:
    """Count what a step needs to know of the province in the year of ``on``.

    ``period`` is the programme's, over which the grants are added up.
    """
    year = (f"{on.year:04d}-01-01", f"{on.year:04d}-12-31")
    decided = granted = same = spent = 0
    if "decided" in needs:
        decided = _count(store, "decided", (club.province, *year, club.id))
    if "granted" in needs:
        granted = _count(store, "granted", (club.province, *year, source, club.id))
        if period is not None:
            first, last = (one.isoformat() for one in period)
            spent = _count(store, "spent", (club.province, first, last, source, club.id))
    if "same_name" in needs:
        wanted = (club.province, commune_key(club.commune), key(club.village), key(name))
        there = store.rows(SELECT_SAME_NAME, wanted)
        same = sum(same_commune(commune, club.commune) for (commune,) in there)
    return Counts(decided, granted, same, spent)


def _count(store: Reader, name: str, params: tuple[Any, ...]) -> int:
    row = store.row(through_walls(name) if store.has_walls else QUERIES[name], params)
    assert row is not None
    return int(row[0])


SELECT_UNITS = (
    "SELECT id, name, kind, province, valid_from, valid_to, parent, successor, source, confirmed, "
    "classes FROM unit WHERE province = ? ORDER BY id, valid_from"
)


def units(store: Reader, province: str) -> tuple[Unit, ...]:
    """Return the administrative units imported for a province.

    Raises ``StorageError`` where a list was changed so that a day of it is none.
    """
    rows = store.rows(SELECT_UNITS, (province,))
    with codec.damaged_bodies():
        return tuple(map(_unit, rows))


def _unit(row: Sequence[Any]) -> Unit:
    return Unit(
        id=row[0],
        name=row[1],
        kind=row[2],
        province=row[3],
        valid_from=date.fromisoformat(row[4]),
        valid_to=day(row[5]),
        parent=row[6],
        successor=row[7],
        source=row[8],
        confirmed=bool(row[9]),
        classes=tuple(row[10].split(",")) if row[10] else (),
    )
