"""The reference of the command line, as it speaks in each of its languages."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from making.page import ROOT, code, opening, table

Command = dict[str, Any]
TITLE = {"en": "Commands", "vi": "Lệnh"}
ABOUT = {
    "en": "Every command and every option, as `clb COMMAND --help` prints them. Options with `*` "
    "are\nrequired; with `…` they may be repeated. What each command answers with `--json` is in\n"
    "[JSON answers](json.md).",
    "vi": "Mỗi lệnh, mỗi tùy chọn, như `clb LỆNH --help` cho biết. Tùy chọn có dấu `*` là phải có; "
    "có dấu\n`…` thì ghi được nhiều lần.",
}
ALWAYS = {"en": "With every command", "vi": "Với mọi lệnh"}
MEANING = {"en": "meaning", "vi": "nghĩa"}
OPTION = {"en": "option", "vi": "tùy chọn"}
VARIABLE = {"en": "environment", "vi": "biến môi trường"}
CODE = {"en": "exit code", "vi": "mã thoát"}
EVERYWHERE = (
    ("`--json`", "Trả lời bằng JSON", "Answer as one JSON document"),
    ("`--database URL`", "Cơ sở dữ liệu: đường dẫn tệp hoặc URL", "Database: a file path or a URL"),
    ("`--as ID`", "Người thực hiện", "Who acts"),
    ("`--lang vi|en`", "Ngôn ngữ", "Language"),
    ("`--help`, `-h`", "Hướng dẫn của lệnh", "The command's help"),
)
VARIABLES = (
    ("`CLB_HOME`", "Thư mục chứa cơ sở dữ liệu", "Folder of the default database"),
    ("`CLB_DATABASE`", "Như `--database`", "As `--database`"),
    (
        "`CLB_DATABASE_READ`",
        "Máy chủ dự phòng mà `due`, `progress` và báo cáo không niêm phong đọc từ đó",
        "A standby server that `due`, `progress` and reports without a seal are read from",
    ),
    ("`CLB_OFFICER`", "Như `--as`", "As `--as`"),
    ("`CLB_LANG`", "Như `--lang`", "As `--lang`"),
    (
        "`CLB_PASSPHRASE`",
        "Mật khẩu khóa ký, khi không có ai để hỏi",
        "Passphrase of the key that signs, where nobody can be asked",
    ),
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


def page(language: str) -> str:
    """Return the page in a language."""

    def two(heading: str, rows: Iterable[tuple[str, str, str]]) -> str:
        meanings = [(name, vi if language == "vi" else en) for name, vi, en in rows]
        return table((heading, MEANING[language]), meanings) + "\n"

    parts = [
        opening(TITLE[language], ABOUT[language], language),
        f"## {ALWAYS[language]}\n\n",
        two(OPTION[language], EVERYWHERE),
        two(VARIABLE[language], VARIABLES),
        two(CODE[language], CODES),
    ]
    for group in tree(language)["commands"]:
        parts.append(f"## `{group['path']}`\n\n{group['help']}\n\n")
        if not group["commands"]:
            parts.append(_params(group, language))
        parts += [
            f"### `{inner['path']}`\n\n{inner['help']}\n\n{_params(inner, language)}"
            for inner in _leaves(group)
        ]
    return "".join(parts).rstrip() + "\n"


def _params(command: Command, language: str) -> str:
    arguments = [one["metavar"] for one in command["params"] if not one["option"]]
    rows = [(_option(one), one["help"]) for one in command["params"] if one["option"]]
    shown = f"```text\n{' '.join([command['path'], *arguments])}\n```\n\n"
    return shown + (table((OPTION[language], MEANING[language]), rows) + "\n" if rows else "")


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
