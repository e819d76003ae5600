"""The kit's checks on this province."""

from engine.testing import ProvinceConformance


class TestBacNinh(ProvinceConformance):
    province = "bac_ninh"
