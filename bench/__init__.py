"""Measurements of the engine beside hand-written code. Run with ``python -m bench``."""
