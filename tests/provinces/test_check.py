"""A plugin is looked at as text: each mistake has its code, its file, its key and its line."""

import importlib.metadata
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from support.keeper import Keeper
from support.plugin_source import CHECKS, GOOD, HOOK, PACKAGE, source, wheel

from engine.plugin_checks import install


def found(keeper: Keeper, path: Path, code: int = 1) -> list[dict[str, Any]]:
    """Return what a reading of a plugin's text finds; none of its code is run."""
    answer = keeper.json("province-check", "province", "check", path, "--static", code=code)
    assert answer["ok"] is (code == 0)
    assert answer["tried"] is False
    assert answer["not_looked_at"] or path.suffix == ".toml"
    return list(answer["findings"])


def codes(keeper: Keeper, path: Path, code: int = 1) -> list[str]:
    return [one["code"] for one in found(keeper, path, code)]


@pytest.mark.parametrize("province", ["bac_ninh", "ha_noi", "hai_phong", "hoa_binh"])
def test_the_four_provinces_have_neither_a_mistake_nor_a_remark(
    keeper: Keeper, province: str
) -> None:
    answer = keeper.json("province-check", "province", "check", province)
    assert (answer["ok"], answer["findings"], answer["tried"]) == (True, [], True)
    assert [one["hook"] for one in answer["timings"]] == answer["hooks"]
    assert all(one["calls"] for one in answer["timings"])


IN_CODE = [
    (HOOK + "@hookimpl\ndef clb_chekcs(request):\n    return []\n", "CLB-HOOK-UNKNOWN"),
    (HOOK + "def clb_checks(request):\n    return []\n", "CLB-HOOK-UNMARKED"),
    (HOOK + "@hookimpl\ndef clb_checks(request=1):\n    return []\n", "CLB-HOOK-DEFAULT"),
    (HOOK + "@hookimpl\ndef clb_checks(club):\n    return []\n", "CLB-HOOK-SIGNATURE"),
    (HOOK + "@hookimpl\ndef clb_checks(request, **more):\n    return []\n", "CLB-HOOK-SIGNATURE"),
    (HOOK + "@hookimpl\nasync def clb_checks(request):\n    return []\n", "CLB-HOOK-SIGNATURE"),
    (HOOK + "@hookimpl(wrapper=True)\ndef clb_checks(request):\n    yield\n", "CLB-HOOK-WRAPPER"),
    (CHECKS + "@hookimpl\ndef clb_checks(request):\n    return []\n", "CLB-HOOK-TWICE"),
    ("def broken(:\n", "CLB-PLUGIN-SYNTAX"),
    ("from datetime import date\nNOW = date.today()\n", "CLB-HOOK-CLOCK"),
    ("import random\ndef any_of(x):\n    return random.choice(x)\n", "CLB-HOOK-CLOCK"),
    ("import os\nHERE = os.environ\n", "CLB-HOOK-OUTSIDE"),
    ("from os import getenv\n", "CLB-HOOK-OUTSIDE"),
]


@pytest.mark.parametrize(("init", "code_of"), IN_CODE)
def test_each_mistake_in_code_is_named(
    init: str, code_of: str, tmp_path: Path, keeper: Keeper
) -> None:
    (one,) = found(keeper, source(tmp_path / "p", init=init))
    assert (one["code"], one["level"], one["file"]) == (code_of, "block", "__init__.py")
    assert one["line"] is not None
    assert one["message"]


def test_what_the_engine_does_not_offer_is_remarked_on(tmp_path: Path, keeper: Keeper) -> None:
    init = "from engine import Finding, Nothing\nimport engine.store.facts\nimport clb_other\n"
    remarks = found(keeper, source(tmp_path / "p", init=init), code=0)
    assert [(one["code"], one["key"], one["line"], one["level"]) for one in remarks] == [
        ("CLB-PLUGIN-INSIDE", "engine.Nothing", 1, "warn"),
        ("CLB-PLUGIN-INSIDE", "engine.store.facts", 2, "warn"),
        ("CLB-PLUGIN-INSIDE", "clb_other", 3, "warn"),
    ]


