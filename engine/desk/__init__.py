"""The officer's desk: what ``clb`` alone shows in a terminal, and in a browser.

Screens of Textual over what the engine reads and writes anyway; no question is put here that
``engine.interview`` does not put.
"""
