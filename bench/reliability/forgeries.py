"""What somebody with the database and time can forge: the list, for the tests and for the trials.

Of each that changes one event the list has what a log without seals shows when it is judged
again; the others are found otherwise, or by the seals alone, or by nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from bench import life
from bench.reliability.forger import Body, Change, Forger, both, put
from engine.store.canonical import dumps


@dataclass(frozen=True)
class Forgery:
    """One forgery. ``reason`` is a part of what judging the log again says, without any seal.

    ``province`` is whether it is in the province's own stream, else in the club's. ``later``: in
    what was recorded after the last seal. ``fits``: the tables are computed anew afterwards.
    ``impossible``: nothing can find it, and docs/reliability.md names it.
    """

    name: str
    forge: Callable[[Forger], object]
    reason: str = ""
    province: bool = False
    fits: bool = True
    later: bool = False
    impossible: bool = False


def _edited(name: str, step: str, change: Change) -> Forgery:
    return Forgery(name, lambda forger: forger.edit(step, change))


def _of_a_club(name: str, step: str, change: Change, reason: str) -> Forgery:
    return Forgery(name, lambda forger: forger.edit(step, change), reason)


def _of_a_province(name: str, step: str, change: Change, reason: str) -> Forgery:
    return Forgery(
        name, lambda forger: forger.edit(step, change, forger.provinces), reason, province=True
    )


def _spelt(name: str, spell: Callable[[Body], str], reason: str) -> Forgery:
    return Forgery(
        name, lambda forger: forger.write(forger.bodies(), spell=spell), reason, fits=False
    )


def _by_sql(name: str, statement: str) -> Forgery:
    def forge(forger: Forger) -> None:
        forger.sql(statement.format(club=forger.club, member=forger.member()))

    return Forgery(name, forge, fits=False)


def _only_the_day(body: Body) -> None:
    body |= {"form": {"date": body["on"]}, "effects": {}}


NOT_ITS_FORM = "its effects ({}) are not what its form says"
OF_A_CLUB: dict[str, tuple[str, Change, str]] = {
    "states do not join": ("approve", put("from", "returned"), "it starts from"),
    "another state is reached": ("launch", put("to", "operating"), "does not lead"),
    "an illegal role": ("approve", put("role", "association"), "is not for"),
    "a role nobody gave the officer": ("launch", put("role", "committee"), "was not in office as"),
    "an unknown officer": ("meeting", put("officer", "ma"), "ma was never in office"),
    "the proposer approves": (
        "approve",
        put("officer", life.ASSOCIATION),
        f"[{life.ASSOCIATION}] was not in office as",
    ),
    "time runs backwards": (
        "train",
        put("recorded_at", "2020-01-01T00:00:00Z"),
        "before the event",
    ),
    "a moment to come": ("export", put("recorded_at", "2999-01-01T00:00:00Z"), "still to come"),
    "no moment at all": ("export", put("recorded_at", "2999-1-1"), "at no moment"),
    "an invented step": ("meeting", put("step", "celebrate"), "there is no step “celebrate”"),
    "the amount": ("fund", put("effects.ledger.0.amount", 900), NOT_ITS_FORM.format("ledger")),
    "what the fund gains": (
        "fund",
        put("effects.ledger.0.delta", 1),
        NOT_ITS_FORM.format("ledger"),
    ),
    "the source of money": (
        "fund",
        put("effects.ledger.0.source", "donor"),
        NOT_ITS_FORM.format("ledger"),
    ),
    "no money at all": ("fund", put("effects", {}), NOT_ITS_FORM.format("ledger")),
    "the day of the form": ("launch", put("form.date", "2021-10-02"), "the day of its form"),
    "a day in the effects": (
        "launch",
        put("effects.fields.launched_on", "2021-01-01"),
        NOT_ITS_FORM.format("fields"),
    ),
    "a field that the step does not set": (
        "meeting",
        put("effects.fields", {"name": "CLB khác"}),
        NOT_ITS_FORM.format("fields"),
    ),
    "the conclusion": (
        "supervise",
        put("form.conclusion", "consolidate"),
        "does not lead",
    ),
    "the conclusion in the effects": (
        "supervise",
        put("effects.records.0.conclusion", "consolidate"),
        NOT_ITS_FORM.format("records"),
    ),
    "how many members were seen": (
        "supervise",
        put("effects.records.0.members", 500),
        NOT_ITS_FORM.format("records"),
    ),
    "members by way of a meeting": (
        "meeting",
        put("effects.roster", [{"op": "leave", "member": "M00000000"}]),
        NOT_ITS_FORM.format("member list"),
    ),
    "a correction's figure": (
        "correct",
        put("effects.amended.0.document", "UNC 99"),
        NOT_ITS_FORM.format("amended entries"),
    ),
    "a correction by another role": (
        "correct",
        both(put("role", "committee"), put("officer", life.COMMITTEE)),
        "who alone can",
    ),
    "what an annulment restores": (
        "annul",
        put("effects.fields.state_on", "2021-01-01"),
        NOT_ITS_FORM.format("fields"),
    ),
    "an annulment of something else": ("annul", put("form.seq", 3), "does not lead"),
    "a day before the step before": (
        "suspend",
        both(put("on", "2021-01-01"), put("form.decision.date", "2021-01-01")),
        "is before the club's last step",
    ),
    "a day to come": (
        "rename",
        both(put("on", "2999-01-01"), put("form.date", "2999-01-01")),
        "before it happened",
    ),
    "a choice that no form offers": (
        "fund",
        both(put("form.source", "moon"), put("effects.ledger.0.source", "moon")),
        "what this step never takes: source",
    ),
    "an amount that is none": (
        "fund",
        both(
            put("form.amount", True),
            put("effects.ledger.0.amount", True),
            put("effects.ledger.0.delta", 1),
        ),
        "what this step never takes: amount",
    ),
    "an amount below zero": (
        "fund",
        both(
            put("form.amount", -5),
            put("effects.ledger.0.amount", -5),
            put("effects.ledger.0.delta", -5),
        ),
        "what this step never takes: amount",
    ),
    "no document of the money": (
        "fund",
        both(put("form.document", ""), put("effects.ledger.0.document", "")),
        "what this step never takes: document",
    ),
    "a field that no form has": ("meeting", put("form.secret", 1), "no form of this step has"),
    "a sex there is not": (
        "roster",
        put("effects.roster.0.sex", "X"),
        "its member list holds what none does: sex",
    ),
    "a year of birth that is none": (
        "roster",
        put("effects.roster.0.born", "50"),
        "its member list holds what none does: born",
    ),
    "a month of birth that is none": (
        "roster",
        put("effects.roster.0.born", "1950-13"),
        "its member list holds what none does: born",
    ),
    "a member born after the list": (
        "roster",
        put("effects.roster.0.born", "2030"),
        "its member list holds what none does: born",
    ),
    "a circumstance there is not": (
        "roster",
        put("effects.roster.0.circumstance", "rich"),
        "its member list holds what none does: circumstance",
    ),
    "a commitment that is none": (
        "roster",
        put("effects.roster.0.commit", "x"),
        "its member list holds what none does: commit",
    ),
    "a member of years ago": (
        "roster",
        put("effects.roster.0.joined_on", "2015-01-01"),
        "its member list holds what none does: joined_on",
    ),
    "a member's id that looks like another": (
        "roster",
        put("effects.roster.0.member", "МAAAAAAAA"),
        "its member list holds what none does: member",
    ),
    "a change of a list that is none": (
        "roster",
        both(
            put("effects.roster.0.op", "sell"),
            lambda body: body["form"].update(added=body["form"]["added"] - 1),
        ),
        "its member list holds what none does: op",
    ),
    "more members than the form has": (
        "roster",
        put("form.added", 3),
        NOT_ITS_FORM.format("member list"),
    ),
    "a member who was never there leaves": (
        "roster",
        both(
            put("form.left", 1),
            lambda body: body["effects"]["roster"].append({"op": "leave", "member": "M00000000"}),
        ),
        "its member list holds what none does: member",
    ),
    "money by way of a member list": (
        "roster",
        put(
            "effects.ledger",
            [
                {
                    "kind": "grant",
                    "fund": "income",
                    "source": "donor",
                    "amount": 5,
                    "delta": 5,
                    "document": "x",
                }
            ],
        ),
        NOT_ITS_FORM.format("ledger"),
    ),
    "a name by way of a member list": (
        "roster",
        put("effects.fields", {"name": "CLB khác"}),
        NOT_ITS_FORM.format("fields"),
    ),
    "members by way of an export": (
        "export",
        put("effects.roster", [{"op": "leave", "member": "M00000000"}]),
        NOT_ITS_FORM.format("member list"),
    ),
    "another chair than was named": (
        "set_board",
        put("effects.board.chair", "M00000000"),
        NOT_ITS_FORM.format("board"),
    ),
    "a member by way of a board": (
        "set_board",
        put(
            "effects.roster",
            [{"op": "add", "member": "M00000000", "sex": "F", "born": "1950", "commit": "0" * 64}],
        ),
        NOT_ITS_FORM.format("member list"),
    ),
    "a loan to a stranger": (
        "lend",
        both(put("form.member", "M0000000"), put("effects.records.0.member", "M0000000")),
        "names nobody of this club: member",
    ),
    "a name as the borrower": (
        "lend",
        both(put("form.member", "Nguyễn Văn Lạ"), put("effects.records.0.member", "Nguyễn Văn Lạ")),
        "names nobody of this club: member",
    ),
    "a rate above every limit": (
        "lend",
        both(put("form.rate", 999_999), put("effects.records.0.rate", 999_999)),
        "what this step never takes: rate",
    ),
    "a loan larger than all money": (
        "lend",
        both(
            put("form.amount", 10**17),
            put("effects.records.0.amount", 10**17),
            put("effects.ledger.0.amount", 10**17),
            put("effects.ledger.0.delta", -(10**17)),
        ),
        "what this step never takes: amount",
    ),
    "a loan extended without a day": (
        "extend",
        both(lambda body: body["form"].pop("until"), put("effects.records.0.due_on", None)),
        "lacks what this step always asks for: until",
    ),
    "a loan extended to a week": (
        "extend",
        both(put("form.until", "2035-W20-1"), put("effects.records.0.due_on", "2035-W20-1")),
        "what this step never takes: until",
    ),
    "a loan extended to a day without hyphens": (
        "extend",
        both(put("form.until", "20351231"), put("effects.records.0.due_on", "20351231")),
        "what this step never takes: until",
    ),
    "strangers at a meeting": (
        "meeting",
        both(
            put("form.present", ["M0000000", "Ông Ba"]),
            put("effects.records.0.present", "M0000000,Ông Ba"),
        ),
        "names nobody of this club: present",
    ),
    "more people at a meeting than there can be": (
        "meeting",
        both(put("form.attendance", 10**9), put("effects.records.0.attendance", 10**9)),
        "what this step never takes: attendance",
    ),
    "an activity that is no id": (
        "meeting",
        both(
            put("form.activities", ["Đá Gà, x"]),
            put("effects.records.0.activities", "Đá Gà, x"),
        ),
        "what this step never takes: activities",
    ),
    "an answer without end": (
        "meeting",
        put("form.own", {"note": "x" * 16_000}),
        "no form of this step has: own.note",
    ),
    "a step of a province without a name": (
        "meeting",
        both(put("step", "own_"), _only_the_day),
        "there is no step “own_”",
    ),
    "a step of a province with a strange name": (
        "meeting",
        both(put("step", "own_Đ; DROP"), _only_the_day),
        "there is no step “own_Đ; DROP”",
    ),
    "a name as a pair of people": (
        "care",
        both(put("form.pairs", ["bà Lan"]), put("effects.records.0.pairs", "bà Lan")),
        "names nobody of this club: pairs",
    ),
    "strangers who are cared for": (
        "care",
        both(
            put("form.pairs", ["M0000000:M0000001"]),
            put("effects.records.0.pairs", "M0000000:M0000001"),
        ),
        "names nobody of this club: pairs",
    ),
    "somebody erased who never was": (
        "erase",
        put("form.member", "M0000000"),
        "names nobody of this club: member",
    ),
    "a document with control characters": (
        "fund",
        both(
            put("form.document", "PC\n\x1b[2J1"),
            put("effects.ledger.0.document", "PC\n\x1b[2J1"),
        ),
        "what this step never takes: document",
    ),
    "a name of blanks": (
        "rename",
        both(put("form.name", "   "), put("effects.fields.name", "   ")),
        "what this step never takes: name",
    ),
    "a name without end": (
        "rename",
        both(
            put("form.name", "-" + "x" * 100_000), put("effects.fields.name", "-" + "x" * 100_000)
        ),
        "what this step never takes: name",
    ),
    "a suspension without a decision's number": (
        "suspend",
        lambda body: body["form"]["decision"].pop("number"),
        "lacks what this step always asks for: decision.number",
    ),
    "a grant before the decision": (
        "fund",
        both(
            put("on", "2021-08-15"),
            put("form.date", "2021-08-15"),
            put("form.kind", "grant"),
            put("effects.ledger.0.kind", "grant"),
        ),
        "is before the decision of",
    ),
    "a correction without a document": (
        "correct",
        both(put("form.changes.document", ""), put("effects.amended.0.document", "")),
        "what this step never takes: document",
    ),
    "a correction of a field that no form has": (
        "correct",
        put("form.changes.secret", "x"),
        "no form of this step has: secret",
    ),
    "a correction of an amount": (
        "correct",
        put("form.changes.amount", 999),
        "cannot change money",
    ),
    "a correction of a kind": (
        "correct",
        put("form.changes.kind", "expense"),
        "cannot change money",
    ),
    "a correction to a day to come": (
        "correct",
        both(
            put("form.changes.date", "2999-01-01"), put("effects.amended.0.on_date", "2999-01-01")
        ),
        "is still to come",
    ),
    "a correction to a day before the club": (
        "correct",
        both(
            put("form.changes.date", "1999-01-01"), put("effects.amended.0.on_date", "1999-01-01")
        ),
        "does not fit record 1",
    ),
    "a correction of the commune": (
        "correct",
        both(
            put("role", "association"),
            put("officer", life.ASSOCIATION),
            put("form.seq", 1),
            put("form.changes", {"commune": "xã Ma"}),
            put("effects", {"fields": {"commune": "xã Ma"}}),
        ),
        "cannot move a club to another commune",
    ),
}

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


def fraction(body: Body) -> str:
    """Spell an amount as a number with a fraction."""
    return dumps(body).replace('"amount":100000000', '"amount":100000000.0')


def decomposed(body: Body) -> str:
    """Spell marks as letters of their own."""
    return normalize("NFD", dumps(body))


def without_hyphens(body: Body) -> str:
    """Spell the day as ISO allows too, in the body and in its column."""
    body["on"] = body["on"].replace("-", "")
    return dumps(body)


def of_a_week(body: Body) -> str:
    """Spell the day as one of a week, in the body and in its column."""
    body["on"] = "{}-W{:02}-{}".format(*date.fromisoformat(body["on"]).isocalendar())
    return dumps(body)


SPELT: dict[str, tuple[Callable[[Body], str], str]] = {
    "a key that no body has": (lambda body: dumps({**body, "x": 1}), "what no event does: x"),
    "a part that no effects have": (
        lambda body: dumps({**body, "effects": {**body["effects"], "gifts": []}}),
        "what no event does: gifts",
    ),
    "a fraction": (fraction, "not whole"),
    "text that is not NFC": (decomposed, "not NFC"),
    "a format that only looks like 1": (lambda body: dumps({**body, "v": True}), "does not know"),
    "a format to come": (lambda body: dumps({**body, "v": 2}), "does not know"),
    "a day without hyphens": (without_hyphens, "does not hold what"),
    "a day of a week": (of_a_week, "does not hold what"),
    "a role there is not": (lambda body: dumps({**body, "role": "king"}), "does not hold what"),
    "warnings that are none": (lambda body: dumps({**body, "acknowledged": 5}), "does not hold"),
}


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


def _head(forger: Forger) -> None:
    """Change a number in a SQLite file's head; a server's database has none."""
    if not forger.store.is_sqlite:
        _trigger(forger)
        return
    forger.sql("PRAGMA user_version = 7")


def _more_in_a_seal(forger: Forger) -> None:
    forger.edit("seal", put("effects.records.0.note", "x"), f"seal:{forger.province}")


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


def _names_not_sent(forger: Forger) -> None:
    forger.sql("INSERT INTO withheld SELECT club, member, province FROM personal")
    forger.sql("DELETE FROM personal")


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
    Forgery("a sealed opening kept as taken again", _opening_as_superseded),
    Forgery("a sealed event cut off and kept as taken again", _cut_as_superseded),
    Forgery(
        "kept as taken again what never was",
        lambda forger: _superseded(forger, ["{}"], 3, 10**6),
        later=True,
    ),
    Forgery("every name deleted and listed as not sent", _names_not_sent, fits=False),
    *(_of_a_club(name, *forged) for name, forged in OF_A_CLUB.items()),
    *(_of_a_province(name, *forged) for name, forged in OF_A_PROVINCE.items()),
    *(_added(name, *forged) for name, forged in ADDED_TO_A_PROVINCE.items()),
    Forgery(
        "a merger into itself",
        lambda forger: _add(forger, _merged(forger.province)),
        "into itself",
        province=True,
    ),
    *(_spelt(name, *forged) for name, forged in SPELT.items()),
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
    Forgery("a number in the head of the file", _head, fits=False),
    Forgery("more in a seal's record than a seal has", _more_in_a_seal),
    _by_sql("an index dropped", "DROP INDEX task_one"),
    _by_sql("a table added", "CREATE TABLE notes (a TEXT)"),
    _by_sql("a column added", "ALTER TABLE club ADD COLUMN more TEXT"),
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
