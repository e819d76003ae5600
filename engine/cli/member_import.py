"""``clb member import``: a member list as a commune wrote it becomes the club's list.

What the list leaves open is asked at a terminal; elsewhere the questions are the answer, each with
the option that answers it.
"""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from engine import codes
from engine.cli.command import command
from engine.cli.context import Context, day, pass_context
from engine.cli.files import PATH
from engine.cli.meant_club import club_id
from engine.cli.member_change import warn_of_board
from engine.cli.member_import_answer import SHOWN, Choices, Import, option_of, show_import
from engine.cli.progress_bar import busy, counting
from engine.cli.prompt import choose, say, yes
from engine.cli.run_step import recorded, take
from engine.errors import ClbError, InputError, RefusedError
from engine.files import free_name, read_file
from engine.i18n import _
from engine.lifecycle.lifecycle import Outcome
from engine.model import Club
from engine.reports.dossier import Dossier
from engine.roster import household_words
from engine.roster import plan as planning
from engine.roster.asking import list_day
from engine.roster.doubts import read_answers
from engine.roster.letters import ENCODING_OF
from engine.roster.members import active
from engine.roster.model import Place, Question, Reading
from engine.roster.other_village import other_village
from engine.roster.plan import Namesakes, OnList, Plan
from engine.roster.remarks import namesake

ENCODINGS = ("utf-8", "utf-16", "tcvn3", "vni", "cp1252")
PASTED = Path("-")
CORRECTIONS = "danh-sach-can-sua"
"""What the copy with marked cells is called, next to the list; a number follows if it is there."""


@command(
    name="import",
    help=_("Read a member list (.xlsx, .xls, .csv, .docx) into a club."),
)
@click.argument("named", metavar="CLUB")
@click.argument("path", metavar="FILE", type=PATH)
@click.option(
    "--replace",
    "replacing",
    is_flag=True,
    help=_("The file is the whole list: who is not in it leaves the club"),
)
@click.option("--dry-run", is_flag=True, help=_("Only report what would happen"))
@click.option("--sheet", "wanted", multiple=True, help=_("Only this sheet; may be repeated"))
@click.option(
    "--encoding", type=click.Choice(ENCODINGS), default=None, help=_("The encoding of the file")
)
@click.option(
    "--answer",
    "typed",
    multiple=True,
    metavar="KEY=VALUE",
    help=_("The answer to a question about the list; may be repeated"),
)
@click.option("--skip-bad", is_flag=True, help=_("Leave out the rows that cannot be read"))
@click.option(
    "--corrections",
    type=PATH,
    default=None,
    help=_("Where cells cannot be read: a copy of the list with these cells marked"),
)
@click.option(
    "--keep-duplicates",
    is_flag=True,
    help=_("People who seem to be the same are different people"),
)
@recorded
@pass_context
def import_(
    context: Context,
    named: str,
    path: Path,
    replacing: bool,
    dry_run: bool,
    wanted: tuple[str, ...],
    encoding: str | None,
    typed: tuple[str, ...],
    skip_bad: bool,
    corrections: Path | None,
    keep_duplicates: bool,
    on: str | None,
    acks: tuple[str, ...],
) -> int:
    """Import a list; ``-`` is what is pasted or piped in, cells divided by tabs."""
    if replacing and skip_bad:
        raise InputError(
            _("--replace and --skip-bad do not go together: who is in a bad row would leave."),
            code=codes.USAGE,
            help=_("Correct the rows in the file first."),
        )
    answers = read_answers(typed)
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    when = day(on) or lifecycle.today()
    if on is None and context.interactive:
        there = bool(active(context.registry.store, club))
        when = list_day(club, lifecycle.today(), there=there)
    choices = Choices(replacing, skip_bad, keep_duplicates, dry_run, corrections)
    with _file(context, path) as file:
        asked = _Asked(context, club, file, min(when, lifecycle.today()), wanted, choices)
        reading, encoding, answers = asked.read(encoding, answers)
        job = Import(context, club, when, path, file, encoding, answers, reading, choices)
        return _imported(job, acks)


