"""Tỉnh Mẫu, the tests' own province: data alone."""
