"""Yes and no as people type them: có, đồng ý, rồi, đúng; không, chưa."""

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.text import clean, means

YES = (
    *("có", "đồng ý", "rồi", "đúng", "đúng rồi", "phải", "vâng", "dạ", "ừ", "đã", "được", "có ạ"),
    *("c", "y", "yes", "true", "ok", "1", "x"),
)
NO = (
    *("không", "ko", "chưa", "không đồng ý", "sai", "không phải", "không đúng", "chưa có"),
    *("không ạ", "thôi", "k", "n", "no", "false", "0"),
)


def read_yes_no(text: str) -> bool:
    """Return whether a text means yes. Raises InputError (CLB-YES-NO) for anything else."""
    typed = clean(text)
    for words, answer in ((YES, True), (NO, False)):
        if any(means(typed, word) for word in words):
            return answer
    raise InputError(
        _("“{text}” is neither yes nor no.").format(text=typed)
        if typed
        else _("Nothing was typed."),
        code=codes.YES_NO,
        help=_("Type có or không."),
    )
