"""A word that means one of a few codes: "ban đầu" is ``initial``."""

from collections.abc import Iterable, Iterator, Mapping

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.text import bare, clean, key, means

SHOWN = 12
"""Choices that a refusal names; more of them are no help."""


def read_choice(words: Mapping[str, Iterable[str]], text: str) -> str:
    """Return the code that a text means: the code itself, or one of its words.

    The first word of each code is its name. Raises InputError: CLB-WORD-SEVERAL where several codes
    have the word, CLB-WORD-UNKNOWN where none has it, naming those that it is a part of.
    """
    typed = clean(text)
    known = {code: tuple(own) for code, own in words.items()}
    for code in known:
        if code.casefold() == typed.casefold():
            return code
    found = [code for code, own in known.items() if any(means(typed, word) for word in own)]
    exact = [code for code in found if key(typed) in map(key, known[code])]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise InputError(
            _("“{text}” may be {choices}.").format(text=typed, choices=_names(known, found)),
            code=codes.WORD_SEVERAL,
        )
    near = _parts(known, bare(typed))
    raise InputError(
        _("“{text}” is not one of the choices.").format(text=typed),
        code=codes.WORD_UNKNOWN,
        help=_("Did you mean: {names}?").format(names=_names(known, near))
        if near
        else _("Choose one of: {names}.").format(names=_names(known, known)),
    )


def _parts(known: Mapping[str, tuple[str, ...]], typed: str) -> list[str]:
    """Return the codes with a word that the text is a part of, or nearly is."""
    from difflib import get_close_matches

    if not typed:
        return []
    by_word = {bare(word): code for code, own in known.items() for word in (*own, code)}
    near = [code for word, code in by_word.items() if f" {typed} " in f" {word} "]
    near += [by_word[word] for word in get_close_matches(typed, by_word, n=3, cutoff=0.75)]
    return list(dict.fromkeys(near))


def _named(
    known: Mapping[str, tuple[str, ...]], chosen: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for code in chosen:
        yield code, next(iter(known[code]), code)


def _names(known: Mapping[str, tuple[str, ...]], chosen: Iterable[str]) -> str:
    names = [f"{name} ({code})" if name != code else code for code, name in _named(known, chosen)]
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
