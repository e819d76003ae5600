"""What each step's questions gain from what is known: defaults, choices, what a province asks.

One function a step. It takes the interview and the questions as the form's schema has them, and
returns them as they are asked. Nothing here refuses anything: the rules do, with their articles.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.errors import InputError, UnknownError
from engine.i18n import _
from engine.interview.correcting import CHANGES, annul, annulled, correct, not_own
from engine.interview.places import placed
from engine.interview.question import Answer, Choice, Kind, Question
from engine.labels import POSTS, aspect_name, entry_name, fund_name
from engine.model import EntryKind, Finding, FundKind, Role
from engine.policy.effective import cited, general_citation
from engine.rules import funds
from engine.vietnamese.text import decision_number, dmy, dong, lacks_marks, name_order, unmarked

if TYPE_CHECKING:
    from engine.interview.situation import Paper
    from engine.interview.step import StepInterview

Hint = Callable[["StepInterview", Sequence[Question]], Iterable[Question]]
Preface = Callable[["StepInterview"], Iterable[str]]

ALL_MET = "?appraisal"
"""Asked once for all aspects of the appraisal; whether they are all met."""
NUMBERS = ("decision.number", "submission.number")
"""Fields that hold the number of a paper."""
PERSONS = ("signer", "inspector")
"""Ends of the paths of fields that hold the name of a person who is on no list."""
_NUMBER = re.compile(r"0*([1-9][0-9]*)(.*)", re.DOTALL)


def changed(questions: Sequence[Question], **by_name: Any) -> list[Question]:
    """Return questions with some changed; a path is named with "__" for its dots."""
    changes = {name.replace("__", "."): change for name, change in by_name.items()}
    return [replace(one, **changes[one.path]) if one.path in changes else one for one in questions]


# -- proposal and decision -----------------------------------------------------------------------


def _open(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    officer = asks.situation.officer
    own = officer.commune if officer is not None else None
    for one in questions:
        if one.path == "date":
            yield replace(one, asked=False)
        elif one.path == "commune" and own is not None:
            yield replace(one, default=own, default_because=_("the officer's commune"), asked=False)
        else:
            yield one


def _propose(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    officer = asks.situation.officer
    submits = officer is not None and officer.role is Role.COMMITTEE
    for one in questions:
        if one.path == "submission.number":
            yield numbered(one, asks.situation.submissions, asks.on)
        elif one.path == "lead_unit" and submits:
            needed = replace(one, required=True, asked=True, source=general_citation())
            yield _as_before(needed, asks.situation.submissions)
        else:
            yield one


def _as_before(question: Question, papers: Sequence["Paper"]) -> Question:
    """Return the question for the unit that submits with the commune's last one as its default."""
    last = next((one for one in reversed(papers) if one.unit), None)
    if last is None:
        return question
    because = _("as on {number} of {day}").format(number=last.number, day=dmy(last.on))
    return replace(question, default=last.unit, default_because=because)


def _proposer(asks: "StepInterview") -> Iterator[str]:
    """Say before a committee opens or proposes that whoever does so does not decide."""
    officer = asks.situation.officer
    if officer is not None and officer.role is Role.COMMITTEE:
        yield _(
            "{name} then cannot decide on this club: another officer of the People's Committee has "
            "to sign the decision."
        ).format(name=officer.name)


def numbered(question: Question, papers: Sequence["Paper"], on: date) -> Question:
    """Return the question for a paper's number with the next one of the series as its default."""
    known = [one for one in papers if one.on.year == on.year and _NUMBER.fullmatch(one.number)]
    if not known:
        return question
    last = max(known, key=lambda one: _figures(one.number))
    match = _NUMBER.fullmatch(last.number)
    assert match is not None
    return replace(
        question,
        default=f"{int(match[1]) + 1:02}{match[2]}",
        default_because=_("the next after {number} of {day}").format(
            number=last.number, day=dmy(last.on)
        ),
    )


def _figures(number: str) -> int:
    match = _NUMBER.fullmatch(number)
    return int(match[1]) if match else 0


