"""A coverage table and its policy agree in both directions, or every disagreement is named."""

from pathlib import Path

import pytest
from support.sources import ROOT

from engine.policy import sentences
from engine.policy.files import parse_policy
from engine.policy.model import Policy
from engine.policy.problem import PolicyFileError
from engine.policy.sentences import DocumentTable, Sentence, cited_sections

POLICY = """
[province]
id = "p"
name = "P"
prefix = "PP"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch"
issuer = "UBND"
issued = 2026-01-01
from = 2026-01-01

[[membership.size]]
value = { min = 50, max = 70 }
source = "KH1, I.2"

[[note.scope]]
value = "toàn tỉnh"
source = "KH1, II"
"""
SIZE = Sentence("I.2", "50 đến 70 thành viên", ("membership.size",))
SCOPE = Sentence("II", "toàn tỉnh", ("note.scope",))
PLEA = Sentence("III", "yêu cầu triển khai", no_effect="lời kêu gọi")
SECTIONS = ("I.2", "II", "III")


pytestmark = pytest.mark.usefixtures("english")


def policy() -> Policy:
    return parse_policy(POLICY.encode(), origin="policy.toml")


def found(*rows: Sentence, sections: tuple[str, ...] = SECTIONS, document: str = "KH1") -> set[str]:
    table = DocumentTable(document, sections, rows)
    return {problem.message for problem in sentences.disagreements(policy(), (table,))}


def test_a_table_that_says_what_the_policy_says_has_no_problem() -> None:
    assert found(SIZE, SCOPE, PLEA) == set()


def test_a_section_without_a_sentence_is_named() -> None:
    assert found(SIZE, SCOPE) == {"KH1, III: the section has no sentence."}


def test_a_sentence_of_an_undeclared_section_is_named() -> None:
    extra = Sentence("IV", "thừa", no_effect="bối cảnh")
    assert found(SIZE, SCOPE, PLEA, extra) == {
        "KH1, IV: the section is not among the document's sections."
    }


@pytest.mark.parametrize(
    "undecided",
    [
        Sentence("III", "chưa xét"),
        Sentence("III", "hai điều", no_effect="bối cảnh", needed="thêm một khóa"),
    ],
)
def test_a_sentence_needs_one_verdict_and_only_one(undecided: Sentence) -> None:
    assert found(SIZE, SCOPE, undecided) == {
        f"KH1, III: {undecided.text}: give exactly one of keys, no_effect, needed."
    }


def test_a_key_that_cites_another_section_is_named_from_both_sides() -> None:
    wrong = Sentence("III", "50 đến 70 thành viên", ("membership.size",))
    context = Sentence("I.2", "bối cảnh", no_effect="bối cảnh")
    assert found(wrong, context, SCOPE) == {
        "KH1, III: 50 đến 70 thành viên: no value of membership.size cites this section.",
        "membership.size: KH1, I.2: no sentence of this section names the key.",
    }


def test_a_value_that_cites_a_section_the_table_lacks_is_named() -> None:
    assert found(SIZE, PLEA, sections=("I.2", "III")) == {
        "note.scope: KH1, II: the table has no such section."
    }


def test_a_programme_document_without_a_table_and_a_table_of_no_document_are_named() -> None:
    assert found(SIZE, SCOPE, PLEA, document="KH2") == {
        "KH1: the document has no table.",
        "KH2: the policy declares no such document.",
    }


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("I.2", ("I.2",)),
        ("I.2; II.2", ("I.2", "II.2")),
        ("Phần thứ ba, IV.1; V.2", ("Phần thứ ba, IV.1", "Phần thứ ba, V.2")),
        ("Phụ lục, 1.1.1; 1.2.5", ("Phụ lục, 1.1.1", "Phụ lục, 1.2.5")),
        ("III.1 - III.3", ("III.1", "III.2.1", "III.3.1", "III.3.2")),
        ("V, đoạn cuối", ("V, đoạn cuối",)),
    ],
)
def test_the_sections_that_a_source_names(place: str, wanted: tuple[str, ...]) -> None:
    order = ("I.2", "II.2", "III.1", "III.2.1", "III.3.1", "III.3.2", "III.4", "V, đoạn cuối")
    assert cited_sections(place, order) == wanted


def test_a_file_with_an_unknown_word_is_refused_with_its_line() -> None:
    text = (
        '[[document]]\nid = "KH1"\nsections = ["I.2"]\n\n[[document.sentence]]\nsection = "I.2"\n'
    )
    with pytest.raises(PolicyFileError) as refused:
        sentences.read_tables(text.encode(), policy(), origin="coverage.toml")
    assert "text" in str(refused.value)


@pytest.mark.parametrize("path", sorted(ROOT.glob("plugins/*/clb_*/policy.toml")), ids=str)
def test_every_sentence_of_a_province_s_documents_is_decided(path: Path) -> None:
    stated = parse_policy(path.read_bytes(), origin=str(path))
    table = path.with_name(sentences.COVERAGE_FILE)
    tables = sentences.read_tables(table.read_bytes(), stated, origin=str(table))
    assert sum(table.counts()["not_expressible"] for table in tables) <= 1
