"""What people type, read as the answer to a question, and shown back in full.

The readers of days, amounts, yes and no, words are those of ``engine.vietnamese.reading``.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from engine import codes, words
from engine.errors import InputError
from engine.frozen import EMPTY
from engine.i18n import _
from engine.interview.printed import as_printed
from engine.interview.question import CHOSEN, Answer, Choice, Kind, Question
from engine.labels import period_name
from engine.rules.care import BETWEEN_TWO, TWO
from engine.vietnamese.money import rate_text
from engine.vietnamese.reading import (
    read_choice,
    read_day,
    read_money,
    read_period,
    read_rate,
    read_yes_no,
)
from engine.vietnamese.text import (
    bare,
    clean,
    dmy,
    dong,
    in_words,
    key,
    means,
    number,
    unmarked,
)

BETWEEN = re.compile(r"[,;+]|\s+và\s+|\n")
"""What people put between the items of a list."""
COUNTED = "người|ngày|buổi|hộ|lần|nguoi|ngay|buoi|ho|lan"
"""What people write after a number that they count with it."""
TO_COME = ("supplement_by", "until")
"""Fields whose day is still to come: typed without its year it is the next such day."""
FEWEST = 2
"""Letters from which on the beginning of a choice is taken for it."""
NAMED = 8
"""Candidates that a sentence names; more of them are no help."""


def read(question: Question, typed: str, today: date) -> Answer:
    """Return what was typed as the question's answer; nothing typed is the default.

    Raises ``InputError`` with a sentence and an example.
    """
    text = clean(typed) if question.kind is not Kind.LINES else typed.strip()
    if not text:
        return _nothing(question)
    value = _value(question, text, today)
    return Answer(value, show(question, value))


def _nothing(question: Question) -> Answer:
    if question.default is not None:
        return Answer(question.default, show(question, question.default))
    if question.required:
        raise InputError(
            _("{title}: nothing was typed.").format(title=question.title),
            code=codes.FORM_MISSING,
            help=hint(question),
        )
    return Answer(None, "")


def hint(question: Question) -> str:
    """Return how the question is answered: an example, or which answers there are."""
    if question.kind is Kind.YES_NO:
        return _("Type có or không.")
    if question.kind in CHOSEN and question.choices:
        return _("Type a number from 1 to {last}, or the words.").format(last=len(question.choices))
    example = question.example or _EXAMPLES.get(question.kind)
    return _("For example {example}.").format(example=example) if example else ""


PAIRED = " – "
"""What is between the two names of a pair."""
_EXAMPLES = {Kind.DAY: "15/09/2025", Kind.MONEY: "6.000.000", Kind.RATE: "0,5%/tháng"}


def _value(question: Question, text: str, today: date) -> Any:
    reader = READERS.get(question.kind)
    return text if reader is None else reader(question, text, today)


Reader = Callable[[Question, str, date], Any]
READERS: Mapping[Kind, Reader] = {
    Kind.DAY: lambda asked, text, today: read_day(
        text, today, ahead=asked.path in TO_COME
    ).isoformat(),
    Kind.MONEY: lambda _asked, text, _today: read_money(text),
    Kind.RATE: lambda _asked, text, _today: read_rate(text),
    Kind.NUMBER: lambda asked, text, _today: read_number(text, asked.example or "60"),
    Kind.YEAR: lambda _asked, text, today: _year(text, today),
    Kind.YES_NO: lambda _asked, text, _today: read_yes_no(text),
    Kind.PERIOD: lambda _asked, text, today: read_period(text, today),
    Kind.CHOICE: lambda asked, text, _today: choose(asked.choices, text),
    Kind.RECORD: lambda asked, text, _today: choose(asked.choices, text),
    Kind.CHOICES: lambda asked, text, _today: choose_several(asked.choices, text),
    Kind.PERSON: lambda asked, text, _today: find_person(asked.choices, text),
    Kind.PEOPLE: lambda asked, text, _today: _people(asked.choices, text),
    Kind.PAIRS: lambda asked, text, _today: _pairs(asked.choices, text),
    Kind.PLACE: lambda asked, text, _today: find_place(asked.choices, text),
    Kind.LINES: lambda _asked, text, _today: _lines(text),
}
"""How an answer of each kind is read; of any other kind it is the text itself."""


def _people(choices: Sequence[Choice], text: str) -> list[str]:
    return list(dict.fromkeys(find_person(choices, one) for one in parts(text)))


def _pairs(choices: Sequence[Choice], text: str) -> list[str]:
    """Return pairs as the ids of both. Raises ``InputError`` for what is not two people."""
    found: dict[str, None] = {}
    for one in parts(text):
        two = BETWEEN_TWO.split(one)
        if len(two) != 2 or not all(two):
            raise InputError(
                _("“{text}” is not two people.").format(text=one),
                code=codes.CARE_PAIR,
                help=_("Write the volunteer, a dash and who is cared for: Lan – Đức."),
            )
        found[TWO.join(find_person(choices, who) for who in two)] = None
    return list(found)


def _lines(text: str) -> list[str]:
    return [line for one in re.split(r"[;\n]", text) if (line := clean(one))]


def show(question: Question, value: Any) -> str:
    """Return a value as it is shown back: whole, in words where figures are easily mistaken."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        shown = [show_one(question, one) for one in value]
        between = "; " if any("," in one for one in shown) else ", "
        return between.join(shown) or _("none")
    return show_one(question, value)


