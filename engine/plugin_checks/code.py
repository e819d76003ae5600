"""What is wrong with a plugin's Python code, read as text: its hooks, and what it reaches for.

A hook knows its request and nothing else: no clock, no environment, nothing inside the engine.
What only shows when the code runs (files, network, other programs) is found by the trial.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import engine
from engine import codes
from engine.files import TEXT_BYTES, failure, file_bytes
from engine.i18n import _
from engine.model import OWN_PREFIX
from engine.plugin_checks.model import HOOKS, WARN, Mistake
from engine.policy import vocabulary
from engine.policy.model import Policy
from engine.provinces.deprecated import DEPRECATED, Deprecated, shown
from engine.provinces.hookcalls import HookShape, nearest_hook, shape_faults
from engine.provinces.load import CODE_FILE, POLICY_FILE

PREFIX = "clb_"
CLOCK: Mapping[str, tuple[str, ...]] = {
    "date": ("today", "fromtimestamp"),
    "datetime": ("now", "today", "utcnow"),
    "time": ("time", "time_ns", "localtime", "gmtime", "monotonic", "perf_counter", "strftime"),
    "random": ("random", "randint", "choice", "randrange", "shuffle", "sample", "uniform"),
    "secrets": ("choice", "token_hex", "token_bytes", "randbelow"),
    "uuid": ("uuid1", "uuid4"),
}
"""Functions whose answer is another each time, by the last name before them."""
ENVIRONMENT = ("environ", "getenv", "environb")
ASKS = frozenset({"stated", "rule", "needed", "on", "has", "entries_of"})
"""The methods of rules and policies whose first argument is a key."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def code_mistakes(package: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the Python files of a plugin's package."""
    for path in sorted(package.rglob("*.py")):
        if path == package / "__init__.py":
            yield from hook_mistakes(path)
        yield from _calls_and_imports(path, path.relative_to(package).as_posix(), package.name)


def key_mistakes(package: Path, policy: Policy) -> Iterator[Mistake]:
    """Yield keys that the code asks for and that the policy file lacks, misspelt or forgotten.

    Such a rule would never act, and nobody would see it. A key with a fixed name may be absent: it
    is not stipulated then.
    """
    for path in sorted(package.rglob("*.py")):
        tree = _parsed(path)
        nodes = list(ast.walk(tree)) if tree else []
        asked = {
            id(node.args[0])
            for node in nodes
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ASKS
            and node.args
        }
        for node in nodes:
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            group, dot, name = node.value.partition(".")
            if not dot or name in vocabulary.ids(group) or policy.has(node.value):
                continue
            if group not in vocabulary.groups():
                continue
            if id(node) in asked or (
                name.startswith(OWN_PREFIX) and vocabulary.is_known(node.value)
            ):
                near = vocabulary.closest(node.value, {*policy.entries, *vocabulary.keys()})
                yield Mistake(
                    codes.HOOK_KEY,
                    path.relative_to(package).as_posix(),
                    node.value,
                    _("The code asks for {key}, which the policy file does not have.").format(
                        key=node.value
                    ),
                    near or f"[[{node.value}]]",
                    node.lineno,
                )


def deprecated_mistakes(
    package: Path, policy: Policy | None, table: Sequence[Deprecated] = DEPRECATED
) -> Iterator[Mistake]:
    """Yield the hooks and keys of a plugin that a later version of the interface will not have."""
    hooks = hook_lines(package / CODE_FILE)
    for one in table:
        key = policy is not None and policy.has(one.name)
        if not key and one.name not in hooks:
            continue
        yield Mistake(
            codes.PLUGIN_DEPRECATED,
            POLICY_FILE if key else CODE_FILE,
            one.name,
            _("{name} is deprecated in {since} and removed in {removed} of the interface.").format(
                name=one.name, since=shown(one.since), removed=shown(one.removed)
            ),
            _(one.instead),
            hooks.get(one.name),
            WARN,
        )


def hook_mistakes(path: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the hook functions of a package's own file."""
    seen: set[str] = set()
    for node in _functions(path):
        shape = _shape(node)
        if not shape.marked and not shape.name.startswith(PREFIX):
            continue
        for code in shape_faults(shape):
            message, expected = _fault(code, node.name)
            yield Mistake(code, path.name, node.name, message, expected, node.lineno)
        if node.name in seen:
            yield Mistake(
                codes.HOOK_TWICE,
                path.name,
                node.name,
                _("“{name}” is defined twice.").format(name=node.name),
                _("one function a hook"),
                node.lineno,
            )
        seen.add(node.name if node.name in HOOKS else "")


def hook_lines(path: Path) -> dict[str, int]:
    """Return the line each hook's function begins on, as far as the file itself defines it."""
    return {node.name: node.lineno for node in _functions(path) if node.name in HOOKS}


def _functions(path: Path) -> list[Function]:
    tree = _parsed(path)
    return [node for node in tree.body if isinstance(node, Function)] if tree else []


def _parsed(path: Path) -> ast.Module | None:
    """Return a file as Python reads it, ``None`` when it cannot be read so."""
    try:
        return ast.parse(file_bytes(path, TEXT_BYTES).decode("utf-8-sig"))
    except (OSError, SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
        return None


def _shape(node: Function) -> HookShape:
    marks = [one for one in node.decorator_list if _is_hookimpl(one)]
    arguments = node.args
    names = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    return HookShape(
        node.name,
        bool(marks),
        any(isinstance(one, ast.Call) and _wraps(one) for one in marks),
        tuple(one.arg for one in names),
        bool(arguments.defaults or any(arguments.kw_defaults)),
        isinstance(node, ast.FunctionDef) and not arguments.vararg and not arguments.kwarg,
    )


def _fault(code: str, name: str) -> tuple[str, str]:
    """Return what is wrong with a hook function and what is expected."""
    if code == codes.HOOK_UNKNOWN:
        return _("There is no hook “{name}”.").format(name=name), nearest_hook(name)
    if code == codes.HOOK_UNMARKED:
        message = _("“{name}” is not marked with @hookimpl and would never be called.")
        return message.format(name=name), "@hookimpl"
    if code == codes.HOOK_WRAPPER:
        message = _("“{name}” is marked as a wrapper, which no province's hook may be.")
        return message.format(name=name), "@hookimpl"
    if code == codes.HOOK_SIGNATURE:
        message = _("“{name}” must take one argument called request.")
    else:
        message = _("“{name}” gives its argument a default, which hides mistakes.")
    return message.format(name=name), f"def {name}(request)"


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


def _calls_and_imports(path: Path, name: str, own: str) -> Iterator[Mistake]:
    """Yield what one file of the plugin reaches for; ``own`` is the plugin's package."""
    tree = _parsed(path)
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
        ast.parse(file_bytes(path, TEXT_BYTES).decode("utf-8-sig"))
    except OSError as error:
        yield Mistake(codes.PLUGIN_SYNTAX, name, "", failure(name, error).message)
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
        about="environment",
    )


def _inside(node: ast.Import | ast.ImportFrom, name: str, own: str) -> Iterator[Mistake]:
    """Yield names that the engine does not offer to plugins: they change without notice."""
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
