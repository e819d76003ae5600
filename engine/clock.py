"""The present moment, and the day it is in Viet Nam whatever the computer's time zone.

Deadlines, decisions and reports are days of the programme's country: a laptop set to another zone,
or a server on UTC, must not move a step to the day before.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""What is asked for the present moment; an aware one."""

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present moment; the one clock of the engine."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """Return the day in Viet Nam at a moment."""
    return moment.astimezone(ZONE).date()


def today() -> date:
    """Return the present day in Viet Nam."""
    return day_of(now())


def moment_of(seconds: float) -> datetime:
    """Return a moment counted in seconds since 1970, as files have them, in Viet Nam's time."""
    return datetime.fromtimestamp(seconds, ZONE)
