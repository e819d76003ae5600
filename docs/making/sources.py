"""What the pages read out of the engine's source: docstrings and fields as they are written."""

import ast
import dataclasses
import inspect
import textwrap
from enum import Enum


def docstring(thing: object) -> str:
    """Return a docstring, its lines joined into paragraphs, its code marks made Markdown's."""
    text = inspect.getdoc(thing) or ""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).replace("``", "`")


def fields(kind: type) -> list[tuple[str, str, str]]:
    """Return a dataclass's fields in order: name, annotation and default as written."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    return [
        (
            line.target.id,
            ast.unparse(line.annotation),
            "" if line.value is None else ast.unparse(line.value),
        )
        for line in body.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    ]


def methods(kind: type) -> list[tuple[str, str]]:
    """Return a class's own public methods and properties: signature and docstring."""
    found = []
    for name, value in vars(kind).items():
        target = value.fget if isinstance(value, property) else value
        if name.startswith("_") or not inspect.isfunction(target):
            continue
        args = inspect.signature(target)
        shown = name if isinstance(value, property) else f"{name}{_without_self(args)}"
        found.append((shown, docstring(target)))
    return found


def _without_self(signature: inspect.Signature) -> str:
    rest = [one for one in signature.parameters.values() if one.name != "self"]
    return "(" + ", ".join(one.name for one in rest) + ")"


def is_record(kind: object) -> bool:
    return isinstance(kind, type) and dataclasses.is_dataclass(kind)


def is_list(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)
