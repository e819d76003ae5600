"""The form of a course: for trainers, as a model, as a pilot, as a study visit."""

from datetime import date

import pytest
from support.core import TODAY, Core

from engine.errors import InputError

FORMS = ["trainers", "model", "pilot", "study_visit"]
COUNT = "SELECT form, count(*) FROM training WHERE voided_by IS NULL GROUP BY form"


def course(core: Core, club: str, on: date, **fields: str) -> None:
    given = {"kind": "refresher", "start": on.isoformat(), "days": 1, "attendees": 5, **fields}
    core.take(club, "train", on, {"course": given})


@pytest.mark.parametrize("form", FORMS)
def test_hb_20_the_form_is_kept_and_can_be_counted(core: Core, form: str) -> None:
    club = core.bring("launched")
    course(core, club, date(2022, 3, 1), form=form)
    course(core, club, date(2022, 4, 1), form=form)
    assert core.event(club, -1).form["course"]["form"] == form
    assert dict(core.store.rows(COUNT)) == {None: 1, form: 2}


def test_a_course_of_no_form_stays_without_one(core: Core) -> None:
    club = core.bring("launched")
    course(core, club, date(2022, 3, 1))
    assert "form" not in core.event(club, -1).form["course"]
    assert dict(core.store.rows(COUNT)) == {None: 2}


def test_a_correction_changes_the_form_that_is_counted(core: Core) -> None:
    club = core.bring("launched")
    course(core, club, date(2022, 3, 1), form="model")
    seq = core.club(club).seq
    changes = {"course.form": "pilot"}
    core.take(club, "correct", TODAY, {"seq": seq, "changes": changes}, officer="hoi_tinh")
    assert dict(core.store.rows(COUNT)) == {None: 1, "pilot": 1}


def test_another_word_is_refused(core: Core) -> None:
    club = core.bring("launched")
    with pytest.raises(InputError):
        course(core, club, date(2022, 3, 1), form="party")
