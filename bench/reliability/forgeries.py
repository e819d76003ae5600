"""What somebody with the database and time can forge, and which command finds it.

The forger knows the format: after each change of the log the stream is hashed anew, the columns
follow the bodies and the tables are computed anew, so that only what cannot be made to fit is left.
The log was sealed before, and its line noted; one ordinary step is taken after the forgery.
"""

import json
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bench import life
from bench.reliability.figures import Line
from bench.reliability.kills import AT_ONCE
from bench.reliability.stage import Place, Stage, command, opened
from engine.lifecycle.registry import open_registry
from engine.scenario.forms import form
from engine.store import verify
from engine.store.canonical import GENESIS, digest
from engine.store.database import Store

Body = dict[str, Any]
COPIES = {
    "seq": "seq",
    "step": "step",
    "from_state": "from",
    "to_state": "to",
    "on_date": "on",
    "recorded_at": "recorded_at",
    "officer": "officer",
}
PROVINCE_STREAM = f"province:{life.PROVINCE}"


class Forger:
    """Changes the log and makes everything fit again."""

    def __init__(self, store: Store, clubs: tuple[str, ...]) -> None:
        self.store = store
        self.club = clubs[0]
        self.stream = f"club:{clubs[0]}"

    def bodies(self, stream: str | None = None) -> list[Body]:
        """Return the bodies of a stream, by default of the richest club's."""
        rows = self.store.rows(
            "SELECT body FROM event WHERE stream = ? ORDER BY seq", (stream or self.stream,)
        )
        return [json.loads(body) for (body,) in rows]

    def write(self, bodies: list[Body], stream: str | None = None) -> None:
        """Put bodies in the place of a stream's: numbered, chained, hashed, in their columns."""
        name, previous = stream or self.stream, GENESIS
        row = self.store.row("SELECT province FROM event WHERE stream = ?", (name,))
        province = row[0] if row else life.PROVINCE
        self.store.run("DELETE FROM event WHERE stream = ?", (name,))
        for seq, body in enumerate(bodies, 1):
            body |= {"stream": name, "seq": seq, "prev": previous}
            text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            previous = digest(text)
            columns = ", ".join(COPIES)
            values = [body.get(key) for key in COPIES.values()]
            self.store.run(
                f"INSERT INTO event (stream, province, body, hash, {columns}) "
                f"VALUES (?, ?, ?, ?{', ?' * len(COPIES)})",
                (name, province, text, previous, *values),
            )

    def edit(self, step: str, change: Callable[[Body], object], stream: str | None = None) -> None:
        """Change the first event of a step."""
        bodies = self.bodies(stream)
        change(next(body for body in bodies if body["step"] == step))
        self.write(bodies, stream)

    def member(self) -> str:
        """Return the id of a member of the club."""
        row = self.store.row("SELECT min(member) FROM personal WHERE club = ?", (self.club,))
        assert row is not None
        return str(row[0])

    def sql(self, statement: str, *params: Any) -> None:
        """Run a statement as any tool would."""
        self.store.run(statement, params)


def _set(**values: Any) -> Callable[[Body], None]:
    return lambda body: body.update(values)


def _amount(body: Body) -> None:
    body["form"]["amount"] = 900_000_000
    for entry in body["effects"]["ledger"]:
        entry |= {"amount": 900_000_000, "delta": 900_000_000}


def _amount_of_the_form(body: Body) -> None:
    body["form"]["amount"] = 900_000_000


def _insert(forger: Forger) -> None:
    bodies = forger.bodies()
    place = next(place for place, body in enumerate(bodies) if body["step"] == "meeting")
    forger.write([*bodies[: place + 1], dict(bodies[place]), *bodies[place + 1 :]])


def _take_out(forger: Forger, step: str = "meeting", stream: str | None = None) -> None:
    bodies = forger.bodies(stream)
    place = next(place for place, body in enumerate(bodies) if body["step"] == step)
    forger.write([*bodies[:place], *bodies[place + 1 :]], stream)


def _delete_club(forger: Forger) -> None:
    forger.sql("DELETE FROM event WHERE stream = ?", forger.stream)
    forger.sql("DELETE FROM personal WHERE club = ?", forger.club)


def _clone_club(forger: Forger, ending: str = "ZZ") -> None:
    new = forger.club[:-2] + ending
    forger.write([dict(body) for body in forger.bodies()], f"club:{new}")
    columns = "member, province, name, name_key, id_number, phone, village, note, salt"
    forger.sql(
        f"INSERT INTO personal (club, {columns}) SELECT ?, {columns} FROM personal WHERE club = ?",
        new,
        forger.club,
    )


def _another_person(forger: Forger) -> None:
    from engine.store import personal

    member = forger.member()
    who = personal.Identity("Người Khác").salted()
    personal.put(forger.store, forger.club, life.PROVINCE, [(member, who)])

    def change(body: Body) -> None:
        for one in body["effects"]["roster"]:
            if one.get("id") == member or one.get("member") == member:
                one["commit"] = who.commit

    forger.edit("roster", change)


