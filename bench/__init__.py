"""Measurements of the engine against hand-written code. Run with ``python -m bench``."""
