"""The decisions a commune took about its clubs in a year, as they count today."""

from datetime import date
from itertools import groupby
from operator import itemgetter

from engine.lifecycle.history import LoggedStep, annulled, corrected_forms
from engine.model import Club
from engine.rules.communes import commune_key, same_commune
from engine.rules.request import Decided, reach
from engine.states import STEPS
from engine.store import codec
from engine.store.database import Store

DAY = "decision.date"
DECIDED = tuple(step.name for step in STEPS if step.happened_on == DAY)
"""The steps that are a decision of the commune."""
SELECT_DECISIONS = f"""
SELECT c.id, c.name, c.commune, e.seq, e.step, e.on_date, e.body
FROM club c JOIN event e ON e.stream = 'club:' || c.id AND e.province = c.province
WHERE c.province = ? AND c.commune_key = ?
AND e.step IN ({", ".join(f"'{one}'" for one in (*DECIDED, "annul", "correct"))})
ORDER BY c.id, e.seq"""


def decisions(store: Store, club: Club, on: date) -> tuple[Decided, ...]:
    """Return the decisions about a commune's clubs, ``club`` too, in the year of a day, in order.

    Corrected ones are as corrected, annulled ones are left out.
    """
    found: list[Decided] = []
    year = str(on.year)
    rows = store.rows(SELECT_DECISIONS, (club.province, commune_key(club.commune)))
    for (id_, name, commune), grouped in groupby(rows, key=itemgetter(0, 1, 2)):
        if not same_commune(commune, club.commune):
            continue
        of_club = [row[3:] for row in grouped]
        if all(step in DECIDED for _seq, step, *_rest in of_club):
            # Nothing is corrected: each event has the day of its decision.
            of_club = [one for one in of_club if one[2][:4] == year]
        events = [LoggedStep(seq, step, codec.form_of(body)) for seq, step, _on, body in of_club]
        gone, forms = annulled(events), corrected_forms(events)
        for event in events:
            number, day = (reach(forms[event.seq], one) for one in ("decision.number", DAY))
            if event.step in DECIDED and event.seq not in gone and number and day[:4] == year:
                decided_on = date.fromisoformat(day)
                found.append(Decided(id_, name, event.step, event.seq, number, decided_on))
    return tuple(sorted(found, key=lambda one: (one.on, one.club, one.seq)))
