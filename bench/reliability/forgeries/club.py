"""Forgeries of one event of a club: the step, the change, and what judging it again says."""

from bench import life
from bench.reliability.forger import Body, Change, both, put
from bench.reliability.forgeries.forgery import NOT_ITS_FORM, Forgery


def _only_the_day(body: Body) -> None:
    body |= {"form": {"date": body["on"]}, "effects": {}}


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


def _of_a_club(name: str, step: str, change: Change, reason: str) -> Forgery:
    return Forgery(name, lambda forger: forger.edit(step, change), reason)


FORGERIES = tuple(_of_a_club(name, *forged) for name, forged in OF_A_CLUB.items())
