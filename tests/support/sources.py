"""The engine's own sources: its modules, and what each imports when it runs."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "engine"
PURE = ("frozen", "interview", "model", "policy", "rules", "seals", "states", "targets")
"""Parts that take facts and give findings and effects: no database, clock, environment or print."""
READING = {"engine.policy.files"}
"""Modules of these parts that read files of the package: where a policy comes from."""


def modules(folder: Path = ENGINE) -> list[Path]:
    """Return every Python file below a folder."""
    return sorted(folder.rglob("*.py"))


def dotted(path: Path) -> str:
    """Return a module's name: ``engine.states.stage``; a package's without ``__init__``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit(module: str) -> str:
    """Return the part of the engine a module is in: ``states``, ``model`` ..."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "engine"


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Yield the names a module imports, also late ones; not those for type checkers only."""
    for node in running(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree without the branches that only a type checker takes."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            for other in child.orelse:
                yield from running(other)
        else:
            yield from running(child)


def engine_units() -> frozenset[str]:
    """Return the parts of the engine: its top-level modules and packages."""
    return frozenset(unit(dotted(path)) for path in modules()) - {"engine"}
