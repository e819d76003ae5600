"""Every reader of what somebody gives the program: one table, for the tests and for long runs.

A reader is given bytes. It may answer, or raise ``ClbError`` with a code, a sentence and what to
do; anything else is a crash.
"""

import json
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from bench import life
from bench.fuzz.office import TODAY, office
from bench.result import ROOT
from engine.cli import noted_seal
from engine.cli.batch import Batch
from engine.cli.context import Context
from engine.cli.run_step import acknowledged, pairs
from engine.cli.settings import Settings
from engine.cli.step import fill, read_form
from engine.cli.typed import step_named
from engine.documents.render import Template, built_in
from engine.documents.render import fill as fill_template
from engine.errors import ClbError
from engine.frozen import to_json
from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.lifecycle.restore import restore
from engine.plugin_checks import inspect
from engine.plugin_checks.code import code_mistakes
from engine.plugin_checks.locate import from_source, from_wheel
from engine.policy.check import check_policy
from engine.policy.files import parse_policy
from engine.policy.sentences import read_tables
from engine.reports import events, seals
from engine.roster import cells, plan, reader
from engine.roster.members import active
from engine.roster.sheets import read_table
from engine.roster.units import read_units
from engine.rules.calendar import Period
from engine.scenario.case_file import CaseError, read_case
from engine.scenario.demo_file import read_demo
from engine.store import codec
from engine.store.canonical import digest
from engine.store.url import parse as parse_url
from engine.vietnamese.text import decision_number, parse_date

ROSTERS = ROOT / "tests" / "rosters"
PLUGIN = ROOT / "plugins" / "hai_phong"
PACKAGE = PLUGIN / "clb_hai_phong"
GOOD, SHEET = ROSTERS / "01_our_own.xlsx", "xl/worksheets/sheet1.xml"
READ = "read"
"""What came of an input that was not refused."""

Seeds = Callable[[], Sequence[bytes]]


@dataclass(frozen=True)
class Reader:
    """One reader: what people give it, examples of that, and words that are in it.

    ``json`` is whether the examples, or what follows their first line, are JSON. ``refuses`` is
    what it raises besides ``ClbError``. A ``slow`` one takes a process or a database at each turn.
    """

    name: str
    what: str
    read: Callable[[bytes], object]
    seeds: Seeds
    words: Sequence[str] = ()
    json: bool = False
    refuses: tuple[type[Exception], ...] = ()
    slow: bool = False


class CrashError(Exception):
    """A reader did what none may."""


def outcome(one: Reader, data: bytes) -> str:
    """Return what came of an input: ``READ`` or the code of its refusal.

    Raises whatever a reader may not raise, and ``CrashError`` for a refusal that is no sentence.
    """
    try:
        one.read(data)
    except ClbError as error:
        for part in (error.code, error.message, error.help):
            if not part.strip():
                raise CrashError(f"{error.code!r}: {error.message!r}, {error.help!r}") from error
        return error.code
    except one.refuses:
        return "refused"
    return READ


def _text(data: bytes) -> str:
    """Return what a terminal would have passed on: bytes that are no UTF-8 are half letters."""
    return data.decode("utf-8", "surrogateescape")


