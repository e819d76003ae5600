"""Forgeries in a province's own stream: of one of its events, and events put behind the last."""

from typing import Any

from bench import life
from bench.reliability.forger import Body, Change, Forger, both, put
from bench.reliability.forgeries.forgery import NOT_ITS_FORM, Forgery

OF_A_PROVINCE: dict[str, tuple[str, Change, str]] = {
    "an invented step of the province": (
        "units_import",
        put("step", "units_sell"),
        "there is no step",
    ),
    "units loaded by a commune": (
        "units_import",
        both(put("role", "committee"), put("officer", life.COMMITTEE)),
        "is not for",
    ),
    "units loaded in a role not held": (
        "units_import",
        both(put("role", "province"), put("officer", life.COMMITTEE)),
        "was not in office as",
    ),
    "a report sent in a role not held": (
        "report_sent",
        put("role", "association"),
        "is not for",
    ),
    "a report sent on another day": (
        "report_sent",
        put("form.date", "2022-12-18"),
        "not what its form says",
    ),
    "a report sent by nobody": ("report_sent", put("officer", ""), "was never in office"),
    "a report of another period": (
        "report_sent",
        put("effects.records.0.period", "2023H1"),
        "not what its form says",
    ),
    "somebody appointed by a removal": (
        "officer_remove",
        lambda body: body["effects"]["records"].append(
            {"table": "officer", "id": "ma", "role": "admin", "name": "Ma", "since": "2020-01-01"}
        ),
        "not what its form says",
    ),
    "an office ended before it began": (
        "officer_remove",
        both(put("form.until", "1999-12-31"), put("effects.records.0.until", "1999-12-31")),
        "had not begun",
    ),
    "the only administrator removed": (
        "officer_remove",
        both(
            put("form.id", life.ADMIN),
            put("effects.records.0.id", life.ADMIN),
            put("effects.records.0.of", 1),
        ),
        "the only administrator",
    ),
    "more about an office that ends": (
        "officer_remove",
        put("effects.records.0.note", "x"),
        "not what its form says",
    ),
    "another's office ended": (
        "officer_remove",
        put("effects.records.0.of", 1),
        "not what its form says",
    ),
    "an office ended on another day": (
        "officer_remove",
        put("effects.records.0.until", "2019-01-01"),
        "not what its form says",
    ),
    "an appointment that sets more": (
        "officer_add",
        put("effects.fields", {"name": "x"}),
        "not what its form says",
    ),
    "units recorded by a report": (
        "report_sent",
        put("effects.records.0.table", "training"),
        "not what its form says",
    ),
    "a key that is none": (
        "key_add",
        both(put("form.key", "xyz"), put("effects.records.0.key", "xyz")),
        "no public line of a key",
    ),
    "a key of nobody": (
        "key_add",
        both(put("form.officer", "ma"), put("effects.records.0.officer", "ma")),
        "who was in no office",
    ),
    "a key from a day that is none": (
        "key_add",
        both(put("form.since", "soon"), put("effects.records.0.since", "soon")),
        "begins on a day that is none",
    ),
    "an office other than asked for": (
        "officer_add",
        put("effects.records.0.name", "Kẻ Khác"),
        "not what its form says",
    ),
    "communes from no day on": (
        "units_import",
        put("effects.records.0.valid_from", "soon"),
        "its list of communes holds what none does: valid_from",
    ),
    "communes that ended before they began": (
        "units_import",
        put("effects.records.0.valid_to", "1000-01-01"),
        "its list of communes holds what none does: valid_to",
    ),
    "a class of communes there is not": (
        "units_import",
        put("effects.records.0.classes", "own_ma,rich"),
        "its list of communes holds what none does: classes",
    ),
    "a commune without a name": (
        "units_import",
        put("effects.records.0.name", ""),
        "its list of communes holds what none does: name",
    ),
    "communes with more in the form": (
        "units_import",
        put("form.secret", 5),
        "no form of this step has: secret",
    ),
    "a report of a period that is none": (
        "report_sent",
        both(put("form.period", "zzz"), put("effects.records.0.period", "zzz")),
        "what this step never takes: period",
    ),
    "a report sent in years to come": (
        "report_sent",
        both(put("form.date", "2999-01-01"), put("effects.records.0.sent_on", "2999-01-01")),
        "what this step never takes: date",
    ),
    "a report sent before its period": (
        "report_sent",
        both(
            put("on", "2021-12-31"),
            put("form.date", "2021-12-31"),
            put("effects.records.0.sent_on", "2021-12-31"),
        ),
        "what this step never takes: date",
    ),
    "a report's text that is none": (
        "report_sent",
        both(
            put("step", "report_note"),
            put("form", {"report": "half_year", "period": "2022H1", "nonsense": {"a": [1]}}),
            put("effects", {}),
        ),
        "no form of this step has: nonsense",
    ),
}


