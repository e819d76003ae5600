"""What is wrong with a plugin's hook functions, read as text."""

import ast
import difflib
from collections.abc import Iterator
from pathlib import Path

from engine import codes
from engine.i18n import _
from engine.plugin_checks.model import HOOKS, Mistake

PREFIX = "clb_"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def hook_mistakes(path: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the hook functions of a package's own file."""
    tree = parsed(path)
    if tree is None:
        return
    seen: set[str] = set()
    for node in tree.body:
        if isinstance(node, Function):
            yield from _function_mistakes(node, path.name, seen)


def parsed(path: Path) -> ast.Module | None:
    """Return a file as Python reads it, ``None`` when it cannot be read so."""
    try:
        return ast.parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
        return None


def _function_mistakes(node: Function, file: str, seen: set[str]) -> Iterator[Mistake]:
    marks = [one for one in node.decorator_list if _is_hookimpl(one)]
    if not marks and not node.name.startswith(PREFIX):
        return
    if node.name not in HOOKS:
        near = difflib.get_close_matches(node.name, HOOKS, n=1)
        yield Mistake(
            codes.HOOK_UNKNOWN,
            file,
            node.name,
            _("There is no hook “{name}”.").format(name=node.name),
            near[0] if near else ", ".join(HOOKS),
            node.lineno,
        )
        return
    if not marks:
        yield Mistake(
            codes.HOOK_UNMARKED,
            file,
            node.name,
            _("“{name}” is not marked with @hookimpl and would never be called.").format(
                name=node.name
            ),
            "@hookimpl",
            node.lineno,
        )
    if any(isinstance(one, ast.Call) and _wraps(one) for one in marks):
        yield Mistake(
            codes.HOOK_WRAPPER,
            file,
            node.name,
            _("“{name}” is marked as a wrapper, which no province's hook may be.").format(
                name=node.name
            ),
            "@hookimpl",
            node.lineno,
        )
    if node.name in seen:
        yield Mistake(
            codes.HOOK_TWICE,
            file,
            node.name,
            _("“{name}” is defined twice.").format(name=node.name),
            _("one function a hook"),
            node.lineno,
        )
    seen.add(node.name)
    yield from _signature_mistakes(node, file)


def _signature_mistakes(node: Function, file: str) -> Iterator[Mistake]:
    arguments = node.args
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    plain = isinstance(node, ast.FunctionDef) and not arguments.vararg and not arguments.kwarg
    if names != ["request"] or not plain:
        yield Mistake(
            codes.HOOK_SIGNATURE,
            file,
            node.name,
            _("“{name}” must take one argument called request.").format(name=node.name),
            f"def {node.name}(request)",
            node.lineno,
        )
    if arguments.defaults or any(arguments.kw_defaults):
        yield Mistake(
            codes.HOOK_DEFAULT,
            file,
            node.name,
            _("“{name}” gives its argument a default, which hides mistakes.").format(
                name=node.name
            ),
            f"def {node.name}(request)",
            node.lineno,
        )


def _wraps(mark: ast.Call) -> bool:
    return any(
        one.arg in ("wrapper", "hookwrapper")
        and not (isinstance(one.value, ast.Constant) and one.value.value is False)
        for one in mark.keywords
    )


def _is_hookimpl(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        node = node.func
    return getattr(node, "id", getattr(node, "attr", "")) == "hookimpl"


def hook_lines(path: Path) -> dict[str, int]:
    """Return the line each hook's function begins on, as far as the file itself defines it."""
    tree = parsed(path)
    functions = [node for node in tree.body if isinstance(node, Function)] if tree else []
    return {node.name: node.lineno for node in functions if node.name in HOOKS}
