"""Who a report goes to on which day, and where no text names who took over."""

from datetime import date

import pytest

from engine.policy.agencies import province_title

BEFORE_MARCH = date(2025, 2, 28)
FROM_MARCH = date(2025, 3, 1)
LAST_OF_JUNE = date(2025, 6, 30)
FROM_JULY = date(2025, 7, 1)

LABOUR = "Sở Lao động - Thương binh và Xã hội"

AGENCIES = [
    ("bac_ninh", "province_committee", LAST_OF_JUNE, "Ủy ban nhân dân tỉnh Bắc Ninh", True),
    ("bac_ninh", "province_committee", FROM_JULY, "Ủy ban nhân dân tỉnh Bắc Ninh", True),
    ("bac_ninh", "elderly_board", LAST_OF_JUNE, "Ban Công tác người cao tuổi tỉnh", True),
    ("bac_ninh", "province_association", FROM_JULY, "Ban đại diện Hội Người cao tuổi tỉnh", True),
    ("bac_ninh", "labour_department", BEFORE_MARCH, LABOUR, True),
    ("bac_ninh", "labour_department", FROM_MARCH, "Sở Y tế", False),
    ("bac_ninh", "labour_ministry", BEFORE_MARCH, "Bộ Lao động - Thương binh và Xã hội", True),
    ("bac_ninh", "labour_ministry", FROM_MARCH, "Bộ Y tế", False),
    ("bac_ninh", "district_committee", LAST_OF_JUNE, "UBND huyện, thị xã, thành phố", True),
    ("hoa_binh", "province_committee", LAST_OF_JUNE, "Ủy ban nhân dân tỉnh Hòa Bình", True),
    ("hoa_binh", "province_committee", FROM_JULY, "Ủy ban nhân dân tỉnh Phú Thọ", True),
    ("hoa_binh", "province_association", date(2020, 1, 1), "Hội Người cao tuổi tỉnh", True),
    ("hoa_binh", "labour_department", date(2020, 12, 31), LABOUR, True),
    ("hoa_binh", "labour_department", FROM_MARCH, "Sở Y tế", False),
    ("hoa_binh", "district_committee", date(2020, 12, 31), "UBND các huyện, thành phố", True),
    ("hai_phong", "province_committee", LAST_OF_JUNE, "Ủy ban nhân dân thành phố Hải Phòng", True),
    ("hai_phong", "province_committee", FROM_JULY, "Ủy ban nhân dân thành phố Hải Phòng", True),
    ("hai_phong", "elderly_board", FROM_JULY, "Ban Công tác người cao tuổi thành phố", True),
    ("hai_phong", "province_association", FROM_JULY, "Hội Người cao tuổi thành phố", True),
    ("hai_phong", "labour_department", BEFORE_MARCH, LABOUR, True),
    ("hai_phong", "labour_department", FROM_MARCH, "Sở Y tế", False),
    ("hai_phong", "labour_ministry", BEFORE_MARCH, "Bộ Lao động - Thương binh và Xã hội", True),
    ("hai_phong", "labour_ministry", FROM_MARCH, "Bộ Y tế", False),
    ("hai_phong", "foreign_affairs_department", BEFORE_MARCH, "Sở Ngoại vụ", True),
    (
        "hai_phong",
        "social_policy_bank",
        BEFORE_MARCH,
        "Chi nhánh Ngân hàng Chính sách xã hội thành phố",
        True,
    ),
    ("hai_phong", "district_committee", LAST_OF_JUNE, "UBND các quận, huyện", True),
    ("ha_noi", "province_committee", date(2026, 6, 1), "Ủy ban nhân dân thành phố Hà Nội", True),
    ("ha_noi", "province_association", date(2026, 6, 1), "Hội Người cao tuổi Thành phố", True),
    ("ha_noi", "elderly_board", date(2026, 6, 1), "Ban Công tác người cao tuổi Thành phố", True),
    ("ha_noi", "health_department", date(2026, 6, 1), "Sở Y tế", True),
    ("ha_noi", "health_ministry", date(2026, 6, 1), "Bộ Y tế", True),
    (
        "ha_noi",
        "central_government",
        date(2026, 6, 1),
        "Cơ quan trung ương (văn bản không nêu tên)",
        False,
    ),
]


@pytest.mark.parametrize(
    ("province", "agency", "day", "name", "confirmed"),
    [pytest.param(*row, id=f"{row[0]} {row[1]} {row[2]}") for row in AGENCIES],
)
def test_an_agency_has_the_name_of_the_day(request, province, agency, day, name, confirmed):
    found = request.getfixturevalue(province).on(f"routing.{agency}", day).value
    assert (found["name"], found["confirmed"]) == (name, confirmed)


def test_a_plan_that_has_ended_names_no_agency_any_more(hoa_binh):
    """KH 47 ended in 2020: in 2022 nothing cites it, and papers still know the province."""
    on = date(2022, 6, 1)
    for agency, _entries in hoa_binh.group("routing"):
        found = hoa_binh.on(f"routing.{agency}", on)
        assert found.source is None or "KH 47" not in found.source, agency
    assert province_title(hoa_binh, on) == "tỉnh Hòa Bình"


@pytest.mark.parametrize("province", ["bac_ninh", "hoa_binh", "hai_phong"])
def test_the_district_level_ends_on_30_june_2025(request, province):
    """T-ALL2."""
    policy = request.getfixturevalue(province)
    assert policy.on("routing.district_committee", FROM_JULY).status == "not_in_force"


@pytest.mark.parametrize("province", ["bac_ninh", "hoa_binh", "hai_phong", "ha_noi"])
def test_what_is_not_confirmed_says_why(request, province):
    policy = request.getfixturevalue(province)
    for _agency, entries in policy.group("routing"):
        for entry in entries:
            if not entry.value["confirmed"]:
                assert (
                    "hưa có văn bản" in (entry.note or "") or "không nêu tên" in entry.value["name"]
                )


@pytest.mark.parametrize("province", ["bac_ninh", "hoa_binh", "hai_phong", "ha_noi"])
def test_every_recipient_of_a_report_has_a_name_on_every_day_of_the_report(request, province):
    policy = request.getfixturevalue(province)
    for _report, entries in policy.group("report"):
        for entry in entries:
            agencies = [*entry.value.get("to", ()), *filter(None, [entry.value.get("via")])]
            for agency in agencies:
                for day in (entry.start, entry.end):
                    assert policy.on(f"routing.{agency}", day).status == "value", agency
