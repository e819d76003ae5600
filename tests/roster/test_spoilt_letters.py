"""Spoilt letters are shown as they would become, converted when asked, and never stored."""

from pathlib import Path

import pytest
from support.lists import HEADINGS, ON, from_lines, names

from engine.errors import InputError
from engine.roster.reader import read
from engine.vietnamese.misread import from_misread
from engine.vietnamese.spoilt import WAYS_BACK, spoilt_as
from engine.vietnamese.syllables import impossible_letters
from engine.vietnamese.vni import from_vni

VNI = {
    "Nguyeãn Thò Höôøng": "Nguyễn Thị Hường",
    "Traàn Vaên Ñöùc": "Trần Văn Đức",
    "Leâ Thò Myõ Haïnh": "Lê Thị Mỹ Hạnh",
    "Phaïm Ngoïc Aùnh": "Phạm Ngọc Ánh",
    "NGUYEÃN THÒ AÙNH": "NGUYỄN THỊ ÁNH",
}
NAMES = ["Nguyễn Thị Hường", "Đặng Văn Đức", "Hà Thị Vân", "Lê Thị Mơ", "Vũ Ngọc Ước"]
HIGHLANDS = ["H' Mơ Ñuôl", "Y Blăk Êñuôl", "Y Čô", "H'Bĭ Ƀuôn Krông", "K’Brếp", "Y Ŭn Niê"]


def misread(text: str, codec: str) -> str:
    """Return a text as a program shows it that takes UTF-8 for a one-byte encoding."""
    return "".join(
        bytes([byte]).decode(codec, errors="ignore") or chr(byte) for byte in text.encode()
    )


@pytest.mark.parametrize(("typed", "meant"), VNI.items())
def test_vni_is_recognised_and_converted(typed: str, meant: str) -> None:
    assert spoilt_as(typed) == "vni"
    assert from_vni(typed) == meant


@pytest.mark.parametrize("codec", ["cp1252", "cp1258", "latin-1"])
@pytest.mark.parametrize("name", NAMES)
def test_utf_8_that_was_misread_is_recognised_and_converted(name: str, codec: str) -> None:
    assert spoilt_as(misread(name, codec)) == "cp1252"
    assert from_misread(misread(name, codec)) == name


@pytest.mark.parametrize("name", [*NAMES, *HIGHLANDS, "Hòa", "Lê Trí", "Nguyen Thi Lan"])
def test_a_name_that_is_right_is_never_taken_for_spoilt(name: str) -> None:
    assert spoilt_as(name) is None
    assert impossible_letters(name) == ""
    assert from_misread(name) == name


@pytest.mark.parametrize(
    ("lines", "encoding", "code"),
    [
        (["STT|Hoï vaø teân|Naêm sinh|Giôùi tính", "1|Leâ Thò Mô|1950|Nöõ"], "vni", "VNI"),
        (
            [misread(HEADINGS, "cp1252"), misread("1|Lê Thị Mơ|1950|Nữ", "cp1252")],
            "cp1252",
            "MISREAD",
        ),
        (["STT|Hä vµ tªn|N¨m sinh|Giíi tÝnh", "1|Lª ThÞ M¬|1950|N÷"], "tcvn3", "TCVN3"),
    ],
)
def test_a_spoilt_list_is_shown_and_read_only_when_it_is_confirmed(
    tmp_path: Path, lines: list[str], encoding: str, code: str
) -> None:
    with pytest.raises(InputError) as refused:
        from_lines(tmp_path, *lines)
    assert refused.value.code == f"CLB-ROSTER-{code}"
    assert "Họ và tên" in refused.value.message
    assert f"--encoding {encoding}" in refused.value.help
    assert names(from_lines(tmp_path, *lines, encoding=encoding)) == ["Lê Thị Mơ"]


@pytest.mark.parametrize(
    "name", ["Traàn Vaên Naêm", misread("Đặng Thị Mỵ", "cp1252"), "Ph¹m V¨n Hïng"]
)
def test_one_spoilt_name_far_down_a_good_list_is_not_taken_as_it_is(
    tmp_path: Path, name: str
) -> None:
    people = [f"{n}|Lê Thị Lan|{1940 + n % 30}|Nữ" for n in range(1, 90)]
    with pytest.raises(InputError) as refused:
        from_lines(tmp_path, HEADINGS, *people, f"90|{name}|1950|Nam")
    assert refused.value.code in ("CLB-ROSTER-VNI", "CLB-ROSTER-MISREAD", "CLB-ROSTER-TCVN3")


