"""What a new version would change is shown before it is installed; nothing is written."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.demo_run import Shown, shown
from support.keeper import Keeper
from support.land import land, scatter

from engine.provinces.load import Provinces, package_folder

pytestmark = pytest.mark.slow

ON = date(2022, 4, 29)
PROVINCE = "bac_ninh"


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The demonstration of every installed province, run once."""
    return shown(tmp_path_factory.mktemp("impact"))


@dataclass
class Asked:
    """The demonstration's database, and the installed version's own files to be changed."""

    keeper: Keeper
    folder: Path

    @property
    def policy(self) -> str:
        return (self.package / "policy.toml").read_text(encoding="utf-8")

    @property
    def package(self) -> Path:
        provinces = Provinces()
        return package_folder(provinces.plugin(PROVINCE))

    def changed(self, old: str, new: str) -> Path:
        """Write the policy with one place changed."""
        assert self.policy.count(old) == 1
        path = self.folder / "policy.toml"
        path.write_text(self.policy.replace(old, new), encoding="utf-8")
        return path

    def plugin(self, code: str, version: str = "0.2.0") -> Path:
        """Write a source folder with the installed policy and other code."""
        folder = self.folder / "new"
        shutil.copytree(self.package, folder / "clb_bac_ninh")
        (folder / "clb_bac_ninh" / "__init__.py").write_text(code, encoding="utf-8")
        (folder / "pyproject.toml").write_text(
            '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
            f'[project]\nname = "clb-bac-ninh"\nversion = "{version}"\n'
            'dependencies = ["clb-lien-the-he>=0.1,<1"]\n'
            '[project.entry-points."clb.provinces"]\nbac_ninh = "clb_bac_ninh"\n',
            encoding="utf-8",
        )
        return folder

    def impact(self, file: Path, *options: str, on: date = ON) -> dict[str, Any]:
        """Ask for the impact; the database is the same afterwards."""
        with self.untouched():
            answer = self.keeper.json(
                "province-impact", "province", "impact", file, "--on", on.isoformat(), *options
            )
        return dict(answer)

    @contextmanager
    def untouched(self) -> Iterator[None]:
        before = hashlib.sha256(self.keeper.database.read_bytes()).hexdigest()
        yield
        assert hashlib.sha256(self.keeper.database.read_bytes()).hexdigest() == before


