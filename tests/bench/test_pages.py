"""The page with the figures: what ran is renewed, the rest stays with its own commit."""

from bench.measure import Spread
from bench.result import BEGIN, END, Report, Row, written_into


def report(commit: str, *names: str) -> Report:
    one = Spread(1.0, 1.0, 1.0)
    rows = tuple(Row(name, f"a case of {commit}", "clb", "ms", one) for name in names)
    return Report(commit, {"python": "3"}, False, rows)


def test_a_whole_run_renews_everything() -> None:
    page = written_into(f"{BEGIN}\n{END}\n", report("first", "step", "seals"))
    assert written_into(page, report("second", "step", "seals")).count("first") == 0


def test_a_part_keeps_the_rest_and_states_its_own_commit() -> None:
    page = written_into(f"{BEGIN}\n{END}\n", report("first", "step", "seals"))
    page = written_into(page, report("second", "seals", "bundles"))
    assert page.index("Commit `first`") < page.index("### step") < page.index("### seals")
    assert "a case of first" in page.split("### seals")[0]
    for name in ("seals", "bundles"):
        assert "Commit `second`" in page.split(f"### {name}")[1].split("### ")[0]
    again = written_into(page, report("third", "bundles"))
    assert again.count("### bundles") == 1
    assert "a case of third" in again.split("### bundles")[1]
