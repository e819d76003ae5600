"""A ward of Hải Phòng from nothing to its first supervision, and what no screen of it says."""

import asyncio
import shutil
from datetime import date
from pathlib import Path

import pytest
from support.doc_blocks import DOCS

from engine.scenario.world import StillClock
from tools.desk_player import Sitting, acts, play

pytestmark = pytest.mark.slow

DAY = """
```text desk
thấy Chạy lần đầu
gõ Hải Phòng
bấm Enter
gõ Hội
bấm Enter
gõ Phường Lê Chân
bấm Enter
gõ Nguyễn Thị Lan
bấm Enter
gõ Trần Văn Bình
bấm Enter
gõ Phạm Thị Hòa
bấm F2
thấy Đúng chưa?
bấm Enter
thấy cán bộ thành phố
bấm Enter
thấy Việc hôm nay
bấm F4
thấy Tên câu lạc bộ
gõ CLB Hồ Sen
bấm Enter
gõ Tổ dân phố 5
bấm F2
thấy Đúng chưa?
bấm Enter
thấy Đã ghi
bấm Enter
thấy 1 Việc
bấm 2
thấy Chưa có thành viên
bấm F7
thấy Tệp danh sách
gõ docs/examples/danh-sach.csv
thấy Đọc được 60 người
bấm F2
thấy Đúng chưa?
bấm Enter
thấy Đã nhập: 60 người
bấm Enter
thấy Đinh Thị Ánh
bấm 1
bấm vào Dự kiến Ban Chủ nhiệm
thấy Chủ nhiệm
gõ dinh thi anh
bấm mũi tên xuống
bấm Enter
gõ bui van ba
bấm mũi tên xuống
bấm Enter
bấm F2
thấy Đúng chưa?
bấm Enter
thấy Đã ghi
bấm Enter
thấy ▶ Trình UBND phường
bấm vào Trình UBND phường
thấy Số tờ trình
gõ 5
bấm F2
thấy 05/TTr-HNCT
bấm Enter
thấy Tiếp theo: quyết định thành lập, người làm: UBND phường
bấm Enter
thấy Việc của nơi khác
bấm vào Quyết định thành lập
thấy Ai đang ngồi máy?
bấm vào Trần Văn Bình
thấy Số quyết định
gõ 15
bấm Enter
bấm Enter
gõ Trần Văn Bình
bấm Enter
gõ Chủ tịch
bấm F2
thấy 15/QĐ-UBND
bấm Enter
thấy Câu lạc bộ nay: đã có quyết định thành lập
bấm Enter
thấy 1 Việc
bấm vào Tập huấn Ban Chủ nhiệm
thấy Ai đang ngồi máy?
bấm vào Phạm Thị Hòa
thấy Ngày khai giảng
gõ 1/3/25
bấm Enter
gõ 2
bấm F2
thấy Đúng chưa?
bấm Enter
thấy Tiếp theo: lễ ra mắt, người làm: UBND phường hoặc Hội Người cao tuổi phường
bấm Enter
thấy ▶ Lễ ra mắt
bấm Enter
thấy Địa điểm
bấm Enter
gõ Nhà văn hóa
bấm Enter
gõ 80
bấm Enter
gõ có
bấm F2
thấy Đúng chưa?
bấm Enter
thấy Câu lạc bộ nay: đã ra mắt
bấm Enter
thấy Ghi chép
```
<!-- ngày 03/09/2025 -->
```text desk
bấm vào Giám sát
thấy Ai đang ngồi máy?
bấm vào Trần Văn Bình
thấy Số buổi sinh hoạt đã tổ chức
bấm Enter
bấm Enter
gõ 6
bấm Enter
bấm phím cách
bấm Enter
gõ 0
bấm Enter
gõ 0
bấm Enter
gõ 0
bấm Enter
gõ đạt
bấm F2
thấy Đúng chưa?
bấm Enter
thấy Câu lạc bộ nay: đang hoạt động
```
"""
NEVER = ("UBND xã ", "Hội Người cao tuổi xã ", "cấp tỉnh", "cấp huyện", "clb ")
MOST_ANSWERS = 40


def test_a_ward_of_hai_phong_comes_to_its_supervision_in_words_of_a_ward_and_a_city(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    seen: list[str] = []
    sees = Sitting.sees

    async def noted(me: Sitting, *texts: str) -> None:
        await sees(me, *texts)
        seen.append(me.text)

    monkeypatch.setattr(Sitting, "sees", noted)
    asyncio.run(play(DAY, str(tmp_path / "clb.sqlite3"), StillClock(date(2025, 3, 3))))
    shown = "\n".join(seen)
    assert [one for one in NEVER if one in shown] == []
    typed_or_chosen = [one for one in acts(DAY) if one.what == "gõ" or "phím cách" in one.text]
    assert len(typed_or_chosen) < MOST_ANSWERS
