"""Tỉnh Lạ, a province that does not exist."""
