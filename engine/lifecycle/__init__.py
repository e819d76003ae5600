"""Every write is a named step, one transaction, one event; everything else reads."""

from engine.lifecycle.lifecycle import Lifecycle, Outcome, RecordedRow, StepAvailability

__all__ = ["Lifecycle", "Outcome", "RecordedRow", "StepAvailability"]