def test_mistakes_of_policy_and_code_are_reported_together(tmp_path: Path, keeper: Keeper) -> None:
    init = HOOK + "@hookimpl\ndef clb_chekcs(request):\n    return []\n"
    policy = GOOD + "\n[[membership.sise]]\nvalue = 1\nsource = 'KH1'\n"
    reported = found(keeper, source(tmp_path / "p", init=init, policy=policy))
    assert [(one["file"], one["key"], one["line"], one["code"]) for one in reported] == [
        ("policy.toml", "membership.sise", 22, "CLB-POLICY-KEY"),
        ("__init__.py", "clb_chekcs", 3, "CLB-HOOK-UNKNOWN"),
    ]


SECOND = "\n[[membership.size]]\nvalue = {{ min = 2, max = 9 }}\nsource = 'KH1'\n{dates}\n"
IN_POLICY = [
    (GOOD + SECOND.format(dates=""), "CLB-POLICY-OVERLAP"),
    (GOOD + "\n[[membership.elderly_age]]\nvalue = 60\n", "CLB-POLICY-SOURCE"),
    (GOOD + "\n[[membership.elderly_age]]\nvalue = 60\nsource = 'QD9'\n", "CLB-POLICY-DOCUMENT"),
    (GOOD + "\n[[membership.elderly_age]]\nvalue = 60.5\nsource = 'KH1'\n", "CLB-POLICY-NUMBER"),
    (GOOD.replace("to = 2025-12-31", "to = 2020-12-31"), "CLB-POLICY-PERIOD"),
    (GOOD.replace('id = "thu_kt"', 'id = "thu_khac"'), "CLB-PLUGIN-PROVINCE"),
    (GOOD.replace('prefix = "TT"', 'prefix = "TT"\napi_version = "2.0"'), "CLB-PLUGIN-API"),
    ("[province\n", "CLB-POLICY-TOML"),
]


@pytest.mark.parametrize(("policy", "code_of"), IN_POLICY)
def test_each_mistake_in_the_policy_is_named(
    policy: str, code_of: str, tmp_path: Path, keeper: Keeper
) -> None:
    assert code_of in codes(keeper, source(tmp_path / "p", policy=policy))


def test_days_between_two_values_without_one_are_remarked_on(
    tmp_path: Path, keeper: Keeper
) -> None:
    early, late = "to = 2022-06-30", "from = 2023-01-01"
    policy = GOOD.replace('source = "KH1, I.1"', f'source = "KH1, I.1"\n{early}')
    policy += SECOND.format(dates=late).replace("{{", "{").replace("}}", "}")
    (one,) = found(keeper, source(tmp_path / "p", policy=policy), code=0)
    assert (one["code"], one["key"], one["level"]) == ("CLB-POLICY-GAP", "membership.size", "warn")
    assert "01/07/2022" in one["message"]
    assert "31/12/2022" in one["message"]


def test_a_document_in_force_before_it_was_signed_is_remarked_on(
    tmp_path: Path, keeper: Keeper
) -> None:
    policy = GOOD.replace("issued = 2021-01-05", "issued = 2021-02-05")
    (one,) = found(keeper, source(tmp_path / "p", policy=policy), code=0)
    assert (one["code"], one["level"]) == ("CLB-POLICY-SIGNED", "warn")
    assert "05/02/2021" in one["message"]


def test_a_prefix_that_a_neighbour_has_is_named(tmp_path: Path, keeper: Keeper) -> None:
    policy = GOOD.replace('prefix = "TT"', 'prefix = "BN"')
    (one,) = found(keeper, source(tmp_path / "p", policy=policy))
    assert (one["code"], one["key"]) == ("CLB-PLUGIN-PREFIX", "province.prefix")
    assert "bac_ninh" in one["message"]


def test_a_version_that_cannot_be_compared_is_remarked_on(tmp_path: Path, keeper: Keeper) -> None:
    (one,) = found(keeper, source(tmp_path / "p", version="final"), code=0)
    assert (one["code"], one["level"]) == ("CLB-PLUGIN-VERSION", "warn")


def test_a_policy_file_is_checked_alone(tmp_path: Path, keeper: Keeper) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert found(keeper, path, code=0) == []
    path.write_text(GOOD + SECOND.format(dates=""), encoding="utf-8")
    assert "CLB-POLICY-OVERLAP" in codes(keeper, path)


