"""What a list leaves open: each doubt is a question with the answers it may have.

A reading is given the answers there are, as texts by the key of their question. What has none is
asked about, all of it at once, and nothing of the list is kept before.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine import codes
from engine import words as vocabulary
from engine.errors import InputError
from engine.i18n import N_, _, language
from engine.labels import CIRCUMSTANCES
from engine.roster import words
from engine.roster.model import Place, Question
from engine.roster.remarks import Remarks, at_rows

TAKE, LEAVE_OUT = "take", "leave-out"
_EXAMPLES = 3
_KEEP_OR_NOT = (
    (LEAVE_OUT, N_("leave these rows out")),
    (TAKE, N_("take them in: they are members")),
)
_HOUSEHOLD = "household"
HOUSEHOLD = f"{_HOUSEHOLD}:"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One kind of doubt: what is asked, and the answers with what each means."""

    question: str
    choices: tuple[tuple[str, str], ...] = _KEEP_OR_NOT


DOUBTS: Mapping[str, Doubt] = {
    "sheets": Doubt(
        N_("Sheets of this workbook have lists with other headings: {examples}."),
        (("all", N_("read all of them")), ("same", N_("read only those like the first"))),
    ),
    "dates": Doubt(
        N_(
            "Excel seems to have exchanged days and months: every date that it knows as a date has"
            " a day up to 12, every other one a day above 12: {examples} ({rows})."
        ),
        (
            ("exchanged", N_("exchange day and month back in these rows")),
            ("right", N_("the dates are right as the sheet shows them")),
        ),
    ),
    "month-first": Doubt(
        N_("Days that the calendar only has with the month first: {examples} ({rows})."),
        (
            ("exchanged", N_("the month comes first in this list")),
            ("right", N_("the day comes first: these days are wrong")),
        ),
    ),
    "ages": Doubt(
        N_("Ages are written where a year of birth is needed: {examples} ({rows})."),
        (
            ("estimate", N_("work the year out from the age, as an estimate")),
            ("year", N_("they are years of birth: 48 is 1948")),
        ),
    ),
    "sex-numbers": Doubt(
        N_("The sex is written as a number: {examples} ({rows}). What is 1?"),
        (("M", N_("1 is Nam, the other number Nữ")), ("F", N_("1 is Nữ, the other number Nam"))),
    ),
    "odd-sex": Doubt(
        N_("Names that seldom go with the sex in their row: {examples} ({rows})."),
        (("as-written", N_("the sex is right as it is written")),),
    ),
    "gone": Doubt(N_("The list says that they died or moved away: {examples} ({rows}).")),
    "away": Doubt(N_("The list says that they are away for some time: {examples} ({rows}).")),
    "hidden": Doubt(N_("Rows that Excel hides or filters out: {examples} ({rows}).")),
    "struck": Doubt(N_("Rows that are struck out: {examples} ({rows}).")),
}
"""The doubts a list may raise, in the order in which they are asked about."""

_DONE: Mapping[tuple[str, str], str] = {
    ("gone", LEAVE_OUT): N_("Left out, died or moved away: {examples} ({rows})."),
    ("gone", TAKE): N_("Taken in though the list says died or moved away: {examples} ({rows})."),
    ("away", LEAVE_OUT): N_("Left out, away for some time: {examples} ({rows})."),
    ("away", TAKE): N_("Taken in though away for some time: {examples} ({rows})."),
    ("hidden", LEAVE_OUT): N_("Left out, hidden or filtered out: {examples} ({rows})."),
    ("hidden", TAKE): N_("Taken in though hidden or filtered out: {examples} ({rows})."),
    ("struck", LEAVE_OUT): N_("Left out, struck out: {examples} ({rows})."),
    ("struck", TAKE): N_("Taken in though struck out: {examples} ({rows})."),
    ("dates", "exchanged"): N_("Day and month were exchanged back: {examples} ({rows})."),
    ("month-first", "exchanged"): N_("The month was taken as the first part: {examples} ({rows})."),
    ("ages", "estimate"): N_(
        "Years of birth were worked out from ages and are estimates: {examples} ({rows})."
    ),
    ("ages", "year"): N_("Two digits were taken as the year of birth: {examples} ({rows})."),
    ("sex-numbers", "M"): N_("1 was taken as Nam, the other number as Nữ ({rows})."),
    ("sex-numbers", "F"): N_("1 was taken as Nữ, the other number as Nam ({rows})."),
    ("odd-sex", "as-written"): N_("The sex was kept as written: {examples} ({rows})."),
}


@dataclass(slots=True)
class _Raised:
    """Where one doubt came up."""

    places: list[Place] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    word: str = ""


