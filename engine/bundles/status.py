"""How far the exchange of files is: from whom the last one came, how old it is, what is missing."""

from dataclasses import dataclass
from datetime import date

from engine.bundles import partners
from engine.bundles.partners import Partner
from engine.lifecycle.registry import Registry
from engine.lifecycle.replay import recorded_on
from engine.rules.communes import one_place
from engine.store.codec import damaged_columns
from engine.store.database import Store

SELECT_CLUBS = "SELECT id, commune, seq FROM club WHERE province = ? ORDER BY commune, id"
SELECT_HASH = "SELECT hash FROM event WHERE stream = ? AND seq = ?"
SELECT_OWN_STREAM = "SELECT seq FROM stream WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Exchange:
    """How far the exchange with one side is. ``commune`` is ``None`` for the province.

    ``days`` is how old its newest file is, ``None`` where none ever came. ``lacks`` is how many
    events that are here it was not known to have then, ``apart`` the clubs that went another way
    there, ``ahead`` those that are further there than what came. ``received_at`` is when that file
    was taken in.
    """

    commune: str | None
    clubs: int
    made_on: date | None
    days: int | None
    lacks: int
    apart: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    received_at: str = ""


def status(registry: Registry, province: str) -> list[Exchange]:
    """Return how far the exchange is with each side, the longest silent first.

    A commune is one that has clubs, sent a file, or has an officer who could send one.
    Where this database is a commune's, the only other side is the province.
    """
    store, today = registry.store, registry.lifecycle.today()
    own, others = partners.own(store, province), partners.others(store, province)
    rows = store.rows(SELECT_CLUBS, (province,))
    if own is not None and own.commune is not None:
        clubs = {str(id_): int(seq) for id_, _commune, seq in rows}
        theirs = [one for one in others if one.commune is None]
        return [_exchange(store, province, None, clubs, theirs, today)]
    units = registry.lifecycle.gather.units(province)
    everybody = registry.officers.everybody()
    offices = (one.one_commune for one in everybody if one.province == province)
    names = dict.fromkeys([*(str(row[1]) for row in rows), *(one.commune for one in others)])
    names.update(dict.fromkeys(offices))
    found, done = list[Exchange](), list[str]()
    for name in names:
        if name is None or any(one_place(units, name, one, today) for one in done):
            continue
        done.append(name)
        clubs = {
            str(id_): int(seq) for id_, where, seq in rows if one_place(units, where, name, today)
        }
        theirs = partners.of_party(store, province, name, units, today)
        found.append(_exchange(store, province, name, clubs, theirs, today))
    return sorted(found, key=lambda one: (one.made_on or date.min, one.commune or ""))


def _exchange(
    store: Store,
    province: str,
    commune: str | None,
    clubs: dict[str, int],
    theirs: list[Partner],
    today: date,
) -> Exchange:
    newest = max((one.made_at for one in theirs if one.made_at), default=None)
    with damaged_columns():
        made_on = None if newest is None else recorded_on(newest)
    row = store.row(SELECT_OWN_STREAM, (f"province:{province}",))
    ends = {f"province:{province}": int(row[0]) if row else 0}
    ends.update((f"club:{id_}", seq) for id_, seq in clubs.items())
    lacks, apart, ahead = sum(ends.values()) if not theirs else 0, set[str](), set[str]()
    for partner in theirs:
        known = partners.known(store, partner.id)
        missing = 0
        for stream, seq in ends.items():
            have = known.get(stream)
            missing += max(0, seq - have.seq) if have else seq
            name = stream.partition(":")[2]
            if have is not None and have.seq > seq:
                ahead.add(name)
            elif have is not None and store.row(SELECT_HASH, (stream, have.seq)) != (have.head,):
                apart.add(name)
        ahead |= {one[5:] for one in known if one.startswith("club:") and one not in ends}
        lacks = max(lacks, missing)
    days = None if made_on is None else (today - made_on).days
    received_at = max((one.received_at or "" for one in theirs), default="")
    return Exchange(
        commune=commune,
        clubs=len(clubs),
        made_on=made_on,
        days=days,
        lacks=lacks,
        apart=tuple(sorted(apart)),
        ahead=tuple(sorted(ahead)),
        received_at=received_at,
    )