def _officer(by: str, new: str, **more: Any) -> Body:
    """Return an appointment by somebody; what is ``None`` is left out."""
    row = {"id": new, "role": "province", "name": "Ma", "since": "2023-01-01", **more}
    return _recorded("officer_add", row, [{"table": "officer", **row}], officer=by)


def _recorded(step: str, form: Body, records: list[Body], **more: Any) -> Body:
    """Return what an event of a province says where an administrator recorded it."""
    effects = {"records": records} if records else {}
    who = {"officer": life.ADMIN, "role": "admin"}
    return {"step": step, "form": form, "effects": effects, **who, **more}


def _changed(table: str, **row: Any) -> Body:
    return _recorded("officer_change", row, [{"table": table, **row}])


def _ended(step: str, form: Body, **row: Any) -> Body:
    return _recorded(step, form, [{"table": "officer_ended", **row}])


def _moved(of: int, **row: Any) -> Body:
    form = {"id": life.TOWN, "name": "Ma", "since": "2023-01-01", **row}
    records = [
        {"table": "officer_ended", "id": form["id"], "of": of, "until": form["since"]},
        {"table": "officer", **form},
    ]
    return _recorded("officer_change", form, records)


def _merged(into: str, on: str | None = None, document: str = "x", *ended: Body) -> Body:
    day = on or "2022-12-19"
    form = {"into": into, "date": day, "document": document}
    row = {"table": "merger", "successor": into, "since": day, "document": document}
    records = [row, *({"table": "officer_ended", "until": day, **one} for one in ended)]
    return _recorded("merge", form, records, on="2022-12-19")


NOT_RECORDS = NOT_ITS_FORM.format("records")
ADDED_TO_A_PROVINCE: dict[str, tuple[Body, str]] = {
    "a stranger who appoints himself": (
        _officer("ma", "ma", role="admin"),
        "was not in office as",
    ),
    "a stranger who appoints himself long ago": (
        _officer("ma", "ma", role="admin", since="2020-01-01"),
        "was not in office as",
    ),
    "an officer of a commune without one": (
        _officer(life.ADMIN, "ma", role="association"),
        "needs the commune's name",
    ),
    "an officer of the province with a commune": (
        _officer(life.ADMIN, "ma", commune="xã X"),
        "belong to a commune",
    ),
    "an office over before it began": (
        _officer(life.ADMIN, "ma", until="2020-01-01"),
        "before the office began",
    ),
    "the same office twice": (_officer(life.ADMIN, life.TOWN), "has that role already"),
    "an officer without a name": (_officer(life.ADMIN, "ma", name=""), "no name, id or login"),
    "an id in capitals": (_officer(life.ADMIN, life.TOWN.upper()), "capitals make no other id"),
    "an office since a day in words": (
        _officer(life.ADMIN, "ma", since="soon"),
        "a day that is none",
    ),
    "an office since a day of a week": (
        _officer(life.ADMIN, "ma", since="2020-W01-1"),
        "a day that is none",
    ),
    "a login of nobody": (_changed("officer_login", id="ai", login="z"), "nobody of that id"),
    "a login that is empty": (
        _changed("officer_login", id=life.TOWN, login=""),
        "no name, id or login",
    ),
    "a name of nobody": (_changed("officer_named", id="ai", name="z"), "nobody of that id"),
    "a change of nothing": (_recorded("officer_change", {"id": "ai"}, []), NOT_RECORDS),
    "a first officer of nothing": (_recorded("officer_first", {"id": "ai"}, []), NOT_RECORDS),
    "an office ended by a form without it": (
        _ended("officer_remove", {"id": life.ADMIN}, id=life.ADMIN, of=1, until="1999-01-01"),
        NOT_RECORDS,
    ),
    "an office ended by a change of something": (
        _ended(
            "officer_change", {"id": life.ADMIN, "x": 1}, id=life.ADMIN, of=1, until="1999-01-01"
        ),
        "no form of this step has: x",
    ),
    "the only administrator removed as once": (
        _recorded(
            "officer_remove", {"id": life.ADMIN}, [{"table": "officer_removed", "id": life.ADMIN}]
        ),
        "the only administrator",
    ),
    "an office moved into another role": (
        _moved(1, id=life.ADMIN, role="association", commune="xã X"),
        "another role",
    ),
    "a merger into a province that is not there": (_merged("narnia"), "own log does not have"),
    "a merger on another day": (_merged("narnia", "2999-01-01"), "not the day of the event"),
    "a merger without a document": (_merged("narnia", None, ""), "names no document"),
    "a merger that ends an office of nobody": (
        _merged("narnia", None, "x", {"id": "zz", "of": 1}),
        NOT_RECORDS,
    ),
    "a province taken over that knows nothing of it": (
        _recorded(
            "merge_in",
            {"from": "narnia", "date": "2022-12-19", "document": "x"},
            [],
            on="2022-12-19",
        ),
        "own log does not have",
    ),
    "a note of nothing": (
        _recorded("report_note", {"nonsense": 1}, []),
        "no form of this step has: nonsense",
    ),
}


