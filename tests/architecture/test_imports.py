"""Imports point one way: every part of the engine uses only what is below it."""

from pathlib import Path

import pytest
from support.sources import ENGINE, ROOT, dotted, engine_units, imports, modules, unit

LAYERS = (
    ("child_process", "i18n", "package_data", "user_dir"),
    ("codes", "frozen"),
    ("errors",),
    ("archive", "clock", "disk_cache", "files", "model", "remembered", "seals", "vietnamese"),
    ("labels",),
    ("policy_labels",),
    ("words",),
    ("policy",),
    ("rules", "targets"),
    ("states",),
    ("interview", "store", "provinces"),
    ("lifecycle",),
    ("bundles", "reports", "roster"),
    ("book", "documents"),
    ("desk", "scenario"),
    ("plugin_checks",),
    ("testing",),
    ("cli",),
    ("__main__",),
)
"""From the ground up. A part may use any part of a lower layer, none of its own or a higher one."""

HEIGHT = {name: height for height, layer in enumerate(LAYERS) for name in layer}
STORE_USERS = {"bundles", "lifecycle", "reports", "roster", "store"}
STORAGE = {"sqlite3", "peewee", "playhouse", "psycopg", "psycopg2"}
COPIES_FILES = {"engine.lifecycle.backup", "engine.lifecycle.restore"}
"""Copying a database as a whole is the driver's own work, on a file that is no store yet."""


def uses(path: Path) -> set[str]:
    """Return the other parts of the engine that a module imports."""
    parts = engine_units()
    found = {unit(name) for name in imports(path) if name.split(".")[0] == "engine"}
    return (found & parts) - {unit(dotted(path))}


def test_every_part_of_the_engine_has_its_place() -> None:
    assert sorted(engine_units() - set(HEIGHT)) == []


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_a_module_uses_only_what_is_below_it(path: Path) -> None:
    here = unit(dotted(path))
    if here == "engine":
        # The package itself only promises the names plugins import, and loads none of them.
        assert uses(path) == set()
        return
    above = {name for name in uses(path) if HEIGHT[name] >= HEIGHT[here]}
    assert above == set(), f"{dotted(path)} imports {sorted(above)}"


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_only_bundles_lifecycle_reports_and_roster_use_the_store(path: Path) -> None:
    if unit(dotted(path)) not in STORE_USERS:
        assert "store" not in uses(path)


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_only_the_store_knows_a_database_driver(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    if unit(dotted(path)) != "store" and dotted(path) not in COPIES_FILES:
        assert roots & STORAGE == set()


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_peewee_is_imported_in_the_one_place_that_keeps_drivers_out(path: Path) -> None:
    if dotted(path) != "engine.store.orm":
        assert not {"peewee", "playhouse"} & {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", modules(ENGINE / "states"), ids=dotted)
def test_a_stage_knows_no_clock_no_store_and_no_plugin(path: Path) -> None:
    assert uses(path) & {"store", "provinces", "lifecycle"} == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "plugins").glob("*/clb_*/**/*.py")), ids=lambda path: path.parent.name
)
def test_a_plugin_imports_nothing_of_the_engine_but_what_it_offers(path: Path) -> None:
    import engine

    offered = {f"engine.{name}" for name in engine.__all__}
    own = path.relative_to(ROOT).parts[2]
    for name in imports(path):
        root = name.split(".")[0]
        assert root not in ("schemas", "tests")
        if root == "engine":
            assert name in offered
        if root.startswith("clb_"):
            assert root == own
