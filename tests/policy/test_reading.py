"""A policy file is read as it is meant, however it was typed; its digest is of its meaning."""

import re
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import ClbError, PolicyError
from engine.frozen import FrozenMap
from engine.policy import general, parse_policy, read_policy
from engine.policy.check import check_policy

ROOT = Path(__file__).parents[2]

EXAMPLE = """\
[province]
id = "thi_du"
name = "Thí Dụ"
prefix = "TD"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch thí dụ"
issuer = "UBND tỉnh Thí Dụ"
from = 2021-01-01
to = 2025-12-31

[[phase.first]]
value = { label = "Giai đoạn 1", from = 2021-01-01, to = 2022-12-31 }
source = "KH1, II"

[[grant.establishment]]
value = 100_000_000
once_a_club = true
source = "KH1, IV.1"
force = "norm"
note = "Một lần cho một CLB."

[[membership.size]]
phase = "first"
value = { min = 50, max = 70 }
source = "KH1"

[[membership.size]]
from = 2024-01-01
value = { min = 60, max = 75 }
source = "KH1, I.2"
"""


def read(text: str):
    return read_policy(text.encode(), origin="policy.toml")


def test_a_value_without_dates_holds_as_long_as_its_document():
    grant = read(EXAMPLE).on("grant.establishment", date(2021, 1, 1))
    assert (grant.start, grant.end) == (date(2021, 1, 1), date(2025, 12, 31))


def test_a_value_of_a_phase_holds_as_long_as_the_phase():
    size = read(EXAMPLE).on("membership.size", date(2022, 12, 31))
    assert (size.start, size.end) == (date(2021, 1, 1), date(2022, 12, 31))


def test_a_value_with_a_date_of_its_own_holds_from_it():
    policy = read(EXAMPLE)
    assert policy.on("membership.size", date(2023, 12, 31)).status == "not_in_force"
    assert policy.on("membership.size", date(2024, 1, 1)).value == {"min": 60, "max": 75}


def test_a_source_is_printed_with_the_documents_short_number():
    policy = read(EXAMPLE)
    assert policy.on("grant.establishment", date(2021, 1, 1)).source == "KH 1/KH-UBND, IV.1"
    assert policy.on("membership.size", date(2021, 1, 1)).source == "KH 1/KH-UBND"


def test_what_is_peculiar_to_a_key_is_kept_next_to_its_value():
    grant = read(EXAMPLE).on("grant.establishment", date(2021, 1, 1))
    assert grant.extra == {"once_a_club": True}
    assert (grant.force, grant.note) == ("norm", "Một lần cho một CLB.")


def test_a_value_cannot_be_changed():
    size = read(EXAMPLE).on("membership.size", date(2021, 1, 1)).value
    assert isinstance(size, FrozenMap)
    with pytest.raises(TypeError):
        size["min"] = 1
    with pytest.raises(AttributeError):
        size._items = {}


@pytest.mark.parametrize(
    "retyped",
    [
        EXAMPLE.replace("\n", "\r\n"),
        "\ufeff" + EXAMPLE,
        unicodedata.normalize("NFD", EXAMPLE),
        "# một lời ghi chú\n" + EXAMPLE.replace(" = ", "   =   "),
        EXAMPLE.replace("100_000_000", "100000000"),
        EXAMPLE.replace("from = 2024-01-01", 'from = "2024-01-01"'),
        EXAMPLE.replace(
            'once_a_club = true\nsource = "KH1, IV.1"', 'source = "KH1, IV.1"\nonce_a_club = true'
        ),
    ],
    ids=["windows lines", "byte order mark", "NFD", "comments", "digits", "quoted date", "order"],
)
def test_the_digest_is_of_what_is_shown_not_of_how_it_is_typed(retyped):
    assert read(retyped).digest == read(EXAMPLE).digest


@pytest.mark.parametrize(
    ("written", "instead"),
    [("100_000_000", "100_000_001"), ("2024-01-01", "2024-01-02"), ("IV.1", "IV.2")],
)
def test_the_digest_changes_with_a_value_a_date_or_a_source(written, instead):
    assert read(EXAMPLE.replace(written, instead)).digest != read(EXAMPLE).digest


def test_text_typed_in_another_unicode_form_reads_the_same():
    assert read(unicodedata.normalize("NFD", EXAMPLE)).name == "Thí Dụ"


