"""A plugin that is broken, in whatever way, costs its own province only, and says so."""

import json
import sys
from pathlib import Path

import pytest
from support.plugins import POLICY, write_plugin

from engine.cli import run

HOOK = "from engine import Finding, Level, hookimpl\n"
BROKEN = {
    "import_error": "import no_such_package\n",
    "exits_on_import": "import sys\nsys.exit(3)\n",
    "misspelt_hook": HOOK + "@hookimpl\ndef clb_check(request):\n    return []\n",
    "unmarked_hook": HOOK + "def clb_checks(request):\n    return []\n",
    "default_argument": HOOK + "@hookimpl\ndef clb_checks(request=None):\n    return []\n",
    "other_argument": HOOK + "@hookimpl\ndef clb_checks(club):\n    return []\n",
    "raises": HOOK + "@hookimpl\ndef clb_checks(request):\n    raise KeyError('x')\n",
    "exits": HOOK + "import sys\n@hookimpl\ndef clb_checks(request):\n    sys.exit(0)\n",
    "endless": HOOK + "@hookimpl\ndef clb_checks(request):\n    return clb_checks(request)\n",
    "wrong_answer": HOOK + "@hookimpl\ndef clb_checks(request):\n    return ['no']\n",
    "no_sequence": HOOK + "@hookimpl\ndef clb_checks(request):\n    return 7\n",
    "changes_request": HOOK
    + "@hookimpl\ndef clb_checks(request):\n    request.club.name = 'x'\n    return []\n",
}


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path for plugins, an empty database, a home of its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("CLB_DATABASE", str(tmp_path / "clb.sqlite3"))
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CLB_OFFICER", raising=False)
    for name in [name for name in sys.modules if name.startswith("clb_thu")]:
        del sys.modules[name]
    return folder


