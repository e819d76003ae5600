"""A plugin's table of its documents' sentences is read with its policy, and agrees with it."""

from pathlib import Path

import pytest
from support.province_plugin import province_of, stated

from engine.policy.problem import PolicyFileError
from engine.policy.sentences import COVERAGE_FILE, Sentence
from engine.provinces.load import Provinces

SIZE = stated("membership.size", "{ min = 50, max = 70 }")

WHOLE = Sentence("Mục 1", "Không nói điều gì khác", ("note.nothing_else",))
MEMBERS = Sentence("Mục 1", "Từ 50 đến 70 người", ("membership.size",))
PLEA = Sentence("Mục 2", "Yêu cầu triển khai", no_effect="lời kêu gọi")

pytestmark = pytest.mark.usefixtures("english")


def table(*rows: Sentence, document: str = "VB1") -> str:
    """Return a coverage file of two sections."""
    lines = ["[[document]]", f'id = "{document}"', 'sections = ["Mục 1", "Mục 2"]']
    for one in rows:
        lines += ["[[document.sentence]]", f'section = "{one.section}"', f'text = "{one.text}"']
        if one.keys:
            lines.append(f"keys = {list(one.keys)}")
        if one.no_effect:
            lines.append(f'no_effect = "{one.no_effect}"')
    return "\n".join(lines) + "\n"


def with_table(tmp_path: Path, patch: pytest.MonkeyPatch, coverage: str) -> Provinces:
    """Return a province whose policy states a size in Mục 1, with that coverage file."""
    provinces = province_of(tmp_path, patch, SIZE)
    (tmp_path / "clb_tinh_thu" / COVERAGE_FILE).write_text(coverage, encoding="utf-8")
    return provinces


def mistakes(provinces: Provinces) -> list[tuple[str, str]]:
    """Return the code and the sentence of each mistake in the province's table."""
    with pytest.raises(PolicyFileError) as refused:
        provinces.sentences("tinh_thu")
    assert COVERAGE_FILE in str(refused.value)
    return [(problem.code, problem.message) for problem in refused.value.problems]


def test_the_tables_come_document_by_document_as_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = with_table(tmp_path, monkeypatch, table(WHOLE, MEMBERS, PLEA)).sentences("tinh_thu")
    assert (one.document, one.sections) == ("VB1", ("Mục 1", "Mục 2"))
    assert one.sentences == (WHOLE, MEMBERS, PLEA)
    assert one.counts() == {"stated": 2, "no_effect": 1, "not_expressible": 0}


def test_a_plugin_without_a_table_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert province_of(tmp_path, monkeypatch, SIZE).sentences("tinh_thu") == ()


def test_each_installed_province_has_a_table_of_each_of_its_programme_documents() -> None:
    provinces = Provinces()
    for province in ("hoa_binh", "bac_ninh", "hai_phong", "ha_noi"):
        documents = provinces.policy(province).documents
        wanted = {one.id for one in documents if one.programme}
        assert {one.document for one in provinces.sentences(province)} == wanted


def test_a_sentence_that_names_a_key_of_another_section_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Sentence("Mục 2", "Từ 50 đến 70 người", ("membership.size",))
    assert mistakes(with_table(tmp_path, monkeypatch, table(WHOLE, wrong))) == [
        (
            "CLB-COVERAGE-KEY",
            "VB1, Mục 2: Từ 50 đến 70 người: no value of membership.size cites this section.",
        ),
        (
            "CLB-COVERAGE-KEY",
            "membership.size: VB1, Mục 1: no sentence of this section names the key.",
        ),
    ]


def test_a_section_without_a_sentence_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mistakes(with_table(tmp_path, monkeypatch, table(WHOLE, MEMBERS))) == [
        ("CLB-COVERAGE-SECTION", "VB1, Mục 2: the section has no sentence.")
    ]


def test_a_sentence_without_a_verdict_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undecided = Sentence("Mục 2", "Chưa xét")
    assert mistakes(with_table(tmp_path, monkeypatch, table(WHOLE, MEMBERS, undecided))) == [
        (
            "CLB-COVERAGE-VERDICT",
            "VB1, Mục 2: Chưa xét: give exactly one of keys, no_effect, needed.",
        )
    ]


def test_a_table_of_a_document_that_the_policy_does_not_declare_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = table(WHOLE, MEMBERS, PLEA, document="VB2")
    assert mistakes(with_table(tmp_path, monkeypatch, other)) == [
        ("CLB-COVERAGE-DOCUMENT", "VB1: the document has no table."),
        ("CLB-COVERAGE-DOCUMENT", "VB2: the policy declares no such document."),
    ]


def test_a_value_whose_source_is_the_whole_document_may_be_of_any_section(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Sentence("Mục 2", "Không nói điều gì khác", ("note.nothing_else",))
    (one,) = with_table(tmp_path, monkeypatch, table(MEMBERS, later)).sentences("tinh_thu")
    assert one.counts()["stated"] == 2
