"""Codes about administrative papers and their templates."""

from engine.codes.meaning import Meaning
from engine.i18n import _


def meanings() -> dict[str, Meaning]:
    """Return each code with what it means and how it is mended."""
    return {
        "CLB-DOCUMENT-KIND": Meaning(
            _("There is no paper of that kind."),
            _("Choose one of the list: clb document list."),
        ),
        "CLB-DOCUMENT-NAME": Meaning(
            _("Papers are written as Word files; the name given is another kind of file."),
            _("Let the name end in .docx."),
        ),
        "CLB-DOCUMENT-WRITE": Meaning(
            _("The paper cannot be written to that place."),
            _("Check the folder, and close the file in Word."),
        ),
        "CLB-DOCUMENT-PLUGIN": Meaning(
            _("A template of the province's plugin cannot be read."),
            _("Install the plugin again, or give a template of your own: --template FILE."),
        ),
        "CLB-TEMPLATE": Meaning(
            _("A Word template cannot be used: it is damaged, has a mistake or is not allowed."),
            _("Begin with the template that comes along: clb document template KIND --out FILE."),
        ),
    }
