"""The story of ``clb demo`` in words, for a person at a screen of 80 columns."""

import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.cli.demo_files import File
from engine.i18n import _
from engine.labels import state_name, step_name, task_name
from engine.model import Finding, Level
from engine.reports.due_row import Due, task_words
from engine.reports.progress import GoalRow
from engine.scenario.demo import (
    ClubResult,
    Demo,
    Failure,
    GroupResult,
    HistoryLine,
    ProvinceResult,
)
from engine.scenario.demo_club import Refusal
from engine.scenario.questions import Answer, questions
from engine.targets import words
from engine.targets.progress import SHARED
from engine.vietnamese.dates import dmy
from engine.vietnamese.text import dong, number

COLUMNS = 80
QUIET = frozenset({"meeting"})
"""Steps that come too often to be shown one by one."""
COMING = 6
"""How many of the next days are shown; all of them are in the JSON answer."""


def text(done: Demo, files: list[File]) -> Iterator[str]:
    """Yield the whole story in order."""
    yield from _heading(_("Intergenerational self-help clubs: a demonstration"))
    yield from _wrap(
        _(
            "Everything below was done just now, step by step, in a database of its own; your "
            "own data was not touched. Amounts, targets and articles come from the provinces' "
            "documents. Names of people and villages, numbers of papers and what members borrow "
            "are invented."
        )
    )
    for result in done.provinces:
        yield from _province(result)
        yield from _money(result)
        yield from _targets(result)
        yield from _due(result)
    for one in done.failures:
        yield from _failure(one)
    if not done.provinces:
        yield from nothing_installed()
        return
    yield from _answers(done.provinces)
    yield from _closing(done)
    if files:
        yield from _files(files)


def nothing_installed() -> Iterator[str]:
    """Yield that there is no province to show, and how to come by one."""
    yield from _wrap(_("No province is installed that has a story to show."))
    yield from _wrap(_("Install a province's plugin with pip, for example:"))
    yield "  pip install ./plugins/…"
    yield from _wrap(_("Then run clb demo again; clb province list shows what is installed."))


def _heading(title: str) -> Iterator[str]:
    yield title
    yield "=" * len(title)


