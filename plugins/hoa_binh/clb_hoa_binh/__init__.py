"""Hòa Bình: KH 47/KH-UBND is written in full in its policy file; nothing is left for code."""
