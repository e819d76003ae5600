"""The reference of the forms: what each step asks for."""

from pathlib import Path
from typing import Any

import schemas
from making.page import ROOT, code, opening, table

TITLE = {"en": "Forms", "vi": "Biểu mẫu"}
ABOUT = {
    "en": "Each step's form, from `schemas/forms/`: fill it in with `--set FIELD=VALUE`, with "
    "`--form FILE`\n(JSON), or answer the prompts. Fields with `*` are needed. `clb policy keys "
    "PROVINCE` lists the\nids of activities and sources.",
    "vi": "Mỗi bước có một biểu mẫu. Điền bằng `--set MỤC=GIÁ TRỊ`, hoặc để chương trình hỏi. Mục "
    "có dấu `*`\nlà phải có. `clb policy keys TỈNH` liệt kê mã của các hoạt động, các nguồn.",
}
HEADINGS = {"en": ("field", "meaning", "value"), "vi": ("mục", "nghĩa", "giá trị")}
NAME = {"en": "x-en", "vi": "title"}
"""Where a schema has the name of a form or a field."""

KINDS = {
    "string": {"en": "text", "vi": "chữ"},
    "date": {"en": "date", "vi": "ngày"},
    "integer": {"en": "whole number", "vi": "số nguyên"},
    "boolean": {"en": "`true`, `false`", "vi": "`true`, `false`"},
    "array": {"en": "list", "vi": "danh sách"},
    "object": {"en": "JSON", "vi": "JSON"},
}
MANY = {"en": "list of ", "vi": "danh sách gồm "}
PERSONAL = {"en": ", kept out of the log", "vi": ", không ghi vào sổ sự kiện"}


def names() -> list[str]:
    """Return the steps that have a form."""
    return sorted(path.name.partition(".")[0] for path in Path(ROOT / "schemas/forms").iterdir())


def page(language: str) -> str:
    """Return the page in a language."""
    forms = "".join(_form(name, language) for name in names())
    return opening(TITLE[language], ABOUT[language], language) + forms.rstrip() + "\n"


def _form(step: str, language: str) -> str:
    schema = schemas.load(f"forms/{step}")
    rows = list(_fields(schema, "", language, needed=True))
    title = f"## `{step}`: {schema.get(NAME[language], '')}\n\n"
    return title + table(HEADINGS[language], rows) + "\n"


def _fields(
    schema: dict[str, Any], prefix: str, language: str, *, needed: bool
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, inner in schema["properties"].items():
        required = needed and name in schema.get("required", ())
        path = f"{prefix}{name}"
        if inner.get("type") == "object" and "properties" in inner:
            rows += _fields(inner, f"{path}.", language, needed=required)
            continue
        shown = code(path) + (" *" if required else "")
        value = _value(inner, language) + (PERSONAL[language] if inner.get("x-personal") else "")
        rows.append((shown, inner.get(NAME[language], ""), value))
    return rows


def _value(schema: dict[str, Any], language: str) -> str:
    choices = schema.get("enum") or schema.get("items", {}).get("enum")
    if choices:
        many = MANY[language] if schema.get("type") == "array" else ""
        return many + ", ".join(code(str(one)) for one in choices if one is not None)
    kind = "date" if schema.get("format") == "date" else str(schema.get("type"))
    return KINDS[kind][language] if kind in KINDS else ""
