"""Reports and backups carry a seal out of the house, and are held against the log as they are."""

import json
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli.test_seals import forge, grant, held, meet, more_money
from support.keeper import Keeper

from engine.cli import noted_seal
from engine.errors import InputError
from engine.seals.checkpoint import checkpoint

FORMATS = ("docx", "xlsx", "html", "json")


def build(keeper: Keeper, format_: str, *more: str, name: str = "r") -> tuple[Path, Any]:
    file = keeper.folder / f"{name}.{format_}"
    period = ("--period", "2022H1", "--on", "2022-06-15", "--format", format_, "--out", file)
    return file, keeper.json(
        "report-build", "report", "build", "bac_ninh", "half_year", *period, *more
    )


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_carries_the_seal_it_was_built_under(keeper: Keeper, format_: str) -> None:
    club = keeper.lived()
    meet(keeper, club)
    file, answer = build(keeper, format_)
    assert answer["seal"] is not None
    meet(keeper, club)
    keeper.run("audit", "seal")
    (row,) = held(keeper, file)["seals"]
    assert (row["line"], row["ok"]) == (answer["seal"], True)
    forge(keeper, f"club:{club}", grant(keeper, club), more_money)
    keeper.sql("UPDATE ledger SET amount = amount + 1000000, delta = delta + 1000000")
    (row,) = held(keeper, file, code=5)["seals"]
    assert (row["ok"], row["stream"], row["seq"]) == (False, f"club:{club}", grant(keeper, club))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_built_twice_is_the_same_and_seals_once(keeper: Keeper, format_: str) -> None:
    club = keeper.lived()
    meet(keeper, club)
    first, _answer = build(keeper, format_)
    seals = keeper.sql("SELECT count(*) FROM seal")
    second, _answer = build(keeper, format_, name="again")
    assert keeper.sql("SELECT count(*) FROM seal") == seals
    assert first.read_bytes() == second.read_bytes()
    if zipfile.is_zipfile(first):  # even where both were built in one moment
        with zipfile.ZipFile(first) as archive:
            assert {part.date_time[0] for part in archive.infolist()} == {1980}


def test_a_report_only_read_seals_nothing(keeper: Keeper) -> None:
    club = keeper.lived()
    meet(keeper, club)
    before = keeper.dump()
    _file, answer = build(keeper, "json", "--no-seal")
    assert answer["seal"] is None
    shown = keeper.json("../report", "report", "build", "bac_ninh", "overview")
    assert shown["seal"] is None
    assert keeper.error("report", "build", "bac_ninh", "nothing", "--out", "x.json", code=2)
    assert keeper.dump() == before


def test_a_report_without_a_seal_is_not_taken_for_one(keeper: Keeper) -> None:
    keeper.lived()
    for format_ in FORMATS:
        file, _answer = build(keeper, format_, "--no-seal")
        error = keeper.error("audit", "verify", "--seal", file, code=2)
        assert error["code"] == "CLB-SEAL-FILE"


def test_a_line_that_word_split_into_pieces_is_still_read(keeper: Keeper) -> None:
    from docx import Document

    keeper.lived()
    file, answer = build(keeper, "docx")
    word = Document(str(file))
    for foot in (word.sections[0].footer, word.sections[0].first_page_footer):
        (run,) = foot.paragraphs[0].runs
        line, run.text = run.text, run.text[:20]
        foot.paragraphs[0].add_run(line[20:])
    word.save(str(file))
    (row,) = held(keeper, file)["seals"]
    assert row["line"] == answer["seal"]


def test_a_whole_line_does_not_answer_for_a_false_one_split_by_tags(tmp_path: Path) -> None:
    file = tmp_path / "r.html"
    file.write_text(
        "<p>BN 9 · <b>0000</b> 0000 0000 0001</p><p hidden>BN 5 · 3f9a 77c2 01de 88b0</p>",
        encoding="utf-8",
    )
    assert {str(one) for one in noted_seal.read(str(file))} == {
        "BN 9 · 0000 0000 0000 0001",
        "BN 5 · 3f9a 77c2 01de 88b0",
    }


def test_the_seals_of_all_footers_of_a_word_file_are_read(tmp_path: Path) -> None:
    file = tmp_path / "r.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/footer1.xml", "<t>BN 5 · 3f9a 77c2 01de 88b0</t>")
        archive.writestr("word/footer2.xml", "<t>BN 9 · 0000 0000 0000 0001</t>")
        archive.writestr("word/document.xml", "<t>BN 7 · 0000 0000 0000 0002</t>")
    assert [str(one) for one in noted_seal.read(str(file))] == [
        "BN 5 · 3f9a 77c2 01de 88b0",
        "BN 9 · 0000 0000 0000 0001",
    ]


ROOT = "3f9a77c201de88b0" + "0" * 48
SEAL = {"line": "BN 5 · 3f9a 77c2 01de 88b0", "size": 5, "root": ROOT, "origin": "o"}