@pytest.fixture
def asked(
    story: Shown,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Asked:
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    shutil.copyfile(story.database, keeper.database)
    return Asked(keeper, tmp_path)


def test_the_installed_version_itself_changes_nothing(asked: Asked) -> None:
    path = asked.folder / "policy.toml"
    path.write_text(asked.policy, encoding="utf-8")
    answer = asked.impact(path)
    empty = ("documents", "keys", "clubs", "tasks", "progress")
    assert {name: answer[name] for name in empty} == {name: [] for name in empty}
    assert answer["before"] == answer["after"]
    assert answer["clubs_looked_at"] >= 17


def test_another_size_is_reported_club_by_club_with_the_finding_before_and_after(
    asked: Asked,
) -> None:
    answer = asked.impact(asked.changed("value = { min = 60, max = 75 }", "value = { min = 80 }"))
    (key,) = answer["keys"]
    assert key["key"] == "membership.size"
    assert [one["value"] for one in key["before"]] == [{"min": 60, "max": 75}]
    assert [one["value"] for one in key["after"]] == [{"min": 80}]
    assert len(answer["clubs"]) == answer["clubs_looked_at"]
    for club in answer["clubs"]:
        sizes = [
            one for one in club["findings"] if (one["after"] or {}).get("code") == "CLB-COMP-SIZE"
        ]
        assert {one["step"] for one in sizes} >= {"supervise", "review"}
        assert all(one["before"] is None for one in sizes)
        assert all("80" in one["after"]["expected"] for one in sizes)
    assert (answer["tasks"], answer["progress"]) == ([], [])


def test_another_interval_moves_the_next_task_and_leaves_the_open_one(asked: Asked) -> None:
    answer = asked.impact(
        asked.changed(
            "[[supervision.interval_months]]\nvalue = 6",
            "[[supervision.interval_months]]\nvalue = 3",
        )
    )
    assert [one["key"] for one in answer["keys"]] == ["supervision.interval_months"]
    moved = [task for club in answer["clubs"] for task in club["tasks"]]
    assert moved
    for task in moved:
        assert (task["before"]["kind"], task["before"]["period"]) == ("supervision", "next")
        assert (task["before"]["due_on"], task["after"]["due_on"]) == ("2022-10-29", "2022-07-29")


def test_another_target_is_reported_row_by_row(asked: Asked) -> None:
    answer = asked.impact(asked.changed("value.target = 40\n", "value.target = 400\n"))
    (row,) = answer["progress"]
    assert row["before"]["id"] == row["after"]["id"] == "new_clubs"
    assert (row["before"]["target"], row["after"]["target"]) == (40, 400)
    assert row["before"]["actual"] == row["after"]["actual"] > 0
    assert row["before"]["percent"] > row["after"]["percent"]
    assert answer["clubs"] == []


def test_another_role_is_reported_step_by_step(asked: Asked) -> None:
    answer = asked.impact(
        asked.changed(
            '[[roles.supervise]]\nto = 2025-06-30\nvalue = ["province", "district"]',
            '[[roles.supervise]]\nto = 2025-06-30\nvalue = ["committee"]',
        )
    )
    steps = [step for club in answer["clubs"] for step in club["steps"]]
    assert {step["step"] for step in steps} == {"supervise"}
    assert all(step["before"]["roles"] == ["province", "district"] for step in steps)
    assert all(step["after"]["roles"] == ["committee"] for step in steps)


def test_another_code_is_run_apart_and_its_findings_are_reported(asked: Asked) -> None:
    code = (
        "from engine import Finding, Level, hookimpl\n@hookimpl\n"
        "def clb_checks(request):\n"
        "    if request.step != 'review':\n        return []\n"
        "    return [Finding('BN-NEW', Level.WARN, 'mới')]\n"
    )
    answer = asked.impact(asked.plugin(code), "--run")
    assert (answer["ran"], answer["not_looked_at"]) == (True, [])
    assert (answer["after"]["version"], answer["keys"]) == ("0.2.0", [])
    assert len(answer["clubs"]) == answer["clubs_looked_at"]
    reported = [one for club in answer["clubs"] for one in club["findings"]]
    assert {(one["step"], one["after"]["code"]) for one in reported} == {("review", "BN-NEW")}
    installed = asked.keeper.json("province-show", "province", "show", PROVINCE)
    assert installed["version"] == answer["before"]["version"] != "0.2.0"


def test_other_code_is_not_run_unless_asked_and_the_policies_are_still_compared(
    asked: Asked,
) -> None:
    proof = asked.folder / "ran"
    code = (
        f"open({str(proof)!r}, 'w').close()\nfrom engine import hookimpl\n@hookimpl\n"
        "def clb_reports(request):\n    return []\n"
    )
    folder = asked.plugin(code)
    policy = folder / "clb_bac_ninh" / "policy.toml"
    wider = asked.policy.replace("value = { min = 60, max = 75 }", "value = { min = 80 }")
    policy.write_text(wider, encoding="utf-8")
    answer = asked.impact(folder)
    assert not proof.exists()
    assert answer["ran"] is False
    assert "--run" in answer["not_looked_at"][0]
    assert answer["after"]["hooks"] == ["clb_reports"]
    assert [one["key"] for one in answer["keys"]] == ["membership.size"]
    assert len(answer["clubs"]) == answer["clubs_looked_at"]
    printed = asked.keeper.run("province", "impact", folder, "--on", "29/04/2022")
    assert "was not run" in printed.out


def test_the_installed_code_with_another_policy_is_asked_as_it_is_every_day(asked: Asked) -> None:
    folder = asked.plugin((asked.package / "__init__.py").read_text(encoding="utf-8"))
    assert asked.impact(folder)["ran"] is True


def test_a_new_version_that_fails_is_refused_with_its_name(asked: Asked) -> None:
    raising = "@hookimpl\ndef clb_checks(request):\n    raise KeyError('x')\n"
    folder = asked.plugin(f"from engine import hookimpl\n{raising}")
    with asked.untouched():
        error = asked.keeper.error(
            "province", "impact", folder, "--on", "2022-04-29", "--run", code=5
        )
    assert error["code"] == "CLB-PLUGIN-FAILED"
    assert "clb-bac-ninh 0.2.0" in error["message"]
    assert "clb_checks" in error["message"]


def test_a_policy_with_a_mistake_is_refused_before_anything_is_asked(asked: Asked) -> None:
    path = asked.changed("[[membership.size]]", "[[membership.sise]]")
    error = asked.keeper.error("province", "impact", path, code=5)
    assert error["code"] == "CLB-PLUGIN-REFUSED"
    assert "membership.sise" in error["message"]


def test_a_file_that_is_not_there_and_a_province_that_is_not_installed(asked: Asked) -> None:
    missing = asked.folder / "nothing.whl"
    assert asked.keeper.error("province", "impact", missing, code=2)["code"] == "CLB-FILE"
    other = asked.changed('id = "bac_ninh"', 'id = "thai_binh"')
    assert asked.keeper.error("province", "impact", other, code=2)["code"] == (
        "CLB-PROVINCE-UNKNOWN"
    )


def test_what_was_decided_is_not_judged_again(asked: Asked) -> None:
    before = asked.keeper.dump()
    asked.impact(asked.changed("value = { min = 60, max = 75 }", "value = { min = 80 }"))
    assert asked.keeper.dump() == before
    assert asked.keeper.json("audit-verify", "audit", "verify")["ok"] is True


def test_for_people_it_fits_a_screen_and_says_that_nothing_was_changed(asked: Asked) -> None:
    path = asked.changed("value = { min = 60, max = 75 }", "value = { min = 80 }")
    printed = asked.keeper.run("province", "impact", path, "--on", "29/04/2022")
    assert printed.code == 0
    assert "Nothing was changed" in printed.out
    assert "membership.size" in printed.out
    assert "CLB-COMP-SIZE" in printed.out
    assert max(len(one) for one in printed.out.splitlines()) <= 80


def test_for_people_a_share_is_reported_in_percent_and_a_number_next_to_its_target(
    asked: Asked,
) -> None:
    wanted = asked.policy.replace("value.target = 40\n", "value.target = 400\n").replace(
        '[[target.clubs_maintained]]\nvalue.kind = "share"\n'
        'value.measure = "clubs_maintained"\nvalue.target = 100\n',
        '[[target.clubs_maintained]]\nvalue.kind = "share"\n'
        'value.measure = "clubs_maintained"\nvalue.target = 90\n',
    )
    (asked.folder / "policy.toml").write_text(wanted, encoding="utf-8")
    printed = asked.keeper.run(
        "province", "impact", asked.folder / "policy.toml", "--on", "29/04/2022"
    )
    reported = " ".join(printed.out.split())
    assert "2,5%); asked: 40 clubs; " in reported
    assert "; asked: 400 clubs; " in reported
    assert "(100,0%); asked: 100%; Reached → " in reported
    assert "(100,0%); asked: 90%; Reached" in reported


def test_a_province_of_many_clubs_is_answered_without_those_whose_life_has_ended(
    asked: Asked, tmp_path: Path
) -> None:
    with land(tmp_path, PROVINCE, date(2024, 6, 30)) as here:
        scatter(here, 150, 7)
    path = asked.changed("value = { min = 60, max = 75 }", "value = { min = 80, max = 95 }")
    answer = asked.keeper.json(
        *("province-impact", "province", "impact", path, "--on", "2024-06-30"),
        *("--database", tmp_path / f"{PROVINCE}.sqlite3"),
    )
    assert 100 < answer["clubs_looked_at"] < 150
    at_work = {"launched", "operating", "consolidating"}
    states = {club["state"] for club in answer["clubs"]}
    assert states & at_work
    assert not states & {"dissolved", "withdrawn", "rejected"}


def test_the_folder_one_is_in_is_reported_by_its_name(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = asked.plugin("")
    monkeypatch.chdir(folder)
    printed = asked.keeper.run("province", "impact", ".", "--on", "2022-04-29")
    assert f"({folder.name})" in printed.out