def test_files_that_are_not_utf_8_or_not_composed_are_named(tmp_path: Path, keeper: Keeper) -> None:
    folder = source(tmp_path / "p")
    (folder / PACKAGE / "ghi_chu.txt").write_bytes("Xã Đông".encode("utf-16"))
    (folder / PACKAGE / "them.py").write_bytes(b'A = 1\nB = "X\xe3"\n')
    (folder / PACKAGE / "loi.txt").write_text("một\nha\u0300\n", encoding="utf-8")
    reported = {(one["code"], one["file"], one["line"]) for one in found(keeper, folder)}
    assert ("CLB-PLUGIN-ENCODING", "ghi_chu.txt", None) in reported
    assert ("CLB-PLUGIN-ENCODING", "them.py", None) in reported
    assert ("CLB-PLUGIN-NFC", "loi.txt", 2) in reported


def word(*lines: str) -> bytes:
    """Return a Word file of some lines."""
    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code_of", "level"),
    [
        ("to_trinh.docx", word("{{ club.name }} {% for m in %}"), "CLB-PLUGIN-TEMPLATE", "block"),
        ("to_trinh.docx", b"not a Word file", "CLB-PLUGIN-TEMPLATE", "block"),
        ("to_trinhh.docx", word("{{ club.name }}"), "CLB-PLUGIN-TEMPLATE", "block"),
        ("to_trinh.docx", word("{{ clubb.name }}"), "CLB-PLUGIN-FIELD", "warn"),
        ("to_trinh.docx", word("{{ club.naem }}"), "CLB-PLUGIN-FIELD", "warn"),
    ],
)
def test_each_template_next_to_the_policy_is_tried(
    name: str, data: bytes, code_of: str, level: str, tmp_path: Path, keeper: Keeper
) -> None:
    folder = source(tmp_path / "p")
    (folder / PACKAGE / "templates").mkdir()
    (folder / PACKAGE / "templates" / name).write_bytes(data)
    (one,) = found(keeper, folder, code=1 if level == "block" else 0)
    assert (one["code"], one["file"], one["level"]) == (code_of, f"templates/{name}", level)


@pytest.mark.slow
def test_our_own_templates_are_sound_as_a_province_s(tmp_path: Path, keeper: Keeper) -> None:
    from engine.documents.papers import papers
    from engine.documents.render import built_in

    folder = source(tmp_path / "p")
    (folder / PACKAGE / "templates").mkdir()
    for one in papers():
        path = folder / PACKAGE / "templates" / one.file
        path.write_bytes(built_in(one.file).data)
    assert found(keeper, folder, code=0) == []


def test_a_demo_story_that_is_not_one_is_named(tmp_path: Path, keeper: Keeper) -> None:
    folder = source(tmp_path / "p")
    (folder / PACKAGE / "demo.toml").write_text("seed = 1\n", encoding="utf-8")
    story = "seed = 1\n[members]\ntotal = 60\nelderly = 45\nwomen = 40\npoor = 20\n"
    group = '[[group]]\ntitle = "Một"\nopened = 2024-02-02\nclubs = [{ commune = "Xã Một" }]\n'
    step = '[[group.step]]\nstep = "propose"\n'
    for text, line in (
        ("seed = 1\n", 1),
        ("seed = = 1\n", 1),
        (f"asked_on = 2025-01-01\n{story}{group}{step}{group}{step}stepp = 1\n", 18),
        (f"asked_on = 2024-03-01\n{story}{group}{step}{group}{step}on = 2024-04-01\n", 18),
    ):
        (folder / PACKAGE / "demo.toml").write_text(text, encoding="utf-8")
        wrong = found(keeper, folder)
        assert {(one["code"], one["file"]) for one in wrong} == {("CLB-DEMO-STORY", "demo.toml")}
        assert line in [one["line"] or 1 for one in wrong], wrong


SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
HATCH = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
WITH_DATA = f'{SETUPTOOLS}[tool.setuptools.package-data]\nclb_thu_kt = ["*.toml"]\n'
OTHER = f'{HATCH}[tool.hatch.build.targets.wheel]\npackages = ["other"]\n'

CHOSEN = f'{HATCH}[tool.hatch.build.targets.wheel]\nonly-include = ["clb_thu_kt"]\n'


