"""What a plugin's code reaches for beyond its request, read as text.

A hook knows its request and nothing else: no clock, no environment, none of the engine's inside.
What only shows when the code runs (files, network, other programs) is told by the trial.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import engine
from engine import codes
from engine.i18n import _
from engine.plugin_checks.hooks import parsed
from engine.plugin_checks.model import WARN, Mistake

CLOCK: Mapping[str, tuple[str, ...]] = {
    "date": ("today", "fromtimestamp"),
    "datetime": ("now", "today", "utcnow"),
    "time": ("time", "time_ns", "localtime", "gmtime", "monotonic", "perf_counter", "strftime"),
    "random": ("random", "randint", "choice", "randrange", "shuffle", "sample", "uniform"),
    "secrets": ("choice", "token_hex", "token_bytes", "randbelow"),
    "uuid": ("uuid1", "uuid4"),
}
"""Functions by the last name before them whose answer is another each time."""
ENVIRONMENT = ("environ", "getenv", "environb")


def surroundings_mistakes(path: Path, name: str, *, own: str) -> Iterator[Mistake]:
    """Yield what one file of the plugin reaches for; ``own`` is the plugin's package."""
    tree = parsed(path)
    if tree is None:
        yield from _not_python(path, name)
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _clock(node.func, name)
        if isinstance(node, ast.Attribute | ast.ImportFrom) and _reads_environment(node):
            yield _environment(node, name)
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _inside(node, name, own)


def _not_python(path: Path, name: str) -> Iterator[Mistake]:
    try:
        ast.parse(path.read_text(encoding="utf-8-sig"))
    except (SyntaxError, ValueError, RecursionError) as error:
        yield Mistake(
            codes.PLUGIN_SYNTAX,
            name,
            "",
            _("The file is not Python: {reason}.").format(reason=getattr(error, "msg", str(error))),
            line=getattr(error, "lineno", None),
        )


def _clock(function: ast.Attribute, name: str) -> Iterator[Mistake]:
    before = function.value
    owner = getattr(before, "id", getattr(before, "attr", ""))
    if function.attr in CLOCK.get(owner, ()):
        yield Mistake(
            codes.HOOK_CLOCK,
            name,
            f"{owner}.{function.attr}",
            _("The code asks the clock or chance: {call}.").format(
                call=f"{owner}.{function.attr}()"
            ),
            "request.on, request.today",
            function.lineno,
        )


def _reads_environment(node: ast.Attribute | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(one.name in ENVIRONMENT for one in node.names)
    return node.attr in ENVIRONMENT and getattr(node.value, "id", "") == "os"


def _environment(node: ast.expr | ast.stmt, name: str) -> Mistake:
    return Mistake(
        codes.HOOK_OUTSIDE,
        name,
        "os.environ",
        _("The code reads the environment of the program."),
        _("only what is in the request"),
        node.lineno,
    )


def _inside(node: ast.Import | ast.ImportFrom, name: str, own: str) -> Iterator[Mistake]:
    """Tell of names that the engine does not offer to plugins: they change without notice."""
    offered = {"engine", *(f"engine.{one}" for one in engine.__all__)}
    if isinstance(node, ast.Import):
        modules = [one.name for one in node.names]
    elif node.level:
        return
    elif node.module == "engine":
        modules = [f"engine.{one.name}" for one in node.names]
    else:
        modules = [node.module or ""]
    for module in modules:
        root = module.partition(".")[0]
        inner = root == "engine" and module not in offered
        if inner or root == "schemas" or (root.startswith("clb_") and root != own):
            yield Mistake(
                codes.PLUGIN_INSIDE,
                name,
                module,
                _("“{module}” is not offered to plugins and may change without notice.").format(
                    module=module
                ),
                "from engine import …",
                node.lineno,
                WARN,
            )
