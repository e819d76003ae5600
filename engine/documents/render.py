"""Word templates: which one a paper is filled into, and filling it.

A template is filled in a sandbox, every value as text; what is not known is a blank.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from docx import Document
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from engine import codes
from engine.archive import DAMAGED, undated
from engine.documents.apart import fill_apart
from engine.documents.outside import reaching
from engine.documents.widths import kept, rule
from engine.documents.words import BLANK
from engine.errors import InputError, PluginError
from engine.files import Failure, read_file
from engine.i18n import N_, _
from engine.package_data import read_package_file
from engine.provinces.discover import Plugin
from engine.rules.own import is_own
from engine.vietnamese.text import clean

FOLDER = "templates"
MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_PARTS = 2_000
TEMPLATE_FILE = Failure(code=codes.TEMPLATE, fix=N_("Close it in Word if it is open there."))
"""How a template that cannot be read is reported."""
_NO_XML = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff]")
_FAILURES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What a template's own expressions can end in, such as dividing by a text."""
_UNSAFE_FILTERS = ("safe", "tojson", "urlize", "xmlattr", "pprint", "forceescape")

Origin = Literal["built_in", "province", "file"]


@dataclass(frozen=True, slots=True)
class Template:
    """The bytes of a Word file with fields, its name for messages and where it is from."""

    data: bytes
    name: str
    origin: Origin


def template(name: str, plugin: Plugin, given: Path | None = None) -> Template:
    """Return the template of that file name: ``given``, else the province's own, else ours.

    Raises ``InputError`` for a given file that cannot be read, ``PluginError`` for a province's.
    """
    if given is not None:
        return Template(_read(given), given.name, "file")
    own = _province_template(name, plugin)
    if own is not None:
        return own
    return built_in(name)


def built_in(name: str) -> Template:
    """Return the template of that file name which comes with the engine.

    Raises ``InputError`` for a paper of a province's own kind, whose template its plugin brings.
    """
    if is_own(name):
        raise InputError(
            _(
                "The template {name} does not come with the program: "
                "the province's plugin brings it."
            ).format(name=name),
            code=codes.TEMPLATE,
            help=_("Put it into the plugin's folder templates, or give one: --template FILE.docx."),
        )
    data = files("engine.documents").joinpath(FOLDER, name).read_bytes()
    return Template(data, name, "built_in")


def _province_template(name: str, plugin: Plugin) -> Template | None:
    """Return the template in a province's package, without importing the plugin.

    ``None`` when it brings none. Raises ``PluginError`` when it cannot be read.
    """
    try:
        data = read_package_file(plugin.package, FOLDER, name)
    except OSError as error:
        raise PluginError(
            _("{plugin}: the template {file} cannot be read: {reason}.").format(
                plugin=plugin, file=name, reason=str(error)
            ),
            code=codes.DOCUMENT_PLUGIN,
            help=_("Install it again: pip install --force-reinstall {name}.").format(
                name=plugin.name
            ),
        ) from error
    if data is None:
        return None
    return Template(data, f"{plugin.package}/{FOLDER}/{name}", "province")


def _read(path: Path) -> bytes:
    return read_file(path, most=MAX_BYTES, kind=TEMPLATE_FILE)


@dataclass(frozen=True, slots=True)
class Filled:
    """A Word file ready to be written.

    ``unknown`` are names the template asks for in vain. ``blanks`` are the fields that were printed
    as blanks because nothing is known of them, each as a path of ``engine.documents.fields``.
    """

    data: bytes
    unknown: tuple[str, ...]
    blanks: tuple[str, ...] = ()


class _Nothing:
    """A value that is not known: false in a condition, a blank in print, and remembered."""

    __slots__ = ("_path", "_printed")

    def __init__(self, path: str, printed: dict[str, None]) -> None:
        self._path, self._printed = path, printed

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        self._printed[self._path] = None
        return BLANK


def _with_blanks(value: Any, path: str, printed: dict[str, None]) -> Any:
    """Return values with every ``None`` in them as one that remembers whether it was printed."""
    if value is None:
        return _Nothing(path, printed)
    if isinstance(value, dict):
        inside = f"{path}." if path else ""
        return {name: _with_blanks(one, f"{inside}{name}", printed) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_blanks(one, f"{path}[]", printed) for one in value]
    return value


