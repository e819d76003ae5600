"""A province made of a policy file and an entry point alone runs a club's whole life."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.plugins import write_plugin

pytestmark = pytest.mark.slow

MEMBERS = (
    "Họ và tên;Năm sinh;Giới tính\nLê Thị Một;1950;Nữ\nLê Văn Hai;1955;Nam\nLê Văn Ba;1990;Nam\n"
)
STEPS = [
    ("propose", "2021-02-01", "hoi", ["submission.number=1"]),
    (
        "approve",
        "2021-03-01",
        "ubnd",
        ["decision.number=5", "decision.signer=Trần Văn Ký", "decision.title=Chủ tịch"],
    ),
    (
        "train",
        None,
        "tinh",
        ["course.kind=initial", "course.start=2021-03-10", "course.days=2", "course.attendees=3"],
    ),
    (
        "launch",
        "2021-04-01",
        "hoi",
        [
            "place=Nhà văn hóa",
            "attendance=30",
            "charter_adopted=true",
            "funds_opened=income,operating",
        ],
    ),
    ("meeting", "2021-05-01", "hoi", ["attendance=3", "activities=health_care"]),
    (
        "supervise",
        "2021-10-01",
        "tinh",
        [
            "inspector=A",
            "meetings_held=6",
            "activities=health_care",
            "borrowers=1",
            "conclusion=consolidate",
        ],
    ),
    ("consolidate", "2021-11-01", "ubnd", ["decision.number=9", "reason=xong"]),
    (
        "review",
        "2021-12-20",
        "tinh",
        ["year=2021", "result=pass", "by_regulation=true", "well_run=true"],
    ),
    ("suspend", "2022-01-10", "ubnd", ["decision.number=1", "reason=dịch"]),
    ("resume", "2022-02-10", "ubnd", ["decision.number=2", "reason=hết dịch"]),
    (
        "dissolve",
        "2022-03-10",
        "ubnd",
        ["decision.number=3", "reason=sáp nhập", "fund_inventory=không còn", "fund_disposal=không"],
    ),
]


def clb(env: dict[str, str], *args: str) -> dict:
    """Run a command as its own process and return its JSON answer; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "engine", *args, "--json"],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment in which only the fifth province's folder is added."""
    site = tmp_path / "site"
    site.mkdir()
    write_plugin(site, "thu_nam", prefix="TN")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("CLB_")},
        "PYTHONPATH": str(site),
        "CLB_DATABASE": str(tmp_path / "clb.sqlite3"),
        "CLB_HOME": str(tmp_path / "home"),
    }


def test_a_data_only_province_runs_a_club_s_whole_life(env: dict[str, str], tmp_path: Path) -> None:
    clb(env, "db", "init")
    province = ["--province", "thu_nam"]
    clb(env, "officer", "add", "qt", "--name", "Q", "--role", "admin", *province)
    for officer, role in (("hoi", "association"), ("ubnd", "committee"), ("tinh", "province")):
        where = [] if role == "province" else ["--commune", "Xã Một"]
        clb(
            env,
            "officer",
            "add",
            officer,
            "--name",
            officer,
            "--role",
            role,
            *province,
            *where,
            "--as",
            "qt",
        )
    opened = clb(
        env,
        "club",
        "open",
        *province,
        "--commune",
        "Xã Một",
        "--village",
        "Thôn 1",
        "--name",
        "CLB Thôn 1",
        "--on",
        "2021-01-10",
        "--as",
        "hoi",
    )
    club = opened["club"]
    assert club.startswith("TN-")
    roster = tmp_path / "ds.csv"
    roster.write_text(MEMBERS, encoding="utf-8-sig")
    clb(env, "member", "import", club, str(roster), "--on", "2021-01-10", "--as", "hoi")
    clb(env, "board", "set", club, "--chair", "Lê Thị Một", "--vice", "Lê Văn Hai", "--as", "hoi")
    states = []
    for step, on, officer, fields in STEPS:
        day = ["--on", on] if on else []
        sets = [part for field in fields for part in ("--set", field)]
        answer = clb(env, "advance", club, step, *day, *sets, "--as", officer)
        assert [one for one in answer["findings"] if one["level"] != "note"] == []
        states.append(answer["state"])
    assert states == [
        "proposed",
        "approved",
        "trained",
        "launched",
        "launched",
        "consolidating",
        "operating",
        "operating",
        "suspended",
        "operating",
        "dissolved",
    ]
    assert clb(env, "audit", "verify")["ok"] is True
    assert clb(env, "policy", "show", "thu_nam", "supervision.interval_months")["status"] == (
        "not_stipulated"
    )


COUNTING = """
import sys
seen = []
def hook(event, args):
    if event == "open" and str(args[0]).endswith("policy.toml"):
        seen.append("read " + str(args[0]))
    if event == "import" and str(args[0]).startswith("clb_"):
        seen.append("import " + str(args[0]))
sys.addaudithook(hook)
from engine.cli import run
code = run(sys.argv[1:])
print("\\n".join(seen), file=sys.stderr)
sys.exit(code)
"""


def test_due_with_34_provinces_reads_only_the_officer_s(
    env: dict[str, str], tmp_path: Path
) -> None:
    site = Path(env["PYTHONPATH"])
    for number in range(34):
        write_plugin(site, f"tinh_{number:02d}", prefix="TX")
    clb(env, "db", "init")
    clb(env, "officer", "add", "qt", "--name", "Q", "--role", "admin", "--province", "tinh_07")
    done = subprocess.run(
        [sys.executable, "-c", COUNTING, "due", "--as", "qt", "--on", "2021-06-01", "--json"],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    touched = [line for line in done.stderr.splitlines() if line.startswith(("read ", "import "))]
    assert touched, "the province's own policy is read"
    assert all("tinh_07" in line for line in touched), touched
    assert not [line for line in touched if line.startswith("import ")]
