"""Which fields a Word template asks for, read from its tags without filling it."""

import io
from collections.abc import Iterator, Mapping

from docxtpl import DocxTemplate
from jinja2 import nodes

from engine.documents.render import Template, parser

_OF_LIST = ("join", "last", "first", "length")
"""Filters that read what is inside a list."""


def asked(template: Template) -> tuple[str, ...]:
    """Return the paths of the fields in the order in which the template has them."""
    document = DocxTemplate(io.BytesIO(template.data))
    document.init_docx()
    tree = parser().parse(document.patch_xml(document.get_xml()))
    return tuple(dict.fromkeys(_asked(tree, {})))


def _asked(node: nodes.Node, scope: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _loop(node, scope)
        return
    path = _path(node, scope)
    if path is not None:
        yield path
        return
    for inner in node.iter_child_nodes():
        yield from _asked(inner, scope)


def _loop(node: nodes.For, scope: Mapping[str, str]) -> Iterator[str]:
    over = _path(node.iter, scope)
    inside = dict(scope)
    if over is not None and isinstance(node.target, nodes.Name):
        inside[node.target.name] = f"{over.removesuffix('[]')}[]"
    for part in (*([node.test] if node.test else []), *node.body):
        yield from _asked(part, inside)
    for part in node.else_:
        yield from _asked(part, scope)


def _path(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    """Return the path that an expression reads; ``None`` for another kind, or the loop's own."""
    if isinstance(node, nodes.Name):
        return None if node.name == "loop" else scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        base = _path(node.node, scope)
        return None if base is None else f"{base}.{node.attr}"
    if isinstance(node, nodes.Filter) and node.node is not None and node.name in _OF_LIST:
        base = _path(node.node, scope)
        return None if base is None else f"{base}[]"
    return None
