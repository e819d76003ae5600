"""The calendar file: read back by another program, the same each time."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from engine.reports.ical import WholeDay, calendar
from engine.vietnamese.text import clean

STAMP = date(2022, 3, 1)
SUPERVISION = WholeDay(
    "supervision.BN-7K3F9QXM.9@clb",
    date(2022, 6, 19),
    "giám sát: CLB Liên thế hệ; thôn Đông, xã Một",
    "Căn cứ: QĐ 933/QĐ-UBND\nLưu ý: 19/06/2022 là Chủ nhật",
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")))


def read(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_another_program_reads_what_was_written() -> None:
    (found,) = read(calendar([SUPERVISION], STAMP))
    assert str(found["UID"]) == SUPERVISION.uid
    assert str(found["SUMMARY"]) == SUPERVISION.summary
    assert str(found["DESCRIPTION"]) == SUPERVISION.description
    assert found["DTSTART"].dt == date(2022, 6, 19)
    assert found["DTEND"].dt == date(2022, 6, 20)
    assert found["DTSTAMP"].dt.date() == STAMP


def test_an_entry_reminds_says_where_and_who_and_can_be_cancelled() -> None:
    one = WholeDay(
        *("x@clb", date(2022, 6, 19), "giám sát: CLB Một, Xã Một", "Hạn: 19/06/2022"),
        location="Thôn Đông, Xã Một",
        categories=("CLB Liên thế hệ", "giám sát"),
        contact="UBND xã; cấp tỉnh",
        alarms=(160, -8),
    )
    (found,) = read(calendar([one], STAMP))
    assert str(found["LOCATION"]) == one.location
    assert [str(name) for name in found["CATEGORIES"].cats] == list(one.categories)
    assert str(found["CONTACT"]) == one.contact
    assert str(found["STATUS"]) == "CONFIRMED"
    alarms = found.walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [timedelta(hours=-160), timedelta(hours=8)]
    assert {str(alarm["DESCRIPTION"]) for alarm in alarms} == {one.summary}
    (gone,) = read(calendar([replace(one, cancelled=True, alarms=())], STAMP))
    assert (str(gone["UID"]), str(gone["STATUS"])) == (one.uid, "CANCELLED")


def test_a_later_file_is_a_later_version_of_each_entry() -> None:
    numbers = [
        read(calendar([SUPERVISION], day))[0]["SEQUENCE"]
        for day in (STAMP, STAMP, STAMP + timedelta(days=1))
    ]
    assert numbers[0] == numbers[1] < numbers[2]


def test_a_calendar_has_its_name() -> None:
    found = icalendar.Calendar.from_ical(calendar([], STAMP, "Việc CLB - Bắc Ninh"))
    assert str(found["X-WR-CALNAME"]) == str(found["NAME"]) == "Việc CLB - Bắc Ninh"
    assert str(found["METHOD"]) == "PUBLISH"


def test_long_lines_are_broken_at_75_octets_and_come_back_whole() -> None:
    long = "Câu lạc bộ Liên thế hệ tự giúp nhau, " * 20
    data = calendar([WholeDay("x@clb", STAMP, long, "x" * 500)], STAMP)
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) == 75
    (found,) = read(data)
    assert (str(found["SUMMARY"]), str(found["DESCRIPTION"])) == (long, "x" * 500)


def test_an_empty_calendar_is_still_a_calendar() -> None:
    found = icalendar.Calendar.from_ical(calendar([], STAMP))
    assert str(found["VERSION"]) == "2.0"
    assert found["PRODID"]


def test_the_same_question_gives_the_same_bytes() -> None:
    assert calendar([SUPERVISION], STAMP) == calendar([SUPERVISION], STAMP)


@given(texts, texts, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_text_comes_back_and_no_line_is_too_long(
    summary: str, description: str, day: date
) -> None:
    summary, description = clean(summary), clean(description)
    data = calendar([WholeDay("x@clb", day, summary, description)], STAMP)
    (found,) = read(data)
    assert str(found["SUMMARY"]) == summary
    assert str(found["DESCRIPTION"]) == description
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(days=1)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.endswith(b"END:VCALENDAR\r\n")
