"""The kit's checks on this province."""

from engine.testing import ProvinceConformance


class TestHaNoi(ProvinceConformance):
    province = "ha_noi"
