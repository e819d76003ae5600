"""A coverage table and its policy agree in both directions, or every disagreement is named."""

from pathlib import Path
from typing import Any

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


TABLE = """
[[document]]
id = "KH1"
sections = ["I.2", "II", "III"]

[[document.sentence]]
section = "I.2"
text = "50 đến 70 thành viên"
keys = ["membership.size"]

[[document.sentence]]
section = "II"
text = "toàn tỉnh"
keys = ["note.scope", "document"]

[[document.sentence]]
section = "III"
text = "yêu cầu triển khai"
no_effect = "lời kêu gọi"

[[document.sentence]]
section = "III"
text = "xét thi đua"
needed = "một khóa về thi đua"
"""
IN_TABLE = (
    SIZE,
    Sentence("II", "toàn tỉnh", ("note.scope", "document")),
    PLEA,
    Sentence("III", "xét thi đua", needed="một khóa về thi đua"),
)


def test_a_table_is_read_with_its_sections_sentences_and_verdicts() -> None:
    (table,) = sentences.read_tables(TABLE.encode(), policy(), origin="coverage.toml")
    assert table == DocumentTable("KH1", SECTIONS, IN_TABLE)
    assert table.counts() == {"stated": 2, "no_effect": 1, "not_expressible": 1}
    assert [one.verdict for one in IN_TABLE] == [
        "stated",
        "stated",
        "no_effect",
        "not_expressible",
    ]


def test_a_table_that_disagrees_is_refused_with_the_file_and_the_lines_of_its_document() -> None:
    wrong = TABLE.replace('"II"', '"V"')
    with pytest.raises(PolicyFileError) as refused:
        sentences.read_tables(wrong.encode(), policy(), origin="coverage.toml")
    assert refused.value.origin == "coverage.toml"
    assert [(one.code, one.key, one.message, one.line) for one in refused.value.problems] == [
        (
            "CLB-COVERAGE-SECTION",
            "note.scope: KH1, II",
            "note.scope: KH1, II: the table has no such section.",
            2,
        ),
        (
            "CLB-COVERAGE-KEY",
            "KH1, V: toàn tỉnh",
            "KH1, V: toàn tỉnh: no value of note.scope cites this section.",
            2,
        ),
    ][::-1]


def test_a_file_may_begin_with_the_mark_of_a_windows_editor() -> None:
    marked = b"\xef\xbb\xbf" + TABLE.encode()
    assert len(sentences.read_tables(marked, policy(), origin="coverage.toml")) == 1


def test_a_word_that_the_table_does_not_know_is_named_where_it_is() -> None:
    wrong = TABLE.replace('no_effect = "lời', 'no_efect = "lời')
    with pytest.raises(PolicyFileError) as refused:
        sentences.read_tables(wrong.encode(), policy(), origin="coverage.toml")
    (problem,) = refused.value.problems
    assert (problem.code, problem.line) == ("CLB-POLICY-KEY", 16)
    assert (problem.key, problem.found) == ("document[1].sentence[3].no_efect", "no_efect")


def problems(*rows: Sentence, sections: tuple[str, ...] = SECTIONS, document: str = "KH1") -> Any:
    """Return the parts of every disagreement, without a file."""
    table = DocumentTable(document, sections, rows)
    found = sentences.disagreements(policy(), (table,))
    return [(one.code, one.key, one.found, one.expected, one.line) for one in found]


def test_each_disagreement_has_its_code_and_where_it_is() -> None:
    def at(code: str, where: str) -> tuple[str, str, str, str, None]:
        return (f"CLB-COVERAGE-{code}", where, where, "", None)

    wrong = Sentence("IV", "thừa", ("membership.size",))
    assert problems(SIZE, SCOPE, wrong) == [
        at("SECTION", "KH1, III"),
        at("SECTION", "KH1, IV"),
        at("KEY", "KH1, IV: thừa"),
    ]
    assert problems(SCOPE, PLEA, Sentence("I.2", "trống")) == [
        at("VERDICT", "KH1, I.2: trống"),
        at("KEY", "membership.size: KH1, I.2"),
    ]
    assert problems(SIZE, PLEA, sections=("I.2", "III")) == [at("SECTION", "note.scope: KH1, II")]
    assert problems(document="KH2") == [at("DOCUMENT", "KH1"), at("DOCUMENT", "KH2")]


def test_sections_that_are_not_declared_are_named_in_order() -> None:
    extra = [Sentence(one, "thừa", no_effect="bối cảnh") for one in ("X", "IX", "V")]
    places = [where for _code, where, *_rest in problems(SIZE, SCOPE, PLEA, *extra)]
    assert places == ["KH1, IX", "KH1, V", "KH1, X"]


def test_every_table_is_looked_at_whatever_is_wrong_with_the_first() -> None:
    tables = (DocumentTable("KH2", (), ()), DocumentTable("KH1", SECTIONS, (SIZE, SCOPE)))
    found = [one.message for one in sentences.disagreements(policy(), tables)]
    assert found == [
        "KH2: the policy declares no such document.",
        "KH1, III: the section has no sentence.",
    ]


def test_the_sections_of_each_value_are_those_that_its_source_names() -> None:
    (table,) = sentences.read_tables(TABLE.encode(), policy(), origin="coverage.toml")
    assert sentences.citations(policy(), table) == {
        "membership.size": frozenset({"I.2"}),
        "note.scope": frozenset({"II"}),
    }


@pytest.mark.parametrize(
    ("section", "cited", "is_within"),
    [
        ("V.2", "V", True),
        ("V", "V", True),
        ("V, đoạn cuối", "V", True),
        ("V đoạn cuối", "V", True),
        ("VI", "V", False),
        ("V", "V.2", False),
        ("V", "", True),
    ],
)
def test_a_section_is_within_the_one_that_is_cited(
    section: str, cited: str, is_within: bool
) -> None:
    assert sentences.within(section, cited) is is_within


@pytest.mark.parametrize("path", sorted(ROOT.glob("plugins/*/clb_*/policy.toml")), ids=str)
def test_every_sentence_of_a_province_s_documents_is_decided(path: Path) -> None:
    stated = parse_policy(path.read_bytes(), origin=str(path))
    table = path.with_name(sentences.COVERAGE_FILE)
    tables = sentences.read_tables(table.read_bytes(), stated, origin=str(table))
    assert sum(table.counts()["not_expressible"] for table in tables) <= 1
