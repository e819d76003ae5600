"""What a task rests on: an article in its time, marked or replaced after its end; with literals."""

import pytest
from support.literals import (
    NOTHING,
    Dated,
    day,
    document,
    policy,
    report,
    request,
    rules,
    task,
    text,
)

from engine.model import TaskKind
from engine.policy.effective import Rules, general_citation
from engine.rules.ground import Ground, article, grounds
from engine.rules.obligations import late, supplementary

pytestmark = pytest.mark.usefixtures("english")

SUPERVISION, REFRESHER = TaskKind.SUPERVISION, TaskKind.TRAINING_REFRESHER
SIX = {"supervision.interval_months": Dated(6, source="QD1, II.4")}
YEARLY = {"training.refresher": Dated({"months": 12}, end=day("2023-12-31"), source="QD1, I.2")}
GENERAL = rules(SIX, general={"supervision.interval_months": Dated(6, end=day("2030-01-01"))})


def test_an_article_is_the_ground_to_its_last_day() -> None:
    found = grounds(rules(YEARLY), REFRESHER, "QD 1, I.2", day("2023-12-31"))
    assert found.of(day("2023-05-01")) == Ground("QD 1, I.2")


def test_what_fell_due_in_its_time_is_marked_after_it() -> None:
    found = grounds(rules(YEARLY), REFRESHER, "QD 1, I.2", day("2024-01-01"))
    assert found.of(day("2023-05-01")) == Ground("QD 1, I.2", day("2023-12-31"))
    assert found.of(day("2023-12-31")) == Ground("QD 1, I.2", day("2023-12-31"))
    assert found.of(None) == Ground("QD 1, I.2", day("2023-12-31"))


def test_a_day_counted_from_where_the_system_reads_it_is_cited_so() -> None:
    value = {"months": 6, "start": "training"}
    kind, source = TaskKind.TRAINING_SUPPLEMENTARY, "QD 1, V.1"
    for reading, cited in ((["start"], f"{source}, as this system reads it"), (["months"], source)):
        dated = Dated(value, source="QD1, V.1", extra={"reading": reading})
        found = grounds(rules({"training.supplementary": dated}), kind, source, day("2022-01-01"))
        assert found.of(day("2022-03-01")) == Ground(cited)


@pytest.mark.parametrize("on", ["2023-06-01", "2024-06-01"])
def test_what_would_fall_due_after_it_is_owed_by_nobody(on: str) -> None:
    assert grounds(rules(YEARLY), REFRESHER, "QD 1, I.2", day(on)).of(day("2024-01-01")) is None


def test_the_general_procedure_goes_on_where_it_asks_for_the_same() -> None:
    found = grounds(GENERAL, SUPERVISION, "QD 1, II.4", day("2026-02-01"))
    assert found.of(day("2025-10-01")) == Ground(
        general_citation(),
        note="The day was set by QD 1, II.4, in force until 31/12/2025.",
    )
    assert found.of(day("2026-01-31")) == Ground(general_citation())


def test_an_article_that_no_value_has_ends_with_its_document() -> None:
    found = grounds(rules(YEARLY), TaskKind.TRAINING_BOARD, "QD 1, V", day("2026-01-01"))
    assert found.of(None) == Ground("QD 1, V", day("2025-12-31"))
    assert grounds(rules(), TaskKind.LAUNCH, "A plugin's text", day("2026-01-01")).of(
        None
    ) == Ground("A plugin's text")


def test_the_general_procedure_s_own_task_has_no_end() -> None:
    found = grounds(rules(), SUPERVISION, None, day("2050-01-01"))
    assert found.of(day("2022-01-01")) == Ground(general_citation())


def test_a_late_step_cites_no_ended_article_as_if_it_lived() -> None:
    tasks = (task(REFRESHER, day("2023-12-30"), "QD 1, I.2"),)
    asked = request("2024-01-01", tasks=tasks, policy=YEARLY)
    assert report(late(asked, REFRESHER)) == text("""
        note CLB-TASK-LATE
          2 days after the due day, 30/12/2023.
          expected: 30/12/2023
          actual: 01/01/2024
          source: QD 1, I.2 (under a rule in force only until 31/12/2023)
        """)
    gone = (task(REFRESHER, day("2024-01-01"), "QD 1, I.2"),)
    assert list(late(request("2024-02-01", tasks=gone, policy=YEARLY), REFRESHER)) == []


def test_no_supplementary_training_falls_due_after_the_document() -> None:
    asked = request(
        "2025-08-01", policy={"training.supplementary": {"months": 6, "start": "training"}}
    )
    assert supplementary(asked, "training", day("2025-06-30")) is not None
    assert supplementary(asked, "training", day("2025-08-01")) is None


def test_a_task_that_was_done_is_cited_as_it_was_while_it_lived() -> None:
    value = Dated({"months": 6}, source="QD1, V.1", extra={"reading": True})
    kind = TaskKind.TRAINING_SUPPLEMENTARY
    read = rules({"training.supplementary": value})
    assert article(read, kind, "QD 1, V.1") == "QD 1, V.1, as this system reads it"
    assert article(rules(SIX), SUPERVISION, "QD 1, II.4") == "QD 1, II.4"
    assert article(rules(), SUPERVISION, "A plugin's text") == "A plugin's text"
    assert article(rules(SIX), SUPERVISION, None) == general_citation()


def test_a_task_that_no_policy_asks_for_ends_with_its_document() -> None:
    found = grounds(rules(YEARLY), TaskKind.LAUNCH, "QD 1, V", day("2026-01-01"))
    assert found.of(None) == Ground("QD 1, V", day("2025-12-31"))


def test_an_article_of_the_whole_nation_is_cited_so_and_has_its_own_end() -> None:
    nation = policy(
        {"training.refresher": Dated({"months": 12}, end=day("2022-12-31"), source="TT2, 3")},
        [document("TT2")],
    )
    asked = Rules(policy(YEARLY), NOTHING, nation=(policy(), nation))
    cited = "for the whole nation: TT 2, 3"
    found = grounds(asked, REFRESHER, "TT 2, 3", day("2023-01-01"))
    assert (found.end, found.cited) == (day("2022-12-31"), cited)
    assert article(asked, REFRESHER, "TT 2, 3") == cited
    assert article(asked, REFRESHER, "QD 1, I.2") == "QD 1, I.2"