@contextmanager
def _file(context: Context, path: Path) -> Iterator[Path]:
    """Yield the file to read; what is pasted becomes one until the list is taken in."""
    if path != PASTED:
        yield path
        return
    if context.interactive:
        end = "Ctrl+Z, Enter" if sys.platform == "win32" else "Ctrl+D"
        context.message(
            _("Paste the list here with its headings, then press {key}.").format(key=end)
        )
    data = sys.stdin.buffer.read()
    with TemporaryDirectory(prefix="clb-") as folder:
        file = Path(folder, _("pasted list"))
        file.write_bytes(data)
        yield file


@dataclass(frozen=True, slots=True)
class _Asked:
    """Reads a file, and asks at a terminal what only people know."""

    context: Context
    club: Club
    file: Path
    on: date
    wanted: tuple[str, ...]
    choices: Choices

    def read(
        self, encoding: str | None, answers: dict[str, str]
    ) -> tuple[Reading, str | None, dict[str, str]]:
        """Return the list, with the encoding and the answers it was read by."""
        known = {**household_words.known(self.club.province), **answers}
        try:
            reading = self._read(encoding, known)
        except InputError as error:
            converted = ENCODING_OF.get(error.code)
            if converted is None or not self.context.interactive:
                raise
            self.context.message(error.message)
            if not yes(_("Is the second text right?")):
                raise
            encoding = converted
            reading = self._read(encoding, known)
        while reading.questions and self._may_ask(reading):
            for question in reading.questions:
                known[question.key] = self._answer(question)
            reading = self._read(encoding, known)
        return reading, encoding, known

    def _read(self, encoding: str | None, answers: dict[str, str]) -> Reading:
        from engine.roster.reader import read

        with counting(self.context, _("Rows read")) as progress:
            return read(
                self.file,
                on=self.on,
                encoding=encoding,
                answers=answers,
                wanted=self.wanted,
                progress=progress,
            )

    def _may_ask(self, reading: Reading) -> bool:
        """Return whether answers are of use: at a terminal, and the list can be taken in then."""
        return self.context.interactive and (not reading.rejected or self.choices.skip_bad)

    def _answer(self, question: Question) -> str:
        """Ask one question. Raises ``click.Abort`` where nobody wants to answer."""
        say(question.sentence)
        means = (means for _value, means in question.choices)
        number = choose(means, _("Which one? Its number; 0 stops, and nothing changes"))
        if number == 0:
            raise click.Abort
        return question.choices[number - 1][0]


def _imported(job: Import, acks: tuple[str, ...]) -> int:
    context, choices = job.context, job.choices
    members = active(context.registry.store, job.club)
    fields = planning.known_fields(job.reading.columns)
    order = tuple(Dossier(context.registry.store, job.club).places)

    def worked_out(without: frozenset[Place] = frozenset()) -> Plan:
        return planning.plan(
            job.reading.people,
            members,
            fields=fields,
            replacing=choices.replacing,
            without=without,
            order=order,
        )

    plan = worked_out()
    duplicates, error = plan.duplicates, _obstacle(job, plan)
    corrections = _corrections(job, error)
    if corrections is not None and error is not None and error.code == codes.ROSTER_REJECTED:
        error.help = _("Correct the marked cells in {path} and import that file.").format(
            path=corrections
        )
    if error is not None and error.code == codes.ROSTER_DUPLICATES and _asks(job, duplicates):
        plan, error = worked_out(_ask(duplicates, choices.replacing)), None
    if error is None and not plan.is_idle:
        _require_village(job)
    outcome = None
    if (
        error is None
        and not plan.is_idle
        and not (choices.dry_run and not context.settings.officer)
    ):
        outcome = _record(job, plan, OnList(members, plan.work(members)), acks)
    if outcome is not None and outcome.event is not None:
        household_words.keep(job.club.province, job.answers)
        warn_of_board(context, job.club, plan.left)
        for warning in outcome.warnings:
            context.message(warning)
    show_import(job, plan, duplicates, outcome, error, corrections)
    if error is None:
        return 0
    return error.exit_code if context.settings.json else context.fail(error)


