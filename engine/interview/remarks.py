"""What is remarked on an answer: the book says otherwise, nobody is called so, a name lacks marks.

A remark stops nothing; a doubt is a question that is answered with yes before the answer counts.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine import codes
from engine.errors import InputError, UnknownError
from engine.i18n import _
from engine.interview import names
from engine.interview.correcting import CHANGES
from engine.interview.hints import by_the_book
from engine.interview.places import placed
from engine.interview.printed import NUMBERS, symbol
from engine.interview.question import Answer, Kind, Question
from engine.labels import POSTS, fund_name, post_name
from engine.policy.own_money import fund_labels
from engine.rules import funds
from engine.vietnamese.text import (
    decision_number,
    dong,
    lacks_marks,
    means,
    unmarked,
)

if TYPE_CHECKING:
    from engine.interview.step import StepInterview

PERSONS = ("signer", "inspector")
"""Ends of the paths of fields that hold the name of a person who is on no list."""


def remarked(asks: "StepInterview", question: Question, answer: Answer) -> Answer:
    """Return the answer with what is known about it: the book says otherwise, nobody of that name.

    A doubt is a question that must be answered with yes before the answer counts.
    """
    if question.path.endswith(PERSONS):
        return replace(answer, doubt=names.doubt(answer.shown))
    if question.path.removeprefix(CHANGES) == "place":
        return _known_place(question, answer)
    answer = _compared(asks, question, answer)
    is_name = question.kind in (Kind.PERSON, Kind.PEOPLE)
    says = None
    if is_name and any(lacks_marks(one) for one in answer.shown.split(", ")):
        says = _("The name has no marks and is printed so.")
    elif (path := question.path.removeprefix(CHANGES)) in ("name", "village"):
        says = _printed_so(answer.shown, is_village=path == "village")
    return answer if says is None else replace(answer, remarks=(*answer.remarks, says))


def _printed_so(name: str, *, is_village: bool) -> str | None:
    """Return what is odd about the name of a club or a village, which every paper prints."""
    if is_village and not any(map(str.isalpha, name)):
        return _("A number does not say whether it is a thôn or a tổ dân phố, and is printed so.")
    if name.isascii() and not name.casefold().startswith("khu "):  # "Khu 3" has no marks
        return _("The name has no marks and is printed so.")
    if not is_village and name == name.casefold():
        return _("The name has small letters only and is printed so.")
    return None


def _known_place(question: Question, answer: Answer) -> Answer:
    """Return the usual place with its marks, where it was typed without any.

    No list knows other places: they stay as typed, and nobody is asked about them.
    """
    known = question.example
    if known and means(answer.shown, known):
        return replace(answer, value=known, shown=known)
    return answer


def _compared(asks: "StepInterview", question: Question, answer: Answer) -> Answer:
    if question.kind in (Kind.PERSON, Kind.PEOPLE):
        return _outsider(asks, question, answer)
    if question.kind is Kind.PLACE:
        return placed(answer)
    if question.path.removeprefix(CHANGES) == "name" and sum(map(str.isalpha, answer.shown)) < 2:
        raise InputError(
            _("“{text}” is not a name.").format(text=answer.shown),
            code=codes.FORM_VALUE,
            help=_("For example {example}.").format(example=question.example),
        )
    if question.path.removeprefix(CHANGES) in NUMBERS:
        decision_number(str(answer.value), symbol(question))
    if question.path == "amount" and (remark := _more_than_held(asks, answer)):
        return replace(answer, remarks=(*answer.remarks, remark))
    values = dict(by_the_book(asks)) if asks.step == "supervise" else {}
    if question.path in values and answer.value != values[question.path][0]:
        value, _because = values[question.path]
        shown = dong(value) if question.kind is Kind.MONEY else str(value)
        says = _("The book of this program says {value}.").format(value=shown)
        return replace(answer, remarks=(*answer.remarks, says))
    return answer


def _more_than_held(asks: "StepInterview", answer: Answer) -> str | None:
    """Return what the fund holds, where more than that would leave it."""
    left = funds.leaves(asks.step, {**asks.answers, "amount": answer.value})
    if left is None:
        return None
    fund, amount = left
    held = funds.balance(asks.situation.ledger, fund)
    if amount <= held:
        return None
    return _("The {fund} holds {held}.").format(
        fund=fund_name(fund, fund_labels(asks.rules.policy)), held=dong(held)
    )


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
    named = _named_already(asks, question, strangers)
    if named:
        doubt = named
    elif near:
        doubt = _(
            "The member list has no {names}; it has {near}. Record the name as it was typed all "
            "the same?"
        )
    return replace(answer, doubt=doubt.format(names=", ".join(strangers), near=", ".join(near)))


def _named_already(asks: "StepInterview", question: Question, names: Iterable[str]) -> str | None:
    """Return a doubt where one of these was named for another post of the board before."""
    if question.path not in POSTS:
        return None
    known = asks.situation.names
    bare_names = {unmarked(one) for one in names}
    for post in POSTS:
        held = asks.answers.get(post)
        name = None if held is None else known.get(held, held)
        if post != question.path and name and unmarked(name) in bare_names:
            return _("{name} is named already: {post}. Record that name here too?").format(
                name=name, post=post_name(post)
            )
    return None


def _spelt_alike(question: Question, names: Iterable[str]) -> list[str]:
    """Return the members whose names differ from one of these in marks only."""
    bare_names = {unmarked(one) for one in names}
    found = [one.label for one in question.choices if unmarked(one.label) in bare_names]
    return list(dict.fromkeys(found))
