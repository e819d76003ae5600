"""The plain face through a real terminal: a club's life, and each stumble of a first user."""

import re
from datetime import date
from pathlib import Path

import pytest
from support.plain_face import Face, home
from support.roster_cli import Office
from support.vietnamese_words import foreign

from engine import clock

ROSTER = Path(__file__).parents[1] / "rosters" / "01_our_own.xlsx"
RIGHT = "Đúng chưa?"
MENU = "0 để quay lại"


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    return Office(tmp_path, monkeypatch, capsys)


@pytest.fixture
def club(office: Office) -> str:
    return office.prepared("opened", office.open_club)


@pytest.fixture
def decided(office: Office) -> str:
    return office.prepared("decided", office.decided_club)


def menu_number(face: Face, words: str) -> str:
    """Return the number of a line of the menu that is on the screen."""
    lines = [line for line in face.shown().splitlines() if words in line]
    found = re.match(r" *([0-9]+)  ", lines[-1])
    assert found is not None, face.shown()
    return found[1]


def choose(face: Face, words: str) -> None:
    """Choose a line of the club's menu by what it says."""
    face.wait(MENU)
    number = menu_number(face, words)
    face.type(number)


def recorded(face: Face) -> None:
    """Give a reason for every warning, then take with Enter that all is right."""
    while face.wait_for("Lý do vẫn làm tiếp:", RIGHT) == 0:
        face.type("theo đề nghị của thôn")
    face.type("")


def assert_no_english(text: str) -> None:
    for word in ("the ", "yes", "Type ", "Enter =  ", "number", "association", "initial", "Done"):
        assert word not in text, word
    for word in ("advance", "render", "import", "--"):
        assert word not in text, word


def first_run(face: Face, province: str = "hải phòng", commune: str = "Xã An Lão") -> None:
    """Answer the questions of a first run in a commune."""
    face.answer("Tỉnh, thành phố:", province)
    face.answer("Ông/bà làm việc ở:", "hội")
    face.answer("Xã, phường:", commune)
    face.answer("Họ tên của ông/bà:", "Nguyễn Thị Lan")
    face.answer("Họ tên người cùng làm", "Trần Văn Bình")
    face.wait("Họ tên cán bộ")
    face.answer(":", "Phạm Thị Hòa")
    face.answer(RIGHT)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("province", "commune", "on"),
    [
        ("hải phòng", "Xã An Lão", date(2025, 3, 10)),
        ("bac ninh", "Phường Đình Bảng", date(2025, 3, 10)),
        ("hà nội", "Phường Hà Đông", date(2026, 11, 30)),
    ],
)
def test_from_nothing_to_the_launch_in_less_than_forty_answers_and_no_english(
    tmp_path: Path, province: str, commune: str, on: date
) -> None:
    """All answers are counted: numbers of menus, Enter, and reasons for warnings."""
    with Face(environ=home(tmp_path), on=on) as face:
        first_run(face, province, commune)
        face.answer("Tên câu lạc bộ:", "CLB Thôn Đông")
        face.answer("Thôn, khu phố:", "Thôn Đông")
        if face.wait_for("Huyện, quận, thị xã, thành phố:", RIGHT) == 0:  # until June 2025
            face.type("")
            face.wait(RIGHT)
        face.type("")
        face.answer("Tệp:", str(ROSTER))
        face.answer("Chủ nhiệm:", "bui thi cuc")
        face.answer("Phó Chủ nhiệm:", "Đặng Thị Lan")
        face.answer(RIGHT)
        face.wait("Enter = trình UBND")
        face.answer(MENU)
        face.answer("Số tờ trình:", "5")
        recorded(face)
        face.wait("Enter = quyết định thành lập (Trần Văn Bình")
        face.answer(MENU)
        if face.wait_for("Trả lời:", "Số quyết định:") == 0:
            face.type("có")
            face.wait("Số quyết định:")
        face.type("7")
        face.answer("Người ký:", "Nguyễn Văn Hùng")
        face.answer("Chức vụ người ký:", "Chủ tịch")
        recorded(face)
        face.wait("Tiếp theo: tập huấn ban đầu")
        face.wait("Enter = tập huấn Ban Chủ nhiệm (")
        face.answer(MENU)
        if face.wait_for("Ai đang ngồi máy?", "Ngày khai giảng:") == 0:
            face.answer("0 để dừng", "1")
            face.wait("Ngày khai giảng:")
        face.type("hôm nay")
        if face.wait_for("Số ngày:", RIGHT) == 0:
            face.type("1")
            recorded(face)
        else:
            face.type("")
        face.wait("Giấy mời dự lễ ra mắt")
        face.wait("Enter = lễ ra mắt")
        face.answer(MENU)
        face.answer("Địa điểm:", "Nhà văn hóa")
        face.answer("Số người dự:", "60")
        face.answer("Đã thông qua Quy chế:", "rồi")
        if face.wait_for("Quỹ đã mở:", RIGHT) == 0:
            face.type("tất cả")
            recorded(face)
        else:
            face.type("")
        face.wait("đã ra mắt")
        assert_no_english(face.shown())
        shown = face.shown().replace(str(ROSTER), "").replace("Ctrl+C", "")
        for typed in (province, "bui thi cuc"):
            shown = shown.replace(typed, "")
        assert foreign(" ".join(shown.split())) == []
        assert all(len(line) <= 80 for line in face.shown().splitlines())
        assert face.answers < 40, face.answers