def _require_village(job: Import) -> None:
    """Ask whether a list of another village is meant. Raises ``click.Abort`` where it is not."""
    doubt = other_village(job.reading.people, job.club.village)
    if doubt is not None and job.context.interactive and not job.choices.dry_run:
        say(doubt)
        if not yes(_("Is it the list of this club?")):
            raise click.Abort


def _obstacle(job: Import, plan: Plan) -> ClbError | None:
    """Return what keeps the list from being imported as it is."""
    bad = len({(one.sheet, one.row) for one in job.reading.rejected})
    if bad and not job.choices.skip_bad:
        return RefusedError(
            _("Rows that cannot be read: {count}. Nothing was imported.").format(count=bad),
            code=codes.ROSTER_REJECTED,
            help=_(
                "Correct them in the file, or in a copy with the cells marked: "
                "--corrections danh-sach-can-sua.xlsx; or leave them out with --skip-bad."
            ),
        )
    if job.reading.questions:
        question = job.reading.questions[0]
        return RefusedError(
            _("Questions about the list: {count}. Nothing was imported.").format(
                count=len(job.reading.questions)
            ),
            code=codes.ROSTER_QUESTIONS,
            help=_(
                "Answer each with an option, for example {option}, or run the command in a"
                " terminal, where it asks."
            ).format(option=option_of(question, question.choices[0][0])),
        )
    if not job.reading.people:
        return InputError(
            _("“{name}” names nobody.").format(name=job.path.name),
            code=codes.ROSTER_NOBODY,
            help=_("Write one person a row under the headings."),
        )
    if plan.duplicates and not job.choices.keep_duplicates:
        across = any(len({sheet for sheet, _row in one.places}) > 1 for one in plan.duplicates)
        return RefusedError(
            _("People who seem to be in it twice: {count}. Nothing was imported.").format(
                count=len(plan.duplicates)
            ),
            code=codes.ROSTER_DUPLICATES,
            help=_("If one sheet has the others once more, name those to read: --sheet.")
            if across
            else _(
                "Take out the rows, or say that they are different people: --keep-duplicates. "
                "If the file is the whole list anew: --replace."
            ),
        )
    return None


def _corrections(job: Import, error: ClbError | None) -> Path | None:
    """Write the copy with the bad cells marked where it is wanted; return where it is."""
    wanted = job.choices.corrections
    if not job.reading.rejected:
        return None
    if wanted is None and error is not None and job.context.interactive:
        folder = Path() if job.given == PASTED else job.given.parent
        corrections = free_name((CORRECTIONS,), ".xlsx", folder)
        question = _("Write a copy of the list with these cells marked, {name}?")
        if yes(question.format(name=corrections.name)):
            wanted = corrections
    if wanted is None:
        return None
    from engine.roster.corrections import write_corrections

    write_corrections(job.path, wanted, job.reading, encoding=job.encoding)
    return wanted


def _asks(job: Import, found: Sequence[Namesakes]) -> bool:
    """Return whether to ask about each: at a terminal, and they are few enough to answer."""
    return job.context.interactive and not job.choices.dry_run and len(found) <= SHOWN


def _ask(found: Sequence[Namesakes], replacing: bool) -> frozenset[Place]:
    """Ask about everybody who is there twice; return the rows that are to be left out."""
    without: set[Place] = set()
    for one in found:
        say(namesake(one))
        if not yes(_("Are they different people?")):
            there = bool(one.members) and not replacing
            without.update(one.places if there else one.places[1:])
    return frozenset(without)


def _record(job: Import, plan: Plan, prepare: OnList, acks: tuple[str, ...]) -> Outcome:
    form = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "left": len(plan.left),
        "file": hashlib.sha256(read_file(job.path)).hexdigest(),
    }
    with busy(job.context, _("Members being written"), plan.taken):
        return take(
            job.context,
            job.club,
            "roster",
            form,
            on=job.on.isoformat(),
            acks=acks,
            prepare=prepare,
            dry_run=job.choices.dry_run,
        )
