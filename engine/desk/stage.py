"""All papers of a stage at once: the stages to choose from, and what is left open in the papers."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.desk.page import Page
from engine.desk.rows import Column, Row, Rows
from engine.documents.maker import PaperMaker, next_stages
from engine.errors import ClbError
from engine.i18n import _
from engine.labels import STAGES, stage_name
from engine.lifecycle.registry import Registry


class StagePage(Page):
    """The stages of a club's life with their papers; the cursor is on the one that is next."""

    help = (
        _("Enter writes all papers of a stage into one folder and opens it."),
        _("Then it is shown what is still blank in each paper, and why."),
    )

    def __init__(self, club: str, name: str) -> None:
        super().__init__()
        self._club, self._name = club, name

    def heading(self) -> str:
        """Return what is chosen, for which club."""
        return _("All papers of a stage") + f" · {self._name}"

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield Rows(Column(_("Stage"), grows=True), Column(_("Papers"), grows=True))

    async def load(self) -> None:
        """Read which papers each stage has."""
        found, following = await self.read(self._stages)
        rows = self.query_one(Rows)
        rows.put([Row(stage, (title(stage), "; ".join(papers))) for stage, papers in found])
        rows.choose(following)
        rows.focus_list()

    def _stages(self, registry: Registry) -> tuple[list[tuple[str, tuple[str, ...]]], str]:
        club = registry.lifecycle.club(self._club)
        maker = PaperMaker(registry, club)
        found = [(one, tuple(paper.title for paper in maker.of_stages((one,)))) for one in STAGES]
        return [(one, papers) for one, papers in found if papers], next_stages(club)[0]

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Write the papers of a stage."""
        self.run_worker(self._write(str(event.key)), exclusive=True, group="write")

    async def _write(self, stage: str) -> None:
        from engine.desk.printing import dossier, hand_over_all

        try:
            made = await self.read(
                lambda registry: dossier(registry, self._club, stage, self.desk.me)
            )
            outcome = hand_over_all(self, made)
        except ClbError as error:
            self.notice(error)
            return
        heading = f"{title(stage)} · {self._name}"
        await self.app.push_screen_wait(WrittenPage(heading, (outcome, *made.lines)))
        self.dismiss()


class WrittenPage(Page):
    """Where the papers are, and what is still open in each of them."""

    help = (
        _("The papers are written. What is named here is still blank in them, and why."),
        _("The arrow keys move, Esc goes back."),
    )

    def __init__(self, heading: str, lines: tuple[str, ...]) -> None:
        super().__init__()
        self._heading, self._lines = heading, lines

    def heading(self) -> str:
        """Return which papers these are."""
        return self._heading

    def body(self) -> ComposeResult:
        """Compose the lines."""
        with VerticalScroll(id="text"):
            for line in self._lines:
                yield Static(line, markup=False)

    async def load(self) -> None:
        """Let the keys move through the lines."""
        self.query_one("#text").focus()


def title(stage: str) -> str:
    """Return a stage's name as a title."""
    name = stage_name(stage)
    return name[:1].upper() + name[1:]
