"""Somebody with the database, time and the program's source: changes the log so that all fits."""

import json
from collections.abc import Callable
from typing import Any

from bench import life
from engine.store.canonical import GENESIS, digest, dumps
from engine.store.database import Store

Body = dict[str, Any]
Change = Callable[[Body], None]
COPIES = {
    "step": "step",
    "from_state": "from",
    "to_state": "to",
    "on_date": "on",
    "recorded_at": "recorded_at",
    "officer": "officer",
}
HEADS = {
    "club": "UPDATE club SET seq = ?, head = ? WHERE 'club:' || id = ?",
    "stream": "UPDATE stream SET seq = ?, head = ? WHERE id = ?",
}


class Forger:
    """Changes the log of a province and its clubs, the first of which has the most events.

    After each change the stream is numbered, chained and hashed anew, its columns and its end in
    the tables follow; all else of the tables is for the caller to compute.
    """

    def __init__(self, store: Store, clubs: tuple[str, ...], province: str = life.PROVINCE) -> None:
        self.store = store
        self.province = province
        self.club = clubs[0]
        self.stream = f"club:{clubs[0]}"
        self.provinces = f"province:{province}"

    def bodies(self, stream: str | None = None) -> list[Body]:
        """Return the bodies of a stream, by default of the club's."""
        rows = self.store.rows(
            "SELECT body FROM event WHERE stream = ? ORDER BY seq", (stream or self.stream,)
        )
        return [json.loads(body) for (body,) in rows]

    def write(
        self,
        bodies: list[Body],
        stream: str | None = None,
        spell: Callable[[Body], str] = dumps,
    ) -> None:
        """Put bodies in the place of a stream's."""
        name, previous = stream or self.stream, GENESIS
        self.store.run("DELETE FROM event WHERE stream = ?", (name,))
        for seq, body in enumerate(bodies, 1):
            body |= {"stream": name, "seq": seq, "prev": previous}
            text = spell(body)
            previous = digest(text)
            columns = ", ".join(COPIES)
            values = [body.get(key) for key in COPIES.values()]
            self.store.run(
                f"INSERT INTO event (stream, seq, province, body, hash, {columns}) "
                f"VALUES (?, ?, ?, ?, ?{', ?' * len(COPIES)})",
                (name, seq, self.province, text, previous, *values),
            )
        head = HEADS["club" if name.startswith("club:") else "stream"]
        self.store.run(head, (len(bodies), previous, name))

    def edit(self, step: str, change: Change, stream: str | None = None) -> int:
        """Change the first event of a step; return its number."""
        bodies = self.bodies(stream)
        changed = next(body for body in bodies if body["step"] == step)
        change(changed)
        self.write(bodies, stream)
        return int(changed["seq"])

    def member(self) -> str:
        """Return the id of a member of the club."""
        row = self.store.row("SELECT min(member) FROM personal WHERE club = ?", (self.club,))
        assert row is not None
        return str(row[0])

    def sql(self, statement: str, *params: Any) -> None:
        """Run a statement as any tool would."""
        self.store.run(statement, params)


def put(path: str, value: Any) -> Change:
    """Return a change of one field of a body, by dotted path; numbers are places in lists."""

    def change(body: Body) -> None:
        *parents, last = path.split(".")
        here: Any = body
        for name in parents:
            here = here[int(name)] if isinstance(here, list) else here[name]
        here[last] = value

    return change


def both(*changes: Change) -> Change:
    """Return all changes as one."""

    def change(body: Body) -> None:
        for one in changes:
            one(body)

    return change