def signed(asks: "StepInterview", questions: Sequence[Question]) -> list[Question]:
    """Return the questions about a decision with the next number and the last signer."""
    papers = asks.situation.decisions
    last = next((one for one in reversed(papers) if one.signer), None)
    found = []
    for one in questions:
        if one.path == "decision.number":
            found.append(numbered(one, papers, asks.on))
        elif one.path in ("decision.signer", "decision.title") and last is not None:
            value = last.signer if one.path.endswith("signer") else last.title
            because = _("as on {number} of {day}").format(number=last.number, day=dmy(last.on))
            found.append(replace(one, default=value, default_because=because))
        else:
            found.append(one)
    return found


def _approve(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    stated = asks.rules.stated("appraisal.aspects", asks.on)
    aspects = tuple(stated.value) if stated.status == "value" else ()
    source = cited(stated)
    fields = {f"appraisal.{aspect}" for aspect in aspects}
    all_met = asks.answers.get(ALL_MET)
    if aspects:
        names = ", ".join(aspect_name(one) for one in aspects)
        yield Question(
            ALL_MET,
            Kind.YES_NO,
            _("Are all met in the appraisal: {aspects}?").format(aspects=names),
            _("As the minutes of the appraisal conclude; no asks about each by itself."),
            source=source,
        )
    for one in signed(asks, questions):
        if one.path not in fields:
            yield one
        elif all_met:
            yield replace(one, required=True, default="met", asked=False, source=source)
        else:
            yield replace(one, required=True, asked=True, source=source)


# -- at work -------------------------------------------------------------------------------------


def _train(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    club = asks.situation.club
    kind = "initial" if club.trained_on is None else None
    for one in questions:
        if one.path == "course.kind" and kind is not None:
            yield replace(
                one,
                default=kind,
                default_because=_("the board has had no training yet"),
                asked=False,
            )
        elif one.path == "course.days":
            days, article = _course_days(asks)
            because = None if days is None else article
            yield replace(one, default=days, default_because=because)
        elif one.path == "course.attendees" and asks.situation.board:
            yield replace(
                one,
                default=len(asks.situation.board),
                default_because=_("the posts of the board"),
            )
        elif one.path == "date":
            yield replace(one, default=None, default_because=None)
        else:
            yield one


def _course_days(asks: "StepInterview") -> tuple[int | None, str | None]:
    for key in ("training.course", "training.initial"):
        stated = asks.rules.stated(key, asks.on)
        if stated.status == "value" and stated.value.get("days") is not None:
            return int(stated.value["days"]), stated.source
    return None, None


def _launch(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    stated = asks.rules.stated("fund.kinds", asks.on)
    for one in questions:
        if one.path == "funds_opened" and stated.status == "value":
            yield replace(
                one, default=list(stated.value), default_because=stated.source, source=stated.source
            )
        elif one.path == "place":
            village = asks.situation.club.village
            yield replace(one, example=_("{village} culture house").format(village=village))
        else:
            yield one


def _activities(asks: "StepInterview", one: Question) -> Question:
    rule = asks.rules.rule("activities.list", asks.on)
    listed = rule.value if rule is not None else ()
    choices = tuple(Choice(str(item["id"]), str(item["label"])) for item in listed)
    return replace(one, kind=Kind.CHOICES, choices=choices)


def _meeting(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    for one in questions:
        yield _activities(asks, one) if one.path == "activities" else one


def _supervise(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    known = asks.situation
    book = _("by the book")
    values = dict(_by_the_book(asks))
    stated = asks.rules.stated("indicator.borrowers_share", asks.on)
    needed = _figures_asked(stated.value) if stated.status == "value" else frozenset()
    for one in questions:
        if one.path == "inspector" and known.officer is not None:
            yield replace(
                one, default=known.officer.name, default_because=_("who is recording this")
            )
        elif one.path == "activities":
            done = list(known.done_at_meetings)
            yield replace(
                _activities(asks, one),
                default=done or None,
                default_because=_("by the recorded meetings") if done else None,
            )
        elif one.path in values:
            value, because = values[one.path]
            yield replace(one, default=value, default_because=because or book)
        elif one.path in needed:
            yield replace(one, asked=True, source=stated.source)
        else:
            yield one


def _by_the_book(asks: "StepInterview") -> Iterator[tuple[str, tuple[int, str | None]]]:
    """Yield what the ledger and the recorded meetings say about a supervision's figures."""
    known = asks.situation
    if known.ledger:
        for fund in FundKind:
            yield fund.balance_field, (funds.balance(known.ledger, fund), None)
    loans = [one for one in funds.not_reversed(known.ledger) if one.kind is EntryKind.LOAN]
    if known.ledger and not loans:
        yield "borrowers", (0, _("no loan is in the book"))
    if known.meetings:
        yield "meetings_held", (len(known.meetings), _("by the recorded meetings"))


def _figures_asked(indicator: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields that a province's share of borrowers is counted from."""
    asked = set()
    if indicator.get("counts") == "cash_or_kind":
        asked.add("borrowers_in_kind")
    if indicator.get("of") == "members_with_need":
        asked |= {"members_with_need", "members_served"}
    return frozenset(asked)


def _review(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    for one in questions:
        if one.path == "year":
            yield replace(one, default=asks.on.year, default_because=_("this year"))
        else:
            yield one


# -- people --------------------------------------------------------------------------------------


def _set_board(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    holders = _holders(asks)
    taken = [asks.answers.get(post) for post in POSTS]
    for one in questions:
        if one.path == "date":
            yield replace(one, asked=False)
        elif one.path in POSTS:
            held = holders.get(one.path)
            free = tuple(
                choice
                for choice in one.choices
                if choice.value not in taken or choice.value == asks.answers.get(one.path)
            )
            yield replace(
                one,
                choices=free,
                default=held,
                default_because=_("named before") if held else None,
            )
        else:
            yield one


def _change_board(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    known = asks.situation
    holders = _holders(asks)
    named = [post for post in POSTS if asks.answers.get(post) is not None]
    posts = [one.path for one in questions if one.path in POSTS]
    skipped = [post for post in posts if post in asks.answers and post not in named]
    for one in signed(asks, questions):
        if one.path not in POSTS:
            yield one
            continue
        held = holders.get(one.path)
        last = len(skipped) == len(posts) - 1 and one.path not in skipped
        now = known.names.get(held, held) if held else _("nobody")
        yield replace(one, now=now, required=last and not named, blank=_("as it is"))


def _holders(asks: "StepInterview") -> dict[str, str]:
    return {one.post: one.person for one in asks.situation.board}


def _erase(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    known = tuple(
        Choice(id_, name)
        for id_, name in sorted(asks.situation.names.items(), key=lambda one: name_order(one[1]))
    )
    for one in questions:
        if one.path == "member":
            yield replace(one, choices=known)
        else:
            yield replace(one, asked=False) if one.path == "date" else one


def _erased(asks: "StepInterview") -> Iterator[str]:
    del asks
    yield _("What is erased cannot be brought back; counts and the log stay.")


# -- money ---------------------------------------------------------------------------------------


def _fund(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    kind = asks.answers.get("kind")
    reversing = kind == EntryKind.REVERSAL
    listed = asks.rules.stated("sources.list", asks.on)
    names = {str(one["id"]): str(one["label"]) for one in listed.value or ()}
    grant = asks.rules.for_club(None).stated("grant.establishment", asks.on)
    standing = funds.not_reversed(asks.situation.ledger)
    by_path = {one.path: one for one in questions}
    order = ("date", "kind", "reverses", "source", "fund", "amount", "document", "donor")
    back = next((one for one in standing if one.seq == asks.answers.get("reverses")), None)
    for path in (*order, *(name for name in by_path if name not in order)):
        one = by_path[path]
        if path == "reverses":
            if reversing:
                yield replace(one, required=True, asked=True, choices=_entries(asks))
        elif back is not None and path in ("source", "fund", "amount"):
            value = getattr(back, path)
            yield replace(
                one,
                default=getattr(value, "value", value),
                default_because=_("as the entry that is taken back"),
                asked=False,
            )
        elif path == "source":
            choices = tuple(
                replace(choice, note=names.get(str(choice.value))) for choice in one.choices
            )
            yield replace(one, choices=choices)
        elif path == "donor":
            given = asks.answers.get("source") in ("donor", "socialised") and not reversing
            yield replace(one, asked=given)
        elif path == "resolution":
            wanted = kind == EntryKind.GRANT and grant.status == "value"
            asked = bool(wanted and grant.extra.get("resolution_required"))
            yield replace(one, asked=asked, source=cited(grant) if asked else None)
        elif path == "amount" and kind == EntryKind.GRANT and isinstance(grant.value, int):
            yield replace(one, default=grant.value, default_because=grant.source)
        else:
            yield one


def _entries(asks: "StepInterview") -> tuple[Choice, ...]:
    """Return the entries of the ledger that no reversal has taken back."""
    return tuple(
        Choice(
            one.seq,
            _("{day}, {kind} {amount}, {fund}").format(
                day=dmy(one.on) if one.on else "?",
                kind=entry_name(one.kind),
                amount=dong(one.amount),
                fund=fund_name(one.fund),
            ),
            one.document,
        )
        for one in funds.not_reversed(asks.situation.ledger)
    )


HINTS: Mapping[str, Hint] = {
    "open": _open,
    "propose": _propose,
    "approve": _approve,
    "train": _train,
    "launch": _launch,
    "supervise": _supervise,
    "review": _review,
    "consolidate": signed,
    "suspend": signed,
    "resume": signed,
    "dissolve": signed,
    "set_board": _set_board,
    "change_board": _change_board,
    "fund": _fund,
    "meeting": _meeting,
    "erase": _erase,
    "correct": correct,
    "annul": annul,
}
PREFACES: Mapping[str, Preface] = {
    "open": _proposer,
    "propose": _proposer,
    "annul": annulled,
    "erase": _erased,
}
OBSTACLES: Mapping[str, Callable[["StepInterview"], Iterable[Finding]]] = {"annul": not_own}


# -- remarks on an answer ------------------------------------------------------------------------


def remarked(asks: "StepInterview", question: Question, answer: Answer) -> Answer:
    """Return the answer with what is known about it: the book says otherwise, nobody of that name.

    A doubt is a question that must be answered with yes before the answer counts.
    """
    answer = _compared(asks, question, answer)
    is_name = question.kind in (Kind.PERSON, Kind.PEOPLE) or question.path.endswith(PERSONS)
    if is_name and any(lacks_marks(one) for one in answer.shown.split(", ")):
        says = _("The name has no marks and is printed so.")
        return replace(answer, remarks=(*answer.remarks, says))
    return answer


def _compared(asks: "StepInterview", question: Question, answer: Answer) -> Answer:
    if question.kind in (Kind.PERSON, Kind.PEOPLE):
        return _outsider(asks, question, answer)
    if question.kind is Kind.PLACE:
        return placed(answer)
    if question.path.removeprefix(CHANGES) in NUMBERS:
        decision_number(str(answer.value), _symbol(question))
    values = dict(_by_the_book(asks)) if asks.step == "supervise" else {}
    if question.path in values and answer.value != values[question.path][0]:
        value, _because = values[question.path]
        shown = dong(value) if question.kind is Kind.MONEY else str(value)
        says = _("The book of this program says {value}.").format(value=shown)
        return replace(answer, remarks=(*answer.remarks, says))
    return answer


def _symbol(question: Question) -> str:
    """Return the symbol of a paper that its number may be typed with, from the example."""
    return (question.example or "").partition("/")[2]


def _outsider(asks: "StepInterview", question: Question, answer: Answer) -> Answer:
    known = {one.value for one in question.choices}
    given = answer.value if isinstance(answer.value, list) else [answer.value]
    strangers = [one for one in given if one not in known]
    if not strangers:
        return answer
    if asks.step == "erase":
        raise UnknownError(
            _("There is no personal data of {name} in this club.").format(name=strangers[0]),
            code=codes.MEMBER_UNKNOWN,
            help=_("Type the whole name."),
        )
    for one in strangers:
        if any(char.isdigit() for char in str(one)):
            raise InputError(
                _("“{text}” is not a name.").format(text=one),
                code=codes.FORM_VALUE,
                help=_("For example {example}.").format(example="Trần Văn Đức"),
            )
    doubt = _("Nobody on the member list is called {names}. Record that name all the same?")
    near = _spelt_alike(question, strangers)
    if near:
        doubt = _(
            "The member list has no {names}; it has {near}. Record the name as it was typed all "
            "the same?"
        )
    return replace(answer, doubt=doubt.format(names=", ".join(strangers), near=", ".join(near)))


def _spelt_alike(question: Question, names: Iterable[str]) -> list[str]:
    """Return the members whose names differ from one of these in marks only."""
    bare_names = {unmarked(one) for one in names}
    found = [one.label for one in question.choices if unmarked(one.label) in bare_names]
    return list(dict.fromkeys(found))