class Doubts:
    """Gives the answers there are, and remembers what has none."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._raised: dict[str, _Raised] = defaultdict(_Raised)

    def answer(self, key: str, place: Place, example: str = "", word: str = "") -> str | None:
        """Return the answer to a doubt about a row, ``None`` where it is to be asked."""
        raised = self._raised[key]
        raised.places.append(place)
        if example and len(raised.examples) < _EXAMPLES and example not in raised.examples:
            raised.examples.append(example)
        raised.word = raised.word or word
        return self._answers.get(key)

    def household(self, place: Place, word: str) -> str | None:
        """Return what a word for a household means, ``None`` where it is to be asked."""
        return self.answer(household_key(word), place, word=word)

    def questions(self) -> tuple[Question, ...]:
        """Return what has no answer yet."""
        order = [*DOUBTS, *sorted(key for key in self._raised if key not in DOUBTS)]
        return tuple(
            self._question(key, self._raised[key])
            for key in order
            if key in self._raised and key not in self._answers
        )

    def add_remarks(self, remarks: Remarks) -> None:
        """Add what the answers did to the remarks."""
        for (key, value), sentence in _DONE.items():
            if key in self._raised and self._answers.get(key) == value:
                remarks.add(self._filled(sentence, self._raised[key]))
        for key, raised in self._raised.items():
            if key.startswith(HOUSEHOLD) and key in self._answers:
                means = dict(household_choices())[self._answers[key]]
                remarks.add(
                    _("“{word}” was answered: {means} ({rows}).").format(
                        word=raised.word, means=means, rows=at_rows(raised.places)
                    )
                )

    def _question(self, key: str, raised: _Raised) -> Question:
        if key.startswith(HOUSEHOLD):
            sentence = _("What does “{word}” mean for the household ({rows})?").format(
                word=raised.word, rows=at_rows(raised.places)
            )
            places = tuple(raised.places)
            return Question(key, sentence, household_choices(), places, raised.word)
        doubt = DOUBTS[key]
        choices = tuple((value, _(means)) for value, means in doubt.choices)
        if key == "ages" and not raised.word:
            choices = choices[:1]  # nothing there could be a year
        return Question(key, self._filled(doubt.question, raised), choices, tuple(raised.places))

    @staticmethod
    def _filled(sentence: str, raised: _Raised) -> str:
        more = ", …" if len(raised.places) > len(raised.examples) else ""
        return _(sentence).format(
            examples=", ".join(raised.examples) + more, rows=at_rows(raised.places)
        )


def household_key(word: str) -> str:
    """Return the key of the question what a word for a household means."""
    return f"{HOUSEHOLD}{words.plain(word)}"


def household_choices() -> tuple[tuple[str, str], ...]:
    """Return what a word for a household may mean; "none" keeps it as the officer wrote it."""
    named = tuple((kind, _(label)) for kind, label in CIRCUMSTANCES.items())
    return (*named, ("none", _("none of the three: keep the words in the note")))


def answer_typed(key: str, value: str, word: str = "") -> str:
    """Return an answer as :func:`read_answers` reads it, in words where the language has some.

    ``word`` is the word for a household as the list has it; the key has it without its marks.
    """
    if language() != "vi":
        return f"{key}={value}"
    name, sign, plain = key.partition(":")
    question = vocabulary.of((*DOUBTS, _HOUSEHOLD))[name][0]
    return f"{question}{sign}{word or plain}={vocabulary.of(_allowed(name))[value][0]}"


def _allowed(name: str) -> dict[str, str]:
    """Return the answers that a question may have, with what each means."""
    return dict(household_choices() if name == _HOUSEHOLD else DOUBTS[name].choices)


def read_answers(typed: Sequence[str]) -> dict[str, str]:
    """Read answers typed as KEY=VALUE, codes or words for them.

    Raises ``InputError`` (CLB-ROSTER-ANSWER).
    """
    answers: dict[str, str] = {}
    for text in typed:
        typed_key, _sign, value = (part.strip() for part in text.rpartition("="))
        name, sign, word = typed_key.partition(":")
        try:
            key = vocabulary.read((*DOUBTS, _HOUSEHOLD), name.strip())
            answer = vocabulary.read(_allowed(key), value)
        except InputError as error:
            raise _no_answer(text) from error
        if bool(sign and word.strip()) is not (key == _HOUSEHOLD):
            raise _no_answer(text)
        answers[household_key(word) if sign else key] = answer
    return answers


def _no_answer(text: str) -> InputError:
    return InputError(
        _("“{text}” answers no question about a list.").format(text=text),
        code=codes.ROSTER_ANSWER,
        help=_("Answers: {answers}.").format(answers="; ".join(_every_answer())),
    )


def _every_answer() -> list[str]:
    """Return each question with the answers it may have, the first one with the question."""
    every = []
    for key in (*DOUBTS, f"{HOUSEHOLD}…"):
        typed = [answer_typed(key, value) for value in _allowed(key.partition(":")[0])]
        every.append("|".join((typed[0], *(one.rpartition("=")[2] for one in typed[1:]))))
    return every
