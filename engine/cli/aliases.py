"""What Vietnamese officers may type for the names of commands, with marks or without.

The words are short and of one piece, so that nothing has to be quoted.
"""

from collections.abc import Mapping

from engine.vietnamese.text import bare, means

TOP: Mapping[str, str] = {
    "xem": "club show",
    "mở": "club open",
    "bước": "advance",
    "kiểm": "check",
    "hạn": "due",
    "quỹ": "fund",
    "vay": "loan",
    "sổ": "book",
    "giấy": "document",
    "báocáo": "report",
    "danhsách": "member",
    "bcn": "board",
    "cánbộ": "officer",
    "xã": "commune",
    "tiếnđộ": "progress",
    "gửi": "bundle export",
    "nhận": "bundle import",
}
"""Words for commands, of which some are one of a group."""

WITHIN: Mapping[str, Mapping[str, str]] = {
    "club": {"mở": "open", "danhsách": "list", "xem": "show", "nhậtký": "history"},
    "member": {
        "xem": "list",
        "nhập": "import",
        "thêm": "add",
        "sửa": "edit",
        "rời": "leave",
        "xuất": "export",
        "mẫu": "template",
    },
    "board": {"ghi": "set", "xem": "show"},
    "fund": {"ghi": "record", "xem": "show", "tổng": "summary"},
    "loan": {
        "cho": "give",
        "thu": "repay",
        "giahạn": "extend",
        "xóanợ": "write-off",
        "quychế": "terms",
        "xem": "list",
        "mộtkhoản": "show",
    },
    "book": {"xuất": "export", "nhập": "import", "nhậpcả": "import-all"},
    "report": {"xem": "list", "lập": "build", "gửi": "sent"},
    "document": {"xem": "list", "in": "render", "mẫu": "template"},
    "officer": {
        "thêm": "add",
        "xem": "list",
        "đổi": "change",
        "thôi": "remove",
        "dùng": "use",
        "nhập": "import",
        "xuất": "export",
        "khóa": "key",
    },
    "commune": {"tìm": "search", "nhập": "import"},
    "bundle": {"gửi": "export", "nhận": "import", "xem": "status", "ghilại": "rebase"},
}
"""Words for the commands of each group."""


def of(group: str | None) -> Mapping[str, str]:
    """Return the words of a group's commands; of the top for ``clb`` itself."""
    return TOP if group == "clb" else WITHIN.get(group or "", {})


def meant(group: str | None, typed: str) -> list[str]:
    """Return the command, as its words from the top, that a typed word means; empty for none."""
    for word, command in of(group).items():
        if means(typed, word):
            return command.split()
    return []


def typed_for(group: str | None, command: str) -> list[str]:
    """Return what may be typed for a command, without marks."""
    return [bare(word) for word, other in of(group).items() if other == command]