def _readable(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _files(*patterns: str, most: int = 100_000) -> list[bytes]:
    found = [path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    assert found, patterns
    return sorted((one for one in found if len(one) <= most), key=len)


def _context() -> Context:
    """Return the context of a command in the office."""
    context = Context(Settings(officer=life.ASSOCIATION))
    context._registry = office().registry
    return context


# --- lists and tables -----------------------------------------------------------------------


def _list(name: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        here = office()
        path = here.file(name, data)
        found = reader.read(path, on=TODAY)
        members = active(here.registry.store, here.club)
        fields = plan.known_fields(found.columns)
        return plan.plan(found.people, members, fields=fields, replacing=True).work(members)

    return read


def _sheet(data: bytes) -> object:
    """Read a good workbook whose sheet is these bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(GOOD) as good, zipfile.ZipFile(packed, "w") as new:
        for part in good.namelist():
            new.writestr(part, data if part == SHEET else good.read(part))
    return _list("sheet.xlsx")(packed.getvalue())


def _sheets() -> list[bytes]:
    with zipfile.ZipFile(GOOD) as good:
        whole = good.read(SHEET)
    row = b'<row r="3"><c r="A3"><v>1</v></c><c r="B3" t="inlineStr"><is><t>x</t></is></c></row>'
    small = b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"
    return [small, whole]


STEPS_FILE = """club,step,on,date,attendance
CLB Liên thế hệ 0,meeting,2022-03-01,2022-03-01,40
CLB Liên thế hệ 0,launch,01/04/2022,,
CLB,fund,,2022-05-04,
"""


def _steps(data: bytes) -> object:
    here = office()
    path = here.file("steps.csv", data)
    rows: list[dict[str, Any]] = []
    with here.undone():
        batch = Batch(_context(), {}, None)
        batch.take(list(read_table(path)))
        rows += [row.data() for row in batch.outcomes]
    return json.dumps(to_json(rows))


UNITS = """id,name,kind,parent,valid_from,valid_to,successor,source
09001,phường Đình Bảng,phường,Từ Sơn,25/09/2008,30/06/2025,09002,NQ 1
09002,Phường Từ Sơn,phường,,2025-07-01,,,
"""


# --- forms and what is typed ----------------------------------------------------------------


def _dry_run(step: str, form: dict[str, Any], officer: str) -> object:
    lifecycle = office().registry.lifecycle
    return lifecycle.advance(office().club, step, form, officer=officer, dry_run=True)


def _form(data: bytes) -> object:
    """Read a form from a file, the step and the officer being named in a line before it."""
    head, _newline, rest = data.partition(b"\n")
    step, _space, officer = _readable(head).partition(" ")
    form = read_form(office().file("form.json", rest))
    return _dry_run(step, form, officer or life.ASSOCIATION)


def _assignments(data: bytes) -> object:
    """Read fields as they are typed; the step, and a form from a file, are in a line before."""
    head, *typed = _readable(data).split("\n")
    named, _space, given = head.partition(" ")
    step = step_named(named)
    form = read_form(office().file("form.json", given.encode())) if given else {}
    club = office().registry.lifecycle.club(office().club)
    fill(_context(), club, step, form, tuple(typed), None)
    return _dry_run(step, form, life.ASSOCIATION)


FORMS: dict[str, dict[str, Any]] = {
    "meeting ubnd": {"date": "2022-03-01", "attendance": 40, "activities": ["health_care"]},
    f"fund {life.TOWN}": {**life.GRANT, "date": "2022-05-04", "fund": "operating"},
    f"supervise {life.TOWN}": {**life.SUPERVISION, "date": "2022-04-01"},
    "set_board hoi_nct": {"date": "2022-04-01", "chair": life.people()[0].name, "secretary": "M1"},
    "correct hoi_nct": {
        "seq": 6,
        "changes": {"course": {"days": 2, "start": "2021-09-14"}},
        "reason": "gõ nhầm",
        "document": "BB 1",
    },
    "annul ubnd": {"seq": 7, "reason": "gõ nhầm", "document": "QĐ 2"},
    "edit_member hoi_nct": {"member": life.people()[0].name, "changes": {"born": "1950"}},
}


def _forms() -> list[bytes]:
    return [
        f"{head}\n{json.dumps(form, ensure_ascii=False)}".encode() for head, form in FORMS.items()
    ]


def _typed_forms() -> list[bytes]:
    def lines(form: dict[str, Any], before: str = "") -> list[str]:
        found = []
        for name, value in form.items():
            if isinstance(value, dict):
                found += lines(value, f"{before}{name}.")
            else:
                text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
                found.append(f"{before}{name}={text}")
        return found

    found = ["\n".join([head.split()[0], *lines(form)]) for head, form in FORMS.items()]
    found.append('correct {"seq": 6, "changes": {"course": {"days": 2}}}\nchanges.course.days=3')
    found.append('meeting {"activities": ["savings"]}\nactivities=health_care\ndate=1/3/2022')
    return [one.encode() for one in found]


def _typed(data: bytes) -> object:
    """Read one text as everything that people type in a line of its own."""
    text = _readable(data)
    found = []
    for read in (
        parse_date,
        Period.parse,
        lambda typed: decision_number(typed, "QĐ-UBND"),
        cells.read_name,
        cells.read_identity,
        cells.read_phone,
        lambda typed: cells.read_born(typed, TODAY),
        lambda typed: pairs((typed,)),
        lambda typed: acknowledged((typed,)),
        lambda typed: _dry_run("fund", {**life.GRANT, "amount": typed}, life.TOWN),
        _amount,
    ):
        try:
            found.append(read(text))
        except ClbError as error:
            found.append(error.code)
    return found


def _amount(text: str) -> object:
    from engine.rules import forms
    from engine.vietnamese.text import dong_in_words

    return dong_in_words(forms.read_value(forms.field("fund", "amount"), text))


TYPED = (
    "2021-07-28",
    "28/7/2021",
    "28 . 7 . 2021",
    "2022H1",
    "6 tháng đầu năm 2022",
    "năm 2022",
    "Số: 05/QĐ-UBND",
    "12a/QĐ-UBND",
    "1.234.567 đồng",
    "-25.000",
    "Nguyễn Thị Ước",
    "001150000001",
    "+84 912 345 678",
    "02/05/1950",
    "1950-05",
    "CLB-BUDGET-YEAR=ngoài kế hoạch",
)

URLS = (
    "clb.sqlite3",
    "~/so/clb.sqlite3",
    "sqlite:////tmp/a%20b.sqlite3",
    "sqlite:///C:/clb.sqlite3",
    "postgresql://user:p%40ss@host:5432/clb?sslmode=require&password=x",
    "postgres://host,other:5433/clb#x",
    "postgresql://[::1]:5432/clb",
    "mysql://user:secret@host/db",
    "host=localhost user=a password=b",
)


def _url(data: bytes) -> object:
    found = parse_url(_text(data))
    return str(found), found.path, found.without_password(_text(data))


# --- the log and its seals ------------------------------------------------------------------


def _body(data: bytes) -> object:
    """Read an event's body, alone, and in its place in a log whose hashes somebody made anew."""
    body, here = _readable(data), office()
    found = codec.decode(body, digest(body))
    codec.form_of(body)
    store = here.registry.store
    with here.undone():
        store.run(
            "UPDATE event SET body = ?, hash = ? WHERE stream = ? AND seq = ?",
            (body, digest(body), found.stream, min(found.seq, MOST)),
        )
        upkeep.check(store)
        upkeep.verify_log(store)
        upkeep.rebuild(store, accept_end=True)
    return codec.seal(found)


MOST = 2**63 - 1
"""The largest number that a database holds."""


def _seal(data: bytes) -> object:
    """Read a seal as it is typed, and hold it against the log."""
    return _held(noted_seal.read(_readable(data)[:200]))


def _seal_file(data: bytes) -> object:
    """Read the file that holds a noted seal, and hold it against the log."""
    path = office().file("noted", data)
    backup = noted_seal.backup(str(path))
    if backup is not None:
        return seals.held_backup(office().registry.store, backup)
    return _held(noted_seal.read(str(path)))


def _held(noted: Sequence[noted_seal.Noted]) -> object:
    store, stream = office().registry.store, f"club:{office().club}"
    found = [str(seals.held(store, one)) + str(one) for one in noted]
    return found, seals.proof(store, stream, 2, noted)


def _seal_files() -> list[bytes]:
    line, (as_json, as_text) = office().line(), office().proof()
    word = BytesIO()
    with zipfile.ZipFile(word, "w") as packed:
        packed.writestr("word/footer1.xml", f"<w:t>{line[:5]}</w:t><w:t>{line[5:]}</w:t>")
    checkpoint = as_text.partition(b"\n\n")[2]
    page = f"<html><p>Mã đối chiếu: {line}</p></html>".encode()
    return [checkpoint, page, as_text, as_json, word.getvalue()]


@cache
def _check_proof() -> Callable[[str], object]:
    """Return the check that the documentation offers to those without this program."""
    sys.path.append(str(ROOT / "docs" / "examples"))
    found: Callable[[str], object] = import_module("check_proof").check
    return found


def _proof(data: bytes) -> object:
    return _check_proof()(_readable(data))


def _database(data: bytes) -> object:
    """Check a database file, and bring it back in the place of another."""
    here = office()
    file, target = here.file("given.sqlite3", data), here.folder / "restored" / "clb.sqlite3"
    found: list[object] = []
    for use in (lambda: _checked(file), lambda: restore(parse_url(str(target)), file)):
        try:
            found.append(use())
        except ClbError as error:
            found.append(error.code)
            if not error.message or not error.help:
                raise CrashError(repr(error)) from error
    for path in (*here.folder.glob("given.sqlite3*"), *target.parent.glob("*")):
        path.unlink()
    return found


def _checked(file: Path) -> object:
    registry = open_registry(str(file))
    try:
        upkeep.check(registry.store)
        upkeep.verify_log(registry.store)
        return events.head(registry.store)
    finally:
        registry.store.close()


# --- provinces ------------------------------------------------------------------------------


def _policy(data: bytes) -> object:
    """Check a policy, and read it: what was found right must be read."""
    problems = check_policy(data, origin="policy.toml")
    for one in problems:
        if not (one.message and one.code):
            raise CrashError(str(one))
    try:
        policy = parse_policy(data, origin="policy.toml")
    except ClbError as error:
        if not problems:
            raise CrashError("nothing is wrong with it, and it is not read") from error
        raise
    if problems:
        return problems
    return [policy.on(key, date(year, 7, 1)) for key in policy.entries for year in (1990, 2022)]


def _coverage(data: bytes) -> object:
    return read_tables(data, _known_policy(), origin="coverage.toml")


@cache
def _known_policy() -> Any:
    return parse_policy((PACKAGE / "policy.toml").read_bytes(), origin="policy.toml")


def _case(data: bytes) -> object:
    return read_case(office().file("case.toml", data), "bac_ninh")


CODE = """from engine import hookimpl, Finding

@hookimpl
def clb_checks(request):
    return [Finding("HP-1", "warn", str(request.form))]

def clb_other(a, b=1, *c): import os; return os.environ
"""


def _code(data: bytes) -> object:
    here = office()
    package = here.folder / "package"
    package.mkdir(exist_ok=True)
    here.file("package/__init__.py", data)
    return list(code_mistakes(package))


def _project(data: bytes) -> object:
    """Inspect a plugin's source with this pyproject.toml."""
    here = office()
    folder = here.folder / "project"
    if not folder.exists():
        (folder / "clb_hai_phong").mkdir(parents=True)
        for path in PACKAGE.glob("*.toml"):
            (folder / "clb_hai_phong" / path.name).write_bytes(path.read_bytes())
        (folder / "clb_hai_phong" / "__init__.py").write_text("")
    here.file("project/pyproject.toml", data)
    found = from_source(folder)
    return None if found is None else inspect(found)


def _template(data: bytes) -> object:
    """Fill a Word template that a province or an officer gives, as the child process does."""
    values = {"club": "Sống vui", "members": []}
    return fill_template(Template(data, "template.docx", "file"), values)


def _document(data: bytes) -> object:
    """Fill a Word template whose text is these bytes."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(built_in(PAPER).data)) as good,
        zipfile.ZipFile(packed, "w") as new,
    ):
        for name in good.namelist():
            new.writestr(name, data if name == "word/document.xml" else good.read(name))
    return _template(packed.getvalue())


def _documents() -> list[bytes]:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "{{ club }} {% for one in members %}{{ one.name|upper }}{% endfor %}{{ 2 * 3 }}"
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return [f'<w:document xmlns:w="{word}"><w:body>{paragraph}</w:body></w:document>'.encode()]


def _wheel(data: bytes) -> object:
    """Unpack a wheel and inspect the plugin in it."""
    from tempfile import TemporaryDirectory

    path = office().file("clb_hai_phong-0.1.0-py3-none-any.whl", data)
    with TemporaryDirectory(dir=office().folder) as folder:
        return inspect(from_wheel(path, Path(folder), path.name))


def _wheels() -> list[bytes]:
    info = "clb_hai_phong-0.1.0.dist-info"
    points = "[clb.provinces]\nhai_phong = clb_hai_phong\n"
    parts = {
        "clb_hai_phong/__init__.py": CODE,
        "clb_hai_phong/policy.toml": _files("tests/policy/bad/no_value.toml")[0],
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: clb-hai-phong\nVersion: 0.1.0\n",
        f"{info}/entry_points.txt": points,
        f"{info}/RECORD": f"clb_hai_phong/__init__.py,,\n{info}/RECORD,,\n",
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as wheel:
        for name, text in parts.items():
            wheel.writestr(name, text)
    return [packed.getvalue()]


def _entry_points(data: bytes) -> object:
    """Inspect a wheel whose entry points and description are these bytes."""
    points, _mark, described = data.partition(b"\n---\n")
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(_wheels()[0])) as good, zipfile.ZipFile(packed, "w") as new:
        for name in good.namelist():
            if name.endswith("entry_points.txt"):
                new.writestr(name, points)
            elif name.endswith("METADATA") and described:
                new.writestr(name, described)
            else:
                new.writestr(name, good.read(name))
    return _wheel(packed.getvalue())


def _described() -> list[bytes]:
    return [
        b"[clb.provinces]\nhai_phong = clb_hai_phong\n",
        b"[clb.provinces]\nhai_phong = clb_hai_phong\n[console_scripts]\nx = os:system [a,b]\n---\n"
        b"Metadata-Version: 2.1\nName: clb-hai-phong\nVersion: 0.1.0\nRequires-Dist: x>1; a=='b'\n",
    ]


PAPER = "danh_sach_bcn.docx"
POLICY_WORDS = ("[[document]]", "[province]", 'value = "', "from = 2021-01-01", 'source = "KH1"')

READERS = (
    Reader(
        "xlsx",
        "member lists as Excel workbooks",
        _list("list.xlsx"),
        lambda: _files("tests/rosters/*.xlsx"),
        ("PK\x03\x04", "xl/worksheets/sheet1.xml", "<row", "<c r="),
    ),
    Reader(
        "sheet",
        "the sheet inside a workbook",
        _sheet,
        _sheets,
        ("<row", '<c r="A1"', 't="s"', 't="inlineStr"', "<mergeCell", 'ref="A1:C3"', "<v>1e9</v>"),
    ),
    Reader(
        "xls",
        "member lists of Excel 97–2003",
        _list("list.xls"),
        lambda: _files("tests/rosters/*.xls"),
        slow=True,
    ),
    Reader(
        "csv",
        "member lists as text",
        _list("list.csv"),
        lambda: _files("tests/rosters/*.csv", "tests/rosters/*.txt"),
        ("Họ và tên", "Năm sinh", "Giới tính", "STT", "Thôn", "Cộng", "sep=;", '"', "\t"),
    ),
    Reader(
        "steps",
        "files of steps (`clb advance --many`)",
        _steps,
        lambda: [STEPS_FILE.encode()],
        ("club", "step", "on", "meeting", "fund", "amount", "course.days", "changes.days"),
    ),
    Reader(
        "units",
        "tables of communes",
        lambda data: read_units(office().file("units.csv", data), life.PROVINCE),
        lambda: [UNITS.encode()],
        ("valid_from", "valid_to", "2025-07-01", "31/12/9999"),
    ),
    Reader(
        "form",
        "forms as JSON (`--form`)",
        _form,
        _forms,
        ("changes", '"seq": ', "1e5", "-0", "\\ud800", "null", "true", "NaN"),
        json=True,
    ),
    Reader(
        "set",
        "fields of a form (`--set`)",
        _assignments,
        _typed_forms,
        ("changes.", "course.start=", "amount=", "[", '{"a":', "seq=1"),
    ),
    Reader(
        "typed",
        "days, periods, amounts, numbers and names that are typed",
        _typed,
        lambda: [one.encode() for one in TYPED],
        ("/", "tháng", "đồng", "năm", "H2", "2022", "QĐ"),
    ),
    Reader(
        "url",
        "names of databases",
        _url,
        lambda: [one.encode() for one in URLS],
        ("sqlite:", "postgresql://", "@", ":", "%", "[::1]", "password=", "~"),
    ),
    Reader(
        "body",
        "events of the log that somebody changed",
        _body,
        lambda: office().bodies(),
        ('"effects":', '"roster":', '"ledger":', '"seq":', "null", "[]", "{}", "-1", "1e999"),
        json=True,
    ),
    Reader(
        "seal",
        "lines of seals that are typed",
        _seal,
        lambda: [office().line().encode(), b"BN 2461 3f9a77c201de88b0", b"./BN.txt"],
        ("BN ", "·", "0000", " 999999999999 "),
    ),
    Reader(
        "seal_file",
        "checkpoints, proofs and reports that have a seal",
        _seal_file,
        _seal_files,
        ('"seal":', '"size":', "Infinity", "word/footer1.xml", "SQLite format 3\x00"),
    ),
    Reader(
        "proof",
        "proofs, read by the script of the documentation",
        _proof,
        lambda: list(office().proof()),
        ('"inclusion":', "c2sp.org/tlog-proof@v1", "extra ", "index "),
        refuses=(ValueError, KeyError, TypeError, IndexError, OSError),
    ),
    Reader(
        "database",
        "database files and copies to be brought back",
        _database,
        lambda: [office().database.read_bytes()],
        ("CREATE TABLE", "CREATE TRIGGER", "event", "personal"),
        slow=True,
    ),
    Reader(
        "policy",
        "policy.toml of a province",
        _policy,
        lambda: _files("tests/policy/bad/*.toml", "plugins/hai_phong/*/policy.toml"),
        POLICY_WORDS,
    ),
    Reader(
        "coverage",
        "coverage.toml of a province",
        _coverage,
        lambda: _files("plugins/*/*/coverage.toml"),
        ("[[document]]", "[[document.sentence]]", 'keys = ["', "no_effect = "),
    ),
    Reader(
        "demo",
        "demo.toml of a province",
        lambda data: read_demo(data, plugin="x"),
        lambda: _files("plugins/*/*/demo.toml"),
        ("[[group]]", "[[group.step]]", "after_days = ", "on = 2021-01-01", "{}", "9999-12-31"),
    ),
    Reader(
        "case",
        "cases that experts write",
        _case,
        lambda: _files("tests/cases/*/*.toml", most=2_000),
        ("[[club]]", "[[finding]]", "[[due]]", "on = 2021-01-01", "repeat = ", "set = {"),
        refuses=(CaseError,),
    ),
    Reader(
        "code",
        "Python code of a plugin, which is only read",
        _code,
        lambda: [CODE.encode(), *_files("plugins/*/*/__init__.py")],
        ("@hookimpl", "def clb_", "import ", "(" * 50, "lambda: ", "\x00", "# coding: utf-7"),
    ),
    Reader(
        "template",
        "Word templates",
        _template,
        lambda: [built_in(PAPER).data],
        ("word/document.xml", "PK\x01\x02", "[Content_Types].xml"),
        slow=True,
    ),
    Reader(
        "document",
        "the text of a Word template",
        _document,
        _documents,
        ("{{", "}}", "{%", "%}", " endfor ", "|", "__class__", "**", "{%p ", "<w:t>"),
        slow=True,
    ),
    Reader(
        "project",
        "pyproject.toml of a plugin",
        _project,
        lambda: _files("plugins/*/pyproject.toml"),
        ("[project.entry-points", "[tool.hatch", 'packages = ["', "[tool.setuptools"),
        slow=True,
    ),
    Reader(
        "wheel",
        "wheels of plugins, which are only read",
        _wheel,
        _wheels,
        ("PK\x01\x02", "PK\x05\x06", "../", ".dist-info/", "entry_points.txt"),
        slow=True,
    ),
    Reader(
        "entry_points",
        "what a plugin's wheel says of itself",
        _entry_points,
        _described,
        ("[clb.provinces]", " = ", "Name: ", "Requires-Dist: ", "---", ":", "[x]"),
        slow=True,
    ),
)


def named(name: str) -> Reader:
    """Return a reader of the table. Raises ``KeyError``."""
    return {one.name: one for one in READERS}[name]
