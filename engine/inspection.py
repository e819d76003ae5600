"""Looking at a province plugin before it is trusted: statically where possible, else apart.

Nothing here imports the plugin into this process. ``try_out`` loads it in a process of its own,
with a time limit.
"""

import ast
import difflib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from engine.i18n import _
from engine.policy.check import check_policy
from engine.provinces import GROUP, POLICY_FILE

HOOKS = ("clb_checks", "clb_reports", "clb_build_report", "clb_after_step")
"""The hooks' names, without importing their types; a test holds them to ``hookspecs.ANSWERS``."""
PREFIX = "clb_"
TRY_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with a plugin: where, what, and what it should be."""

    code: str
    file: str
    key: str
    message: str
    expected: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin as it lies in a folder: its distribution, its province and its package."""

    name: str
    version: str
    province: str
    package: str
    folder: Path


def candidates(folder: Path) -> list[Candidate]:
    """Return the province plugins installed in a folder (``pip install --target``)."""
    return [
        Candidate(dist.name, dist.version, point.name, point.value, folder)
        for dist in distributions(path=[str(folder)])
        for point in dist.entry_points
        if point.group == GROUP
    ]


def from_source(folder: Path) -> Candidate | None:
    """Return the plugin whose source lies in a folder, by its pyproject.toml; ``None`` if none."""
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        points = project["entry-points"][GROUP]
        ((province, package),) = points.items()
        return Candidate(
            str(project["name"]), str(project.get("version", "0")), province, package, folder
        )
    except (OSError, UnicodeDecodeError, KeyError, ValueError, TypeError, AttributeError):
        return None


def inspect(candidate: Candidate) -> list[Mistake]:
    """Return everything wrong with a plugin that can be seen without running it."""
    if not candidate.package.isidentifier():
        return [
            Mistake(
                "CLB-PLUGIN-ENTRY",
                "pyproject.toml",
                GROUP,
                _("The entry point must name one package, not “{value}”.").format(
                    value=candidate.package
                ),
                _("one top-level package"),
            )
        ]
    package = candidate.folder / candidate.package
    return [*policy_mistakes(package / POLICY_FILE), *hook_mistakes(package / "__init__.py")]


def policy_mistakes(path: Path) -> Iterator[Mistake]:
    """Yield what is wrong with a policy file."""
    try:
        data = path.read_bytes()
    except OSError:
        yield Mistake(
            "CLB-PLUGIN-POLICY", path.name, "", _("There is no policy file."), POLICY_FILE
        )
        return
    for problem in check_policy(data, origin=path.name):
        yield Mistake(
            problem.code, path.name, problem.key, problem.message, problem.expected, problem.line
        )


def hook_mistakes(path: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the hook functions of a package, read as text."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        line = getattr(error, "lineno", None)
        yield Mistake(
            "CLB-PLUGIN-SYNTAX",
            path.name,
            "",
            _("The file is not Python: {reason}.").format(reason=str(error)),
            line=line,
        )
        return
    seen: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _function_mistakes(node, path.name, seen)


def _function_mistakes(
    node: ast.FunctionDef | ast.AsyncFunctionDef, file: str, seen: set[str]
) -> Iterator[Mistake]:
    marked = any(_is_hookimpl(one) for one in node.decorator_list)
    if not marked and not node.name.startswith(PREFIX):
        return
    if node.name not in HOOKS:
        near = difflib.get_close_matches(node.name, HOOKS, n=1)
        yield Mistake(
            "CLB-HOOK-UNKNOWN",
            file,
            node.name,
            _("There is no hook “{name}”.").format(name=node.name),
            near[0] if near else ", ".join(HOOKS),
            node.lineno,
        )
        return
    if not marked:
        yield Mistake(
            "CLB-HOOK-UNMARKED",
            file,
            node.name,
            _("“{name}” is not marked with @hookimpl and would never be called.").format(
                name=node.name
            ),
            "@hookimpl",
            node.lineno,
        )
    if node.name in seen:
        yield Mistake(
            "CLB-HOOK-TWICE",
            file,
            node.name,
            _("“{name}” is defined twice.").format(name=node.name),
            _("one function a hook"),
            node.lineno,
        )
    seen.add(node.name)
    yield from _signature_mistakes(node, file)


def _signature_mistakes(
    node: ast.FunctionDef | ast.AsyncFunctionDef, file: str
) -> Iterator[Mistake]:
    arguments = node.args
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    plain = isinstance(node, ast.FunctionDef) and not arguments.vararg and not arguments.kwarg
    if names != ["request"] or not plain:
        yield Mistake(
            "CLB-HOOK-SIGNATURE",
            file,
            node.name,
            _("“{name}” must take one argument called request.").format(name=node.name),
            f"def {node.name}(request)",
            node.lineno,
        )
    if arguments.defaults or any(arguments.kw_defaults):
        yield Mistake(
            "CLB-HOOK-DEFAULT",
            file,
            node.name,
            _("“{name}” gives its argument a default, which hides mistakes.").format(
                name=node.name
            ),
            f"def {node.name}(request)",
            node.lineno,
        )


def _is_hookimpl(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        node = node.func
    return getattr(node, "id", getattr(node, "attr", "")) == "hookimpl"


_TRY = """
import json, sys
sys.path.insert(0, sys.argv[1])
from engine.errors import ClbError
from engine.provinces import Plugin, Provinces
from importlib.metadata import EntryPoint
provinces = Provinces([EntryPoint(sys.argv[2], sys.argv[3], "clb.provinces")])
try:
    print(json.dumps({"hooks": provinces.hooks(sys.argv[2])}))
except ClbError as error:
    print(json.dumps({"code": error.code, "message": error.message, "help": error.help}))
"""


def try_out(
    candidate: Candidate, environment: Mapping[str, str] | None = None
) -> tuple[Sequence[str], list[Mistake]]:
    """Load a plugin in a process of its own and return its hooks, and what went wrong."""
    command = [
        sys.executable,
        "-c",
        _TRY,
        str(candidate.folder),
        candidate.province,
        candidate.package,
    ]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter and script, arguments as a list)
            command,
            capture_output=True,
            text=True,
            timeout=TRY_SECONDS,
            check=False,
            env=dict(environment) if environment is not None else None,
        )
        last = done.stdout.strip().splitlines()[-1:]
        answer = json.loads(last[0]) if last else {"message": done.stderr.strip()[-300:]}
    except subprocess.TimeoutExpired:
        answer = {
            "message": _("it did not load within {seconds} seconds").format(seconds=TRY_SECONDS)
        }
    except ValueError:
        answer = {"message": _("it wrote something else than was asked while loading")}
    if "hooks" in answer:
        return answer["hooks"], []
    message = str(answer.get("message") or _("it ended while loading"))
    code = str(answer.get("code", "CLB-PLUGIN-FAILED"))
    return (), [Mistake(code, candidate.package, "", message)]
