"""Hòa Bình: KH 47/KH-UBND is said in full by its policy file; nothing is left for code."""
