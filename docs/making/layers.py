"""The parts of the engine, from the code itself: their layers as a picture, and their purposes."""

import ast
import re
import sys
import textwrap
from html import escape
from pathlib import Path

from making.page import DOCS, ROOT

sys.path.insert(0, str(ROOT / "tests"))
from support.sources import ENGINE, PURE, dotted, engine_units, imports, modules, unit

WIDTH, ROW, GAP, SPACE, MARGIN, LABEL = 920, 34, 12, 26, 16, 14
FONT = "font-family='DejaVu Sans, Verdana, Arial, sans-serif'"
MARKS = re.compile(r"(?<=from the docstrings -->\n).*?(?=<!-- end -->)", re.DOTALL)
"""Where the tree is in ``architecture.md``."""
COLUMNS, NAMES = 98, 20
OTHERS = {
    "plugins/": "One installable distribution a province; imports only names of `engine`.",
    "tests/": "Tests of behaviour, and of the shape: layers, purity, nothing undocumented.",
    "bench/": "Measurements, each with the same work in hand-written code.",
    "docs/": "These pages; docs/making writes those that come from the code.",
}
"""What has no docstring of its own."""


def page() -> str:
    """Return ``architecture.md`` with the tree as the code has it."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    return MARKS.sub(lambda _found: f"\n```text\n{tree()}```\n\n", text)


def tree() -> str:
    """Return every part with the first sentence of its docstring, the highest layer first."""
    entries = [("engine/", "")]
    for row in layers():
        for name in row:
            folder = ENGINE / name
            path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
            entries.append((f"  {name}{'/' if folder.is_dir() else '.py'}", purpose(path)))
    entries += [(f"{name}/", purpose(ROOT / name / "__init__.py")) for name in ("schemas", "tools")]
    entries += OTHERS.items()
    return "".join(line for name, text in entries for line in _entry(name, text))


def _entry(name: str, text: str) -> list[str]:
    lines = textwrap.wrap(text, COLUMNS - NAMES, break_on_hyphens=False) or [""]
    first, *others = lines
    return [
        f"{name:<{NAMES}}{first}".rstrip() + "\n",
        *(f"{'':<{NAMES}}{line}\n" for line in others),
    ]


def purpose(path: Path) -> str:
    """Return the first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    sentence = re.split(r"(?<=\.)\s(?=[A-Z])", " ".join(text.split()), maxsplit=1)[0]
    return sentence.replace("``", "")


def layers() -> list[tuple[str, ...]]:
    """Return the layers from the top down, without the entry module."""
    module = ast.parse((ROOT / "tests/architecture/test_imports.py").read_text(encoding="utf-8"))
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LAYERS":
            found: tuple[tuple[str, ...], ...] = ast.literal_eval(node.value)
            return [layer for layer in reversed(found) if layer != ("__main__",)]
    raise AssertionError("tests/architecture/test_imports.py no longer has LAYERS")


def uses() -> dict[str, set[str]]:
    """Return the parts that each part imports and reaches through no other part."""
    parts = engine_units()
    found: dict[str, set[str]] = {name: set() for name in parts}
    for path in modules():
        here = unit(dotted(path))
        if here in parts:
            names = {unit(name) for name in imports(path) if name.startswith("engine.")}
            found[here] |= (names & parts) - {here}
    below: dict[str, set[str]] = {}
    for row in reversed(layers()):
        for name in row:
            below[name] = found[name].union(*(below[one] for one in found[name]))
    return {
        name: {one for one in own if not any(one in below[other] for other in own)}
        for name, own in found.items()
    }


def picture() -> str:
    """Return the picture: a row a layer, a line from each part to what it imports."""
    rows = layers()
    boxes = _boxes(rows)
    height = int(max(y for _x, y, _width in boxes.values())) + ROW + SPACE + ROW + MARGIN
    lines = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' "
        f"width='{WIDTH}' height='{height}' role='img'>",
        "<title>The engine's layers: a part uses only rows below its own</title>",
        f"<rect width='{WIDTH}' height='{height}' fill='white'/>",
        _text(
            MARGIN, MARGIN + 14, "A part uses only rows below its own; lines show what it imports"
        ),
        _text(MARGIN, MARGIN + 32, "and does not reach through another part."),
        _text(MARGIN, MARGIN + 56, "Grey: pure - facts in, findings and effects out."),
    ]
    for name, others in sorted(uses().items()):
        lines += [_line(boxes[name], boxes[one]) for one in sorted(others) if name in boxes]
    for name, (x, y, width) in boxes.items():
        lines += _box(x, y, width, name, "#e4e4e4" if name in PURE else "white")
    bottom = height - ROW - MARGIN
    plugins = "plugins: one a province; import only names of `engine`"
    lines += _box(MARGIN, bottom, WIDTH - 2 * MARGIN, plugins, "white", dashed=True)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _boxes(rows: list[tuple[str, ...]]) -> dict[str, tuple[float, float, float]]:
    """Return where each part's box begins and how wide it is."""
    found = {}
    for place, row in enumerate(rows):
        width = min(240.0, (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row))
        left = (WIDTH - width * len(row) - GAP * (len(row) - 1)) / 2
        for at, name in enumerate(row):
            found[name] = (left + at * (width + GAP), MARGIN + 76.0 + place * (ROW + SPACE), width)
    return found


def _line(upper: tuple[float, float, float], lower: tuple[float, float, float]) -> str:
    (x1, y1, width1), (x2, y2, width2) = upper, lower
    assert y1 < y2, "an import that points up"
    return (
        f"<line x1='{x1 + width1 / 2:.0f}' y1='{y1 + ROW:.0f}' x2='{x2 + width2 / 2:.0f}' "
        f"y2='{y2:.0f}' stroke='#909090'/>"
    )


def _box(
    x: float, y: float, width: float, name: str, fill: str, *, dashed: bool = False
) -> list[str]:
    dash = " stroke-dasharray='6 4'" if dashed else ""
    return [
        f"<rect x='{x:.0f}' y='{y:.0f}' width='{width:.0f}' height='{ROW}' rx='4' "
        f"fill='{fill}' stroke='black'{dash}/>",
        _text(x + width / 2, y + ROW / 2 + 5, name, middle=True),
    ]


def _text(x: float, y: float, text: str, *, middle: bool = False) -> str:
    where = " text-anchor='middle'" if middle else ""
    return f"<text x='{x:.0f}' y='{y:.0f}' {FONT} font-size='{LABEL}'{where}>{escape(text)}</text>"