def changed(question: Question, value: Any) -> str:
    """Return a value as it is shown back, after what it takes the place of, if anything."""
    shown = show(question, value)
    return shown if question.now in (None, shown) else f"{question.now} → {shown}"


def show_one(question: Question, value: Any) -> str:
    """Return one value as it is shown back."""
    if question.kind is Kind.DAY and isinstance(value, str):
        return dmy(date.fromisoformat(value))
    if question.kind is Kind.MONEY and isinstance(value, int):
        return f"{dong(value)} ({in_words(value).lower()} đồng)"
    if question.kind is Kind.RATE and isinstance(value, int):
        return rate_text(value)
    if question.kind is Kind.NUMBER and isinstance(value, int):
        return number(value)
    if question.kind is Kind.PERIOD:
        return period_name(str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if question.kind is Kind.PAIRS:
        return pair_name(question, str(value))
    for one in question.choices:
        if one.value == value:
            return _apart(question, one)
    return as_printed(question, str(value))


def pair_name(question: Question, value: str) -> str:
    """Return a pair of home care as people name it, and as it may be typed."""
    return PAIRED.join(name_to_type(question, one) for one in value.split(TWO))


def name_to_type(question: Question, value: Any) -> str:
    """Return a member as one would type the name: with the id where others are called so too."""
    found = next((one.label for one in question.choices if one.value == value), None)
    alike = [one for one in question.choices if one.label == found]
    return str(value) if found is None or len(alike) > 1 else found


def _apart(question: Question, choice: Choice) -> str:
    """Return what a choice is called; of namesakes with what is noted of it."""
    if question.kind not in (Kind.PERSON, Kind.PEOPLE) or choice.note is None:
        return choice.label
    called = key(choice.label)
    same = sum(key(one.label) == called for one in question.choices)
    return choice.label if same < 2 else f"{choice.label} ({choice.note})"


def read_number(text: str, example: str = "60") -> int:
    """Return a whole number, in figures, dots between the thousands allowed.

    The word that is counted ("2 ngày", "85 người") may follow. Raises ``InputError``.
    """
    figures = re.sub(rf"(?<=[0-9])\s*(?:{COUNTED})$", "", text, flags=re.IGNORECASE)
    figures = figures.replace(" ", "")
    if re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3})+", figures, re.ASCII):
        return int(figures.replace(".", ""))
    raise InputError(
        _("“{text}” is not a whole number.").format(text=text),
        code=codes.FORM_VALUE,
        help=_("For example {example}.").format(example=example),
    )


def _year(text: str, today: date) -> int:
    found = read_period(text, today)
    if not found.isdigit():
        raise InputError(
            _("“{text}” is not a year.").format(text=text),
            code=codes.FORM_VALUE,
            help=_("For example {example}.").format(example=today.year),
        )
    return int(found)


def parts(text: str) -> list[str]:
    """Return the items of a list as people type one: with commas, semicolons or "và" between."""
    return [one for part in BETWEEN.split(text) if (one := clean(part))]


def coded(codes_: Iterable[str], called: Mapping[str, str] = EMPTY) -> tuple[Choice, ...]:
    """Return codes as choices, by the words that people type for them (``engine.words``).

    ``called`` are the labels of those that only one province has.
    """
    return tuple(
        Choice(code, own[0] if own else code, words=own[1:])
        for code, own in words.of(codes_, called).items()
    )


def choose(choices: Sequence[Choice], text: str) -> Any:
    """Return the value of the choice meant: its number in the list, its words, or the value.

    Raises ``InputError``.
    """
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(choices):
        by_value = [one.value for one in choices if str(one.value) == text]
        return by_value[0] if by_value else choices[int(text) - 1].value
    by_id = {str(one.value): one.value for one in choices}
    known = {str(one.value): (one.label, *one.words) for one in choices}
    try:
        return by_id[read_choice(known, text)]
    except InputError as error:
        begun = [one for one in choices if begins(text, (one.label, *one.words))]
        if len(begun) == 1:
            return begun[0].value
        # The codes that a command's refusal names are no help here.
        error.help = _("Type a number from 1 to {last}, or the words.").format(last=len(choices))
        raise


