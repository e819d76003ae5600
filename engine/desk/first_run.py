"""The first run: a few questions, and there is a database with everybody who works in it."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from engine.desk.confirm import SummaryPage
from engine.desk.filling import Judged, Recorded
from engine.desk.form import FormPage
from engine.i18n import _
from engine.interview.first_run import FirstRun
from engine.interview.interview import Interview
from engine.labels import office_name
from engine.lifecycle.first_run import first_run


class FirstRunPage(FormPage):
    """The form of the first run. There is no database yet, so the database judges nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("Back"), show=False),
        Binding("f9", "begin_with", _("I have the province's file"), key_display="F9"),
        Binding("f10", "app.quit", _("Leave"), key_display="F10"),
    ]

    def action_begin_with(self) -> None:
        """Begin with the file that the province sent: then nothing is to be typed."""
        self.run_worker(self._begin_with(), exclusive=True, group="begin")

    async def _begin_with(self) -> None:
        from engine.desk.receiving import begin_with_file

        taken = await begin_with_file(self)
        if taken is not None:
            self.dismiss(taken)

    async def begun(self) -> Interview:
        """Return the questions."""
        return await self.desk.database.ask(first_run)

    async def judged(self) -> Judged:
        """Find nothing: each answer was judged by itself."""
        return Judged((), self.asked)

    def about(self) -> str:
        """Return what spares the questions."""
        return _("Did the province send a starting file (.clbz)? F9 takes it; nothing is asked.")

    async def written(self, reasons: Mapping[str, str]) -> Recorded:
        """Make the database and remember who works here. Raises ``ClbError``."""
        del reasons
        asked = self.asked
        assert isinstance(asked, FirstRun)
        officers = asked.officers()
        await self.desk.database.begin(officers)
        self.desk.is_me(officers[0].id)
        where = officers[0].province
        city = await self.desk.database.ask(lambda provinces, _clock: provinces.is_city(where))
        commune = next((one.commune for one in officers if one.commune), None)
        listed = bool(dict(asked.communes).get(where))
        unchecked = _("No list of communes is loaded: {name} was not checked.")
        return Recorded(
            (
                _("The database is made. These people may record in it:"),
                *(f"• {one.name}: {office_name(one, city=city)}" for one in officers),
                _("This computer remembers that you are {name}.").format(name=officers[0].name),
                *(() if listed or commune is None else (unchecked.format(name=commune),)),
                *(() if commune else _next_at_province()),
            )
        )

    def _summary(self, reasons: Mapping[str, str]) -> SummaryPage:
        """Return the answers alone: what spares the questions comes too late."""
        del reasons
        return SummaryPage(self.heading(), (), self.asked, ())

    @property
    def draft(self) -> tuple[str, ...]:
        """What a draft of it is kept under."""
        return ("first_run",)

    def action_back(self) -> None:
        """Stay: Esc is pressed often, and there is nothing before this."""
        self.notice(_("This is the first screen. F10 leaves."), good=True)


def _next_at_province() -> tuple[str, ...]:
    """Return how the communes get their files."""
    return (
        _("F6 and then F4 on the next screen adds the officers of each commune."),
        _("Where a commune has a computer of its own: F8 and then F5 makes its starting file."),
    )
