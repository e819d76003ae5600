"""Bad input gets one clear Vietnamese sentence, what to do, the right exit code, and no change."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from support.plugins import POLICY, write_plugin


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in which one club is being prepared, made by real commands."""
    folder = tmp_path_factory.mktemp("bad-input")
    (folder / "site").mkdir()
    write_plugin(
        folder / "site",
        "thu_sai",
        policy=POLICY.format(province="thu_sai", prefix="TS")
        + "\n[[membership.sise]]\nvalue = 1\nsource = 'KH1'\n",
    )
    province = ["--province", "bac_ninh"]
    commune = ["--commune", "Phường Đình Bảng"]
    admin = ["--role", "admin", *province]
    for command in (
        ["db", "init"],
        ["officer", "add", "qt", "--name", "Quản trị", *admin],
        [
            "officer",
            "add",
            "hoi",
            "--name",
            "Hội",
            "--role",
            "association",
            *province,
            *commune,
            "--as",
            "qt",
        ],
        [
            "club",
            "open",
            *province,
            *commune,
            "--village",
            "Khu 1",
            "--name",
            "CLB Một",
            "--on",
            "02/08/2021",
            "--as",
            "hoi",
        ],
    ):
        done = clb(folder, *command)
        assert done.returncode == 0, done.stderr
    return folder


def clb(folder: Path, *args: str, database: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as an officer would, in a process of its own and a hostile code page."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("CLB_")}
    env |= {
        "CLB_DATABASE": str(database or folder / "clb.sqlite3"),
        "CLB_HOME": str(folder / "home"),
        "PYTHONPATH": str(folder / "site"),
        "PYTHONIOENCODING": "cp1258",
    }
    return subprocess.run(
        [sys.executable, "-m", "engine", *args],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def contents(folder: Path) -> str:
    """Return a digest of everything in the database."""
    with closing(sqlite3.connect(folder / "clb.sqlite3")) as connection:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()


PROPOSE = ["advance", "CLB Một", "propose", "--set", "submission.number=1", "--as", "hoi"]
SUPERVISE = ["advance", "CLB Một", "meeting", "--on", "03/09/2021", "--as", "hoi"]
CASES = {
    "no such club": (["club", "show", "BN-KHONGCO1"], 2, "Không có câu lạc bộ BN-KHONGCO1."),
    "no such day": ([*PROPOSE, "--on", "31/02/2021"], 2, "Trong lịch không có ngày 31/02/2021."),
    "text for a number": (
        [*SUPERVISE, "--set", "attendance=nhiều", "--set", "activities=health_care"],
        2,
        "Số người dự (attendance): “nhiều” không phải là số nguyên.",
    ),
    "no such field": (
        [*PROPOSE, "--set", "submision.date=2021-08-09"],
        2,
        "Mẫu của bước “propose” không có mục “submision.date”.",
    ),
    "no such step": (
        ["advance", "CLB Một", "propoze", "--as", "hoi"],
        2,
        "Không có bước “propoze”.",
    ),
    "no such officer": (
        [*PROPOSE[:-1], "ai-do", "--on", "09/08/2021"],
        2,
        "Không có cán bộ ai-do.",
    ),
    "nobody acts": (PROPOSE[:-2], 2, "Chưa nêu ai thực hiện."),
    "no such province": (["policy", "show", "que_huong"], 2, "Chưa cài gói của tỉnh que_huong."),
    "no such activity": (
        [*SUPERVISE, "--set", "attendance=5", "--set", "activities=boi_loi"],
        2,
        "Không có mảng hoạt động: boi_loi.",
    ),
    "missing fields": (
        ["advance", "CLB Một", "propose", "--as", "hoi"],
        2,
        "Mẫu của bước “propose” còn thiếu: submission.number (Số tờ trình), "
        "submission.date (Ngày tờ trình).",
    ),
    "two days": (
        [*PROPOSE, "--set", "submission.date=2021-08-09", "--on", "2021-08-10"],
        2,
        "Có hai ngày khác nhau: 10/08/2021 và 09/08/2021.",
    ),
    "a day to come": ([*PROPOSE, "--on", "2199-01-01"], 1, "Ngày 01/01/2199 chưa đến."),
    "a typo in a policy": (["policy", "show", "thu_sai"], 5, "membership.sise"),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_reported_in_one_sentence_and_changes_nothing(case: str, place: Path) -> None:
    command, code, sentence = CASES[case]
    before = contents(place)
    done = clb(place, *command)
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "→" in done.stderr, "what to do is there"
    assert contents(place) == before


def test_a_damaged_workbook_is_reported_in_one_sentence(place: Path) -> None:
    broken = place / "danh sách.xlsx"
    broken.write_bytes(b"PK\x03\x04 this was a workbook once")
    before = contents(place)
    done = clb(place, "member", "import", "CLB Một", str(broken), "--as", "hoi")
    assert done.returncode == 2
    assert "danh sách.xlsx" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(place) == before


def test_a_database_of_a_newer_version_is_left_alone(place: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.sqlite3"
    with closing(sqlite3.connect(place / "clb.sqlite3")) as source:
        source.execute("VACUUM INTO ?", (str(newer),))
    with closing(sqlite3.connect(newer)) as target, target:
        target.execute(
            "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')"
        )
    before = newer.read_bytes()
    done = clb(place, *PROPOSE, "--on", "09/08/2021", database=newer)
    assert done.returncode == 5
    assert "do bản mới hơn của chương trình tạo ra" in done.stderr
    assert newer.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "thu.docx"
    other.write_bytes(b"not a database at all" * 100)
    done = clb(place, "club", "list", "--province", "bac_ninh", database=other)
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
    assert other.read_bytes() == b"not a database at all" * 100


def test_a_missing_database_says_how_to_make_one(place: Path, tmp_path: Path) -> None:
    done = clb(place, "club", "list", "--province", "bac_ninh", database=tmp_path / "none.sqlite3")
    assert done.returncode == 5
    assert "clb db init" in done.stderr
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_usage_error_is_json_when_json_is_asked_for(place: Path) -> None:
    done = clb(place, "club", "show", "--json")
    assert done.returncode == 2
    answer = json.loads(done.stdout)
    assert answer["error"]["code"] == "CLB-USAGE"
    assert answer["findings"] == []