@pytest.mark.parametrize("command", ["mo", "buoc", "han", "club list"])
def test_a_command_of_the_work_offers_the_first_run_where_there_is_no_database(
    command: str, tmp_path: Path
) -> None:
    with Face(*command.split(), environ=home(tmp_path)) as face:
        face.wait("Chưa có cơ sở dữ liệu")
        face.answer("có hoặc không", "không")
        assert face.end() in (2, 5)
        assert face.seen.count("có hoặc không") == 1
    assert not (tmp_path / "clb.sqlite3").exists()


def test_after_the_first_run_that_it_offered_a_command_goes_on(tmp_path: Path) -> None:
    with Face("mo", environ=home(tmp_path)) as face:
        face.answer("có hoặc không", "có")
        first_run(face)
        face.answer("Tên câu lạc bộ:", "CLB Thôn Đông")
        face.answer("Thôn, khu phố:", "Thôn Đông")
        face.answer(RIGHT, "có")
        assert face.end() == 0
        assert "Đã mở" in face.seen


def test_upkeep_of_a_database_that_is_not_there_offers_nothing(tmp_path: Path) -> None:
    with Face("db", "check", environ=home(tmp_path)) as face:
        assert face.end() == 5
        assert "có hoặc không" not in face.seen


# -- the stumbles of a first user ----------------------------------------------------------------


def at(*args: str, officer: str = "hoi", **more: str) -> Face:
    """Begin a command at a terminal, in Vietnamese, as an officer."""
    plain = {"CLB_PLAIN": "1", "CLB_LANG": "vi", "CLB_OFFICER": officer, **more}
    return Face(*args, environ=plain)


def test_a_step_of_somebody_else_is_shown_before_any_question(office: Office, club: str) -> None:
    """S6: the role, and who may."""
    with at("advance", club, "change_board", officer="tinh") as face:
        assert face.end() == 3
        assert "Số quyết định" not in face.seen
        assert "CLB-STATE" in face.seen
    with at("advance", club, "rename") as face:
        face.wait("không thuộc quyền")
        face.answer("0 để dừng", "0")
        assert face.end() == 3
        assert "Tên mới" not in face.seen


def test_who_sits_at_the_computer_is_asked_and_the_log_names_them(
    office: Office, club: str
) -> None:
    with at("advance", club, "rename") as face:
        face.answer("0 để dừng", "1")
        face.answer("Tên mới:", "CLB Thôn Đông Mới")
        face.answer("Văn bản:", "Biên bản họp 03")
        face.answer(RIGHT, "có")
        assert face.end() == 0
    last = office.events(club)[-1]
    assert (last["step"], last["officer"]) == ("rename", "ubnd")


def test_a_choice_is_numbered_refused_at_once_and_read_in_words(
    office: Office, decided: str
) -> None:
    """S4, S33: kinds and sources by number or by words; amounts as people say them."""
    with at("fund", "record", decided) as face:
        face.answer("Loại:", "quỹ hoạt động")
        face.wait("không có trong các cách chọn")
        face.answer("Loại:", "đóng góp")
        face.answer("Nguồn:", "thanh vien dong gop")
        face.answer("Quỹ:", "2")
        face.answer("Số tiền (đồng):", "sáu")
        face.wait("1,5 tỷ")
        face.answer("Số tiền (đồng):", "6 triệu")
        face.wait("6.000.000 đồng (sáu triệu đồng)")
        face.answer("Chứng từ:", "Phiếu thu 01")
        face.answer(RIGHT, "đồng ý")
        assert face.end() == 0
    form = office.events(decided)[-1]["form"]
    assert (form["kind"], form["source"], form["amount"]) == ("contribution", "member", 6_000_000)


