# ruff: noqa: N802  (tests are named for the facts they hold)
"""``clb report sent P inspection``: an inspection that was made is recorded, and no longer due."""

from support.roster_cli import Office


def owed(office: Office) -> list[str]:
    found = office.json("due", "due", "--on", "2022-07-01")
    return [one["source"] for one in found if one["kind"] == "inspection"]


def test_BN_36_an_inspection_is_recorded_like_a_report_and_no_longer_due(office: Office) -> None:
    office.decided_club()
    yearly, half_yearly = owed(office)
    found = office.json(
        *("report-sent", "report", "sent", "bac_ninh", "inspection"),
        *("--period", "2022", "--on", "2022-06-17", "--as", "tinh"),
    )
    assert (found["late"], found["due_on"], found["status"]) == (False, None, "not_stipulated")
    assert owed(office) == [half_yearly]
    assert yearly != half_yearly
    assert office.run("audit", "verify").code == 0


def test_an_inspection_is_no_report_to_build(office: Office) -> None:
    listed = office.json("report-list", "report", "list", "bac_ninh", "--on", "2022-07-01")
    assert "inspection" not in {one["id"] for one in listed}
    args = ("report", "build", "bac_ninh", "inspection", "--period", "2022")
    assert office.error(*args, code=2) == "CLB-REPORT-UNKNOWN"
