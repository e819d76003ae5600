"""Filling a template that is not ours in a child process, with limits of time and memory.

The sandbox keeps a template from reaching behind its values; it cannot keep loops inside loops from
running for hours, or a filter from making a text of a gigabyte.
``python -m engine.documents.apart FOLDER`` is the child: it reads what to fill from the folder and
writes the filled file, or the refusal, there.
"""

import json
import pickle  # between this program and its own child alone
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from engine import codes, i18n
from engine.child_process import run_module
from engine.errors import InputError
from engine.i18n import _

if TYPE_CHECKING:
    from engine.documents.render import Filled, Template

SECONDS = 20.0
MEMORY = 1024 * 1024 * 1024
MOST_BYTES = 64 * 1024 * 1024
"""What a filled file may take."""


def fill_apart(template: "Template", values: dict[str, Any]) -> "Filled":
    """Fill a template in a child process.

    Raise ``InputError`` for one that cannot be used, or takes more time, memory or room than a
    paper does.
    """
    from engine.documents.render import Filled

    with TemporaryDirectory(prefix="clb-") as place:
        folder = Path(place)
        orders = (template.data, template.name, template.origin, values, i18n.language())
        (folder / "orders").write_bytes(pickle.dumps(orders))
        ended = run_module(
            "engine.documents.apart", [place], folder, seconds=SECONDS, memory=MEMORY
        )
        answer = folder / "answer.json"
        if ended.code != 0 or not answer.exists():
            raise _too_much(template)
        found = json.loads(answer.read_text(encoding="utf-8"))
        if "message" in found:
            raise InputError(found["message"], code=codes.TEMPLATE, help=found["help"])
        filled = folder / "filled"
        if filled.stat().st_size > MOST_BYTES:
            raise _too_much(template)
        return Filled(filled.read_bytes(), tuple(found["unknown"]), tuple(found["blanks"]))


def _too_much(template: "Template") -> InputError:
    return InputError(
        _(
            "The template {name} takes more than {seconds} seconds or {megabytes} MB of memory to "
            "fill."
        ).format(name=template.name, seconds=round(SECONDS), megabytes=MEMORY >> 20),
        code=codes.TEMPLATE,
        help=_(
            "Look in Word for loops inside loops and for texts that are repeated, and take them "
            "out."
        ),
    )


def main(place: str) -> None:
    """Fill the template in a folder."""
    from engine.documents.render import Template, fill

    folder = Path(place)
    orders = pickle.loads((folder / "orders").read_bytes())  # noqa: S301  (written by our parent)
    data, name, origin, values, language = orders
    i18n.use(language)
    answer: dict[str, Any]
    try:
        filled = fill(Template(data, name, origin), values)
    except InputError as error:
        answer = {"message": error.message, "help": error.help}
    else:
        (folder / "filled").write_bytes(filled.data)
        answer = {"unknown": filled.unknown, "blanks": filled.blanks}
    (folder / "answer.json").write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
