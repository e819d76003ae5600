"""Checks of what the policy answers on the days that matter: where something begins or ends."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from engine.errors import PluginError
from engine.model import Role
from engine.package_data import read_beside
from engine.policy import vocabulary
from engine.policy.coverage import coverage
from engine.policy.model import Entry, Policy
from engine.scenario.demo_file import DEMO_FILE, read_demo
from engine.states import step as find_step
from engine.testing.base import Checks
from engine.testing.subject import Subject

DAY = timedelta(days=1)


def boundaries(policy: Policy) -> list[date]:
    """Return every day on which a value or a document begins or ends, with its two neighbours."""
    days: set[date] = set()
    spans = [(one.start, one.end) for one in policy.documents]
    spans += [(one.start, one.end) for key in policy.entries for one in policy.entries_of(key)]
    for start, end in spans:
        for day in (start, end):
            if day is not None:
                days.update((day - DAY, day, day + DAY))
    return sorted(days)


class PolicyDaysChecks(Checks):
    """The policy, asked on the days around every beginning and end."""

    def test_every_key_resolves_on_every_day_of_its_validity(self, subject: Subject) -> None:
        """On each day a key answers the one value in force, with its source, or that none is."""
        policy = subject.policy
        for key in policy.entries:
            entries = policy.entries_of(key)
            for day in boundaries(policy):
                holding = [one for one in entries if one.holds(day)]
                answer = policy.on(key, day)
                expected = (
                    ("value", holding[0].value, holding[0].source)
                    if holding
                    else ("not_in_force", None, answer.source)
                )
                subject.require(
                    len(holding) <= 1
                    and (answer.status, answer.value, answer.source) == expected
                    and answer.source,
                    f"on {day} {len(holding)} values are in force; the answer is {answer.status}.",
                    mend="Give the value a first and a last day that touch no other's.",
                    key=key,
                )

    def test_absent_is_left_out_and_never_zero(self, subject: Subject) -> None:
        """What no document says has no entry: no 0 and no empty text or list stands for it."""
        policy = subject.policy
        for key in policy.entries:
            for one in policy.entries_of(key):
                subject.require(
                    not _empty(one.value),
                    f"the value is {one.value!r}.",
                    mend="If the document says nothing of it, take the entry out.",
                    key=key,
                )
        for key in sorted(vocabulary.keys() - set(policy.entries)):
            answer = policy.on(key, date(2022, 1, 1))
            assert (answer.status, answer.value) == ("not_stipulated", None)

    def test_a_gap_is_told(self, subject: Subject) -> None:
        """A key without a value between two that it has is explained by a note beside one."""
        policy = subject.policy
        for row in coverage(policy):
            if not row.has_gap:
                continue
            noted = any(one.note for one in policy.entries_of(row.key))
            days = [cell.stretch.start for cell in row.cells if cell.gap]
            subject.require(
                noted,
                f"it has no value from {days[0]}, though it has one before and after.",
                mend="Add the value that was forgotten, or a note that says why there is none.",
                key=row.key,
            )

    def test_a_programme_document_gives_the_period(self, subject: Subject) -> None:
        """At least one document is the province's programme: its period is when rules hold."""
        subject.require(
            subject.programmes,
            "every document has programme = false.",
            mend="Leave programme out of the province's own document.",
            key="document",
        )

    def test_documents_are_not_older_than_their_signature(self, subject: Subject) -> None:
        """A programme begins in the year its document was signed, or later."""
        for one in subject.programmes:
            subject.require(
                one.issued is None or one.issued.year <= one.start.year,
                f"{one.id} is in force from {one.start}, but was issued on {one.issued}.",
                mend="Check both days against the paper.",
                key="document",
            )

    def test_each_step_is_given_to_a_role_that_may_take_it(self, subject: Subject) -> None:
        """A policy chooses among the roles the step allows; the decision is the committee's."""
        for name, entries in subject.policy.group("roles"):
            eligible = find_step(name).eligible
            for one in entries:
                wrong = [role for role in _roles(one) if role not in eligible]
                subject.require(
                    not wrong,
                    f"{', '.join(wrong)} may not take this step.",
                    mend=f"Choose among: {', '.join(eligible)}.",
                    key=f"roles.{name}",
                )

    def test_the_demo_story_can_be_read(self, subject: Subject) -> None:
        """demo.toml, if the plugin brings one, has the form of a story."""
        if not subject.plugin.package.isidentifier():
            return
        data = read_beside(subject.plugin.package, DEMO_FILE)
        if data is None:
            return
        try:
            read_demo(data, plugin=str(subject.plugin))
        except PluginError as error:
            subject.fail(error.message, mend="Mend these lines.", file=DEMO_FILE)


def _roles(one: Entry) -> Iterator[str]:
    known = set(Role)
    for role in one.value:
        yield Role(role) if role in known else str(role)


def _empty(value: Any) -> bool:
    """Return whether a value holds nothing: 0, an empty text, or only such."""
    if isinstance(value, bool):
        return False
    if isinstance(value, Mapping):
        return all(_empty(one) for one in value.values())
    if isinstance(value, tuple):
        return all(_empty(one) for one in value)
    return value in (0, "", None)
