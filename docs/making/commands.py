"""The reference of the command line, in both languages the program speaks."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from making.page import ROOT, code, opening, table

Command = dict[str, Any]
ABOUT = (
    "Mỗi lệnh, mỗi tùy chọn, bằng tiếng Việt và tiếng Anh. Every command and every option, in "
    "Vietnamese and in\nEnglish, as `clb LỆNH --help` prints them. Options with `*` are required; "
    "with `…` they may be repeated.\nWhat each command answers with `--json` is in "
    "[JSON answers](json.md)."
)
EVERYWHERE = (
    ("`--json`", "Trả lời bằng JSON", "Answer as one JSON document"),
    ("`--database URL`", "Cơ sở dữ liệu: đường dẫn tệp hoặc URL", "Database: a file path or a URL"),
    ("`--as CÁN_BỘ`", "Người thực hiện", "Who acts"),
    ("`--lang vi|en`", "Ngôn ngữ", "Language"),
    ("`--help`, `-h`", "Hướng dẫn của lệnh", "The command's help"),
)
VARIABLES = (
    ("`CLB_HOME`", "Thư mục chứa cơ sở dữ liệu", "Folder of the default database"),
    ("`CLB_DATABASE`", "Như `--database`", "As `--database`"),
    ("`CLB_OFFICER`", "Như `--as`", "As `--as`"),
    ("`CLB_LANG`", "Như `--lang`", "As `--lang`"),
    (
        "`CLB_NO_PLUGINS`",
        "Không nạp gói tỉnh: `1` là tất cả, hoặc mã các tỉnh, cách nhau dấu phẩy",
        "Load no province: `1` for all, or their ids with commas",
    ),
    (
        "`CLB_PLAIN`",
        "Đặt `1` cho trình đọc màn hình: không mở cửa sổ, không kẻ khung",
        "Set to `1` for a screen reader: no window, no frames",
    ),
    (
        "`CLB_TRACE_HOOKS`",
        "Đặt `1` để xem từng lần gọi gói tỉnh",
        "Set to `1` to see each call of a province's hook",
    ),
    (
        "`CLB_HOOK_SECONDS`",
        "Sau bao nhiêu giây thì ngắt một hàm của gói tỉnh; không đặt thì 5",
        "Seconds after which a province's hook is broken off; 5 unless set",
    ),
)
CODES = (
    ("0", "Xong", "Done"),
    ("1", "Quy định không cho: có điều chặn, hoặc cảnh báo chưa có lý do", "Refused by a rule"),
    ("2", "Gõ sai, hoặc không có câu lạc bộ, tỉnh, cán bộ đó", "Bad usage or bad input"),
    ("3", "Không có quyền: vai trò, địa bàn, hoặc vừa đề nghị vừa quyết định", "Not permitted"),
    ("4", "Người khác vừa ghi trước; xem lại rồi làm lại", "Somebody else changed it first"),
    ("5", "Lỗi lưu trữ hoặc gói tỉnh; kiểm tra không khớp", "Storage or plugin failure"),
)


def page() -> str:
    """Return the page."""
    vi, en = tree("vi"), tree("en")
    parts = [
        opening("Lệnh (commands)", ABOUT),
        "## Với mọi lệnh\n\n",
        table(("", "nghĩa", "meaning"), EVERYWHERE),
        "\n",
        table(("biến môi trường", "nghĩa", "meaning"), VARIABLES),
        "\n",
        table(("mã thoát", "nghĩa", "meaning"), CODES),
        "\n",
    ]
    for ours, theirs in zip(vi["commands"], en["commands"], strict=True):
        parts.append(f"## `{ours['path']}`\n\n{ours['help']}\n\n*{theirs['help']}*\n\n")
        if not ours["commands"]:
            parts.append(_params(ours, theirs))
        for inner, other in zip(_leaves(ours), _leaves(theirs), strict=True):
            parts.append(_command(inner, other))
    return "".join(parts).rstrip() + "\n"


def _command(ours: Command, theirs: Command) -> str:
    head = f"### `{ours['path']}`\n\n{ours['help']}\n\n*{theirs['help']}*\n\n"
    return head + _params(ours, theirs)


def _params(ours: Command, theirs: Command) -> str:
    usage = " ".join([ours["path"], *(one["metavar"] for one in ours["params"]
                                      if not one["option"])])  # fmt: skip
    rows = [
        (_option(one), one["help"], other["help"])
        for one, other in zip(ours["params"], theirs["params"], strict=True)
        if one["option"]
    ]
    shown = f"```text\n{usage}\n```\n\n"
    return shown + (table(("tùy chọn", "nghĩa", "meaning"), rows) + "\n" if rows else "")


def _option(one: dict[str, Any]) -> str:
    value = f" {one['metavar']}" if one["metavar"] else ""
    marks = (" *" if one["required"] else "") + (" …" if one["multiple"] else "")
    return code(", ".join(one["names"]) + value) + marks


def _leaves(command: Command) -> Iterator[Command]:
    for inner in command["commands"]:
        yield inner
        yield from _leaves(inner)


@cache
def tree(lang: str) -> Command:
    """Return the command tree in one language."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "tree.py")],
        cwd=ROOT,
        env={**os.environ, "CLB_LANG": lang, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    found: Command = json.loads(done.stdout)
    return found