class _Sandbox(ImmutableSandboxedEnvironment):
    """Templates may read the values they are given and nothing behind them."""

    intercepted_binops = frozenset({"*", "**"})

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        """Refuse what reaches behind a value, rather than print a blank for it."""
        del obj
        raise SecurityError(attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers only: a text a thousand million times over is no paper."""
        if not (isinstance(left, int) and isinstance(right, int) and operator == "*"):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


def render(
    template: Template, values: dict[str, Any], arrange: Callable[[Any], None] | None = None
) -> Filled:
    """Fill a template. Raises ``InputError`` (CLB-TEMPLATE) for one that cannot be used.

    ``arrange`` is given the filled document before it is written. A template that is not ours is
    filled in a child process with limits of time and memory.
    """
    _check(template)
    if template.origin == "built_in":
        return fill(template, values, arrange)
    filled = fill_apart(template, values)
    if arrange is None:
        return filled
    document = Document(io.BytesIO(filled.data))
    arrange(document)
    return replace(filled, data=_saved(document))


def fill(
    template: Template, values: dict[str, Any], arrange: Callable[[Any], None] | None = None
) -> Filled:
    """Fill a template in this process, as ``render`` does."""
    unknown: dict[str, None] = {}
    printed: dict[str, None] = {}
    environment = _environment(unknown)
    with _refusing(template):
        document = DocxTemplate(io.BytesIO(template.data))
        document.render(_with_blanks(values, "", printed), environment, autoescape=True)
    if arrange is not None:
        arrange(document.docx)
    with _refusing(template):
        data = _saved(document)
    return Filled(data, tuple(unknown), tuple(printed))


def _saved(document: Any) -> bytes:
    """Return the bytes of a Word file: the same whenever it is made."""
    out = io.BytesIO()
    document.save(out)
    return undated(out.getvalue())


@contextmanager
def _refusing(template: Template) -> Iterator[None]:
    """Turn what a faulty template ends in into the ``InputError`` that names it."""
    try:
        yield
    except SecurityError as error:
        raise _refused(
            template,
            _("The template {name} asks for something that a template may not use: {what}."),
            what=str(error),
        ) from error
    except TemplateError as error:
        raise _refused(
            template,
            _("The template {name} cannot be used: {what}."),
            what=_where(error),
        ) from error
    except (OpcError, SyntaxError, KeyError) as error:
        raise _not_word(template) from error
    except _FAILURES as error:
        raise _refused(
            template, _("The template {name} cannot be used: {what}."), what=str(error)
        ) from error
    except DAMAGED as error:
        raise _not_word(template) from error


def _environment(unknown: dict[str, None]) -> _Sandbox:
    class Blank(ChainableUndefined):
        """A name nobody gave a value: printed as a blank, and remembered."""

        def __str__(self) -> str:
            unknown[self._undefined_name or "?"] = None
            return BLANK

        def __html__(self) -> str:
            return str(self)

    environment = _Sandbox(autoescape=True, undefined=Blank, finalize=_printed)
    for name in _UNSAFE_FILTERS:
        environment.filters.pop(name, None)
    environment.tests["none"] = lambda value: value is None or isinstance(value, _Nothing)
    environment.filters["rule"] = rule
    environment.filters["kept"] = kept
    return environment


def parser() -> ImmutableSandboxedEnvironment:
    """Return what reads the tags of a template, with the filters that a template may use."""
    return _environment({})


MOST_SHOWN = 200
"""Signs of an address that a message shows."""


def _printed(value: Any) -> Any:
    """Return a value as text that XML can hold and nothing of which acts as a tag."""
    if value is None:
        return BLANK
    if isinstance(value, Markup):
        return value
    return escape(as_xml_text(str(value)))


def as_xml_text(text: str) -> str:
    """Return text without what XML cannot hold, as papers print it."""
    return clean(_NO_XML.sub("", text))


def _check(template: Template) -> None:
    """Refuse what is no Word file, or unpacks to far more than one."""
    try:
        with zipfile.ZipFile(io.BytesIO(template.data)) as archive:
            parts = archive.infolist()
    except DAMAGED as error:
        raise _not_word(template) from error
    names = {part.filename.lower() for part in parts}
    if any("vbaproject" in name for name in names):
        raise InputError(
            _("The template {name} holds macros.").format(name=template.name),
            code=codes.TEMPLATE,
            help=_("Save it in Word as a plain document (.docx), without macros."),
        )
    too_much = sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > MAX_PARTS
    if "word/document.xml" not in names or too_much:
        raise _not_word(template)
    if template.origin != "built_in":
        _refuse_reaching(template)


def _refuse_reaching(template: Template) -> None:
    """Refuse a template whose papers would fetch something when they are opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(template.data)) as archive:
            what = next(reaching(archive), None)
    except SyntaxError as error:
        raise _not_word(template) from error
    except DAMAGED as error:
        raise _not_word(template) from error
    if what is not None:
        raise InputError(
            _("The template {name} fetches something from elsewhere: {what}.").format(
                name=template.name, what=what[:MOST_SHOWN]
            ),
            code=codes.TEMPLATE,
            help=_("Put pictures and texts into the file itself, and take links and objects out."),
        )


def _not_word(template: Template) -> InputError:
    return InputError(
        _("The template {name} is not a Word document (.docx), or it is damaged.").format(
            name=template.name
        ),
        code=codes.TEMPLATE,
        help=_("Open it in Word and save it again as .docx."),
    )


def _refused(template: Template, message: str, *, what: str) -> InputError:
    return InputError(
        message.format(name=template.name, what=what.rstrip(".")),
        code=codes.TEMPLATE,
        help=_(
            "Look in Word at the fields in curly brackets. A template to begin with: "
            "clb document template KIND --out FILE.docx."
        ),
    )


def _where(error: TemplateError) -> str:
    """Return what is wrong, with the text of the document around it where that is known."""
    reason = error.message or type(error).__name__
    lines = [" ".join(line.split()) for line in getattr(error, "docx_context", ())]
    near = next((line for line in lines if "{" in line), "")
    if isinstance(error, TemplateSyntaxError) and near:
        return _("{reason}, near “{text}”").format(reason=reason, text=near[:80])
    return reason
