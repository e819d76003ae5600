"""How strongly a document speaks, and which of its sections say who does what."""

from pathlib import Path

import pytest
from support.sources import ROOT

from engine.policy import Policy, sentences
from engine.policy.files import parse_policy

POLICIES = sorted(ROOT.glob("plugins/*/clb_*/policy.toml"))


def read(path: Path) -> Policy:
    return parse_policy(path.read_bytes(), origin=str(path))


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_what_a_document_only_proposes_is_nobody_s_task(path: Path) -> None:
    """A plan gives the Fatherland Front no task: it proposes (đề nghị)."""
    policy = read(path)
    table = path.with_name(sentences.COVERAGE_FILE)
    tables = sentences.read_tables(table.read_bytes(), policy, origin=str(table))
    proposed = {
        key
        for one in tables
        for sentence in one.sentences
        if sentence.text.startswith("Đề nghị")
        for key in sentence.keys
    }
    assert "duty.fatherland_front" in proposed
    for key in proposed:
        for entry in policy.entries_of(key):
            assert entry.force == "request", key


@pytest.mark.parametrize(
    ("key", "section"),
    [
        ("duty.planning", "III.1.3"),
        ("duty.training_of_staff", "III.2.3"),
        ("duty.handbooks", "III.2.3"),
        ("duty.building_clubs", "III.3.3"),
        ("duty.exchange_visits", "III.3.3"),
        ("duty.communication", "III.4.3"),
        ("duty.raising_resources", "III.5.3"),
        ("duty.foreign_donors", "III.6.3"),
        ("report.year", "III.7.3"),
        ("report.yearly_conference", "III.7.3"),
        ("report.phase", "III.7.3"),
    ],
)
def test_a_duty_cites_the_section_that_names_its_agency(
    hai_phong: Policy, key: str, section: str
) -> None:
    """HP-11 to HP-17: each activity has its content in .1 and the agency in .3."""
    (entry,) = hai_phong.entries_of(key)
    assert section in entry.source.partition(", ")[2].split("; ")


@pytest.mark.parametrize("province", ["bac_ninh", "hai_phong", "ha_noi", "hoa_binh"])
def test_clubs_kept_up_are_counted_and_their_quality_is_not(
    province: str, request: pytest.FixtureRequest
) -> None:
    """Each document asks for clubs kept up *well*: the figure says what it leaves out."""
    policy: Policy = request.getfixturevalue(province)
    for entry in policy.entries_of("target.clubs_maintained"):
        assert entry.note is not None
        assert "chất lượng không đo được" in entry.note
