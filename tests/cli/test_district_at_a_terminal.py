"""An officer of a district at the plain face: its own clubs, its own steps, nobody else's."""

import os
from datetime import date
from pathlib import Path

import pytest
from support.keeper import Keeper
from support.odd import FOLDER, ODD, odd
from support.plain_face import Face
from support.plugins import write_plugin

from engine.scenario.world import open_world

TODAY = date(2021, 3, 1)


@pytest.fixture
def environ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, str]:
    """Two proposed clubs, one of the officer's district and one of another."""
    policy = (FOLDER / "clb_odd" / "policy.toml").read_text(encoding="utf-8")
    write_plugin(tmp_path / "site", ODD, policy=policy)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_LANG", "vi")
    with open_world(tmp_path, ODD, TODAY, name="clb", provinces=odd()) as world:
        for name, commune in (("CLB Đông", "Xã Một"), ("CLB Tây", "Xã Bốn")):
            club = world.open(date(2021, 2, 1), {"name": name, "commune": commune})
            world.take(club, "propose", date(2021, 2, 10), {})
    office = ("--role", "district", "--district", "Huyện Đông", "--province", ODD)
    added = keeper.run(
        "officer",
        "add",
        "dong",
        "--name",
        "Lê Văn Huyện",
        *office,
        "--from",
        "1/1/2020",
        "--as",
        "quan-tri-odd",
    )
    assert added.code == 0, added.err
    return {
        "CLB_PLAIN": "1",
        "CLB_OFFICER": "dong",
        "CLB_LANG": "vi",
        "CLB_DATABASE": os.environ["CLB_DATABASE"],
        "CLB_HOME": os.environ.get("CLB_HOME", str(tmp_path / "home")),
        "PYTHONPATH": os.pathsep.join((os.getcwd(), str(tmp_path / "site"))),
    }


def test_the_own_club_alone_is_listed_and_opening_one_names_who_may(
    environ: dict[str, str],
) -> None:
    with Face(environ=environ, on=TODAY) as face:
        face.wait("0 để nghỉ")
        assert ("CLB Đông" in face.seen, "CLB Tây" in face.seen) == (True, False)
        face.type("mở hồ sơ câu lạc bộ mới")
        face.wait("không thuộc quyền của cấp huyện")
        face.wait("Ai đang ngồi máy?")
        face.answer("0 để dừng", "0")
        face.answer("0 để nghỉ", "0")
        assert face.end() == 0
        assert "không phụ trách" not in face.seen
        assert "Thôn:" not in face.seen


def test_its_own_step_is_offered_first_and_recorded_with_enter(environ: dict[str, str]) -> None:
    with Face(environ=environ, on=TODAY) as face:
        face.answer("0 để nghỉ", "CLB Đông")
        face.answer("Enter = Ý kiến của huyện", "")
        face.answer("Văn bản:", "CV 12")
        face.answer("Ý kiến:", "đồng ý")
        while face.wait_for("Đúng chưa?", ":") == 1:
            face.type("")
        face.type("")
        face.answer("0 để quay lại", "xem câu lạc bộ")
        face.wait("Ý kiến: Đồng ý")
        face.answer("0 để quay lại", "0")
        face.answer("0 để nghỉ", "0")
        assert face.end() == 0
