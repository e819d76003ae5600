"""What a list has of a member, column by column: for list files, for the screen, for answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.i18n import N_
from engine.labels import LIST_CIRCUMSTANCES, PAPER_SEXES, count_name, sex_name
from engine.lifecycle.people import Member
from engine.vietnamese.dates import born_text

NUMBER_HEADING = "STT"
"""The heading of the first column of a list file, which numbers the rows."""
SHOWN = 3
"""Digits of an identity or phone number that everybody may see, its last ones."""
AGED = "năm sinh tính từ tuổi {age} (danh sách năm {year})"
"""What the note of a member says whose year of birth was worked out from an age."""


@dataclass(frozen=True, slots=True)
class MemberColumn:
    """One thing a list has of a member.

    In a list file it is under ``heading``, ``width`` letters wide, as one of the words of
    ``choices`` where it has some. ``is_text`` is for what Excel would turn into a number or a date
    when somebody types it, ``is_personal`` for a number that only a full list has.
    On the screen it is under ``label`` (to be translated), as ``shown`` returns it.
    """

    field: str
    heading: str
    width: int
    label: str = ""
    shown: Callable[[str], str] = str
    choices: Mapping[str, str] | None = None
    is_text: bool = False
    is_personal: bool = False

    def written(self, member: Member, *, full: bool) -> str:
        """Return it as a list file has it."""
        value: str = getattr(member, self.field) or ""
        if self.choices:
            return self.choices.get(value, "")
        if self.field == "born":
            return born_text(value)
        return masked(value) if self.is_personal and not full else value

    def on_screen(self, member: Member) -> str:
        """Return it as the screen shows it, in the language in use."""
        value: str | None = getattr(member, self.field)
        return self.shown(value) if value else ""


def _as_read(number: str) -> str:
    """Return a number for the screen: of a masked one only what can be read of it."""
    return f"…{number[-SHOWN:]}" if "*" in number else number


COLUMNS = (
    MemberColumn("name", "Họ và tên", 28, N_("Name")),
    MemberColumn("born", "Ngày sinh", 13, N_("Born"), born_text, is_text=True),
    MemberColumn("sex", "Giới tính", 10, N_("Sex"), sex_name, PAPER_SEXES),
    MemberColumn("village", "Thôn", 22, N_("Village")),
    MemberColumn(
        "circumstance",
        "Diện hộ",
        16,
        N_("Household"),
        count_name,
        LIST_CIRCUMSTANCES,
    ),
    MemberColumn(
        "id_number", "CCCD", 17, N_("Identity number"), _as_read, is_text=True, is_personal=True
    ),
    MemberColumn("phone", "SĐT", 14, N_("Phone"), _as_read, is_text=True, is_personal=True),
    MemberColumn("note", "Ghi chú", 28),
)
"""The columns of a list file after the number, from left to right."""

ANSWERED = ("name", "sex", "born", "circumstance", "village", "id_number", "phone")
"""The fields of a member in answers and on the screen, in their order there."""


def masked(number: str) -> str:
    """Return an identity or phone number with only its last three digits to be read."""
    return "".join("*" if char.isalnum() else char for char in number[:-SHOWN]) + number[-SHOWN:]


def hidden(member: Member) -> Member:
    """Return a member as answers show one: of each identifier only the last three digits."""
    numbers = {
        column.field: masked(getattr(member, column.field))
        for column in COLUMNS
        if column.is_personal and getattr(member, column.field)
    }
    return replace(member, **numbers)


def heading_of(field: str) -> str:
    """Return the heading of a field in a list file."""
    return next(column.heading for column in COLUMNS if column.field == field)


def letters_of(index: int) -> str:
    """Return the letters a spreadsheet shows above a column; 0 is A."""
    letters, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def cell_name(column: int, row: int) -> str:
    """Return the name of a cell as Excel shows it: the third column of row 5 is C5."""
    return f"{letters_of(column)}{row}"
