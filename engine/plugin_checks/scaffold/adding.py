"""Adding one thing to a plugin that is there: a hook, a report, a paper, a case or a check.

Whatever is added is an example that works: text at the end of a file, or a file of its own. All is
made and read again in memory first; then all of it is written.
"""

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from engine import codes
from engine.errors import InputError
from engine.files import TEXT_BYTES, file_bytes, reading, writing
from engine.i18n import _
from engine.model import OWN_PREFIX
from engine.plugin_checks.locate import from_source
from engine.plugin_checks.model import Candidate
from engine.plugin_checks.scaffold.naming import ID
from engine.plugin_checks.scaffold.writing import FOLDER, TEMPLATES
from engine.policy.files import read_policy
from engine.policy.model import Document, Policy
from engine.provinces.deprecated import DEPRECATED
from engine.provinces.hookspecs import ANSWERS, ProvinceHooks
from engine.provinces.load import CODE_FILE, POLICY_FILE

CHECK_NAMES = ("Finding", "Level", "StepRequest", "hookimpl")
"""What the example of a check imports from ``engine``."""
LINE = 101
"""The longest line of a plugin's code, with its end."""
TYPING = "from collections.abc import Sequence\n"


@dataclass(frozen=True, slots=True)
class Added:
    """What was written: the plugin, and the files by their path in its folder."""

    candidate: Candidate
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plugin:
    """A plugin's files as they are before anything is added."""

    candidate: Candidate
    project: Path
    package: Path
    policy: Policy

    @property
    def document(self) -> Document:
        """The document an example cites: the latest of the province's programme."""
        programme = [one for one in self.policy.documents if one.programme]
        return max(programme or self.policy.documents, key=lambda one: one.start)

    def words(self, name: str) -> dict[str, str]:
        """Return what the templates ask for."""
        start = self.document.start
        return {
            "id": name,
            "words": name.replace("_", " ").capitalize(),
            "code": f"{self.policy.prefix}-{name.replace('_', '-').upper()}",
            "document": self.document.id,
            "day": str(date(start.year + (start.month > 11), start.month % 12 + 1, 15)),
        }


def add(kind: str, name: str, folder: Path) -> Added:
    """Add an example of a kind under a name to the plugin whose source lies in a folder.

    A name may be written as a key or a case's file has it: ``own_giay_khen``, ``thon-moi``.
    Raise ``InputError`` where there is no plugin, the name cannot be one or is there already.
    """
    plugin = _plugin(folder)
    files: dict[Path, str | bytes]
    if kind == "hook":
        files = _code(plugin, _hook(name), _hook_names(name))
    else:
        name = name.replace("-", "_").removeprefix(OWN_PREFIX)
        if not ID.fullmatch(name):
            raise InputError(
                _("“{name}” cannot be a name here.").format(name=name),
                code=codes.SCAFFOLD_ID,
                help=_("Write small letters without marks, digits and single underscores."),
            )
        files = dict(_pieces(plugin, kind, name))
    with writing(folder, FOLDER):
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
    shown = (path.relative_to(plugin.project).as_posix() for path in files)
    return Added(plugin.candidate, tuple(sorted(shown)))


def _plugin(folder: Path) -> _Plugin:
    candidate = from_source(folder)
    if candidate is None:
        raise InputError(
            _("No province's plugin lies in {folder}.").format(folder=folder),
            code=codes.SCAFFOLD_FOLDER,
            help=_("Go into the folder of its pyproject.toml, or name it: --to FOLDER."),
        )
    package = candidate.folder / candidate.package
    path = package / POLICY_FILE
    with reading(path):
        policy = read_policy(file_bytes(path, TEXT_BYTES), origin=str(path))
    return _Plugin(candidate, folder, package, policy)


def _pieces(plugin: _Plugin, kind: str, name: str) -> Iterator[tuple[Path, str | bytes]]:
    """Yield the files of a report, a paper, a case or a check, whole as they will be."""
    words, own = plugin.words(name), f"{OWN_PREFIX}{name}"
    case = plugin.project / "tests" / "cases" / f"{name.replace('_', '-')}.toml"
    if kind == "check":
        text = _filled("add_check.py", words)
        yield from _code(plugin, text, CHECK_NAMES).items()
        yield _policy(plugin, f"value.{own}", _filled("add_check.toml", words))
        yield _new(case), _filled("add_check_case.toml", words)
    elif kind == "case":
        yield _new(case), _filled("add_case.toml", words)
    elif kind == "paper":
        yield from _paper_pieces(plugin, words, own)
    else:
        yield _policy(plugin, f"{kind}.{own}", _filled(f"add_{kind}.toml", words))


def _paper_pieces(
    plugin: _Plugin, words: dict[str, str], own: str
) -> Iterator[tuple[Path, str | bytes]]:
    """Yield a paper's value and its template; of a paper that is stated already, the template."""
    template = plugin.package / "templates" / f"{own}.docx"
    stated = plugin.policy.entries_of(f"paper.{own}")
    if not stated or template.exists():
        yield _policy(plugin, f"paper.{own}", _filled("add_paper.toml", words))
    yield _new(template), _paper(stated[-1].value["title"] if stated else words["words"])


