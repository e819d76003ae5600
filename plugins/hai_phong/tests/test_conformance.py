"""The kit's checks on this province."""

from engine.testing import ProvinceConformance


class TestHaiPhong(ProvinceConformance):
    province = "hai_phong"
