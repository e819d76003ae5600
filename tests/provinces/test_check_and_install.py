"""A plugin is looked at apart, every mistake is told at once, and it is installed whole or not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.plugins import POLICY, write_plugin

from engine import inspection
from engine.cli import run
from engine.hookspecs import ANSWERS

GOOD = POLICY.format(province="thu_kt", prefix="TT")
HOOK = "from engine import hookimpl\n"


def source(folder: Path, *, policy: str = GOOD, init: str = "", name: str = "clb-thu-kt") -> Path:
    """Write a plugin's source folder."""
    package = folder / "clb_thu_kt"
    package.mkdir(parents=True)
    (package / "policy.toml").write_text(policy, encoding="utf-8")
    (package / "__init__.py").write_text(init, encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        f'[project]\nname = "{name}"\nversion = "0.3.0"\n'
        '[project.entry-points."clb.provinces"]\nthu_kt = "clb_thu_kt"\n'
        '[tool.hatch.build.targets.wheel]\npackages = ["clb_thu_kt"]\n',
        encoding="utf-8",
    )
    return folder


def check(capsys: pytest.CaptureFixture[str], path: Path) -> tuple[int, dict]:
    """Run the check and return its exit code and JSON."""
    code = run(["province", "check", str(path), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_names_inspected_are_the_hooks_there_are() -> None:
    assert set(inspection.HOOKS) == set(ANSWERS)


def test_a_sound_plugin_has_no_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init = HOOK + "@hookimpl\ndef clb_checks(request):\n    return []\n"
    code, answer = check(capsys, source(tmp_path / "p", init=init))
    assert (code, answer["ok"], answer["hooks"]) == (0, True, ["clb_checks"])


@pytest.mark.parametrize(
    ("init", "code_of"),
    [
        (HOOK + "@hookimpl\ndef clb_chekcs(request):\n    return []\n", "CLB-HOOK-UNKNOWN"),
        (HOOK + "def clb_checks(request):\n    return []\n", "CLB-HOOK-UNMARKED"),
        (HOOK + "@hookimpl\ndef clb_checks(request=1):\n    return []\n", "CLB-HOOK-DEFAULT"),
        (HOOK + "@hookimpl\ndef clb_checks(club):\n    return []\n", "CLB-HOOK-SIGNATURE"),
        (
            HOOK + "@hookimpl\ndef clb_checks(request, **more):\n    return []\n",
            "CLB-HOOK-SIGNATURE",
        ),
        (
            HOOK
            + "@hookimpl\ndef clb_checks(request):\n    return []\n"
            + "@hookimpl\ndef clb_checks(request):\n    return []\n",
            "CLB-HOOK-TWICE",
        ),
        ("def broken(:\n", "CLB-PLUGIN-SYNTAX"),
        ("import no_such_package\n", "CLB-PLUGIN-FAILED"),
        ("raise SystemExit\n", "CLB-PLUGIN-FAILED"),
    ],
)
def test_each_mistake_in_code_is_named(
    init: str, code_of: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = check(capsys, source(tmp_path / "p", init=init))
    assert code == 1
    assert [one["code"] for one in answer["findings"]] == [code_of]


def test_mistakes_of_policy_and_code_are_told_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    init = HOOK + "@hookimpl\ndef clb_chekcs(request):\n    return []\n"
    policy = GOOD + "\n[[membership.sise]]\nvalue = 1\nsource = 'KH1'\n"
    code, answer = check(capsys, source(tmp_path / "p", init=init, policy=policy))
    assert code == 1
    assert [(one["file"], one["code"]) for one in answer["findings"]] == [
        ("policy.toml", "CLB-POLICY-KEY"),
        ("__init__.py", "CLB-HOOK-UNKNOWN"),
    ]
    assert answer["findings"][0]["key"] == "membership.sise"


def test_a_plugin_of_another_major_interface_is_refused_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = GOOD.replace('prefix = "TT"', 'prefix = "TT"\napi_version = "2.0"')
    write_plugin(tmp_path, "thu_kt", policy=policy)
    monkeypatch.syspath_prepend(str(tmp_path))
    code = run(["policy", "show", "thu_kt", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert code == 5
    assert answer["error"]["code"] == "CLB-PLUGIN-API"
    assert answer["error"]["help"].endswith("pip install --upgrade clb-lien-the-he.")


def test_a_newer_minor_interface_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = GOOD.replace('prefix = "TT"', 'prefix = "TT"\napi_version = "1.7"')
    write_plugin(tmp_path, "thu_kt", policy=policy)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert run(["policy", "show", "thu_kt", "--json"]) == 0
    capsys.readouterr()


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that sees this one's packages, so that installing touches only it."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    script = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    places = [str(Path(inspection.__file__).parents[1])]
    for python in (sys.executable,):
        done = subprocess.run([python, "-c", script], capture_output=True, text=True, check=True)
        places.append(done.stdout.strip())
    own = (
        next((folder / "lib").rglob("site-packages"))
        if os.name != "nt"
        else (folder / "Lib" / "site-packages")
    )
    (own / "shared.pth").write_text("\n".join(places) + "\n", encoding="utf-8")
    return folder


def in_apart(apart: Path, tmp_path: Path, *args: str) -> tuple[int, dict]:
    """Run the command line in that environment."""
    python = apart / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = subprocess.run(
        [str(python), "-m", "engine", *args, "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "CLB_HOME": str(tmp_path)},
    )
    return done.returncode, json.loads(done.stdout)


def test_a_plugin_is_installed_and_upgraded(apart: Path, tmp_path: Path) -> None:
    folder = source(tmp_path / "p")
    code, answer = in_apart(apart, tmp_path, "province", "install", str(folder))
    assert code == 0, answer
    assert (answer["plugin"], answer["province"]) == ("clb-thu-kt", "thu_kt")
    _code, listed = in_apart(apart, tmp_path, "province", "list")
    assert ["thu_kt", "ok"] in [[row["province"], row["status"]] for row in listed]


def test_a_broken_plugin_is_not_installed_and_the_old_one_stays(
    apart: Path, tmp_path: Path
) -> None:
    in_apart(apart, tmp_path, "province", "install", str(source(tmp_path / "p")))
    bad = source(tmp_path / "bad", init="import no_such_package\n")
    text = (bad / "pyproject.toml").read_text(encoding="utf-8").replace("0.3.0", "0.4.0")
    (bad / "pyproject.toml").write_text(text, encoding="utf-8")
    code, answer = in_apart(apart, tmp_path, "province", "install", str(bad))
    assert code == 5
    assert answer["error"]["code"] == "CLB-PLUGIN-REFUSED"
    assert "no_such_package" in answer["error"]["message"]
    _code, listed = in_apart(apart, tmp_path, "province", "list")
    assert ["0.3.0", "ok"] in [[row["version"], row["status"]] for row in listed]


def test_a_second_plugin_for_a_province_is_not_installed(apart: Path, tmp_path: Path) -> None:
    in_apart(apart, tmp_path, "province", "install", str(source(tmp_path / "p")))
    other = source(tmp_path / "other", name="clb-thu-kt-khac")
    code, answer = in_apart(apart, tmp_path, "province", "install", str(other))
    assert code == 5
    assert answer["error"]["code"] == "CLB-PLUGIN-TWICE"
