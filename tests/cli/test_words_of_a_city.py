"""What is about a city is in the words of a city, whoever reads it, an officer or nobody known."""

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.commands import Answer, Commands
from support.core import ASSOCIATION, COMMITTEE, PATHS, TOWN, Core, make_core

from engine.documents.report_formats import render

TRUE_OF_A_CITY = re.compile(
    r"tỉnh,\s+thành\s+phố|tỉnh Hải Dương|đơn vị\s+hành chính\s+cấp tỉnh", re.IGNORECASE
)
"""Where a city's output speaks of provinces all the same: of both, of a neighbour, of a law."""
A_PROVINCE = re.compile(r"\btỉnh\b", re.IGNORECASE)
TAGS = re.compile(r"(?s)<(style|script).*?</\1>|<[^>]+>")
READERS = (None, ASSOCIATION, COMMITTEE, TOWN)
COMMANDS = (
    *("audit show CLUB", "audit show province:CITY", "audit verify"),
    *("club show CLUB", "club history CLUB", "club list --province CITY"),
    *("check CLUB", "check CLUB supervise --explain", "check CLUB approve"),
    *("due --province CITY --on 2022-06-30", "due --province CITY --on 2025-12-30"),
    *("progress CITY --on 2022-06-30", "report list CITY --on 2022-06-30"),
    *("progress CITY --on 2022-06-30 --explain well_run",),
    *("progress CITY --on 2022-06-30 --explain both_funds",),
    *("policy show CITY --on 2022-06-30", "policy keys CITY", "policy coverage CITY"),
    *("province show CITY", "fund summary CITY", "lifecycle show --province CITY"),
)


class City(Commands):
    """The commands in Vietnamese, on the database of a city with one club."""

    core: Core
    club: str

    def said(self, command: str, *more: str) -> Answer:
        """Run a command about the city or its club."""
        typed = command.replace("CITY", self.core.province).replace("CLUB", self.club)
        return self.run(*typed.split(), *more)


@pytest.fixture(params=["hai_phong", "ha_noi"])
def city(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> City:
    made = City(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_HOME", str(tmp_path))
    monkeypatch.setenv("CLB_LANG", "vi")
    monkeypatch.delenv("CLB_OFFICER", raising=False)
    made.core = make_core(str(made.database), province=request.param)
    made.club = made.core.open(ack={"CLB-OPEN-BEFORE": "Ghi lại hồ sơ cũ"})
    made.core.people_of(made.club)
    for step, on, changes in PATHS["operating"]:
        made.core.carry(made.club, step, on, changes)
    return made


def spoken_of(text: str) -> list[str]:
    """Return the lines that speak of a province where there is a city."""
    return [one for one in TRUE_OF_A_CITY.sub("", text).splitlines() if A_PROVINCE.search(one)]


def test_every_answer_about_a_city_calls_it_a_city(city: City) -> None:
    wrong = []
    for command in COMMANDS:
        for reader in READERS:
            answer = city.said(command, *(("--as", reader) if reader else ()))
            wrong += [(command, reader, one) for one in spoken_of(answer.out + answer.err)]
    assert wrong == []


def test_a_report_of_a_city_names_the_city_s_policy(city: City) -> None:
    out = city.folder / "r.html"
    made = city.said("report build CITY overview --period 2022 --format html", "--out", str(out))
    assert made.code == 0, made.err
    assert spoken_of(TAGS.sub("\n", out.read_text())) == []


@pytest.mark.parametrize("format_", ["html", "docx"])
def test_a_report_is_in_the_words_of_its_city_whoever_writes_it(city: City, format_: str) -> None:
    """As the demonstration does, which names no province and in which nobody works."""
    built = city.said("report build CITY overview --period 2022 --format json")
    made = render(format_, json.loads(built.out))
    if format_ == "docx":
        made = ZipFile(BytesIO(made)).read("word/document.xml")
    assert spoken_of(TAGS.sub("\n", made.decode())) == []


@pytest.mark.parametrize("city", ["hai_phong"], indirect=True)
def test_what_was_recorded_is_in_the_words_of_the_club_s_ward(city: City) -> None:
    """An officer of the city works in no ward; the club does."""
    given = (
        *("--set", "inspector=Lê Thị Giám", "--set", "meetings_held=5", "--set", "borrowers=0"),
        *("--set", 'activities=["health_care"]', "--set", "conclusion=pass"),
        *("--set", "income_fund_balance=0", "--set", "operating_fund_balance=0"),
        *("--ack", "CLB-COMP-WOMEN=Thôn ít nữ"),
    )
    done = city.said("advance CLUB supervise --on 2022-10-03", *given, "--as", TOWN)
    assert done.code == 0, done.err
    assert "người làm: UBND phường" in done.out
