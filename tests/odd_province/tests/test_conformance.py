"""The kit's checks on the odd province; run by tests/provinces/test_odd_province.py."""

from engine.testing import ProvinceConformance


class TestOdd(ProvinceConformance):
    province = "odd"
