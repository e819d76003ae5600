"""``clb`` on a day of the test's choice: ``python tests/support/clb_on.py 2026-03-02 club list``.

The engine has one clock; it is stopped at noon of that day before anything has asked it.
"""

import sys
from datetime import datetime

from engine import clock

noon = datetime.fromisoformat(sys.argv.pop(1)).replace(hour=12, tzinfo=clock.ZONE)
clock.now = lambda: noon

from engine.cli import main  # noqa: E402  (what it imports takes the clock as it is then)

main()