@pytest.mark.parametrize(
    "changed",
    [{"root": ""}, {"root": "3"}, {"root": "0" * 64}, {"size": 1}, {"root": ROOT[:16]}],
)
def test_a_seal_in_json_that_contradicts_its_line_is_refused(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    """Anything begins with an empty root."""
    file = tmp_path / "r.json"
    file.write_text(json.dumps({"seal": SEAL}), encoding="utf-8")
    assert [str(one) for one in noted_seal.read(str(file))] == [SEAL["line"]]
    file.write_text(json.dumps({"seal": {**SEAL, **changed}}), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        noted_seal.read(str(file))
    assert caught.value.code == "CLB-SEAL-FILE"


@pytest.mark.parametrize(("old", "new"), [("\n5\n", "\n05\n"), ("AAAA=", "=")])
def test_a_damaged_checkpoint_is_not_passed_over(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "cp.txt"
    first, second = (checkpoint(f"clb-lien-the-he/{name}/X", 5, ROOT) for name in ("a", "b"))
    for text in (f"{first}\n{second}", f"{first}\n{second}".replace("\n", "\r\n")):
        file.write_bytes(text.encode())
        assert [one.origin for one in noted_seal.read(str(file))] == [
            "clb-lien-the-he/a/X",
            "clb-lien-the-he/b/X",
        ]
    assert old in second
    file.write_text(f"{first}\n{second.replace(old, new)}", encoding="utf-8", newline="")
    with pytest.raises(InputError) as caught:
        noted_seal.read(str(file))
    assert caught.value.code == "CLB-SEAL-FILE"


def test_a_damaged_log_makes_no_report_to_be_sent(keeper: Keeper) -> None:
    club = keeper.lived()
    meet(keeper, club)
    last = "(SELECT max(seq) FROM event WHERE stream = ?)"
    sql = f"UPDATE event SET body = body || ' ' WHERE stream = ? AND seq = {last}"
    keeper.sql(sql, f"club:{club}", f"club:{club}")
    file = keeper.folder / "r.json"
    period = ("--period", "2022H1", "--on", "2022-06-15", "--out", file)
    error = keeper.error("report", "build", "bac_ninh", "half_year", *period, code=5)
    assert error["code"] == "CLB-LOG-DAMAGED"
    assert not file.exists()


def test_every_backup_is_sealed_and_names_what_changed_since(keeper: Keeper) -> None:
    club = keeper.lived()
    meet(keeper, club)
    file = keeper.folder / "sao-luu.sqlite3"
    made = keeper.json("db-backup", "db", "backup", file)
    assert (len(made["seals"]), made["not_sealed"]) == (1, [])
    (row,) = held(keeper, file)["seals"]
    assert (row["line"], row["ok"]) == (made["seals"][0]["line"], True)
    keeper.sql("DELETE FROM event WHERE stream = 'seal:bac_ninh'")
    keeper.sql("DELETE FROM stream WHERE id = 'seal:bac_ninh'")
    for table in ("seal", "sealed"):
        keeper.sql(f"DELETE FROM {table}")
    seq = grant(keeper, club)
    forge(keeper, f"club:{club}", seq, more_money)
    keeper.sql("UPDATE ledger SET amount = amount + 1000000, delta = delta + 1000000")
    keeper.run("audit", "seal")
    assert keeper.json("audit-verify", "audit", "verify")["ok"], "sealed anew, it fits itself"
    (row,) = held(keeper, file, code=5)["seals"]
    assert (row["stream"], row["seq"]) == (f"club:{club}", seq)


def test_what_cannot_be_sealed_is_backed_up_all_the_same(keeper: Keeper) -> None:
    club = keeper.lived()
    meet(keeper, club)
    last = "(SELECT max(seq) FROM event WHERE stream = ?)"
    sql = f"UPDATE event SET body = body || ' ' WHERE stream = ? AND seq = {last}"
    keeper.sql(sql, f"club:{club}", f"club:{club}")
    made = keeper.json("db-backup", "db", "backup", keeper.folder / "b.sqlite3")
    assert made["seals"] == []
    assert f"club:{club}" in made["not_sealed"][0]
    assert (keeper.folder / "b.sqlite3").exists()


def test_a_backup_refused_seals_nothing(keeper: Keeper) -> None:
    club = keeper.lived()
    meet(keeper, club)
    file = keeper.folder / "b.sqlite3"
    file.write_bytes(b"x")
    before = keeper.dump()
    assert keeper.error("db", "backup", file, code=2)["code"] == "CLB-FILE-EXISTS"
    assert keeper.error("db", "backup", keeper.folder / "no" / "b", code=2)
    assert keeper.dump() == before


def test_a_backup_from_before_there_were_seals_has_none(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "b.sqlite3"
    keeper.json("db-backup", "db", "backup", file)
    with closing(sqlite3.connect(file)) as copy, copy:
        copy.execute("DELETE FROM event WHERE stream = 'seal:bac_ninh'")
    error = keeper.error("audit", "verify", "--seal", file, code=2)
    assert error["code"] == "CLB-SEAL-FILE"
    assert os.fspath(file) in error["message"]