def clb(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, dict]:
    """Run a command and return its exit code and its JSON answer."""
    code = run([*args, "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out)


def slug(province: str) -> str:
    """Return a province's id as an officer's id may have it."""
    return province.replace("_", "-")


def open_club(capsys: pytest.CaptureFixture[str], province: str) -> tuple[int, dict]:
    """Make officers of a province, as far as needed, and open a club."""
    run(["db", "init"])
    admin = f"qt-{slug(province)}"
    where = ("--province", province)
    first = ("officer", "add", admin, "--name", "Q", "--role", "admin", *where)
    if run([*first]) != 0:
        run([*first, "--as", "qt-bac-ninh"])
    association = f"hoi-{slug(province)}"
    second = ("officer", "add", association, "--name", "H", "--role", "association")
    run([*second, *where, "--commune", "Xã Một", "--as", admin])
    capsys.readouterr()
    return clb(
        capsys,
        "club",
        "open",
        "--province",
        province,
        "--commune",
        "Xã Một",
        "--village",
        "Thôn 1",
        "--name",
        f"CLB {province}",
        "--on",
        "2021-08-02",
        "--as",
        association,
    )


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_check_refuses_its_own_province_and_names_itself(
    kind: str, registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    province = f"thu_{kind}"
    write_plugin(registry, province, init=BROKEN[kind])
    code, answer = open_club(capsys, "bac_ninh")
    assert code == 0, answer
    code, answer = open_club(capsys, province)
    assert code == 5
    message = answer["error"]["message"]
    assert f"clb-{province.replace('_', '-')} 1.2.3" in message
    assert answer["error"]["help"]
    hook = "import" if kind in ("import_error", "exits_on_import") else "clb_check"
    assert hook in message
    if kind in ("raises", "exits"):
        line = BROKEN[kind].count("\n", 0, BROKEN[kind].index("def clb_checks")) + 2
        assert f"(clb_{province}/__init__.py:{line})" in message
    code, answer = open_club(capsys, "bac_ninh")
    assert code == 1  # the same name in the same village: the rule is asked, the province works
    assert answer["findings"][0]["code"] == "CLB-OPEN-DUPLICATE"


def test_the_list_shows_a_broken_plugin_next_to_the_working_ones(
    registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plugin(registry, "thu_list", init=BROKEN["import_error"])
    code, answer = clb(capsys, "province", "list")
    assert code == 0
    by_id = {row["province"]: row for row in answer}
    assert by_id["thu_list"]["status"] == "error"
    assert "no_such_package" in by_id["thu_list"]["error"]
    assert by_id["bac_ninh"]["status"] == "ok"


POLICIES = {
    "no_file": ("", "CLB-PLUGIN-POLICY"),
    "typo": (POLICY + "\n[[membership.sise]]\nvalue = 1\nsource = 'KH1'\n", "CLB-POLICY"),
    "overlap": (
        POLICY + "\n[[membership.size]]\nvalue = {{ min = 1, max = 2 }}\nsource = 'KH1'\n",
        "CLB-POLICY",
    ),
    "no_source": (POLICY + "\n[[membership.elderly_age]]\nvalue = 60\n", "CLB-POLICY"),
    "not_toml": ("[province\n", "CLB-POLICY"),
}


@pytest.mark.parametrize("kind", POLICIES)
def test_a_broken_policy_is_refused_by_name(
    kind: str, registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    province = f"thu_{kind}"
    text, code_of = POLICIES[kind]
    write_plugin(
        registry, province, policy=text.format(province=province, prefix="TT") if text else ""
    )
    code, answer = clb(capsys, "policy", "show", province, "membership.size")
    assert code == 5
    assert answer["error"]["code"].startswith(code_of)
    assert "1.2.3" in answer["error"]["message"]
    code, answer = clb(
        capsys, "policy", "show", "bac_ninh", "membership.size", "--on", "2022-01-01"
    )
    assert code == 0
    assert answer["value"] == {"min": 60, "max": 75}


def test_two_plugins_for_one_province_are_both_named(
    registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plugin(registry, "thu_hai", name="clb-thu-hai", package="clb_thu_hai_a")
    write_plugin(registry, "thu_hai", name="clb-thu-hai-khac", package="clb_thu_hai_b")
    code, answer = clb(capsys, "policy", "show", "thu_hai")
    assert code == 5
    assert "clb-thu-hai 1.2.3" in answer["error"]["message"]
    assert "clb-thu-hai-khac 1.2.3" in answer["error"]["message"]


def test_a_dotted_entry_point_is_refused_without_running_it(
    registry: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    proof = tmp_path / "ran"
    write_plugin(
        registry,
        "thu_cham",
        entry="clb_thu_cham.plugin",
        init=f"open({str(proof)!r}, 'w').close()\n",
    )
    code, answer = clb(capsys, "policy", "show", "thu_cham")
    assert code == 5
    assert answer["error"]["code"] == "CLB-PLUGIN-ENTRY"
    assert not proof.exists()


def test_reading_a_policy_runs_no_plugin_code(
    registry: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    proof = tmp_path / "ran"
    write_plugin(registry, "thu_doc", init=f"open({str(proof)!r}, 'w').close()\n")
    code, _answer = clb(capsys, "policy", "show", "thu_doc", "membership.size")
    assert code == 0
    assert not proof.exists()


def test_the_switch_leaves_a_province_out_before_it_is_looked_for(
    registry: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLB_NO_PLUGINS", "bac_ninh")
    _code, answer = clb(capsys, "province", "list")
    assert "bac_ninh" not in [row["province"] for row in answer]
    assert "ha_noi" in [row["province"] for row in answer]
    code, answer = clb(capsys, "policy", "show", "bac_ninh")
    assert code == 2
    assert answer["error"]["code"] == "CLB-PROVINCE-UNKNOWN"


def test_a_plugin_of_another_major_interface_is_refused_with_the_command_that_mends_it(
    registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = POLICY.format(province="thu_lon", prefix="TT")
    policy = policy.replace('prefix = "TT"', 'prefix = "TT"\napi_version = "2.0"')
    write_plugin(registry, "thu_lon", policy=policy)
    code, answer = clb(capsys, "policy", "show", "thu_lon")
    assert code == 5
    assert answer["error"]["code"] == "CLB-PLUGIN-API"
    assert answer["error"]["help"].endswith("pip install --upgrade clb-lien-the-he.")


def test_a_newer_minor_interface_is_accepted(
    registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = POLICY.format(province="thu_nho", prefix="TT")
    policy = policy.replace('prefix = "TT"', 'prefix = "TT"\napi_version = "1.7"')
    write_plugin(registry, "thu_nho", policy=policy)
    code, _answer = clb(capsys, "policy", "show", "thu_nho")
    assert code == 0
