"""Every message has its Vietnamese, and the compiled catalogue is the written one."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from engine import i18n

ENGINE = Path(i18n.__file__).parent
CATALOGUES = Path(i18n.LOCALES) / "vi" / "LC_MESSAGES"
FIELD = re.compile(r"{[^{}]*}")


def read(name: str) -> Catalog:
    """Read a written catalogue."""
    with (CATALOGUES / f"{name}.po").open("rb") as file:
        return read_po(file, locale="vi")


def texts(catalogue: Catalog) -> dict[tuple[str, str | None], list[str]]:
    """Return each message with its translations, plural forms one after the other."""
    return {
        (_first(message.id), _context(message.context)): list(_forms(message.string))
        for message in catalogue
        if message.id
    }


def _context(context: object) -> str | None:
    """Return a context; Babel reads those of compiled catalogues as bytes."""
    return context.decode() if isinstance(context, bytes) else context  # type: ignore[return-value]


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def _first(message: object) -> str:
    return _forms(message)[0]


def used() -> set[str]:
    """Return every message that the engine's code passes through gettext."""
    found = extract_from_dir(
        ENGINE, method_map=[("**.py", "python")], keywords={"_": None, "N_": None}
    )
    return {str(message) for _file, _line, message, _comments, _context in found}


def test_what_a_city_calls_otherwise_has_its_ordinary_words_too() -> None:
    """A merge of catalogues can lose them: the other words hide that nothing is left."""
    catalogue = read("clb")
    special = [_first(message.id) for message in catalogue if message.id and message.context]
    assert [one for one in special if catalogue.get(one) is None] == []


def test_every_message_is_translated_and_none_is_left_over() -> None:
    # One that is translated only for a city or a ward would be English everywhere else.
    translated = {
        str(message.id)
        for message in read("clb")
        if message.id and message.string and not message.context
    }
    assert sorted(used() - translated) == []
    assert sorted(translated - used()) == []


def test_translations_keep_the_fields_of_their_messages() -> None:
    wrong = []
    for message in read("clb"):
        if not message.id:
            continue
        if set(FIELD.findall(str(message.id))) != set(FIELD.findall(str(message.string))):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("name", ["clb", "messages"])
def test_the_compiled_catalogue_is_the_written_one(name: str) -> None:
    compiled = read_mo(BytesIO((CATALOGUES / f"{name}.mo").read_bytes()))
    assert texts(compiled) == texts(read(name))


def test_vietnamese_is_the_default_and_english_is_the_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    before = i18n.language()
    try:
        i18n.use("en")
        assert i18n._("women") == "women"
        i18n.use("something else")
        assert i18n._("women") == "nữ"
    finally:
        i18n.use(before)


SPEAKS_OF_ITS_PROVINCE = re.compile(r"\btỉnh\b(?!, thành phố| khác)", re.IGNORECASE)
ABOUT_ONE = ("bundles", "reports", "rules", "seals", "states", "targets")
"""Parts of the engine whose messages are about the clubs of one province."""
OF_NO_CITY = {
    "The plugin's report {report} is left out: its id or cycle is taken.",
    "What the province owes",
    "{name} province",
}
"""Messages that are for the author of a plugin, or are another message where there is a city."""


def test_what_is_said_of_one_province_has_words_for_a_city() -> None:
    """In Hà Nội and Hải Phòng nobody works for a province (tỉnh)."""
    messages = read("clb")
    said = {
        str(message)
        for part in ABOUT_ONE
        for _file, _line, message, _comments, _context in extract_from_dir(
            ENGINE / part, method_map=[("**.py", "python")], keywords={"_": None, "N_": None}
        )
    }
    known = {id_: str(one.string) for id_ in said if (one := messages.get(id_)) is not None}
    lacking = [
        id_
        for id_, text in known.items()
        if SPEAKS_OF_ITS_PROVINCE.search(text) and messages.get(id_, "thành phố") is None
    ]
    assert set(lacking) == OF_NO_CITY