def _more(forger: Forger, step: str, *parts: tuple[Body, str, Body]) -> int:
    """Add events of an administrator to the province's own; return the number of the last one."""
    bodies = forger.bodies(forger.provinces)
    like = next(body for body in bodies if body["step"] == "key_add")
    for form, table, row in parts:
        effects = {"records": [{"table": table, **row}]}
        last = bodies[-1]["recorded_at"]
        bodies.append({**like, "step": step, "form": form, "effects": effects, "recorded_at": last})
    forger.write(bodies, forger.provinces)
    return len(bodies)


def _key_again(forger: Forger) -> int:
    bodies = forger.bodies(forger.provinces)
    form = dict(next(body for body in bodies if body["step"] == "key_add")["form"])
    return _more(forger, "key_add", (form, "key", form))


def _key_ended_twice(forger: Forger) -> int:
    bodies = forger.bodies(forger.provinces)
    key = next(body for body in bodies if body["step"] == "key_add")
    ends = [{"of": key["seq"], "until": day} for day in ("2022-12-31", "2999-01-01")]
    named = {"officer": key["form"]["officer"]}
    return _more(forger, "key_end", *(({**named, **row}, "key_ended", row) for row in ends))


def _of_a_province(name: str, step: str, change: Change, reason: str) -> Forgery:
    return Forgery(
        name, lambda forger: forger.edit(step, change, forger.provinces), reason, province=True
    )


def _add(forger: Forger, more: Body) -> int:
    """Add an event to the end of the province's stream, recorded with the last one."""
    bodies = forger.bodies(forger.provinces)
    last = bodies[-1]
    body = {**last, "on": last["recorded_at"][:10], **more}
    forger.write([*bodies, body], forger.provinces)
    return len(bodies) + 1


def _added(name: str, more: Body, reason: str) -> Forgery:
    return Forgery(name, lambda forger: _add(forger, more), reason, province=True)


FORGERIES = (
    Forgery("a key registered again", _key_again, "registered already", province=True),
    Forgery("an ended key ended later", _key_ended_twice, "or that was ended", province=True),
    *(_of_a_province(name, *forged) for name, forged in OF_A_PROVINCE.items()),
    *(_added(name, *forged) for name, forged in ADDED_TO_A_PROVINCE.items()),
    Forgery(
        "a merger into itself",
        lambda forger: _add(forger, _merged(forger.province)),
        "into itself",
        province=True,
    ),
)