def _wrap(paragraph: str, indent: int = 0, hang: int = 0) -> Iterator[str]:
    """Yield a paragraph's lines; those after the first begin ``hang`` columns further in."""
    yield from textwrap.wrap(
        paragraph,
        COLUMNS,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _province(result: ProvinceResult) -> Iterator[str]:
    yield ""
    yield from _heading(f"{result.name} ({result.plugin})")
    for note in result.notes:
        yield from _wrap(f"* {note}", hang=2)
    for one in result.groups:
        yield ""
        yield from _in_detail(one) if one.group.in_detail else _summary(one)


def _summary(result: GroupResult) -> Iterator[str]:
    """Yield a group in one paragraph."""
    clubs, steps = result.clubs, Counter[str]()
    for club in clubs:
        steps.update(club.steps)
    summary = _(
        "{title}. {clubs} clubs with {members} members, {elderly} of them elderly; "
        "{supervisions} supervisions, {reviews} yearly reviews."
    ).format(
        title=result.group.title,
        clubs=len(clubs),
        members=sum(one.page.composition.members for one in clubs),
        elderly=sum(one.page.composition.elderly for one in clubs),
        supervisions=steps["supervise"],
        reviews=steps["review"],
    )
    if steps["meeting"]:
        summary += " " + _("Monthly meetings: {meetings}.").format(meetings=steps["meeting"])
    granted = sum(one.granted for one in clubs)
    if granted:
        summary += " " + _("Grants: {amount}.").format(amount=dong(granted))
    yield from _wrap(summary)
    communes = ", ".join(one.page.club.commune for one in clubs)
    yield from _wrap(_("In: {communes}.").format(communes=communes), 2, 2)
    by_state = Counter(one.page.club.state for one in clubs)
    states = ", ".join(f"{state_name(state)} ({count})" for state, count in by_state.items())
    yield from _wrap(_("Now: {states}.").format(states=states), 2, 2)


def _in_detail(result: GroupResult) -> Iterator[str]:
    """Yield each club of a group step by step."""
    for one in result.clubs:
        club, made_of = one.page.club, one.page.composition
        yield from _wrap(f"{result.group.title}.")
        yield from _wrap(f"{club.name}, {club.commune} ({club.id})", 2, 2)
        members = _(
            "{members} members: {women} women, {elderly} elderly, {poor} poor, near poor or in "
            "difficulty."
        ).format(
            members=made_of.members,
            women=made_of.women,
            elderly=made_of.elderly,
            poor=one.poor,
        )
        yield from _wrap(members, 2, 2)
        yield from _history(one)
        if one.steps.get("meeting"):
            meetings = _("Besides, {meetings} monthly meetings were recorded.")
            yield from _wrap(meetings.format(meetings=one.steps["meeting"]), 2)


def _history(club: ClubResult) -> Iterator[str]:
    known: set[str] = set()
    for line in club.history:
        if line.event.step not in QUIET:
            yield from _event(line, known)
        for one in club.refusals:
            if one.after_seq == line.event.seq:
                yield from _refusal(one)


def _event(line: HistoryLine, known: set[str]) -> Iterator[str]:
    """Yield an event with its findings; one whose code is ``known`` is not explained again."""
    event = line.event
    if line.why:
        yield from _wrap(line.why, 4)
    what = step_name(event.step)
    if event.step == "fund":
        what = f"{what}: {dong(event.form['amount'])}"
    if event.step == "train" and event.form["course"]["kind"] != "initial":
        what = _("{step}, supplementary").format(step=what)
    first = f"{dmy(event.on)}  {what} - {line.officer} ({event.officer})"
    if event.to_state is not None and event.to_state != event.from_state:
        first += f" → {state_name(event.to_state)}"
    yield from _wrap(first, 2, 12)
    reasons = {one.code: one.reason for one in event.acknowledged}
    for finding in line.findings:
        reason = reasons.get(finding.code)
        if finding.code not in known:
            yield from _finding("! " if reason is not None else "· ", finding)
            if reason is not None:
                yield from _wrap(_("acknowledged: {reason}").format(reason=reason), 16)
        elif reason is not None:
            yield from _wrap(_("! The same warning, acknowledged again."), 14)
        known.add(finding.code)


def _refusal(one: Refusal) -> Iterator[str]:
    if one.why:
        yield from _wrap(one.why, 4)
    refused = _("{what} - {name} ({officer}): REFUSED").format(
        what=step_name(one.step), name=one.officer.name, officer=one.officer.id
    )
    yield from _wrap(f"{dmy(one.on)}  {refused}", 2, 12)
    for finding in one.error.findings:
        if finding.level is Level.BLOCK:
            yield from _finding("✗ ", finding)
            if finding.fix:
                yield from _wrap(_("to do: {fix}").format(fix=finding.fix), 16)


def _finding(mark: str, finding: Finding) -> Iterator[str]:
    yield from _wrap(f"{mark}{finding.message}", 14, 2)
    if finding.expected and finding.actual:
        compared = _("expected: {expected}; found: {actual}")
        yield from _wrap(compared.format(expected=finding.expected, actual=finding.actual), 16)
    source = finding.source or _("rule of the system, for every province")
    yield from _wrap(_("article: {source}").format(source=source), 16)


def _money(result: ProvinceResult) -> Iterator[str]:
    """Yield what the clubs received, by year, by source and by donor."""
    yield ""
    received = result.received
    if not received.total:
        yield from _wrap(_("Money: none was recorded."))
        return
    total = _("Money received by {day}: {total}, in {grants} payments.")
    day = dmy(result.asked_on)
    yield from _wrap(total.format(day=day, total=dong(received.total), grants=received.grants))
    years = (f"{year}: {dong(amount)}" for year, amount in received.by_year.items())
    yield from _wrap("; ".join(years), 2, 2)
    for source, amount in received.by_source.items():
        yield from _wrap(f"{result.sources.get(source, source)}: {dong(amount)}", 2, 2)
    for donor, amount in received.by_donor.items():
        given = _("of this from {donor}: {amount}")
        yield from _wrap(given.format(donor=donor, amount=dong(amount)), 2, 2)


def _targets(result: ProvinceResult) -> Iterator[str]:
    """Yield how far the province is with each target whose period has begun."""
    begun = [row for row in result.progress if row.goal.target.start <= result.asked_on]
    silent = [row for row in begun if row.goal.target.low is None]
    unknown = [row for row in begun if row not in silent and row.progress.actual is None]
    yield ""
    heading = _("Targets on {day}:").format(day=dmy(result.asked_on))
    yield from _wrap(f"{heading} {result.document}" if result.document else heading)
    for row in begun:
        if row in silent or row in unknown:
            continue
        yield from _wrap(f"- {row.goal.label} ({row.goal.period_shown})", 2, 2)
        if row.goal.reading:
            yield from _wrap(row.goal.reading, 4)
        article = str(row.goal.source)
        if result.document is not None:
            article = article.removeprefix(f"{result.document}, ")
        yield from _wrap(f"{_figures(row)}: {words.status(row.data())} ({article})", 4)
    for rows, answer in (
        (unknown, _("cannot be known from the clubs' records")),
        (silent, _("not stipulated")),
    ):
        for row in rows:
            yield from _wrap(f"- {row.goal.label}: {answer}", 2, 2)


def _figures(row: GoalRow) -> str:
    """Return what was reached and what is asked, in numbers whose unit the label has."""
    data, actual, whole = row.data(), row.progress.actual or 0, row.counted.count.whole
    if row.goal.target.kind in SHARED:
        wanted = words.asked(data)
        if not whole or data["percent"] is None:
            return _("{actual} so far, {wanted} wanted").format(actual=actual, wanted=wanted)
        return _("{actual} of {whole} = {share}, {wanted} wanted").format(
            actual=number(actual),
            whole=number(whole),
            share=words.percent(data["percent"]),
            wanted=wanted,
        )
    show = dong if data["unit"] == "dong" else number
    compared = _("{actual} of {target}")
    if row.goal.target.kind == "budget":
        compared = _("{actual} spent, limit {target}")
    elif words.soft(data):
        return f"{show(actual)}, {words.asked(data)}"
    return compared.format(actual=show(actual), target=show(row.goal.target.low or 0))


def _due(result: ProvinceResult) -> Iterator[str]:
    """Yield what falls due next, and how much the story left undone."""
    on = result.asked_on
    coming: dict[tuple[object, ...], list[Due]] = {}
    for one in result.due:
        if one.due_on is not None and one.due_on >= on:
            coming.setdefault((one.due_on, one.kind, one.title, one.source), []).append(one)
    late = [one for one in result.due if one.due_on is not None and one.due_on < on]
    without_day = [one for one in result.due if one.due_on is None]
    yield ""
    yield from _wrap(_("What falls due next, asked on {day}:").format(day=dmy(on)))
    together = list(coming.values())
    for rows in together[:COMING]:
        assert rows[0].due_on is not None
        yield from _wrap(f"{dmy(rows[0].due_on)}  {_tasks(rows)} ({rows[0].source})", 2, 12)
    more = sum(map(len, together[COMING:]))
    if more:
        yield from _wrap(_("... and {more} more.").format(more=more), 14)
    for rows, answer in (
        (without_day, _("Owed, without a day stipulated: {tasks}.")),
        (late, _("Late, because the story does not go on to them: {tasks}.")),
    ):
        if rows:
            kinds = Counter(task_name(one.kind) for one in rows)
            tasks = ", ".join(f"{name} ({count})" for name, count in kinds.items())
            yield from _wrap(answer.format(tasks=tasks), 2, 2)


def _tasks(rows: list[Due]) -> str:
    """Return what several clubs owe on one day under one article."""
    one = rows[0]
    if one.title:
        return task_words(one)
    if len(rows) > 1:
        return _("{task} - {count} clubs").format(task=task_name(one.kind), count=len(rows))
    where = f" - {one.club_name}, {one.commune}" if one.club_name else ""
    return f"{task_name(one.kind)}{where}"


def _failure(one: Failure) -> Iterator[str]:
    """Yield a province whose story could not be played."""
    yield ""
    yield from _heading(f"{one.name} ({one.plugin} {one.version})")
    failed = _("This province could not be shown: {message}")
    yield from _wrap(failed.format(message=one.error.message))
    if one.error.help:
        yield from _wrap(f"→ {one.error.help}", 2, 2)


def _answers(results: list[ProvinceResult]) -> Iterator[str]:
    """Yield the same questions put to every province."""
    yield ""
    yield from _heading(_("The same questions, each province its own answer"))
    for place, question in enumerate(questions()):
        if place:
            yield ""
        yield from _wrap(question.text)
        for result in results:
            own = [_answer(one) for one in result.answers if one.question == question.id]
            if len(own) == 1:
                yield from _wrap(f"{result.name}: {own[0]}", 2, 2)
                continue
            yield from _wrap(f"{result.name}:", 2)
            for answer in own:
                yield from _wrap(f"- {answer}", 4, 2)


def _answer(one: Answer) -> str:
    answer = f"{one.text} ({one.source})" if one.source else one.text
    return f"{answer}; {one.general}" if one.general else answer


def _closing(done: Demo) -> Iterator[str]:
    """Yield whether the log verifies and where to read further."""
    refusals = sum(len(one.refusals) for one in done.provinces)
    yield ""
    yield from _heading(_("The log"))
    if done.verified:
        checked = _("All {events} events were checked one after another: nothing was changed.")
        yield from _wrap(checked.format(events=done.events))
    else:
        yield from _wrap(_("The log does not verify: see clb audit verify."))
    if refusals:
        refused = _("Steps that were refused: {count}. They left nothing in it.")
        yield from _wrap(refused.format(count=refusals))
    yield from _wrap(_("Seals of the log, to be noted outside; the reports have them too:"))
    yield from (f"  {line}" for line in done.seals)
    yield ""
    yield from _wrap(_("Look around in it yourself:"))
    for one in done.provinces:
        yield f'  clb --database "{done.database}" club list --province {one.province}'


def _files(files: list[File]) -> Iterator[str]:
    """Yield what to open first, and where the rest is."""
    yield ""
    yield from _heading(_("The files"))
    yield from _wrap(_("Open these first, by a double click; they open in any browser:"))
    for one in files:
        if one["format"] == "html":
            yield f"  {one['file']}"
    yield from _wrap(_("Next to them, for Word and Excel:"))
    for folder in dict.fromkeys(Path(one["file"]).parent for one in files):
        here = [one for one in files if Path(one["file"]).parent == folder]
        papers = sum(one["kind"] == "paper" for one in here)
        reports = len({one["id"] for one in here if one["kind"] == "report"})
        counted = _("{folder}: {reports} reports, {papers} papers of one club")
        yield "  " + counted.format(folder=folder, reports=reports, papers=papers)
