"""Checks that every administrative paper is made for a club of the province and opens again."""

import io

import docx

from engine.documents.papers import papers
from engine.documents.render import render, template
from engine.errors import ClbError
from engine.reports.dossier import Dossier
from engine.scenario.play import WHOLE
from engine.testing.base import Checks, Subject
from engine.testing.life import lived


class PaperChecks(Checks):
    """The papers, from the province's own templates where it brings them."""

    def test_every_paper_is_made_and_opens_again(self, subject: Subject) -> None:
        """All twelve kinds are made in each period and can be opened as Word files."""
        for _document, here, club in lived(subject, "papers", WHOLE):
            life = here.registry.lifecycle
            dossier = Dossier(here.registry.store, life.club(club))
            for paper in papers():
                file = f"templates/{paper.file}"
                values = paper.contents(dossier, here.rules, today=life.today()).values
                try:
                    filled = render(template(paper.file, subject.plugin), values)
                except ClbError as error:
                    subject.fail(f"{error.message} {error.help}", mend="", file=file)
                assert docx.Document(io.BytesIO(filled.data)).element.body is not None
                subject.require(
                    not filled.unknown,
                    f"the template asks for {', '.join(filled.unknown)}, which no paper has.",
                    mend="clb document template KIND --out FILE.docx shows the fields.",
                    file=file,
                )