@pytest.mark.parametrize("damage", ["membership.sise", "membershp.size"])
def test_the_quick_reader_too_refuses_a_key_nobody_knows(damage):
    text = EXAMPLE.replace("membership.size", damage)
    with pytest.raises(PolicyError, match=re.escape("membership")):
        parse_policy(text.encode(), origin="policy.toml")


def test_the_quick_reader_reports_every_mistake_when_it_cannot_go_on():
    text = EXAMPLE.replace('source = "KH1, IV.1"\n', "").replace('source = "KH1, I.2"\n', "")
    with pytest.raises(PolicyError) as refused:
        parse_policy(text.encode(), origin="policy.toml")
    assert [problem.key for problem in refused.value.problems] == [
        "grant.establishment[1]",
        "membership.size[2]",
    ]


@pytest.mark.parametrize(
    "inexact",
    ["100_000_000.0", "2021-07-28T08:00:00", "08:00:00"],
    ids=["decimal", "time", "clock"],
)
def test_the_quick_reader_refuses_what_is_not_exact(inexact):
    text = EXAMPLE.replace("100_000_000", inexact)
    with pytest.raises(PolicyError, match=re.escape("grant.establishment[1].value")):
        parse_policy(text.encode(), origin="policy.toml")


def test_the_quick_reader_reads_a_checked_file_as_the_full_one_does():
    assert parse_policy(EXAMPLE.encode(), origin="policy.toml") == read(EXAMPLE)


def test_a_quoted_date_of_a_phase_is_a_date():
    quoted = EXAMPLE.replace(
        "from = 2021-01-01, to = 2022-12-31", 'from = "2021-01-01", to = "2022-12-31"'
    )
    phase = read(quoted).on("phase.first", date(2021, 6, 1)).value
    assert (phase["from"], phase["to"]) == (date(2021, 1, 1), date(2022, 12, 31))


def test_a_file_that_is_not_utf8_is_refused():
    with pytest.raises(PolicyError, match="UTF-8"):
        parse_policy(EXAMPLE.encode("utf-16"), origin="policy.toml")


def test_the_quick_reader_loads_no_schema_library():
    program = (
        "import sys; from engine.policy import general, parse_policy; general();"
        "sys.exit('jsonschema' in sys.modules or 'referencing' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_the_general_procedure_passes_every_check():
    path = ROOT / "engine" / "policy" / "general.toml"
    assert check_policy(path.read_bytes(), origin=path.name) == ()


def test_the_law_counts_the_elderly_from_60_and_names_itself():
    elderly = general().on("membership.elderly_age", date(2021, 7, 28))
    assert (elderly.value, elderly.source) == (60, "Luật Người cao tuổi 39/2009/QH12, Điều 2")


@pytest.mark.parametrize(("key", "months"), [("supervision", 6), ("review", 12)])
def test_the_general_intervals_say_that_they_are_not_the_provinces(key, months):
    interval = general().on(f"{key}.interval_months", date(2026, 1, 1))
    assert interval.value == months
    assert "không phải quy định của tỉnh" in interval.source


def test_the_common_vocabulary_has_the_eight_activities_of_the_model():
    activities = general().on("activities.list", date(2026, 1, 1)).value
    assert {activity["id"] for activity in activities} == {
        "culture_sport",
        "health_care",
        "income_generation",
        "home_care",
        "community_support",
        "resource_building",
        "rights",
        "knowledge",
    }


LINES = EXAMPLE.splitlines(keepends=True)
DAMAGE = (
    "",
    "x\n",
    "value = 1\n",
    'value = ""\n',
    "value = []\n",
    "value.from = 1\n",
    "from = 1\n",
    'to = "mai"\n',
    'source = ""\n',
    "phase = 1\n",
    "membership = 1\n",
    "[province]\n",
    "[[document]]\n",
    "[membership]\n",
    "[[membership.size]]\n",
)


@settings(max_examples=150)
@example(at=0, instead="")
@example(at=5, instead="document = 1\n")
@example(at=16, instead="[phase]\n")
@given(
    at=st.integers(0, len(LINES) - 1),
    instead=st.sampled_from(DAMAGE),
)
def test_a_damaged_file_is_read_or_refused_in_words(at, instead):
    damaged = "".join([*LINES[:at], instead, *LINES[at + 1 :]]).encode()
    try:
        problems = check_policy(damaged, origin="policy.toml")
        policy = None if problems else parse_policy(damaged, origin="policy.toml")
    except ClbError as error:
        pytest.fail(f"check_policy raised instead of telling: {error}")
    assert problems or policy
    assert all(problem.message and problem.code for problem in problems)