def begins(text: str, names: Iterable[str]) -> bool:
    """Return whether a text is how one of some names begins, as it is or typed without any marks.

    One letter says too little.
    """
    spelt, plain = key(text), unmarked(text)
    return len(plain) >= FEWEST and any(
        key(name).startswith(spelt) or (spelt == plain and unmarked(name).startswith(plain))
        for name in names
    )


def choose_several(choices: Sequence[Choice], text: str) -> list[Any]:
    """Return the values of the choices meant: numbers, words, or all or none of them.

    Raises ``InputError``.
    """
    if bare(text) in ("tat ca", "ca", "het", "all"):
        return [one.value for one in choices]
    if bare(text) in ("khong", "khong co", "none", "0"):
        return []
    asked = parts(text)
    if len(asked) == 1 and re.fullmatch(r"[0-9]+(?: [0-9]+)+", text):
        asked = text.split()
    chosen = []
    while asked:
        value, taken = _longest(choices, asked)
        chosen.append(value)
        asked = asked[taken:]
    return [one.value for one in choices if one.value in chosen]


def _longest(choices: Sequence[Choice], asked: Sequence[str]) -> tuple[Any, int]:
    """Return the choice that begins a list, and of how many parts its name is: it has commas.

    Raises ``InputError``.
    """
    for taken in range(len(asked), 1, -1):
        together = ", ".join(asked[:taken])
        for one in choices:
            if any(means(together, ", ".join(parts(word))) for word in (one.label, *one.words)):
                return one.value, taken
    return choose(choices, asked[0]), 1


def find_person(people: Sequence[Choice], text: str) -> str:
    """Return the id of the member a name means, or the name itself where nobody has it.

    A name is found by itself, or typed without any marks. Raises ``InputError`` naming those it may
    mean: several of one name, or those it is only a part of.
    """
    named = candidates(people, text)
    if len(named) == 1:
        return str(named[0].value)
    if named:
        raise _several(text, named)
    near = [one for one in people if is_part(text, one.label)]
    if near:
        raise _several(text, near)
    return text


def candidates(choices: Sequence[Choice], text: str) -> list[Choice]:
    """Return the choices that a name means: by id, exactly, or else typed without any marks."""
    by_id = [one for one in choices if str(one.value).casefold() == text.casefold()]
    exact = [one for one in choices if key(one.label) == key(text)]
    noted = [one for one in choices if one.note and means(_bracketless(text), _noted(one))]
    return by_id or exact or [one for one in choices if means(text, one.label)] or noted


def _noted(choice: Choice) -> str:
    """Return a name with what distinguishes namesakes: the year of birth, or what else is noted."""
    return _bracketless(f"{choice.label} {choice.note}")


def _bracketless(text: str) -> str:
    return clean(re.sub(r"[(),]", " ", text))


def is_part(text: str, name: str) -> bool:
    """Return whether a text is some words of a name, as they are or typed without any marks."""
    words = name.split()
    length = len(text.split())
    return any(
        means(text, " ".join(words[start : start + length]))
        for start in range(len(words) - length + 1)
    )


def find_place(places: Sequence[Choice], text: str) -> str:
    """Return the place a name means, with its kind; a name that is in no list stays as typed.

    Raises ``InputError`` where it may mean several.
    """
    named = candidates(places, text) or [
        one for one in places if any(means(text, word) for word in one.words)
    ]
    if len(named) == 1:
        return str(named[0].value)
    if named:
        raise _several(text, named)
    return text


class SeveralError(InputError):
    """A text may mean several choices, which are in ``found``: a face may let one be chosen."""

    def __init__(self, message: str, found: Sequence[Choice], help_: str) -> None:
        super().__init__(message, code=codes.MEMBER_SEVERAL, help=help_)
        self.found = tuple(found)


def _several(text: str, found: Sequence[Choice]) -> SeveralError:
    lines = [f"{one.label} ({one.note})" if one.note else one.label for one in found]
    shown = "; ".join(lines[:NAMED]) + ("; …" if len(lines) > NAMED else "")
    same = all(means(text, one.label) and one.note for one in found)
    return SeveralError(
        _("“{text}” may be {choices}.").format(text=text, choices=shown),
        found,
        _("Type what is in brackets too: {example}.").format(example=_noted(found[0]))
        if same
        else _("Type the whole name."),
    )
