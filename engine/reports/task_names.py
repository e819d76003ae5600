"""What people call a kind of task: known without loading the steps."""

from engine.i18n import _


def task_name(kind: str) -> str:
    """Return what people call a kind of task."""
    return {
        "supervision": _("supervision"),
        "review": _("yearly review"),
        "training_initial": _("initial training"),
        "training_supplementary": _("supplementary training"),
        "training_refresher": _("refresher training"),
        "training_board": _("training after a change of the board"),
        "meeting": _("meeting"),
        "support": _("technical support"),
        "report": _("report"),
        "inspection": _("inspection"),
        "launch": _("launch"),
    }[str(kind)]