@pytest.mark.parametrize(
    ("how", "code_of"),
    [
        ({"package": "clb_thu_kt.plugin"}, "CLB-PLUGIN-ENTRY"),
        ({"package": "clb_elsewhere"}, "CLB-PLUGIN-PACKAGE"),
        ({"build": SETUPTOOLS}, "CLB-PLUGIN-DATA"),
        ({"build": WITH_DATA.replace("toml", "docx")}, "CLB-PLUGIN-DATA"),
        ({"build": OTHER}, "CLB-PLUGIN-DATA"),
        ({"build": HATCH, "name": "other-name"}, "CLB-PLUGIN-DATA"),
        ({"build": HATCH}, None),
        ({"build": CHOSEN, "name": "other-name"}, None),
        ({"build": WITH_DATA}, None),
    ],
)
def test_a_distribution_that_would_not_work_once_installed_is_named(
    how: dict[str, str], code_of: str | None, tmp_path: Path, keeper: Keeper
) -> None:
    reported = codes(keeper, source(tmp_path / "p", **how), code=1 if code_of else 0)
    assert reported == ([code_of] if code_of else [])


def test_a_plugin_that_does_not_say_which_engine_it_needs_is_remarked_on(
    tmp_path: Path, keeper: Keeper
) -> None:
    (one,) = found(keeper, source(tmp_path / "p", needs=""), code=0)
    assert (one["code"], one["level"]) == ("CLB-PLUGIN-NEEDS", "warn")


def test_a_wheel_is_read_as_it_is_without_pip_or_network(tmp_path: Path, keeper: Keeper) -> None:
    folder = source(tmp_path / "p", init=CHECKS)
    answer = keeper.json("province-check", "province", "check", wheel(folder, tmp_path), "--run")
    assert (answer["plugin"], answer["version"], answer["hooks"]) == (
        "clb-thu-kt",
        "0.3.0",
        ["clb_checks"],
    )
    assert answer["findings"] == []
    (folder / PACKAGE / "policy.toml").unlink()
    assert codes(keeper, wheel(folder, tmp_path)) == ["CLB-PLUGIN-POLICY"]


def test_what_is_no_wheel_is_refused_and_writes_nothing_outside(
    tmp_path: Path, keeper: Keeper
) -> None:
    no_zip = tmp_path / "a-1-py3-none-any.whl"
    no_zip.write_bytes(b"nothing")
    assert keeper.error("province", "check", no_zip, code=5)["code"] == "CLB-PLUGIN-WHEEL"
    hostile = tmp_path / "b-1-py3-none-any.whl"
    with zipfile.ZipFile(hostile, "w") as archive:
        archive.writestr("../../clb_escaped.py", "")
    assert keeper.error("province", "check", hostile, code=5)["code"] == "CLB-PLUGIN-WHEEL"
    assert not list(tmp_path.rglob("clb_escaped.py"))
    empty = tmp_path / "c-1-py3-none-any.whl"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("nothing.py", "")
    assert keeper.error("province", "check", empty, code=5)["code"] == "CLB-PLUGIN-NONE"
    (tmp_path / "folder").mkdir()
    assert keeper.error("province", "check", tmp_path / "folder", code=5)["code"] == (
        "CLB-PLUGIN-NONE"
    )


def test_looking_at_the_text_runs_none_of_it(tmp_path: Path, keeper: Keeper) -> None:
    proof = tmp_path / "ran"
    folder = source(tmp_path / "p", init=f"open({str(proof)!r}, 'w').close()\n")
    assert found(keeper, folder, code=0) == []
    assert keeper.json("province-check", "province", "check", folder)["tried"] is False
    made = wheel(folder, tmp_path)
    answer = keeper.json("province-check", "province", "check", made)
    assert (answer["tried"], len(answer["not_looked_at"])) == (False, 1)
    assert "--run" in answer["not_looked_at"][0]
    assert not proof.exists()


def test_run_says_that_the_code_is_run_with_ones_own_rights_and_runs_it(
    tmp_path: Path, keeper: Keeper
) -> None:
    proof = tmp_path / "ran"
    folder = source(tmp_path / "p", init=f"open({str(proof)!r}, 'w').close()\n")
    shown = keeper.run("province", "check", wheel(folder, tmp_path), "--run")
    assert shown.code == 0
    assert "This runs the plugin's code with your rights" in shown.err
    assert proof.exists()


