"""The demonstration's promises: its own database, and a failure costs its province only."""

import json
import sqlite3
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.demo_run import Shown, both, clb, story_of
from support.province_plugin import POLICY, stated

import schemas
from engine.cli import run
from engine.errors import PluginError, StorageError
from engine.model import Role, Task, TaskKind
from engine.policy.effective import Rules
from engine.policy.files import general, parse_policy
from engine.provinces.discover import described
from engine.provinces.load import Plugin
from engine.scenario.demo import play_demo
from engine.scenario.demo_club import Agenda, course_start, workday, workday_before
from engine.scenario.demo_file import read_demo, read_demo_bytes
from engine.scenario.forms import grants

pytestmark = pytest.mark.slow

Patch = pytest.MonkeyPatch
NOW = datetime(2030, 1, 7, 9, tzinfo=UTC)
ONE_CLUB = """
[[group]]
title = "Một câu lạc bộ"
opened = 2021-03-01
in_detail = true
clubs = [ { commune = "Xã Thử" } ]
"""
HISTORY = """
[[history.establishment_grants]]
value = [
  { year = 2021, clubs = 2, grants = [
    { source = "province_budget", amount = 25 },
    { source = "donor", donor = "A", amount = 75 },
  ] },
  { year = 2021, clubs = 1, grants = [ { source = "province_budget", amount = 20 } ] },
]
source = "VB1, 1"
"""


def noon() -> datetime:
    return NOW


