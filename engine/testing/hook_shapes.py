"""Checks of a plugin's code before any hook is called: names, marks, arguments, imports."""

import ast
import difflib
import inspect
from collections.abc import Iterator
from types import FunctionType

import engine
from engine.provinces.hookspecs import ANSWERS, PROJECT
from engine.testing.base import Checks
from engine.testing.subject import CODE, Subject


def candidates(subject: Subject) -> Iterator[tuple[str, FunctionType]]:
    """Yield the functions of the package that are hooks, or look like one."""
    for name, value in vars(subject.module).items():
        if not isinstance(value, FunctionType):
            continue
        if name.startswith(f"{PROJECT}_") or _marked(value):
            yield name, value


def _marked(function: FunctionType) -> bool:
    return hasattr(function, f"{PROJECT}_impl")


class HookShapeChecks(Checks):
    """The code, as it is written."""

    def test_hooks_have_known_names(self, subject: Subject) -> None:
        """Every function that looks like a hook has a hook's name: another is never called."""
        for name, _function in candidates(subject):
            near = difflib.get_close_matches(name, ANSWERS, n=1)
            subject.require(
                name in ANSWERS,
                "there is no such hook.",
                mend=f"Did you mean {near[0] if near else ', '.join(ANSWERS)}?",
                file=CODE,
                key=name,
            )

    def test_hooks_are_marked(self, subject: Subject) -> None:
        """Every hook carries @hookimpl: without it the function is passed over in silence."""
        for name, function in candidates(subject):
            subject.require(
                _marked(function),
                "it is not marked.",
                mend="Write @hookimpl above it.",
                file=CODE,
                key=name,
            )

    def test_hooks_take_one_plain_request(self, subject: Subject) -> None:
        """A hook takes one argument called request, without default, and is no wrapper."""
        for name, function in candidates(subject):
            parameters = list(inspect.signature(function).parameters.values())
            plain = (
                [one.name for one in parameters] == ["request"]
                and parameters[0].default is inspect.Parameter.empty
                and not inspect.iscoroutinefunction(function)
            )
            options = getattr(function, f"{PROJECT}_impl", None) or {}
            subject.require(
                plain and not options.get("wrapper") and not options.get("hookwrapper"),
                f"it is {name}{inspect.signature(function)}.",
                mend=f"Write def {name}(request).",
                file=CODE,
                key=name,
            )

    def test_code_uses_only_what_the_engine_offers(self, subject: Subject) -> None:
        """Code imports names from engine itself: what lies inside may change with any version."""
        offered = set(engine.__all__)
        for file, tree in subject.sources.items():
            for module, name in _imports(tree):
                inside = module.split(".")[0] in ("engine", "schemas")
                subject.require(
                    not inside or (module == "engine" and name in {*offered, ""}),
                    f"it imports {name or module} from {module}.",
                    mend=f"Use what engine offers: {', '.join(sorted(offered))}.",
                    file=file,
                )


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ""
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield node.module or "", alias.name
