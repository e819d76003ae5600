"""Writing a new province's files from the templates of this package."""

import json
import os
from pathlib import Path
from string import Template

import schemas
from engine import codes
from engine.errors import InputError
from engine.files import Failure, writing
from engine.i18n import N_, _
from engine.plugin_checks.scaffold.naming import Naming

FOLDER = Failure(
    code=codes.SCAFFOLD_FOLDER, fix=N_("Name a folder in which you may write: --out FOLDER.")
)
TEMPLATES = Path(__file__).parent / "templates"
COMMON = {
    "README.md": "README.md",
    "pyproject.toml": "pyproject.toml",
    "{package}/policy.toml": "policy.toml",
    "tests/test_conformance.py": "test_conformance.py",
    "tests/test_cases.py": "test_cases.py",
    "tests/cases/dau-tien.toml": "first_case.toml",
    ".github/workflows/check.yml": "check.yml",
}
SCHEMA = "policy.schema.json"
"""What an editor completes and checks a policy file by; ``clb policy keys --schema`` renews it."""
WITH_CODE = {
    "{package}/__init__.py": "hooks.py",
    "tests/cases/ngay-nghi.toml": "day_off_case.toml",
}
WITHOUT_CODE = {"{package}/__init__.py": "data_only.py"}
CODE_SAYS = {
    True: "what a table cannot say: a check and a section of the reports.",
    False: "empty, because the documents ask for nothing that a table cannot say.",
}


def write(naming: Naming, folder: Path, *, code: bool) -> list[str]:
    """Write a distribution into a folder that is missing or empty; return the files' paths.

    With ``code`` there is an example of a check and of a report's section; without it the package
    is empty. Raises ``InputError`` when something lies in the folder or it cannot be written.
    """
    words = {
        "province": naming.province,
        "name": naming.name,
        "name_text": json.dumps(naming.name, ensure_ascii=False),
        "description": json.dumps(
            f"{naming.name}: rules for intergenerational self-help clubs.", ensure_ascii=False
        ),
        "prefix": naming.prefix,
        "plugin": naming.plugin,
        "package": naming.package,
        "class_name": naming.province.title().replace("_", ""),
        "wheel": f"{naming.package}-0.1.0-py3-none-any.whl",
        "code_says": CODE_SAYS[code],
    }
    files = {**COMMON, **(WITH_CODE if code else WITHOUT_CODE)}
    written = {
        path.format(package=naming.package): _filled(template, words)
        for path, template in files.items()
    }
    written[SCHEMA] = editor_schema()
    with writing(folder, FOLDER):
        if os.path.lexists(folder) and any(folder.iterdir()):
            raise InputError(
                _("{folder} is not an empty folder.").format(folder=folder),
                code=codes.SCAFFOLD_FOLDER,
                help=_("Name a folder that is not there yet: --out FOLDER. Nothing was changed."),
            )
        for path, text in written.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
    return sorted(written)


def editor_schema() -> str:
    """Return the schema of a policy file as text, in one piece."""
    return json.dumps(schemas.bundled(), ensure_ascii=False, indent=1) + "\n"


def _filled(template: str, words: dict[str, str]) -> str:
    text = (TEMPLATES / f"{template}.tmpl").read_text(encoding="utf-8")
    return Template(text).substitute(words)
