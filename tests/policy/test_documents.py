"""The documents the four policies rest on: number, day of issue, first and last day."""

from datetime import date
from pathlib import Path

import pytest

from engine.policy.check import check_policy

ROOT = Path(__file__).parents[2]

MERGER = ("NQ202", "202/2025/QH15", date(2025, 6, 12), date(2025, 7, 1), None, False)
AGENCIES = ("SXBM2025", "không số", None, date(2025, 3, 1), None, False)

DOCUMENTS = {
    "bac_ninh": [
        ("KH276", "276/KH-UBND", date(2017, 9, 7), date(2017, 9, 7), date(2020, 12, 31), True),
        ("QD933", "933/QĐ-UBND", date(2021, 7, 28), date(2021, 7, 28), date(2025, 12, 31), True),
        MERGER,
        AGENCIES,
    ],
    "hoa_binh": [
        ("KH47", "47/KH-UBND", date(2018, 4, 11), date(2018, 4, 11), date(2020, 12, 31), True),
        MERGER,
        AGENCIES,
        ("DOICHIEU", "không số", None, date(2018, 4, 11), None, False),
    ],
    "hai_phong": [
        ("KH249", "249/KH-UBND", date(2020, 10, 21), date(2020, 10, 21), date(2025, 12, 31), True),
        MERGER,
        AGENCIES,
    ],
    "ha_noi": [("KHHN", "…/KH-UBND", None, date(2026, 3, 18), date(2035, 12, 31), True)],
}


@pytest.mark.parametrize(
    ("province", "documents"),
    DOCUMENTS.items(),
    ids=["BN-01 BN-11", "HB-01", "HP-01", "HN-01"],
)
def test_the_documents_of_a_province(request, province, documents):
    found = request.getfixturevalue(province).documents
    assert [
        (one.id, one.number, one.issued, one.start, one.end, one.programme) for one in found
    ] == documents


@pytest.mark.parametrize(
    ("province", "prefix", "name", "kind"),
    [
        ("bac_ninh", "BN", "Bắc Ninh", "province"),
        ("hoa_binh", "HB", "Hòa Bình", "province"),
        ("hai_phong", "HP", "Hải Phòng", "city"),
        ("ha_noi", "HN", "Hà Nội", "city"),
    ],
)
def test_the_province_itself(request, province, prefix, name, kind):
    found = request.getfixturevalue(province)
    assert (found.province_id, found.prefix, found.name, found.kind) == (
        province,
        prefix,
        name,
        kind,
    )


@pytest.mark.parametrize("province", DOCUMENTS)
def test_the_policy_file_has_no_mistake(province):
    path = ROOT / "plugins" / province / f"clb_{province}" / "policy.toml"
    assert check_policy(path.read_bytes(), origin=path.name) == ()