def test_a_sample_is_one_that_becomes_right(tmp_path: Path) -> None:
    lost = misread("Nguyễn Thị Hường", "cp1252").replace("\x9d", "")
    people = [f"1|{lost}|1950|Nữ", f"2|{misread('Trần Văn Đức', 'cp1252')}|1951|Nam"]
    with pytest.raises(InputError) as refused:
        from_lines(tmp_path, HEADINGS, *people)
    assert "Trần Văn Đức" in refused.value.message
    reading = from_lines(tmp_path, HEADINGS, *people, encoding="cp1252")
    assert names(reading) == ["Trần Văn Đức"]
    assert [one.row for one in reading.rejected] == [2]


@pytest.mark.parametrize("lost", ["\x9d", "\x90"])
def test_letters_that_no_way_brings_back_are_said_to_be_lost(tmp_path: Path, lost: str) -> None:
    name = misread("Hường Đỗ Thị Bé", "cp1252").replace(lost, "")
    with pytest.raises(InputError) as refused:
        from_lines(tmp_path, HEADINGS, f"1|{name}|1950|Nữ")
    assert "Thị Bé" in refused.value.message
    reading = from_lines(tmp_path, HEADINGS, f"1|{name}|1950|Nữ", encoding="cp1252")
    assert names(reading) == []
    assert [one.row for one in reading.rejected] == [2]


@pytest.mark.parametrize(
    "name", ["Nguy?n Th? H?ng", "Nguy\ufffdn V\ufffdn An", "Tr?n Văn Bình", "Lê Th?"]
)
def test_a_name_that_lost_letters_is_refused(tmp_path: Path, name: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|{name}|1950|Nữ", "2|Lê Thị Cúc|1951|Nữ")
    assert [(one.row, one.column, one.found) for one in reading.rejected] == [
        (2, "Họ và tên", name)
    ]
    assert names(reading) == ["Lê Thị Cúc"]


@pytest.mark.parametrize("village", ["Thôn Đ?ng", "Th\ufffdn Đoài", "X?m Mỏ"])
def test_a_village_that_lost_letters_is_refused(tmp_path: Path, village: str) -> None:
    reading = from_lines(tmp_path, f"{HEADINGS}|Thôn", f"1|Lê Thị Cúc|1951|Nữ|{village}")
    assert [(one.column, one.found) for one in reading.rejected] == [("Thôn", village)]


def test_a_question_in_a_note_is_no_lost_letter(tmp_path: Path) -> None:
    reading = from_lines(tmp_path, f"{HEADINGS}|Ghi chú", "1|Lê Thị Cúc|1951|Nữ|có vay không?")
    assert names(reading) == ["Lê Thị Cúc"]


@pytest.mark.parametrize(
    "headings",
    [
        "STT|H? và tên|Năm sinh|Gi?i tính",
        "STT|Họ và tên|Năm sinh|Gi?i t?nh",
        "STT|H\ufffd t\ufffdn|N\ufffdm sinh|GT",
    ],
)
def test_headings_that_lost_letters_are_shown_to_be_so(tmp_path: Path, headings: str) -> None:
    with pytest.raises(InputError) as refused:
        from_lines(tmp_path, headings, "1|Lê Thị Cúc|1951|Nữ")
    assert refused.value.code == "CLB-ROSTER-LOST"
    assert refused.value.help


@pytest.mark.parametrize("name", HIGHLANDS)
def test_names_of_the_central_highlands_are_taken_as_they_are(tmp_path: Path, name: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|{name}|1950|Nữ")
    assert names(reading) == [name]
    assert reading.questions == ()


def test_every_way_back_leaves_what_is_right_alone() -> None:
    good = "\n".join([*NAMES, *HIGHLANDS])
    assert WAYS_BACK["cp1252"](good) == good
    assert WAYS_BACK["tcvn3"](good) == good


@pytest.mark.parametrize("name", ["Hòa Văn Núi", "Đặng Thị Mơ", "Lê Văn Hóa"])
def test_a_right_name_among_vni_ones_stays(name: str) -> None:
    assert from_vni(name) == name


def test_a_list_in_latin_1_letters_is_read_from_a_one_byte_file(tmp_path: Path) -> None:
    path = tmp_path / "vni.csv"
    path.write_bytes(
        "STT;Hoï vaø teân;Naêm sinh;Giôùi tính\n1;Leâ Thò Mô;1950;Nöõ".encode("cp1252")
    )
    assert names(read(path, on=ON, encoding="vni")) == ["Lê Thị Mơ"]