def test_the_users_own_database_is_not_touched_nor_made(tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite3"
    done = clb(
        tmp_path,
        "demo",
        *("--out", str(tmp_path / "out")),
        CLB_DATABASE=str(own),
        CLB_NO_PLUGINS="bac_ninh,hoa_binh,ha_noi",
    )
    assert done.returncode == 0
    assert not own.exists()
    assert list((tmp_path / "home").rglob("*.sqlite3")) == []
    assert [one.name for one in (tmp_path / "out").glob("*.sqlite3")] == ["demo.sqlite3"]


def test_a_second_run_into_the_same_folder_leaves_the_first_as_it_was(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    provinces = story_of(tmp_path, monkeypatch, ONE_CLUB)
    first = play_demo(provinces, tmp_path / "out", clock=noon)
    before = first.database.read_bytes()
    second = play_demo(provinces, tmp_path / "out", clock=noon)
    assert (first.database.name, second.database.name) == ("demo.sqlite3", "demo-2.sqlite3")
    assert first.database.read_bytes() == before


def test_a_place_that_cannot_be_written_is_an_error_and_nothing_is_played(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(StorageError):
        play_demo(story_of(tmp_path, monkeypatch, ONE_CLUB), tmp_path / "file" / "out", clock=noon)


def test_without_any_province_it_shows_how_to_install_one(tmp_path: Path) -> None:
    text = clb(tmp_path, "demo", CLB_NO_PLUGINS="all", CLB_LANG="en")
    assert text.returncode == 0
    assert "pip install ./plugins/" in text.stdout
    answer = clb(tmp_path, "demo", "--json", CLB_NO_PLUGINS="all")
    assert answer.returncode == 0
    data = json.loads(answer.stdout)
    Draft202012Validator(schemas.load("cli/demo")).validate(data)
    assert (data["database"], data["provinces"]) == (None, [])


def test_a_province_of_data_alone_lives_the_whole_life(tmp_path: Path, monkeypatch: Patch) -> None:
    provinces = story_of(tmp_path, monkeypatch, ONE_CLUB)
    done = play_demo(provinces, tmp_path / "out", clock=noon)
    (facts,) = done.provinces
    (club,) = facts.clubs
    assert (done.failures, done.verified) == ([], True)
    assert club.page.club.state == "operating"
    assert club.steps == {
        **dict.fromkeys(
            ("open", "roster", "set_board", "propose", "approve", "train", "launch"), 1
        ),
        "supervise": 2,
        "review": 1,
    }
    made_of = club.page.composition
    assert (made_of.members, made_of.elderly, made_of.women) == (10, 6, 5)


def test_a_province_without_a_story_is_named_and_costs_nothing(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    with_story = story_of(tmp_path / "a", monkeypatch, ONE_CLUB)
    without = story_of(tmp_path / "b", monkeypatch, None, name="tinh_im")
    done = play_demo(both(with_story, without), tmp_path / "out", clock=noon)
    assert (done.silent, len(done.provinces), done.failures) == (["tinh_im"], 1, [])


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: Patch) -> None:
    """Make room for two plugins, and a user folder of the test's own."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))


BROKEN = {
    "not TOML": ('[[group]\ntitle = "x"\n', "demo.toml"),
    "a misspelt key": (ONE_CLUB.replace("in_detail", "in_detial"), "group.1"),
    "an unknown step": (ONE_CLUB + '\n[[group.step]]\nstep = "aprove"\n', "aprove"),
    "a field no form has": (
        ONE_CLUB + '\n[[group.step]]\nstep = "propose"\nform = { nonsense = 1 }\n',
        "nonsense",
    ),
    "a policy key without value": (
        ONE_CLUB.replace("in_detail = true", 'money = "grant.establishment"'),
        "grant.establishment",
    ),
    "a policy key nobody knows": (
        ONE_CLUB.replace("in_detail = true", 'money = "grant.nothing"'),
        "grant.nothing",
    ),
    "a list of something else for money": (
        ONE_CLUB.replace("in_detail = true", 'money = "sources.list"'),
        "sources.list",
    ),
    "communes of a key without communes": (
        ONE_CLUB.replace('clubs = [ { commune = "Xã Thử" } ]', 'communes_from = "sources.list"'),
        "sources.list",
    ),
    "a refusal that does not come": (
        ONE_CLUB + '\n[[group.step]]\nstep = "propose"\nrefused = "CLB-DUTIES"\n',
        "CLB-DUTIES",
    ),
    "a refusal nobody expects": (
        ONE_CLUB + '\n[[group.step]]\nstep = "launch"\n',
        "CLB-STATE",
    ),
    "another refusal than the story's": (
        ONE_CLUB + '\n[[group.step]]\nstep = "launch"\nrefused = "CLB-DUTIES"\n',
        "CLB-STATE",
    ),
    "more elderly than members": (
        ONE_CLUB + "members = { total = 5, elderly = 6, women = 1, poor = 1 }\n",
        "group.1.members.elderly",
    ),
    "a step after the story's end": (
        ONE_CLUB + '\n[[group.step]]\nstep = "propose"\non = 2024-01-02\n',
        "2024-01-02",
    ),
}


@pytest.mark.parametrize(("story", "named"), BROKEN.values(), ids=BROKEN)
def test_a_story_that_does_not_hold_costs_its_own_province_only(
    tmp_path: Path, monkeypatch: Patch, story: str, named: str
) -> None:
    sources = stated("sources.list", '[ { id = "other", label = "Nguồn khác" } ]')
    good = story_of(tmp_path / "a", monkeypatch, ONE_CLUB)
    bad = story_of(tmp_path / "b", monkeypatch, story, policy=sources, name="tinh_hong")
    done = play_demo(both(bad, good), tmp_path / "out", clock=noon)
    assert [facts.province for facts in done.provinces] == ["tinh_thu"]
    (failure,) = done.failures
    assert failure.province == "tinh_hong"
    assert named in failure.error.message
    assert failure.error.help
    assert done.verified


def test_a_plugin_whose_check_crashes_costs_its_own_province_only(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    code = "from engine import hookimpl\n@hookimpl\ndef clb_checks(request): raise ValueError\n"
    good = story_of(tmp_path / "a", monkeypatch, ONE_CLUB)
    bad = story_of(tmp_path / "b", monkeypatch, ONE_CLUB, code=code, name="tinh_hong")
    done = play_demo(both(bad, good), tmp_path / "out", clock=noon)
    assert [facts.province for facts in done.provinces] == ["tinh_thu"]
    assert [one.error.code for one in done.failures] == ["CLB-PLUGIN-FAILED"]


def test_a_listener_that_crashes_stops_nothing_and_is_a_warning(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    code = "from engine import hookimpl\n@hookimpl\ndef clb_after_step(request): raise ValueError\n"
    done = play_demo(
        story_of(tmp_path, monkeypatch, ONE_CLUB, code=code), tmp_path / "out", clock=noon
    )
    assert (len(done.provinces), done.failures) == (1, [])
    assert ["clb_after_step" in one for one in done.warnings] == [True]


def test_two_plugins_for_one_province_are_named(tmp_path: Path, monkeypatch: Patch) -> None:
    one = story_of(tmp_path / "a", monkeypatch, ONE_CLUB)
    done = play_demo(both(one, one), tmp_path / "out", clock=noon)
    assert [failure.error.code for failure in done.failures] == ["CLB-PLUGIN-TWICE"]


def test_the_exit_code_and_the_answer_name_the_province_that_failed(
    tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = story_of(tmp_path, monkeypatch, "seeds = 1\n" + ONE_CLUB)
    monkeypatch.setattr("engine.provinces.discover.plugins", lambda _group: described(bad._points))
    assert run(["demo", "--json", "--out", str(tmp_path / "out")]) == 5
    data = json.loads(capsys.readouterr().out)
    Draft202012Validator(schemas.load("cli/demo")).validate(data)
    assert [(one["province"], one["status"]) for one in data["provinces"]] == [
        ("tinh_thu", "error")
    ]
    assert run(["demo", "--lang", "en", "--out", str(tmp_path / "out")]) == 5
    assert "could not be shown" in capsys.readouterr().out


def test_a_clock_that_has_not_come_to_the_last_day_is_set_to_it(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    provinces = story_of(tmp_path, monkeypatch, ONE_CLUB)
    early = datetime(2021, 3, 2, tzinfo=UTC)
    done = play_demo(provinces, tmp_path / "out", clock=lambda: early)
    assert (done.failures, done.verified) == ([], True)
    assert done.provinces[0].clubs[0].page.club.state == "operating"


def test_the_same_seed_gives_the_same_people_and_every_run_other_ids(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    provinces = story_of(tmp_path, monkeypatch, ONE_CLUB)
    people, clubs = [], []
    for _run in range(2):
        done = play_demo(provinces, tmp_path / "out", clock=noon)
        with sqlite3.connect(done.database) as connection:
            people.append(sorted(connection.execute("SELECT name, id_number, phone FROM personal")))
        clubs.append(done.provinces[0].clubs[0].page.club.id)
    assert people[0] == people[1]
    assert clubs[0] != clubs[1]


def test_a_story_inside_a_zip_is_found(tmp_path: Path, monkeypatch: Patch) -> None:
    archive = tmp_path / "plugins.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("clb_zipped/__init__.py", "raise RuntimeError('imported')")
        packed.writestr("clb_zipped/demo.toml", b"seed = 1")
        packed.writestr("clb_silent/__init__.py", "")
    monkeypatch.syspath_prepend(str(archive))
    assert read_demo_bytes(Plugin("z", "clb_zipped", "clb-zipped", "1")) == b"seed = 1"
    assert read_demo_bytes(Plugin("s", "clb_silent", "clb-silent", "1")) is None


def test_a_story_that_cannot_be_read_is_no_missing_story(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    provinces = story_of(tmp_path, monkeypatch, None)
    (tmp_path / "clb_tinh_thu" / "demo.toml").mkdir()
    with pytest.raises(PluginError, match=r"demo\.toml"):
        read_demo_bytes(provinces.plugin("tinh_thu"))


def test_the_text_fits_80_columns_and_gives_reason_and_article_of_each_refusal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Patch
) -> None:
    monkeypatch.setenv("CLB_NO_PLUGINS", "hoa_binh,hai_phong,ha_noi")
    out = tmp_path / "out"
    assert run(["demo", "--out", str(out), "--lang", "en"]) == 0
    text = capsys.readouterr().out
    long = [line for line in text.splitlines() if len(line) > 80]
    assert [line for line in long if str(out) not in line] == []
    flowing = " ".join(text.split())
    assert "both hold only for 60, 70 members" in flowing
    assert flowing.count("): REFUSED") == 3
    refused = flowing.split("REFUSED")[1:]
    for part, article in zip(
        refused,
        ("QĐ 933/QĐ-UBND, Phần thứ ba, III.4", "general procedure", "Phần thứ ba, IV.1"),
        strict=True,
    ):
        assert f"article: {article}" in part or article in part.split("to do:")[0]
        assert "to do:" in part


def test_both_languages_show_the_same_story(demo: Shown, tmp_path: Path) -> None:
    silent = {"CLB_NO_PLUGINS": "hoa_binh,bac_ninh,ha_noi"}
    shown = {
        lang: clb(tmp_path, "demo", "--out", str(tmp_path / lang), CLB_LANG=lang, **silent)
        for lang in ("vi", "en")
    }
    assert [one.returncode for one in shown.values()] == [0, 0]
    assert "The same questions" in shown["en"].stdout
    for days in ("08/03/2021", "12/04/2021", "20/12/2022"):
        assert all(days in one.stdout for one in shown.values())
    assert demo.messages.count("Playing") == len(demo.data["provinces"])


DAYS = st.dates(date(2017, 1, 1), date(2027, 12, 31))


@given(DAYS)
def test_a_working_day_is_the_nearest_one_on_its_side(day: date) -> None:
    after, before = workday(day), workday_before(day)
    assert before <= day <= after
    for one in (after, before):
        assert one.weekday() < 5
        assert (one.month, one.day) not in {(1, 1), (4, 30), (5, 1), (9, 2)}
    for one, step in ((after, -1), (before, 1)):
        next_day = one + timedelta(days=step)
        assert one == day or workday(next_day) != next_day


@given(DAYS, st.integers(1, 5))
def test_a_course_has_no_day_off_in_it(day: date, days: int) -> None:
    start = course_start(day, days)
    assert start >= day
    assert all(
        workday(one) == one for one in (start + timedelta(days=place) for place in range(days))
    )


def a_task(kind: TaskKind, due_on: date | None) -> Task:
    return Task("c", "p", kind, due_on, Role.PROVINCE, None, 1)


def the_agenda(**changes: object) -> Agenda:
    usual: dict[str, object] = {
        "supervisions": 1,
        "reviews": 1,
        "reviewed": [],
        "courses": [],
        "end": date(2022, 12, 30),
    }
    return Agenda(**{**usual, **changes})  # type: ignore[arg-type]


def test_a_review_waits_for_the_supervision_it_rests_on() -> None:
    tasks = [
        a_task(TaskKind.REVIEW, date(2022, 5, 10)),
        a_task(TaskKind.SUPERVISION, date(2022, 5, 15)),
    ]
    agenda, day = the_agenda(), date(2022, 1, 3)
    assert agenda.take_next(tasks, day) == (TaskKind.SUPERVISION, date(2022, 5, 16))
    day = date(2022, 5, 16)
    assert agenda.take_next(tasks[:1], day) == (TaskKind.REVIEW, day)
    assert agenda.take_next(tasks, day) is None


def test_a_review_on_a_day_of_its_own_waits_for_nothing() -> None:
    agenda = the_agenda(reviewed=[date(2022, 3, 1)], reviews=0)
    tasks = [a_task(TaskKind.SUPERVISION, date(2022, 5, 16))]
    assert agenda.take_next(tasks, date(2022, 1, 3)) == (TaskKind.REVIEW, date(2022, 3, 1))


@pytest.mark.parametrize(
    "tasks",
    [
        [a_task(TaskKind.SUPERVISION, date(2022, 12, 31))],
        [a_task(TaskKind.TRAINING_INITIAL, date(2022, 1, 4))],
        [a_task(TaskKind.SUPERVISION, None)],
        [],
    ],
    ids=["after the end", "of another kind", "without a day", "nothing open"],
)
def test_what_the_story_does_not_do_is_left_undone(tasks: list[Task]) -> None:
    assert the_agenda().take_next(tasks, date(2022, 1, 3)) is None


def rules(policy: str) -> Rules:
    text = POLICY.format(id="tinh_thu") + policy
    return Rules(parse_policy(text.encode(), origin="policy.toml"), general())


@given(st.integers(0, 6))
def test_each_club_of_a_year_gets_what_its_place_is_stated_to_get(place: int) -> None:
    found = grants(rules(HISTORY), "history.establishment_grants", date(2021, 5, 4), place)
    amounts = [(one["source"], one.get("donor"), one["amount"]) for one in found]
    if place < 2:
        assert amounts == [("province_budget", None, 25), ("donor", "A", 75)]
    elif place == 2:
        assert amounts == [("province_budget", None, 20)]
    else:
        assert amounts == []


def test_nobody_gets_anything_on_a_day_without_a_value() -> None:
    early = date(2019, 12, 31)
    assert grants(rules(HISTORY), "history.establishment_grants", early, 0) == ()
    assert grants(rules(""), "grant.establishment", early, 0) == ()


def test_every_story_of_the_repository_is_as_its_schema_has_it() -> None:
    schema = schemas.load("demo")
    Draft202012Validator.check_schema(schema)
    stories = sorted(Path(__file__).parents[2].glob("plugins/*/*/demo.toml"))
    assert len(stories) >= 4
    for path in stories:
        scenario = read_demo(path.read_bytes(), plugin=path.parent.name)
        assert scenario.groups


def test_no_story_types_an_amount_that_the_policy_states() -> None:
    for path in Path(__file__).parents[2].glob("plugins/*/*/demo.toml"):
        text = path.read_text(encoding="utf-8").replace("_", "").replace(".", "")
        assert "000000" not in text, path
        assert "amount" not in text, path
