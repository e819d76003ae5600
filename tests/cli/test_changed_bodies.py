"""An event that somebody changed with another tool: every reader says so in one sentence."""

import json
import random

import pytest
from support.keeper import Keeper
from support.places import STRANGE, changed, places


def bodies(keeper: Keeper) -> list[tuple[str, int, str]]:
    sql = "SELECT stream, seq, body FROM event ORDER BY stream, seq"
    return [(stream, seq, body) for stream, seq, body in keeper.sql(sql)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_changed_body_is_named_by_every_reader(keeper: Keeper, seed: int) -> None:
    keeper.lived()
    chance = random.Random(seed)
    whole = keeper.database.read_bytes()
    known = bodies(keeper)
    for _ in range(12):
        stream, seq, text = chance.choice(known)
        body = json.loads(text)
        place = chance.choice(places(body))
        to = chance.choice((*STRANGE, ...) if place else STRANGE)
        spoiled = chance.choice(
            [json.dumps(changed(body, place, to)), text[: chance.randrange(len(text))]]
        )
        keeper.sql("UPDATE event SET body = ? WHERE stream = ? AND seq = ?", spoiled, stream, seq)
        club = stream.removeprefix("club:")
        if not stream.startswith("club:"):
            club = keeper.sql("SELECT id FROM club ORDER BY id LIMIT 1")[0][0]
        for command in (
            ("club", "history", club),
            ("club", "show", club, "--on", "2022-06-01"),
            ("audit", "show", club),
            ("audit", "verify"),
            ("audit", "head"),
            ("db", "check"),
            ("db", "rebuild"),
            ("document", "render", club, "phieu_danh_gia", "--out", keeper.folder / "a.docx"),
            ("report", "build", "bac_ninh", "overview", "--period", "2022"),
            ("progress", "bac_ninh", "--on", "2022-12-31"),
            ("export", "events", keeper.folder / "a.jsonl"),
            ("advance", club, "annul", "--set", "seq=3", "--set", "reason=a", "--set",
             "document=b", "--as", "ubnd", "--on", "2023-06-01"),
            ("advance", club, "correct", "--set", f"seq={seq}", "--set", "changes.attendance=3",
             "--set", "reason=a", "--set", "document=b", "--as", "hoi_nct"),
        ):  # fmt: skip
            try:
                result = keeper.run(*command)
            except Exception as error:
                raise AssertionError((command[:2], stream, seq, place, to)) from error
            assert "Traceback" not in result.err
            assert result.code in range(6), command
        for one in keeper.folder.glob("clb.sqlite3-*"):
            one.unlink()
        keeper.database.write_bytes(whole)


def test_a_history_with_a_moment_that_is_none_is_refused_in_a_sentence(keeper: Keeper) -> None:
    keeper.lived()
    stream, seq, text = next(one for one in bodies(keeper) if one[0].startswith("club:"))
    body = json.dumps({**json.loads(text), "recorded_at": "2021-99-99"})
    keeper.sql("UPDATE event SET body = ? WHERE stream = ? AND seq = ?", body, stream, seq)
    result = keeper.run("club", "history", stream.removeprefix("club:"))
    assert (result.code, "CLB-LOG-DAMAGED" in result.err) == (5, True)