def _seal_anew(forger: Forger) -> None:
    """Change an amount, and remove every trace of the seals; the next one covers the forgery."""
    forger.edit("fund", _amount)
    forger.sql("DELETE FROM event WHERE stream LIKE 'seal:%'")


def _trigger(forger: Forger) -> None:
    does = (
        "BEGIN SELECT RAISE(IGNORE); END"
        if forger.store.is_sqlite
        else "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    )
    forger.sql(f"CREATE TRIGGER lost BEFORE UPDATE ON personal {does}")


def _hidden_trigger(forger: Forger) -> None:
    """Give a trigger a name that SQLite keeps for what it makes by itself."""
    if not forger.store.is_sqlite:
        _trigger(forger)
        return
    forger.sql(
        "CREATE TRIGGER odd AFTER INSERT ON event WHEN new.step = 'no' "
        "BEGIN DELETE FROM personal; END"
    )
    forger.sql("PRAGMA writable_schema = ON")
    forger.sql(
        "UPDATE sqlite_master SET name = 'sqlite_odd', sql = replace(sql, ' odd ', ' sqlite_odd ') "
        "WHERE name = 'odd'"
    )
    forger.sql("PRAGMA writable_schema = RESET")


def _swap_names(forger: Forger) -> None:
    columns = ("name", "name_key", "id_number", "phone", "village", "note", "salt")
    rows = forger.store.rows(
        f"SELECT member, {', '.join(columns)} FROM personal WHERE club = ? ORDER BY member",
        (forger.club,),
    )[:2]
    given = ", ".join(f"{column} = ?" for column in columns)
    for row, other in (rows, rows[::-1]):
        forger.sql(
            f"UPDATE personal SET {given} WHERE club = ? AND member = ?",
            *other[1:],
            forger.club,
            row[0],
        )


@dataclass(frozen=True)
class Forgery:
    """One forgery. ``later``: in what was recorded after the last seal.

    ``fits``: the tables are computed anew afterwards. ``impossible``: nothing can find it, and
    docs/reliability.md names it.
    """

    name: str
    forge: Callable[[Forger], object]
    fits: bool = True
    later: bool = False
    impossible: bool = False


def _edited(name: str, step: str, change: Callable[[Body], object]) -> Forgery:
    return Forgery(name, lambda forger: forger.edit(step, change))


def _by_sql(name: str, statement: str) -> Forgery:
    def forge(forger: Forger) -> None:
        forger.sql(statement.format(club=forger.club, member=forger.member()))

    return Forgery(name, forge, fits=False)


FORGERIES = (
    _edited("an amount", "fund", _amount),
    _edited("an amount in the form alone", "fund", _amount_of_the_form),
    _edited(
        "a conclusion", "supervise", lambda body: body["form"].update(conclusion="consolidate")
    ),
    _edited("a day", "meeting", lambda body: body.update(on="2021-12-30")),
    _edited("who approved: the one who proposed", "approve", _set(officer=life.ASSOCIATION)),
    _edited("who approved: nobody known", "approve", _set(officer="ai-do")),
    _edited("the role that approved", "approve", _set(role="province")),
    _edited("the policy's receipt taken away", "approve", _set(policy=None)),
    _edited("the policy's digest", "approve", lambda body: body["policy"].update(digest="0" * 64)),
    _edited(
        "recorded earlier than the event before", "launch", _set(recorded_at="2021-01-01T00:00:00Z")
    ),
    _edited("recorded in the future", "review", _set(recorded_at="2090-01-01T00:00:00Z")),
    _edited("a state that does not join", "launch", _set(**{"from": "suspended"})),
    _edited("a step nobody knows", "meeting", _set(step="phong_tang")),
    _edited("a key nobody knows", "meeting", _set(them="x")),
    _edited(
        "a number with a fraction", "meeting", lambda body: body["form"].update(attendance=40.5)
    ),
    _edited(
        "text in another spelling of Unicode",
        "launch",
        lambda body: body["form"].update(place=unicodedata.normalize("NFD", "Nhà văn hóa")),
    ),
    Forgery("an event put in between", _insert),
    Forgery("an event taken out", _take_out),
    Forgery("the last event cut off", lambda forger: forger.write(forger.bodies()[:-1])),
    Forgery("a club deleted everywhere", _delete_club),
    Forgery("a club copied under another id", _clone_club, impossible=True),
    Forgery(
        "a club copied under an id that looks like one",
        lambda forger: _clone_club(forger, "ЕЕ"),
    ),
    Forgery(
        "an officer's appointment taken out",
        lambda forger: _take_out(forger, "officer_add", PROVINCE_STREAM),
    ),
    Forgery("another person in a member's place", _another_person),
    Forgery("an amount, and every seal removed", _seal_anew),
    _by_sql(
        "a body, without its hash",
        "UPDATE event SET body = replace(body, '100000000', '900000000') WHERE step = 'fund'",
    ),
    _by_sql("a table alone", "UPDATE ledger SET amount = 900000000"),
    _by_sql(
        "a column of the log alone", "UPDATE event SET province = 'hoa_binh' WHERE step = 'fund'"
    ),
    _by_sql("every name deleted", "DELETE FROM personal"),
    _by_sql("one name deleted", "DELETE FROM personal WHERE member = '{member}'"),
    _by_sql("a name", "UPDATE personal SET name = 'Ai Đó' WHERE member = '{member}'"),
    Forgery("two members' names exchanged", _swap_names, fits=False),
    _by_sql(
        "the key a name is searched by",
        "UPDATE personal SET name_key = 'x' WHERE member = '{member}'",
    ),
    _by_sql(
        "the province of a name",
        "UPDATE personal SET province = 'hoa_binh' WHERE member = '{member}'",
    ),
    Forgery("a trigger that loses names", _trigger, fits=False),
    Forgery("a trigger under a name of SQLite's own", _hidden_trigger, fits=False),
    _by_sql("an index dropped", "DROP INDEX task_one"),
    _by_sql("a table added", "CREATE TABLE notes (a TEXT)"),
    _by_sql("a column added", "ALTER TABLE club ADD COLUMN more TEXT"),
    Forgery(
        "a state that does not join, after the last seal",
        lambda forger: forger.edit("review", _set(**{"from": "suspended"})),
        later=True,
    ),
    Forgery(
        "an amount everywhere, after the last seal",
        lambda forger: forger.edit("fund", _amount),
        later=True,
        impossible=True,
    ),
    Forgery(
        "the last event cut off, after the last seal",
        lambda forger: forger.write(forger.bodies()[:-1]),
        later=True,
        impossible=True,
    ),
)


def _seal(at: Place) -> str:
    """Seal the log and return the line to be noted."""
    made = command(at.address, ["audit", "seal", "--as", life.TOWN, "--json"])
    assert made.code == 0, made.err
    return str(json.loads(made.out)[0]["line"])


def _steps(at: Place, club: str) -> None:
    """Record what there is to forge, now and by the officers who may."""
    registry = open_registry(at.address)
    grant = {**life.GRANT, "fund": "operating"}
    for officer, step, on, changes in (
        (life.TOWN, "fund", date(2021, 11, 1), grant),
        (life.ASSOCIATION, "meeting", date(2021, 12, 1), {"activities": ["health_care"]}),
        (life.TOWN, "supervise", date(2022, 4, 1), life.SUPERVISION),
        (life.TOWN, "supervise", date(2022, 10, 3), life.SUPERVISION),
        (life.TOWN, "review", date(2022, 10, 5), {}),
    ):
        registry.lifecycle.advance(club, step, form(step, on, changes), officer=officer)
    registry.store.close()


def found(stage: Stage, forgery: Forgery, name: str) -> str:
    """Forge, take one ordinary step after it, and return which commands find something."""
    at = stage.copy(name)
    if forgery.later:
        line = _seal(at)
        _steps(at, stage.clubs[0])
    else:
        _steps(at, stage.clubs[0])
        line = _seal(at)
    with opened(at.address) as store:
        with store.write():
            forgery.forge(Forger(store, stage.clubs))
        if forgery.fits:
            with suppress(Exception):
                verify.rebuild(store)
    filled = ("--set", "attendance=40", "--set", "activities=health_care", "--on", "2022-11-01")
    command(at.address, ["advance", stage.clubs[1], "meeting", *filled, "--as", life.ASSOCIATION])
    seen = []
    for what, args in (
        ("db check", ["db", "check"]),
        ("audit verify", ["audit", "verify"]),
        ("audit verify --seal", ["audit", "verify", "--seal", line]),
    ):
        ended = command(at.address, args)
        if ended.traceback:
            seen.append(f"{what}: TRACEBACK")
        elif ended.code != 0:
            seen.append(what)
    stage.drop(at, name)
    return ", ".join(seen)


def judged(stage: Stage, forgery: Forgery, number: int) -> Line:
    """Return a line about one forgery."""
    line = Line(f"{stage.kind}, forged: {forgery.name}", 1)
    seen = found(stage, forgery, f"forgery-{number}")
    line.check("TRACEBACK" not in seen, "tracebacks", seen)
    line.check(bool(seen) or forgery.impossible, "unseen", "nothing found it")
    nothing = "nothing can find it" if forgery.impossible else "not found"
    line.remark = f"found by {seen}" if seen else nothing
    return line


def run(stage: Stage) -> list[Line]:
    """Try every forgery: a line each on SQLite; one for all, with what differs, on a server."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        numbers = range(len(FORGERIES))
        lines = list(threads.map(lambda number: judged(stage, FORGERIES[number], number), numbers))
    if stage.server is None:
        return lines
    whole = Line(f"{stage.kind}: the same {len(lines)} forgeries")
    for line in lines:
        whole.add(line)
    seen = sum(line.remark.startswith("found") for line in lines)
    return [replace(whole, remark=f"{seen} found")]
