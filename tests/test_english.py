"""English output: one club, two clubs; no message counts something whose singular is not known."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from engine.i18n import BETWEEN, COUNTED, VERBS, _

pytestmark = pytest.mark.usefixtures("english")

CATALOGUE = Path(__file__).parents[1] / "engine" / "locale" / "vi" / "LC_MESSAGES" / "clb.po"
AFTER_A_FIELD = re.compile(rf"\{{\w+\}}(?: (?:{'|'.join(BETWEEN)}))? ([a-z]+s|people|women)\b")
COUNTS = ("count", "women", "elderly", "named", "members", "clubs", "total")
"""Fields that hold a number."""
NO_NOUNS = {
    *("acts", "already", "asks", "belongs", "cites", "comes", "continues", "counts", "covers"),
    *("ends", "fetches", "goes", "has", "holds", "is", "issues", "keeps", "lacks", "leads", "less"),
    *("marks", "means", "names", "needs", "replaces", "says", "stands", "starts", "states"),
    *("takes", "wants", "was", "as", "does", "lies", "ms"),
}


@pytest.mark.parametrize(
    ("message", "one", "two"),
    [
        ("{count} clubs", "1 club", "2 clubs"),
        ("{count} people", "1 person", "2 people"),
        ("{count} clubs need attention", "1 club needs attention", "2 clubs need attention"),
        ("{count} rows would change", "1 row would change", "2 rows would change"),
        ("and {count} more rows", "and 1 more row", "and 2 more rows"),
        ("{count} women live here", "1 woman lives here", "2 women live here"),
        ("{clubs} clubs in {villages} villages", "1 club in 3 villages", "2 clubs in 3 villages"),
    ],
)
def test_one_is_counted_in_the_singular(message: str, one: str, two: str) -> None:
    def shown(count: str) -> str:
        return _(message).format(count=count, clubs=count, villages=3)

    assert (shown("1"), shown("2")) == (one, two)
    assert shown("21").startswith(two.replace("2", "21").partition(" in ")[0])


def ids() -> list[str]:
    with CATALOGUE.open("rb") as file:
        return [one.id for one in read_po(file) if isinstance(one.id, str)]


def test_a_number_has_a_noun_before_its_verb() -> None:
    alone = re.compile(rf"\{{(?:{'|'.join(COUNTS)})\}} (?:{'|'.join(VERBS)})\b")
    assert [text for text in ids() if alone.search(text)] == []


def test_what_a_message_counts_has_its_singular() -> None:
    counted = {word for text in ids() for word in AFTER_A_FIELD.findall(text)}
    assert counted - NO_NOUNS <= set(COUNTED)
    assert set(COUNTED) <= counted