def test_money_that_is_there_already_is_asked_about(office: Office, decided: str) -> None:
    """S32: the same kind, fund, amount and day; no leaves the ledger as it is."""
    given = (
        *("fund", "record", decided, "--kind", "contribution", "--source", "member"),
        *(
            "--fund",
            "operating",
            "--amount",
            "6000000",
            "--document",
            "PT 01",
            "--on",
            "2021-10-01",
        ),
    )
    assert office.run(*given).code == 0
    before = len(office.events(decided))
    with at(*given) as face:
        face.wait("6.000.000 đồng")
        face.answer("Lý do vẫn làm tiếp:", "không")
        assert face.end() == 130
    assert len(office.events(decided)) == before


def test_a_warning_shows_its_ground_and_no_reason_is_asked_of_who_stops(
    office: Office, club: str
) -> None:
    """S7: asked for, here, the article; then yes or no; only then why."""
    with at("advance", club, "propose", "--on", "10/08/2021") as face:
        face.answer("Số tờ trình:", "5")
        face.wait("cần: ")
        face.wait("căn cứ: ")
        face.answer("Lý do vẫn làm tiếp:", "không")
        face.wait("Số của dòng cần sửa")
        face.type("không")
        assert face.end() == 130
    assert office.events(club)[-1]["step"] == "open"


def test_answers_survive_stopping_and_a_refusal(office: Office, club: str) -> None:
    """S13: offered again next time, deleted once they are recorded."""
    with at("advance", club, "rename", officer="ubnd") as face:
        face.answer("Tên mới:", "CLB Thôn Đông Mới")
        face.stop("Văn bản:")
        assert face.end() == 130
        assert "được giữ lại" in face.seen
    drafts = office.folder / "remembered"
    assert [path.name[:5] for path in drafts.glob("draft-*")] == ["draft"]
    with at("advance", club, "rename", officer="ubnd") as face:
        face.wait("Tên mới: CLB Thôn Đông Mới")
        face.answer("có hoặc không", "có")
        face.answer("Văn bản:", "Biên bản họp 03")
        face.answer(RIGHT, "có")
        assert face.end() == 0
    assert office.events(club)[-1]["form"]["name"] == "CLB Thôn Đông Mới"
    assert list(drafts.glob("draft-*")) == []


def test_a_line_is_changed_before_it_is_recorded_and_a_question_gone_back_to(
    office: Office, club: str
) -> None:
    with at("advance", club, "rename", officer="ubnd") as face:
        face.answer("Tên mới:", "CLB Sai")
        face.answer("Văn bản:", "<")
        face.wait("Enter = CLB Sai")
        face.answer("Tên mới:", "CLB Vẫn Sai")
        face.answer("Văn bản:", "?")
        face.wait("Số và ngày của văn bản")
        face.answer("Văn bản:", "Biên bản họp 03")
        face.answer(RIGHT, "2")
        face.answer("Tên mới:", "CLB Đúng")
        face.answer(RIGHT, "có")
        assert face.end() == 0
    assert office.events(club)[-1]["form"]["name"] == "CLB Đúng"


def test_a_club_of_the_same_name_is_asked_about(office: Office, club: str) -> None:
    """S12: the program asks; no opens nothing."""
    before = len(office.json("club-list", "club", "list"))
    with at("club", "open", "--village", "Thôn Đông") as face:
        face.answer("Tên câu lạc bộ:", "CLB Thôn Đông")
        face.answer("Lý do vẫn làm tiếp:", "không")
        face.wait("Số của dòng cần sửa")
        face.type("không")
        assert face.end() == 130
    assert len(office.json("club-list", "club", "list")) == before


def test_a_club_alone_offers_its_steps_and_says_why_others_are_closed(
    office: Office, club: str
) -> None:
    """S17: the usual ones by number, then those of others with who, the closed ones with why."""
    with at("advance", club) as face:
        face.wait("0 để dừng")
        assert "trình UBND phường" in face.seen
        assert "đổi tên câu lạc bộ" not in face.seen
        assert face.seen.count("\n") < 15
        face.type("việc khác")
        face.answer("0 để dừng", "0")
        assert face.end() == 130
        assert "đổi tên câu lạc bộ (UBND" in face.seen
        assert "Chưa làm được:" in face.seen


