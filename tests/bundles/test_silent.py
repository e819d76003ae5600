"""A commune that sent no file for as long as the province's setting allows is named by ``due``."""

from datetime import timedelta

import pytest
from support.core import COMMUNE, PROVINCE, TODAY
from support.exchange import Office
from support.literals import rules

from engine.model import TaskKind
from engine.policy.effective import Rules
from engine.reports.due import due
from engine.reports.due_row import Due

SETTING = rules({"setting.exchange_days": 31})


def silent(office: Office, days: int, by: Rules) -> list[Due]:
    found = due(office.store, by, PROVINCE, TODAY + timedelta(days=days))
    return [one for one in found if one.kind is TaskKind.EXCHANGE]


@pytest.mark.parametrize(("days", "named"), [(30, []), (31, [COMMUNE]), (40, [COMMUNE])])
def test_it_is_named_from_that_day_on(
    here: Office, there: Office, days: int, named: list[str]
) -> None:
    there.take(here.send())
    assert [one.commune for one in silent(there, days, SETTING)] == named


def test_without_the_setting_nobody_is_named(here: Office, there: Office) -> None:
    there.take(here.send())
    assert silent(there, 400, rules({})) == []
