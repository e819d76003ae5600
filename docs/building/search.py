"""A search that finds Vietnamese with or without its marks.

Texts are indexed by syllables without marks, in small letters, and by pairs of neighbouring
syllables, for a Vietnamese word is mostly two of them: with the pairs ``_static/search.js`` puts
the pages first that hold the words as they were typed, in a row.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Any

from sphinx.search import SearchLanguage

WORD = re.compile(r"\w+")


def unmarked(text: str) -> str:
    """Return a text in small letters without marks: ``Ban Chủ nhiệm`` is ``ban chu nhiem``."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


class Vietnamese(SearchLanguage):
    """How Sphinx splits texts of these pages into what can be searched for."""

    lang = "vi"
    language_name = "Vietnamese"

    def split(self, input: str) -> list[str]:  # noqa: A002 - the name is Sphinx's
        """Return the syllables of a text without marks, and its pairs of neighbours."""
        words = WORD.findall(unmarked(input))
        return words + [f"{first} {second}" for first, second in pairwise(words)]

    def word_filter(self, word: str) -> bool:
        """Keep every word, numbers too: a decision is looked for by its number."""
        return bool(word)


def setup(app: Any) -> dict[str, Any]:
    """Make it the search of this site."""
    app.add_search_language(Vietnamese)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
