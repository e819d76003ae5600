"""The reference of the forms: what each step asks for."""

from pathlib import Path
from typing import Any

import schemas
from making.page import ROOT, code, opening, table

ABOUT = (
    "Mỗi bước có một biểu mẫu. Điền bằng `--set MỤC=GIÁ TRỊ`, hoặc để chương trình hỏi. Each "
    "step's form, from\n`schemas/forms/`: fill it in with `--set FIELD=VALUE`, with `--form FILE` "
    "(JSON), or answer the prompts.\nFields with `*` are needed. `clb policy keys PROVINCE` lists "
    "the ids of activities and sources."
)


def names() -> list[str]:
    """Return the steps that have a form."""
    return sorted(path.name.partition(".")[0] for path in Path(ROOT / "schemas/forms").iterdir())


def page() -> str:
    """Return the page."""
    return opening("Biểu mẫu (forms)", ABOUT) + "".join(map(_form, names())).rstrip() + "\n"


def _form(step: str) -> str:
    schema = schemas.load(f"forms/{step}")
    rows = list(_fields(schema, "", needed=True))
    headings = ("mục", "nghĩa", "meaning", "giá trị")
    title = f"## `{step}`: {schema['title']} ({schema.get('x-en', '')})\n\n"
    return title + table(headings, rows) + "\n"


def _fields(schema: dict[str, Any], prefix: str, *, needed: bool) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, inner in schema["properties"].items():
        required = needed and name in schema.get("required", ())
        path = f"{prefix}{name}"
        if inner.get("type") == "object" and "properties" in inner:
            rows += _fields(inner, f"{path}.", needed=required)
            continue
        shown = code(path) + (" *" if required else "")
        value = _value(inner)
        if inner.get("x-personal"):
            value += ", không ghi vào sổ sự kiện (kept out of the log)"
        rows.append((shown, inner.get("title", ""), inner.get("x-en", ""), value))
    return rows


def _value(schema: dict[str, Any]) -> str:
    choices = schema.get("enum") or schema.get("items", {}).get("enum")
    if choices:
        many = "list of " if schema.get("type") == "array" else ""
        return many + ", ".join(code(str(one)) for one in choices if one is not None)
    if schema.get("format") == "date":
        return "ngày (date)"
    kinds = {
        "string": "chữ (text)",
        "integer": "số nguyên (integer)",
        "boolean": "`true`, `false`",
        "array": "danh sách (list)",
        "object": "JSON",
    }
    return kinds.get(str(schema.get("type")), "")
