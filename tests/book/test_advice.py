"""The command that corrects a recorded row as the workbook has it."""

import shlex

from engine.book.entries import Book, Entry
from engine.book.plan import Found, Judged, advice
from engine.book.reader import Line
from engine.model import Club


def test_a_text_with_quotation_marks_is_one_word_of_the_command() -> None:
    there = {"date": "2022-03-01", "amount": 500_000, "document": "PT 3"}
    line = Line(
        key="fund",
        sheet="Thu chi",
        row=5,
        values={**there, "document": 'PT 3 "bổ sung"'},
        paths=("date", "amount", "document"),
        cell="B5",
    )
    entry = Entry("7", 7, there, "fund")
    book = Book(Club("BN-1", "bac_ninh"), {}, (), {"fund": (entry,)})
    command = advice(book, Judged("fund", Found.CHANGED, line, entry, ("document",)))
    assert shlex.split(command)[-1] == 'changes.document=PT 3 "bổ sung"'
