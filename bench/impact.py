"""``impact``: what a new version of a province's rules would change, for every club of a province.

Each club is asked under two versions for every step open to it, the plugin's hook too. The time
grows as the clubs do: it is measured on fewer and reckoned for 20.000. There is no reference.
"""

from bench.life import PROVINCE, opened
from bench.measure import Spread, by_turns, cpu, timed
from bench.options import Options
from bench.province import ON, province
from bench.result import Row
from engine.reports.impact import compare, snapshot

NAME = "impact"
TITLE = "what a new version of a province's rules would change"
CLUBS, BUDGET_S = 20_000, 15.0


def run(options: Options) -> list[Row]:
    """Measure two snapshots and their comparison."""
    measured = options.size(400, 100, 5)
    registry = opened(province(measured))

    def state() -> dict[str, object]:
        clock = registry.lifecycle.clock
        return snapshot(registry.store, registry.provinces, PROVINCE, ON, clock)

    try:
        samples = by_turns(
            {"clb": lambda: timed(lambda: compare(state(), state()))}, options.rounds
        )
    finally:
        registry.store.close()
    whole: Spread = cpu(samples["clb"]).scaled(CLUBS / measured)
    note = f"reckoned from {measured}"
    return [
        Row(NAME, f"{CLUBS} clubs", "clb", "s", whole, budget=BUDGET_S, limits="value", note=note)
    ]
