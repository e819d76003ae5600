"""What is added to a plugin is an example that works, and nothing that is there is overwritten."""

import subprocess
import sys
import tomllib
from pathlib import Path

import docx
import pytest

from engine.errors import InputError
from engine.plugin_checks.scaffold import trial
from engine.plugin_checks.scaffold.adding import add
from engine.plugin_checks.scaffold.naming import name_it
from engine.plugin_checks.scaffold.writing import write

EVERYTHING = (
    ("hook", "clb_reports"),
    ("hook", "clb_build_report"),
    ("report", "giua_ky"),
    ("paper", "giay_khen"),
    ("case", "thon_moi"),
    ("check", "du_nguoi"),
)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "tinh thu"
    write(name_it("tinh_thu", "Tỉnh Thử", None, {}), folder, code=False)
    return folder


def content(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("kind", "name"), EVERYTHING)
def test_one_thing_added_passes_the_check(bare: Path, kind: str, name: str) -> None:
    before = content(bare)
    added = add(kind, name, bare)
    assert {(bare / one) for one in added.files} == {
        path for path, data in content(bare).items() if before.get(path) != data
    }
    assert trial.check(bare)[1] == []


@pytest.mark.parametrize(
    ("kind", "name", "file"),
    [
        ("paper", "own_giay_khen", "clb_tinh_thu/templates/own_giay_khen.docx"),
        ("case", "thon-moi", "tests/cases/thon-moi.toml"),
    ],
)
def test_a_name_may_be_written_as_a_key_or_a_file_has_it(
    bare: Path, kind: str, name: str, file: str
) -> None:
    assert file in add(kind, name, bare).files


@pytest.mark.slow
def test_everything_added_passes_the_check_the_tests_and_the_linters(
    bare: Path, tmp_path: Path
) -> None:
    for kind, name in EVERYTHING:
        add(kind, name, bare)
    candidate, mistakes = trial.check(bare)
    assert mistakes == []
    tests = trial.run_tests(candidate)
    assert tests.status == "passed", tests.output
    for command in (
        ("ruff", "check", "--no-cache", "."),
        ("ruff", "format", "--no-cache", "--check", "."),
        ("mypy", "--strict", "--cache-dir", str(tmp_path / "mypy"), "clb_tinh_thu"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=bare, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("kind", "name"), EVERYTHING)
def test_what_is_there_already_is_left_alone(bare: Path, kind: str, name: str) -> None:
    add(kind, name, bare)
    before = content(bare)
    with pytest.raises(InputError) as caught:
        add(kind, name, bare)
    assert caught.value.code == "CLB-SCAFFOLD-THERE"
    assert content(bare) == before


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("report", "Giữa kỳ", "CLB-SCAFFOLD-ID"),
        ("case", "../ngoai", "CLB-SCAFFOLD-ID"),
        ("hook", "clb_check", "CLB-SCAFFOLD-ID"),
        ("hook", "clb_after_step", "CLB-SCAFFOLD-ID"),
    ],
)
def test_a_name_that_cannot_be_writes_nothing(bare: Path, kind: str, name: str, code: str) -> None:
    before = content(bare)
    with pytest.raises(InputError) as caught:
        add(kind, name, bare)
    assert (caught.value.code, content(bare)) == (code, before)


def test_a_folder_without_a_plugin_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        add("case", "mot", tmp_path)
    assert str(tmp_path) in caught.value.message


def test_a_paper_that_is_stated_gets_the_template_it_lacks(bare: Path) -> None:
    policy = bare / "clb_tinh_thu" / "policy.toml"
    stated = policy.read_text(encoding="utf-8") + (
        '\n[[paper.own_giay_khen]]\nvalue = { title = "Giấy khen câu lạc bộ", of = "review" }\n'
        'source = "VB1, I"\n'
    )
    policy.write_text(stated, encoding="utf-8")
    added = add("paper", "giay_khen", bare)
    assert added.files == ("clb_tinh_thu/templates/own_giay_khen.docx",)
    assert policy.read_text(encoding="utf-8") == stated
    made = docx.Document(str(bare / added.files[0]))
    assert "GIẤY KHEN CÂU LẠC BỘ" in [one.text for one in made.paragraphs]
    assert trial.check(bare)[1] == []


def test_a_function_takes_its_place_after_what_is_there(bare: Path) -> None:
    file = bare / "clb_tinh_thu" / "__init__.py"
    file.write_text(
        '"""Tỉnh."""\n\nfrom engine import hookimpl\n\nA_NUMBER = 3\n', encoding="utf-8"
    )
    add("hook", "clb_reports", bare)
    text = file.read_text(encoding="utf-8")
    assert text.index("from engine import ReportSpec") < text.index("A_NUMBER = 3")
    assert text.count("hookimpl") == 2
    assert tomllib.loads((bare / "clb_tinh_thu" / "policy.toml").read_text(encoding="utf-8"))
