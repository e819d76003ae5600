"""Whether a step has to be signed by whoever takes it."""

from collections.abc import Iterator
from datetime import date

from engine import codes
from engine.i18n import _
from engine.model import Finding
from engine.policy.effective import Rules
from engine.rules.findings import block

REQUIRED = "setting.signed_steps"


def is_required(rules: Rules, recorded: date) -> bool:
    """Return whether the province asks for a signature of what is recorded on a day."""
    asked = rules.stated(REQUIRED, recorded)
    return asked.status == "value" and asked.value is True


def unsigned(rules: Rules, recorded: date, *, signs: bool) -> Iterator[Finding]:
    """Yield the refusal of a step that nobody would sign though the province asks for it."""
    if not signs and is_required(rules, recorded):
        yield block(
            codes.SIGNATURE_MISSING,
            _("The province asks for a signature of every step, and this one would have none."),
            expected=_("the key of whoever records it, opened with its passphrase"),
            source=rules.stated(REQUIRED, recorded).source,
            fix=_(
                "Make a key and let the administrator register it; then type its passphrase when "
                "it is asked for. By a command: {command}."
            ).format(command="clb officer key"),
        )