def test_the_club_is_asked_for_and_the_last_one_offered(office: Office, club: str) -> None:
    with at("advance") as face:
        face.answer("vài chữ của tên", "thôn đông")
        if face.wait_for("có hoặc không", "0 để dừng") == 0:
            face.type("có")
            face.wait("0 để dừng")
        face.type("rút hồ sơ")
        face.answer("Lý do:", "Thôn chưa sẵn sàng")
        face.answer(RIGHT, "có")
        assert face.end() == 0
    with at("document", "render") as face:
        face.answer("Enter = CLB Thôn Đông", "")
        face.stop("Giấy tờ nào:")
        assert face.end() == 130


def test_a_paper_is_named_after_itself(
    office: Office, club: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S41: no name of a file has to be thought of, and none is written over."""
    monkeypatch.chdir(tmp_path)
    for _twice in range(2):
        assert office.run("document", "render", club, "to_trinh").code == 0
    written = sorted(path.name for path in tmp_path.glob("*.docx"))
    assert len(written) == 2
    assert all("CLB Thôn Đông" in name for name in written)


def test_without_a_terminal_all_that_is_missing_is_named_and_nothing_asked(
    office: Office, club: str
) -> None:
    """S25."""
    answer = office.run("fund", "record", club)
    assert answer.code == 2
    for option in ("--kind", "--source", "--fund", "--amount", "--document"):
        assert option in answer.err
    assert office.run("advance", club).code == 2


@pytest.mark.parametrize("printed", ["không", "chưa", "n"])
def test_erasing_takes_the_words_for_no(office: Office, club: str, printed: str) -> None:
    """S9."""
    who = ("--name", "Hoàng Văn Hoà", "--sex", "M", "--born", "1950", "--on", "2021-08-05")
    assert office.run("member", "add", club, *who).code == 0
    erase = ("member", "erase", club, "Hoàng Văn Hoà", "--reason", "theo đơn")
    with at(*erase, officer="tinh") as face:
        face.answer("có hoặc không", printed)
        assert face.end() == 130
    assert office.json("member-list", "member", "list", club)[0]["name"] == "Hoàng Văn Hoà"


def test_a_correction_lists_the_fields_with_what_they_say(office: Office, club: str) -> None:
    """S2: no JSON is typed."""
    with at("advance", club, "correct") as face:
        face.wait("mở hồ sơ")
        face.answer("Bản ghi cần đính chính:", "1")
        face.wait("Chỗ nào sai:")
        face.type(menu_number(face, "Thôn, khu phố (Thôn Đông)"))
        face.wait("đang ghi: Thôn Đông")
        face.answer("Thôn, khu phố:", "Thôn Đoài")
        face.answer("Lý do:", "Ghi nhầm")
        face.answer("Văn bản:", "Công văn 8")
        face.answer(RIGHT, "có")
        assert face.end() == 0
    assert office.json("club-show", "club", "show", club)["village"] == "Thôn Đoài"


def test_who_i_am_is_remembered_and_others_still_named(
    office: Office, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.json("officer-use", "officer", "use", "ubnd")
    monkeypatch.delenv("CLB_OFFICER")
    rename = ("advance", club, "rename", "--set", "document=BB 1", "--on", "2021-08-05")
    assert office.run(*rename, "--set", "name=CLB A").code == 0
    assert office.run(*rename, "--set", "name=CLB B", "--as", "hoi").code == 3
    assert office.events(club)[-1]["officer"] == "ubnd"
    assert office.error("officer", "use", "khong-co", code=2) == "CLB-OFFICER-UNKNOWN"
    office.json("officer-use", "officer", "use", "--forget")
    assert office.error(*rename, "--set", "name=CLB C", code=2) == "CLB-OFFICER-MISSING"


def test_a_figure_is_no_yes_to_a_warning(office: Office, club: str) -> None:
    """A line's number typed a question too early must not go on with a warning."""
    with at("advance", club, "set_board") as face:
        face.answer("Chủ nhiệm:", "Người Không Quen")
        face.answer("có hoặc không", "1")
        face.wait("Hãy gõ có hoặc không.")
        face.answer("có hoặc không", "<")
        face.stop("Chủ nhiệm:")
        assert face.end() == 130


def test_a_figure_that_is_no_line_is_answered_with_which_lines_there_are(
    office: Office, club: str
) -> None:
    with at("advance", club, "set_board") as face:
        face.answer("Chủ nhiệm:", "Người Không Quen")
        face.answer("có hoặc không", "có")
        face.answer("Phó Chủ nhiệm:", "Người Cũng Lạ")
        face.answer("có hoặc không", "có")
        face.answer(RIGHT, "12")
        face.wait("số của dòng cần sửa, từ 1 đến 6")
        face.stop(RIGHT)
        assert face.end() == 130


def test_a_list_that_cannot_be_read_is_asked_for_again(office: Office) -> None:
    assert office.run("club", "list").code == 0
    with at(CLB_PLAIN="1") as face:
        face.answer("Tên câu lạc bộ:", "CLB Thôn Tây")
        face.answer("Thôn, khu phố:", "Thôn Tây")
        face.answer(RIGHT, "có")
        face.answer("Tệp:", "khong_co.xlsx")
        face.wait("Không có tệp")
        face.answer("Tệp:", str(ROSTER))
        face.wait("Đã nhập")
        face.answer("Chủ nhiệm:", "<")
        face.stop(MENU)
        face.end()


def test_what_is_known_is_shown_with_why_and_taken_with_one_enter(
    office: Office, club: str
) -> None:
    """No fact is recorded that nobody saw, and none is confirmed twice."""
    with at("advance", club, "rename", officer="ubnd") as face:
        face.answer("Tên mới:", "CLB Thôn Đông Mới")
        face.answer("Văn bản:", "Biên bản họp 03")
        face.wait("(hôm nay)")
        face.answer(RIGHT)
        assert face.end() == 0
        assert "Ngày:" not in face.seen.partition("Sẽ ghi")[0]
    assert office.events(club)[-1]["on"] == clock.today().isoformat()


def test_what_is_known_can_be_changed_by_its_number(office: Office, club: str) -> None:
    with at("advance", club, "rename", officer="ubnd") as face:
        face.answer("Tên mới:", "CLB Thôn Đông Mới")
        face.answer("Văn bản:", "Biên bản họp 03")
        face.answer(RIGHT, "1")
        face.answer("Ngày:", "2/8/21")
        face.answer(RIGHT)
        assert face.end() == 0
    assert office.events(club)[-1]["on"] == "2021-08-02"


def test_reasons_are_shown_before_the_step_is_recorded(office: Office, club: str) -> None:
    """A day is no reason, and yes is none; the next warning offers the reason before."""
    with at("advance", club, "propose", "--on", "10/08/2021") as face:
        face.answer("Số tờ trình:", "5")
        face.answer("Lý do vẫn làm tiếp:", "10/08/2021")
        face.wait("Phải nêu lý do")
        face.answer("Lý do vẫn làm tiếp:", "có")
        face.wait("Phải nêu lý do")
        face.answer("Lý do vẫn làm tiếp:", "thôn còn ít người")
        while face.wait_for("Enter = thôn còn ít người", RIGHT) == 0:
            face.answer("Lý do vẫn làm tiếp:")
        face.type("")
        assert face.end() == 0
        summary = face.seen.partition("Sẽ ghi")[2]
        assert "lý do vẫn làm tiếp: thôn còn ít người" in summary
    kept = office.events(club)[-1]["acknowledged"]
    assert {one["reason"] for one in kept} == {"thôn còn ít người"}


def test_what_ends_a_club_needs_more_than_enter(office: Office, club: str) -> None:
    with at("advance", club, "withdraw") as face:
        face.answer("Lý do:", "Thôn chưa sẵn sàng")
        face.answer(RIGHT, "")
        face.answer(RIGHT, "không")
        assert face.end() == 130
    assert office.events(club)[-1]["step"] == "open"


def test_back_from_the_first_question_leaves_the_step(office: Office, club: str) -> None:
    with at("advance", club, "rename", officer="ubnd") as face:
        face.answer("Tên mới:", "<")
        assert face.end() == 130


def test_a_step_of_one_other_officer_is_chosen_with_the_name(office: Office, club: str) -> None:
    """Whoever is named in the line acts, is named again, and nobody is asked twice."""
    with at("advance", club) as face:
        face.wait("0 để dừng")
        face.type(menu_number(face, "việc khác"))
        face.wait("đổi tên câu lạc bộ (UBND phường")
        face.wait("0 để dừng")
        face.type(menu_number(face, "đổi tên câu lạc bộ (UBND phường"))
        face.wait("Người ghi: UBND phường")
        face.answer("Tên mới:", "CLB Thôn Đông Mới")
        face.answer("Văn bản:", "Biên bản họp 03")
        face.wait("Người ghi: UBND phường")
        face.answer(RIGHT)
        assert face.end() == 0
    assert office.events(club)[-1]["officer"] == "ubnd"


def test_answers_of_the_first_run_survive_stopping(tmp_path: Path) -> None:
    with Face(environ=home(tmp_path)) as face:
        face.answer("Tỉnh, thành phố:", "bac ninh")
        face.answer("Ông/bà làm việc ở:", "hội")
        face.answer("Xã, phường:", "Xã Đại Bái")
        face.stop("Họ tên của ông/bà:")
        face.wait("được giữ lại")
    with Face(environ=home(tmp_path)) as face:
        face.wait("Xã, phường: Xã Đại Bái")
        face.answer("có hoặc không:", "có")
        face.answer("Họ tên của ông/bà:", "Nguyễn Văn Thọ")


def test_people_are_named_without_their_ids_after_the_first_run(tmp_path: Path) -> None:
    with Face(environ=home(tmp_path)) as face:
        first_run(face)
        face.wait("Tên câu lạc bộ:")
        assert "Trần Văn Bình, UBND xã An Lão" in face.shown()
        assert "tran-van-binh" not in face.shown()


def test_a_name_that_may_be_several_is_chosen_by_its_number(office: Office, club: str) -> None:
    for who in ("Trần Thị Hoa", "Trần Thị Huệ"):
        added = ("--name", who, "--sex", "F", "--born", "1950", "--on", "2021-08-05")
        assert office.run("member", "add", club, *added).code == 0
    with at("advance", club, "set_board") as face:
        face.answer("Chủ nhiệm:", "tran thi")
        face.wait("2  Trần Thị Huệ (1950)")
        face.answer("Chọn cái nào?", "2")
        face.wait("→ Trần Thị Huệ")
        face.stop("Phó Chủ nhiệm:")
        face.end()
        assert "Ctrl+C" not in face.shown().splitlines()[-1]


def test_a_grant_is_recorded_by_its_giver_who_sits_there_too(office: Office, decided: str) -> None:
    """What was answered stays; the log names who gave it."""
    grant = ("fund", "record", decided, "--kind", "grant", "--source", "commune_budget")
    with at(*grant) as face:
        face.answer("Quỹ:", "1")
        face.answer("Số tiền (đồng):", "10tr")
        face.answer("Chứng từ:", "QĐ 15/QĐ-UBND")
        face.wait("do bên cấp ghi")
        face.wait("Ai đang ngồi máy?")
        face.wait("0 để dừng")
        face.type(menu_number(face, "UBND phường (UBND phường)"))
        while face.wait_for("Lý do vẫn làm tiếp:", "Người ghi: UBND phường") == 0:
            face.type("theo quyết định của phường")
        face.answer(RIGHT)
        assert face.end() == 0
    last = office.events(decided)[-1]
    assert (last["step"], last["officer"], last["form"]["amount"]) == ("fund", "ubnd", 10_000_000)


def test_a_list_of_another_village_is_asked_about(
    office: Office, club: str, tmp_path: Path
) -> None:
    file = tmp_path / "ds.csv"
    rows = "".join(f"Nguyễn Thị {name},1950,nữ,Thôn Đoài\n" for name in ("An", "Bình", "Chi"))
    file.write_text(f"Họ và tên,Năm sinh,Giới tính,Thôn\n{rows}", encoding="utf-8")
    with at("member", "import", club, str(file)) as face:
        face.wait("không ai ở Thôn Đông")
        face.answer("có hoặc không", "không")
        assert face.end() == 130
    assert office.events(club)[-1]["step"] == "open"


def test_the_menu_of_a_launched_club_stays_on_the_screen(office: Office, decided: str) -> None:
    """The usual in some lines, the rest behind one of them; words do as well as numbers."""
    with at(CLB_PLAIN="1") as face:
        face.answer("0 để nghỉ", "1")
        face.wait(MENU)
        assert len(face.shown().splitlines()) <= 24
        face.type("việc khác")
        face.wait(MENU)
        assert "giải thể" in face.shown()
        face.type("0")
        face.answer(MENU, "xem câu lạc bộ")
        face.wait("Trạng thái")
        face.answer(MENU, "0")
        face.answer("0 để nghỉ", "0")
        assert face.end() == 0


def test_the_report_of_ones_own_commune_is_offered_and_a_wrong_period_refused_at_once(
    office: Office, decided: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with at("report", "build", "bac_ninh") as face:
        face.wait("Báo cáo 6 tháng hoạt động câu lạc bộ")
        face.wait("Báo cáo nào:")
        face.type("1")
        face.answer("Kỳ nào:", "năm 2021")
        face.wait("Enter là lấy kỳ gần nhất đã hết")
        assert "--period" not in face.seen
        face.stop("Kỳ nào:")
        face.end()


def test_many_papers_are_listed_in_part_and_whole_with_a_question_mark(
    office: Office, decided: str
) -> None:
    with at("document", "render", decided) as face:
        face.wait("loại nữa; gõ ?")
        face.answer("Giấy tờ nào:", "?")
        face.wait("Quyết định giải thể")
        face.stop("Giấy tờ nào:")
        face.end()


def test_a_menu_names_no_code_and_no_id(office: Office, decided: str) -> None:
    with at(CLB_PLAIN="1") as face:
        face.answer("0 để nghỉ", "việc hôm nay")
        face.wait("Ông/bà cần làm gì?")
        face.answer("0 để nghỉ", "0")
        assert face.end() == 0
        assert "BN-" not in face.seen
        assert "CLB-" not in face.seen


def test_where_nobody_entered_may_take_a_step_the_first_list_adds_who_may(
    tmp_path: Path,
) -> None:
    """The officer of the city may be left out of the first run; nothing is said twice."""
    with Face(environ=home(tmp_path), on=date(2025, 3, 10)) as face:
        face.answer("Tỉnh, thành phố:", "hải phòng")
        face.answer("Ông/bà làm việc ở:", "hội")
        assert "cấp tỉnh" not in face.seen
        face.answer("Xã, phường:", "phường lê chân")
        face.answer("Họ tên của ông/bà:", "Nguyễn Thị Lan")
        face.answer("Họ tên người cùng làm", "Trần Văn Bình")
        face.wait("Họ tên cán bộ")
        face.answer(":", "")
        face.answer(RIGHT)
        face.wait("Hội Người cao tuổi phường Lê Chân")
        face.answer("Tên câu lạc bộ:", "CLB Hồ Sen")
        face.answer("Thôn, khu phố:", "5")
        face.wait("Chỉ có số")
        face.wait(RIGHT)
        face.type("")
        face.answer("Tệp:", "")
        face.answer(MENU, "0")
        face.wait("0 để nghỉ")
        face.type(menu_number(face, "thêm cán bộ"))
        face.answer("Họ và tên:", "Phạm Thị Hòa")
        face.answer("Làm việc ở:", "thành phố")
        recorded(face)
        face.wait("Đã thêm: Phạm Thị Hòa, cán bộ thành phố")
        face.answer("0 để nghỉ", "0")
        assert face.end() == 0


def test_a_step_that_nobody_here_may_take_says_once_how_to_add_who_may(
    office: Office, decided: str
) -> None:
    assert office.run("officer", "remove", "tinh", "--as", "quan_tri").code == 0
    with at(CLB_PLAIN="1") as face:
        face.answer("0 để nghỉ", "1")
        face.answer(MENU)
        face.wait("không thuộc quyền")
        face.wait("chọn “thêm")
        assert face.seen.count("không thuộc quyền") == 1
        face.answer(MENU, "0")
        face.answer("0 để nghỉ", "0")
        face.end()


def test_a_note_about_a_step_is_shown_before_it_is_agreed_to_and_not_again(
    office: Office, club: str
) -> None:
    with at("advance", club, "propose", "--on", "10/01/2026") as face:
        face.answer("Số tờ trình:", "5")
        recorded(face)
        assert face.end() == 0
        before, _asked, after = face.seen.rpartition(RIGHT)
        assert "nên hỏi cấp trên" in " ".join(before.split())
        assert "nên hỏi cấp trên" not in " ".join(after.split())
