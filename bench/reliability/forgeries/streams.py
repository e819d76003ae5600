"""Forgeries of events and streams: changed, put in, taken out, cut, copied, kept as taken again."""

from bench import life
from bench.reliability.forger import Body, Change, Forger, both, put
from bench.reliability.forgeries.forgery import Forgery
from engine.store.canonical import dumps


def _amount(body: Body) -> None:
    body["form"]["amount"] = 900_000_000
    for entry in body["effects"]["ledger"]:
        entry |= {"amount": 900_000_000, "delta": 900_000_000}


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
    personal.put(forger.store, forger.club, forger.province, [(member, who)])

    def change(body: Body) -> None:
        for one in body["effects"]["roster"]:
            if one.get("id") == member or one.get("member") == member:
                one["commit"] = who.commit

    forger.edit("roster", change)


def _seal_anew(forger: Forger) -> None:
    """Change an amount, and remove every trace of the seals; the next one covers the forgery."""
    forger.edit("fund", _amount)
    forger.sql("DELETE FROM event WHERE stream LIKE 'seal:%'")


def _more_in_a_seal(forger: Forger) -> None:
    forger.edit("seal", put("effects.records.0.note", "x"), f"seal:{forger.province}")


def _superseded(forger: Forger, bodies: list[str], first: int, sealed: int) -> None:
    """Keep bodies with the seals as events of the club that were taken again."""
    seal = f"seal:{forger.province}"
    row = {"stream": forger.stream, "first": first, "sealed": sealed, "bodies": bodies}
    form = {"stream": forger.stream, "first": first, "events": len(bodies)}
    there = forger.bodies(seal)
    effects = {"records": [{"table": "superseded", **row}]}
    who = {"officer": life.TOWN, "role": "province"}
    there.append({**there[-1], **who, "step": "supersede", "form": form, "effects": effects})
    forger.write(there, seal)


def keep_as_superseded(forger: Forger, first: int, bodies: list[Body]) -> None:
    """Put bodies in the place of a sealed club's; keep its own from ``first`` on with the seals."""
    old = [dumps(body) for body in forger.bodies()][first - 1 :]
    forger.write(bodies)
    _superseded(forger, old, first, first + len(old) - 1)


def _cut_as_superseded(forger: Forger) -> None:
    bodies = forger.bodies()
    keep_as_superseded(forger, len(bodies), bodies[:-1])


def _opening_as_superseded(forger: Forger) -> None:
    bodies = forger.bodies()
    both(put("form.village", "Khu Ma"), put("effects.fields.village", "Khu Ma"))(bodies[0])
    keep_as_superseded(forger, 1, bodies)


def _edited(name: str, step: str, change: Change) -> Forgery:
    return Forgery(name, lambda forger: forger.edit(step, change))


FORGERIES = (
    Forgery("a sealed opening kept as taken again", _opening_as_superseded),
    Forgery("a sealed event cut off and kept as taken again", _cut_as_superseded),
    Forgery(
        "kept as taken again what never was",
        lambda forger: _superseded(forger, ["{}"], 3, 10**6),
        later=True,
    ),
    _edited("an amount", "fund", _amount),
    _edited("a day", "meeting", put("on", "2021-12-30")),
    _edited("the policy's receipt taken away", "approve", put("policy", None)),
    _edited("the policy's digest", "approve", put("policy.digest", "0" * 64)),
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
        lambda forger: _take_out(forger, "officer_add", forger.provinces),
    ),
    Forgery("another person in a member's place", _another_person),
    Forgery("an amount, and every seal removed", _seal_anew),
    Forgery("more in a seal's record than a seal has", _more_in_a_seal),
    Forgery(
        "a state that does not join, after the last seal",
        lambda forger: forger.edit("review", put("from", "suspended")),
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
