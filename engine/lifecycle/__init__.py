"""The one door: every write is a named step, one transaction, one event."""

from engine.lifecycle.lifecycle import Lifecycle, Outcome, Standing

__all__ = ["Lifecycle", "Outcome", "Standing"]
