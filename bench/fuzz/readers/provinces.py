"""What makes up a province: its policy, its code, its papers."""

import zipfile
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.fuzz.office import office
from bench.fuzz.readers.reader import CrashError, Reader, files
from bench.result import ROOT
from engine.documents.render import Template, built_in
from engine.documents.render import fill as fill_template
from engine.errors import ClbError
from engine.plugin_checks import inspect
from engine.plugin_checks.code import code_mistakes
from engine.plugin_checks.locate import from_source, from_wheel
from engine.policy.check import check_policy
from engine.policy.files import parse_policy
from engine.policy.sentences import read_tables
from engine.scenario.case_file import CaseError, read_case
from engine.scenario.demo_file import read_demo

PLUGIN = ROOT / "plugins" / "hai_phong"
PACKAGE = PLUGIN / "clb_hai_phong"


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
        "clb_hai_phong/policy.toml": files("tests/policy/bad/no_value.toml")[0],
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
        "policy",
        "policy.toml of a province",
        _policy,
        lambda: files("tests/policy/bad/*.toml", "plugins/hai_phong/*/policy.toml"),
        POLICY_WORDS,
    ),
    Reader(
        "coverage",
        "coverage.toml of a province",
        _coverage,
        lambda: files("plugins/*/*/coverage.toml"),
        ("[[document]]", "[[document.sentence]]", 'keys = ["', "no_effect = "),
    ),
    Reader(
        "demo",
        "demo.toml of a province",
        lambda data: read_demo(data, plugin="x"),
        lambda: files("plugins/*/*/demo.toml"),
        ("[[group]]", "[[group.step]]", "after_days = ", "on = 2021-01-01", "{}", "9999-12-31"),
    ),
    Reader(
        "case",
        "cases that experts write",
        _case,
        lambda: files("tests/cases/*/*.toml", most=2_000),
        ("[[club]]", "[[finding]]", "[[due]]", "on = 2021-01-01", "repeat = ", "set = {"),
        refuses=(CaseError,),
    ),
    Reader(
        "code",
        "Python code of a plugin, which is only read",
        _code,
        lambda: [CODE.encode(), *files("plugins/*/*/__init__.py")],
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
        lambda: files("plugins/*/pyproject.toml"),
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