def _filled(template: str, words: dict[str, str]) -> str:
    text = (TEMPLATES / f"{template}.tmpl").read_text(encoding="utf-8")
    return Template(text).substitute(words)


def _new(path: Path) -> Path:
    """Return a path at which nothing is yet. Raise ``InputError`` for another."""
    if path.exists():
        raise _there(path.name, path.parent)
    return path


def _there(name: str, place: object) -> InputError:
    return InputError(
        _("“{name}” is there already: {place}.").format(name=name, place=place),
        code=codes.SCAFFOLD_THERE,
        help=_("Change it there, or choose another name. Nothing was changed."),
    )


def _policy(plugin: _Plugin, key: str, piece: str) -> tuple[Path, str]:
    """Return the policy file with a piece at its end. Raise ``InputError`` for a key it has."""
    path = plugin.package / POLICY_FILE
    if plugin.policy.has(key):
        raise _there(key, path)
    text = _text(path)
    whole = f"{text.rstrip()}\n\n{piece}"
    tomllib.loads(whole)
    return path, whole


def _text(path: Path) -> str:
    with reading(path):
        return file_bytes(path, TEXT_BYTES).decode("utf-8-sig").replace("\r\n", "\n")


def _hook(name: str) -> str:
    from inspect import getdoc

    answer = ANSWERS.get(name)
    if answer is None or name in {one.name for one in DEPRECATED}:
        raise InputError(
            _("“{name}” is no hook that a plugin may add.").format(name=name),
            code=codes.SCAFFOLD_ID,
            help=", ".join(_addable()),
        )
    request = _request(name)
    about = (getdoc(getattr(ProvinceHooks, name)) or "").partition("\n")[0]
    words = {"hook": name, "request": request, "answer": answer.__name__, "about": about}
    return _filled("add_hook.py", words)


def _addable() -> list[str]:
    gone = {one.name for one in DEPRECATED}
    return [one for one in ANSWERS if one not in gone]


def _request(hook: str) -> str:
    wanted: type = getattr(ProvinceHooks, hook).__annotations__["request"]
    return wanted.__name__


def _hook_names(name: str) -> tuple[str, ...]:
    answer = ANSWERS[name]
    assert answer is not None, "only hooks with an answer are added"
    return (_request(name), answer.__name__, "hookimpl")


def _code(plugin: _Plugin, piece: str, names: tuple[str, ...]) -> dict[Path, str | bytes]:
    """Return the package's own file with a function at its end and what that imports.

    Raise ``InputError`` where the file cannot be read as Python or has the function.
    """
    path = plugin.package / CODE_FILE
    text = _text(path)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise InputError(
            _("{file} cannot be read as Python: {error}").format(file=path, error=error),
            code=codes.SCAFFOLD_FOLDER,
            help=_("Correct it first: clb province check {folder}").format(folder=plugin.project),
        ) from error
    function = re.findall(r"^def (\w+)", piece, re.MULTILINE)[0]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            raise _there(function, f"{path}:{node.lineno}")
    return {path: f"{_importing(text, tree, names).rstrip()}\n\n\n{piece}"}


def _importing(text: str, tree: ast.Module, names: tuple[str, ...]) -> str:
    """Return a file that also imports these names of ``engine``, and ``Sequence``."""
    lines = text.splitlines(keepends=True)
    froms = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    new = "" if any(one.name == "Sequence" for node in froms for one in node.names) else TYPING
    wanted = set(names)
    first = next((node for node in froms if node.module == "engine"), None)
    if first is None:
        opening = [
            node
            for number, node in enumerate(tree.body)
            if isinstance(node, ast.Import | ast.ImportFrom)
            or (number == 0 and isinstance(node, ast.Expr))
        ]
        start = end = opening[-1].end_lineno or 0 if opening else 0
        new = "\n" + new
    else:
        start, end = first.lineno - 1, first.end_lineno or first.lineno
        wanted |= {ast.unparse(one) for one in first.names}
    new += "\n" * new.endswith(TYPING) + _import(sorted(wanted, key=_by_kind))
    return "".join((*lines[:start], new, *lines[end:]))


def _import(names: list[str]) -> str:
    line = f"from engine import {', '.join(names)}\n"
    if len(line) <= LINE:
        return line
    return "from engine import (\n" + "".join(f"    {one},\n" for one in names) + ")\n"


def _by_kind(name: str) -> tuple[bool, str]:
    """Sort as linters do: classes, then functions."""
    return name[:1].islower(), name


def _paper(title: str) -> bytes:
    """Return a Word template with the heads, a title and the fields that every paper has."""
    import docx

    document = docx.Document()
    for line in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "{%p for line in agency.lines %}",
        "{{ line }}",
        "{%p endfor %}",
        "{{ place_and_date }}",
        title.upper(),
        "{{ club.name }}",
        "{%p for o in own_fields %}",
        "- {{ o.label }}: {{ o.text }}",
        "{%p endfor %}",
        "{%p for line in signature.lines %}",
        "{{ line }}",
        "{%p endfor %}",
        "{{ signature.name }}",
    ):
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
