"""The first run: six questions, and there is a database with everybody who works in it."""

from collections.abc import Mapping

from engine.desk.filling import Judged, Recorded
from engine.desk.form import FormPage
from engine.i18n import _
from engine.interview.first_run import FirstRun
from engine.interview.interview import Interview
from engine.labels import role_name
from engine.lifecycle.first_run import first_run


class FirstRunPage(FormPage):
    """The form of the first run. There is no database yet, so the database judges nothing."""

    async def begun(self) -> Interview:
        """Return the six questions."""
        return await self.desk.database.ask(first_run)

    async def judged(self) -> Judged:
        """Find nothing: each answer was judged by itself."""
        return Judged((), self.asked)

    def about(self) -> str:
        """Return nothing: the preface says it."""
        return ""

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
        return Recorded(
            (
                _("The database is made. These people may record in it:"),
                *(f"• {one.name}: {role_name(one.role, city=city)}" for one in officers),
                _("This computer remembers that you are {name}.").format(name=officers[0].name),
            )
        )

    def action_back(self) -> None:
        """Leave: there is nothing before this."""
        self.app.exit()
