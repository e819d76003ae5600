"""The picture of the house: the engine's layers, as the test of the imports has them."""

import ast
from html import escape

from making.page import ROOT

WIDTH, ROW, GAP, MARGIN, LABEL = 920, 36, 10, 16, 14
FONT = "font-family='DejaVu Sans, Verdana, Arial, sans-serif'"
PURE = {
    "model", "calendar", "money", "text", "policy", "request", "targets", "composition", "quotas",
    "funds", "obligations", "indicators", "hookspecs", "states", "findings", "forms",
}  # fmt: skip
"""Facts in, findings and effects out: no database, clock, environment or print."""


def layers() -> list[tuple[str, ...]]:
    """Return the layers from the top down, without the entry module."""
    tree = ast.parse((ROOT / "tests/architecture/test_imports.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LAYERS":
            found: tuple[tuple[str, ...], ...] = ast.literal_eval(node.value)
            return [layer for layer in reversed(found) if layer != ("__main__",)]
    raise AssertionError("tests/architecture/test_imports.py no longer has LAYERS")


def picture() -> str:
    """Return the picture: a row a layer, each part may use only rows below its own."""
    rows = layers()
    height = MARGIN * 2 + 64 + (ROW + GAP) * (len(rows) + 1)
    lines = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' "
        f"width='{WIDTH}' height='{height}' role='img'>",
        "<title>The engine's layers: a part uses only rows below its own</title>",
        f"<rect width='{WIDTH}' height='{height}' fill='white'/>",
        _text(MARGIN, MARGIN + 14, "A part uses only rows below its own."),
        _text(MARGIN, MARGIN + 36, "Grey: pure - facts in, findings and effects out."),
    ]
    y = MARGIN + 56
    for row in rows:
        lines += _row(row, y)
        y += ROW + GAP
    lines += _row(("plugins: one a province; import only names of `engine`",), y, dashed=True)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _row(names: tuple[str, ...], y: int, *, dashed: bool = False) -> list[str]:
    width = (WIDTH - 2 * MARGIN - GAP * (len(names) - 1)) / len(names)
    found = []
    for place, name in enumerate(names):
        x = MARGIN + place * (width + GAP)
        fill = "#e4e4e4" if name in PURE else "white"
        dash = " stroke-dasharray='6 4'" if dashed else ""
        found.append(
            f"<rect x='{x:.0f}' y='{y}' width='{width:.0f}' height='{ROW}' rx='4' "
            f"fill='{fill}' stroke='black'{dash}/>"
        )
        found.append(_text(x + width / 2, y + ROW / 2 + 5, name, middle=True))
    return found


def _text(x: float, y: float, text: str, *, middle: bool = False) -> str:
    where = " text-anchor='middle'" if middle else ""
    return f"<text x='{x:.0f}' y='{y:.0f}' {FONT} font-size='{LABEL}'{where}>{escape(text)}</text>"
