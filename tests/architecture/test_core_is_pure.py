"""The rules take facts and give findings: no database, clock, environment, chance or print."""

import ast
from pathlib import Path

import pytest
from support.sources import PURE, READING, dotted, imports, modules, parsed, running, unit

CORE = [path for path in modules() if unit(dotted(path)) in PURE and dotted(path) not in READING]
IMPURE = {
    "io",
    "logging",
    "os",
    "pathlib",
    "peewee",
    "playhouse",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "uuid",
}
CALLS = {"print", "input", "open", "exec", "eval", "__import__"}
CLOCKS = {"today", "now", "utcnow", "fromtimestamp"}


@pytest.mark.parametrize("path", CORE, ids=dotted)
def test_the_core_imports_nothing_that_reaches_outside(path: Path) -> None:
    assert {name.split(".")[0] for name in imports(path)} & IMPURE == set()


@pytest.mark.parametrize("path", CORE, ids=dotted)
def test_the_core_calls_nothing_that_reaches_outside(path: Path) -> None:
    for node in running(parsed(path)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            assert node.func.id not in CALLS, f"line {node.lineno}"
        if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = ast.unparse(node.func.value)
            assert owner not in ("date", "datetime", "datetime.date", "datetime.datetime"), (
                f"line {node.lineno}"
            )


@pytest.mark.parametrize("path", CORE, ids=dotted)
def test_the_core_keeps_nothing_between_two_questions(path: Path) -> None:
    """No module-level list, dictionary or set that could be changed, and no ``global``."""
    for node in parsed(path).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Set):
            names = [ast.unparse(target) for target in node.targets]
            assert names == ["__all__"], f"line {node.lineno}: a value that can change"
    assert not [node for node in running(parsed(path)) if isinstance(node, ast.Global)]


def test_only_one_module_reads_the_clock() -> None:
    """Everything else is handed a clock, so that tests and corrections can choose the day."""
    readers = set()
    for path in modules():
        for node in running(parsed(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CLOCKS
                and ast.unparse(node.func.value) in ("date", "datetime")
            ):
                readers.add(dotted(path))
    assert readers == {"engine.clock"}
