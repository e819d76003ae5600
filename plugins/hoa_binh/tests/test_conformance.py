"""The kit's checks on this province."""

from engine.testing import ProvinceConformance


class TestHoaBinh(ProvinceConformance):
    province = "hoa_binh"
