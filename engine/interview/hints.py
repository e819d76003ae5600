"""What each step's questions gain from what is known: defaults, choices, what a province asks.

One function a step. It takes the interview and the questions as the form's schema has them, and
returns them as they are asked. Nothing here refuses anything: the rules do, with their articles.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from engine.i18n import _
from engine.interview import money
from engine.interview.correcting import (
    amounts_apart,
    annul,
    annulled,
    correct,
    not_own,
)
from engine.interview.question import Choice, Kind, Question
from engine.labels import POSTS, aspect_name
from engine.model import EntryKind, Finding, Role, balance_field
from engine.policy.effective import cited, general_citation
from engine.rules import funds, loans
from engine.rules.care import TWO
from engine.rules.communes import TWO_TIER, WARD, kind_of
from engine.rules.own import is_balance, is_own
from engine.vietnamese.text import (
    dmy,
    name_order,
)

if TYPE_CHECKING:
    from engine.interview.situation import Paper
    from engine.interview.step import StepInterview

Hint = Callable[["StepInterview", Sequence[Question]], Iterable[Question]]
Preface = Callable[["StepInterview"], Iterable[str]]

ALL_MET = "?appraisal"
"""Asked once for all aspects of the appraisal; whether they are all met."""
IN_A_WARD = {
    "name": "CLB Liên thế hệ tự giúp nhau tổ dân phố 5",
    "village": "Tổ dân phố 5",
}
"""Examples where a ward is made of tổ dân phố, not of villages."""
OF_A_UNIT = "01"
"""An example of the number of a submission by a unit of a committee, which has its own symbol."""
COUNTED_OUT = {"repay": ("principal",), "write_off": ("amount",)}
"""Fields, by step, whose amount somebody counts out: all that is owed is only the most likely."""
_NUMBER = re.compile(r"0*([1-9][0-9]*)(.*)", re.DOTALL)


def changed(questions: Sequence[Question], **by_name: Any) -> list[Question]:
    """Return questions with some changed; a path is named with "__" for its dots."""
    changes = {name.replace("__", "."): change for name, change in by_name.items()}
    return [replace(one, **changes[one.path]) if one.path in changes else one for one in questions]


# -- proposal and decision -----------------------------------------------------------------------


def _open(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    officer = asks.situation.officer
    own = officer.one_commune if officer is not None else None
    commune = asks.answers.get("commune", own)
    for one in questions:
        if one.path == "date":
            yield replace(one, asked=False)
        elif one.path == "commune" and own is not None:
            yield replace(one, default=own, default_because=_("the officer's commune"), asked=False)
        elif one.path == "district":
            if asks.on < TWO_TIER:
                yield one
        elif one.path in IN_A_WARD and kind_of(str(commune or "")) == WARD:
            yield replace(one, example=IN_A_WARD[one.path])
        else:
            yield one


def _propose(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    officer = asks.situation.officer
    submits = officer is not None and officer.role is Role.COMMITTEE
    for one in questions:
        if one.path == "submission.number":
            known = numbered(one, asks.situation.submissions, asks.on)
            yield replace(known, example=OF_A_UNIT) if submits else known
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
        default_because=_("the next after {number} of {day} in this program").format(
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
    aspects = tuple(one for one in stated.value or () if not is_own(one))
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
    length = asks.answers.get("course.days") or _course_days(asks)[0] or 1
    for one in questions:
        if one.path == "course.kind" and kind is not None:
            yield replace(
                one,
                default=kind,
                default_because=_("the board has had no training yet"),
                asked=False,
            )
        elif one.path == "course.start":
            began = asks.today - timedelta(days=length - 1)
            when = _("today") if length == 1 else _("a course that ended today")
            yield replace(one, default=began.isoformat(), default_because=when)
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
    ticked = len(asks.answers.get("present") or ())
    for one in questions:
        if one.path == "activities":
            yield _activities(asks, one)
        elif one.path == "attendance" and ticked:
            yield replace(one, default=ticked, default_because=_("as many as are ticked"))
        else:
            yield one


def _care(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    pairs = [one.split(TWO) for one in asks.answers.get("pairs") or () if TWO in one]
    for one in questions:
        if pairs and one.path in ("volunteers", "cared_for"):
            named = len({pair[one.path == "cared_for"] for pair in pairs})
            yield replace(one, default=named, default_because=_("as many as are ticked"))
        else:
            yield one


def _supervise(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    known = asks.situation
    book = _("by the book")
    values = dict(by_the_book(asks))
    stated = asks.rules.stated("indicator.borrowers_share", asks.on)
    needed = loans.figures_asked(stated.value) if stated.status == "value" else frozenset()
    for one in questions:
        if is_balance(one.path):
            if one.path in values:
                yield replace(
                    one,
                    required=True,
                    asked=True,
                    default=values[one.path][0],
                    default_because=book,
                )
            elif one.path in asks.answers:
                yield one
        elif one.path == "inspector" and known.officer is not None:
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


def by_the_book(asks: "StepInterview") -> Iterator[tuple[str, tuple[int, str | None]]]:
    """Yield what the ledger and the recorded meetings say about a supervision's figures."""
    known = asks.situation
    ledger = [one for one in known.ledger if one.on is None or one.on <= asks.on]
    for fund, held in funds.held(ledger, ()).items():
        if held is not None:
            yield balance_field(fund), (held, None)
    if known.loans:
        yield from _borrowers(asks)
    elif known.ledger and not any(
        one.kind is EntryKind.LOAN for one in funds.not_reversed(known.ledger)
    ):
        yield "borrowers", (0, _("no loan is in the book"))
    if met := [day for day in known.meetings if day <= asks.on]:
        yield "meetings_held", (len(met), _("by the recorded meetings"))


def _borrowers(asks: "StepInterview") -> Iterator[tuple[str, tuple[int, str | None]]]:
    """Yield how many members owe the club money on the day, and how many owe goods."""
    owing = [
        one
        for one in (loan.until(asks.on) for loan in asks.situation.loans if loan.on <= asks.on)
        if one.outstanding
    ]
    in_money = {one.member for one in owing if not one.in_kind}
    yield "borrowers", (len(in_money), _("by the loan book"))
    in_kind = {one.member for one in owing if one.in_kind}
    yield "borrowers_in_kind", (len(in_kind), _("by the loan book"))


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
    "fund": money.fund,
    "meeting": _meeting,
    "lend": money.lend,
    "repay": money.of_loan,
    "care": _care,
    "extend": money.of_loan,
    "write_off": money.of_loan,
    "erase": _erase,
    "correct": correct,
    "annul": annul,
}
PREFACES: Mapping[str, Preface] = {
    "correct": amounts_apart,
    "open": _proposer,
    "propose": _proposer,
    "annul": annulled,
    "erase": _erased,
}
OBSTACLES: Mapping[str, Callable[["StepInterview"], Iterable[Finding]]] = {"annul": not_own}