def test_static_and_run_are_not_both_taken(tmp_path: Path, keeper: Keeper) -> None:
    folder = source(tmp_path / "p")
    error = keeper.error("province", "check", folder, "--static", "--run", code=2)
    assert error["code"] == "CLB-USAGE"


def test_a_folder_s_wheel_is_built_and_read_when_it_may_be_run(
    tmp_path: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = source(tmp_path / "p", init=CHECKS)
    static = keeper.json("province-check", "province", "check", folder)
    assert len(static["not_looked_at"]) == 2
    bad = wheel(folder, tmp_path, more={"engine/money.py": ""})
    monkeypatch.setattr(install, "built_wheel", lambda _what, _folder: bad)
    answer = keeper.json("province-check", "province", "check", folder, "--run", code=1)
    assert [one["code"] for one in answer["findings"]] == ["CLB-PLUGIN-OUTSIDE"]
    assert answer["tried"] is False


def test_for_people_each_finding_has_its_place_and_how_to_read_on(
    tmp_path: Path, keeper: Keeper
) -> None:
    shown = keeper.run("province", "check", source(tmp_path / "p", init=IN_CODE[0][0]))
    assert shown.code == 1
    assert "__init__.py:3 clb_chekcs" in shown.out
    assert "[CLB-HOOK-UNKNOWN]" in shown.out
    assert "clb explain" in shown.out
    assert keeper.run("explain", "CLB-HOOK-UNKNOWN").code == 0


def test_the_plugin_is_named_as_it_calls_itself(keeper: Keeper) -> None:
    shown = keeper.run("province", "check", "bac_ninh", "--static").out
    assert f"clb-bac-ninh {importlib.metadata.version('clb-bac-ninh')}" in shown


def test_the_check_needs_no_import_of_the_plugin(tmp_path: Path) -> None:
    folder = source(tmp_path / "p", init=CHECKS)
    script = (
        "import sys; from engine.cli import run; code = run(sys.argv[1:]); "
        "sys.exit(code or 'clb_thu_kt' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "province", "check", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(folder.rglob("__pycache__")), "a look leaves nothing behind"


STORY = """
seed = 7
asked_on = 2024-12-31
[members]
total = 60
elderly = 45
women = 40
poor = 20
[[group]]
title = "Một câu lạc bộ"
opened = 2024-02-02
clubs = [{ commune = "Xã Một", village = "Thôn Đông" }]
supervisions = 1
reviews = 0
[[group.step]]
step = "roster"
on = 2024-02-05
[[group.step]]
step = "set_board"
on = 2024-02-06
[[group.step]]
step = "propose"
on = 2024-03-02
[[group.step]]
step = "approve"
on = 2024-03-16
"""


def test_a_story_that_comes_true_passes(tmp_path: Path, keeper: Keeper) -> None:
    folder = source(tmp_path / "p")
    (folder / PACKAGE / "demo.toml").write_text(STORY, encoding="utf-8")
    assert found(keeper, folder, code=0) == []


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ('step = "launch"\non = 2024-04-01', ("launch", "2024-04-01", "Xã Một")),
        ('step = "meeting"\non = 2024-04-01\nrefused = "CLB-ROLE"', ("meeting", "CLB-ROLE")),
    ],
    ids=["a step out of turn", "nothing refuses it"],
)
def test_the_human_error_in_a_story_is_named(
    tmp_path: Path, keeper: Keeper, step: str, words: tuple[str, ...]
) -> None:
    folder = source(tmp_path / "p")
    story = STORY.replace('step = "approve"\non = 2024-03-16', step)
    (folder / PACKAGE / "demo.toml").write_text(story, encoding="utf-8")
    (one,) = found(keeper, folder, code=0)
    assert (one["code"], one["file"], one["level"]) == ("CLB-DEMO-STORY", "demo.toml", "warn")
    assert all(word in one["message"] for word in words), one["message"]
    assert one["line"] == story[: story.index(step)].count("\n")


def test_what_only_the_plugins_code_refuses_is_not_judged(tmp_path: Path, keeper: Keeper) -> None:
    folder = source(tmp_path / "p")
    refused = 'step = "meeting"\non = 2024-04-01\nrefused = "SL-DAY-OFF"'
    story = STORY.replace('step = "approve"\non = 2024-03-16', refused)
    (folder / PACKAGE / "demo.toml").write_text(story, encoding="utf-8")
    assert found(keeper, folder, code=0) == []
