"""Errors about the database, the log and the plugins."""

from engine.codes.meaning import Meaning
from engine.i18n import _


def meanings() -> dict[str, Meaning]:
    """Return what each code means, in the language in use."""
    return {
        "CLB-ERROR": Meaning(
            _("Something failed that has no code of its own."),
            _("Read the message; if it does not help, run clb doctor and report it."),
        ),
        "CLB-STORAGE": Meaning(
            _("The database cannot be used."), _("Run clb doctor, then clb db check.")
        ),
        "CLB-DATABASE-MISSING": Meaning(
            _("There is no database at that place."),
            _("Make it once with clb db init, or name the right one with --database."),
        ),
        "CLB-DATABASE-EMPTY": Meaning(
            _("The file is not a database of this program yet."), _("Make it once: clb db init.")
        ),
        "CLB-DATABASE-FOREIGN": Meaning(
            _("The file is a database of another program; nothing is written into it."),
            _("Name another file with --database or CLB_DATABASE."),
        ),
        "CLB-DATABASE-NEWER": Meaning(
            _("The database was made by a newer version of this program."),
            _("Install the newer version: pip install --upgrade clb-lien-the-he."),
        ),
        "CLB-DATABASE-OLD": Meaning(
            _("The database was made by an older version of this program."),
            _("Bring it up to date: clb db upgrade; a copy is made first."),
        ),
        "CLB-DATABASE-UPGRADE": Meaning(
            _("The upgrade would break the database; nothing was changed."),
            _("Bring back a backup and report this."),
        ),
        "CLB-DATABASE-BUSY": Meaning(
            _("Another program has been writing to the database for too long."),
            _("Try again in a moment; close what is writing to it."),
        ),
        "CLB-DATABASE-UNUSABLE": Meaning(
            _("The database file cannot be opened, or is damaged."),
            _("Check the file and its folder, or bring back a backup: clb db restore FILE."),
        ),
        "CLB-DATABASE-URL": Meaning(
            _("The name of the database is not written as it should be."),
            _("Give a file path, sqlite:////path or postgresql://…."),
        ),
        "CLB-DATABASE-DRIVER": Meaning(
            _("The driver for PostgreSQL is not installed."),
            _("Install it: pip install clb-lien-the-he[postgresql]."),
        ),
        "CLB-DATABASE-SERVER": Meaning(
            _("A database on a server is not copied by this program."),
            _("Use PostgreSQL's own tools: pg_dump and pg_restore."),
        ),
        "CLB-LOG-DAMAGED": Meaning(
            _("An event of the log is not what was sealed: the log was changed from outside."),
            _("See all faults with clb db check; bring back a backup: clb db restore FILE."),
        ),
        "CLB-LOG-CUT": Meaning(
            _("The tables know of later events than the log has: its end was cut off."),
            _("Bring back a backup; only if the log is right, clb db rebuild --accept-end."),
        ),
        "CLB-EVENT-VERSION": Meaning(
            _("An event was written by a newer version in a form this one cannot read."),
            _("Install the newer version: pip install --upgrade clb-lien-the-he."),
        ),
        "CLB-RESTORE-FOREIGN": Meaning(
            _("The file is not a copy of this program's database."),
            _("Name a copy that was made with clb db backup."),
        ),
        "CLB-RESTORE-DAMAGED": Meaning(
            _("The copy is damaged, or its log was changed."), _("Bring back an earlier copy.")
        ),
        "CLB-RESTORE-SAME": Meaning(
            _("The copy named is the database itself."),
            _("Name a copy that was made with clb db backup."),
        ),
        "CLB-MACHINE": Meaning(
            _("The engine's own step table contradicts itself; this is a fault of the program."),
            _("Nothing was changed. Report it with the command you typed."),
        ),
        "CLB-PLUGIN": Meaning(
            _("A province's plugin cannot be used."), _("See what is wrong: clb province list.")
        ),
        "CLB-PLUGIN-ENTRY": Meaning(
            _("The plugin's entry point does not name one package."),
            _("Report it to the author of the plugin."),
        ),
        "CLB-PLUGIN-FAILED": Meaning(
            _("The plugin's own code failed; other provinces work."),
            _("Install a mended version of the plugin."),
        ),
        "CLB-PLUGIN-POLICY": Meaning(
            _("The plugin's policy file cannot be found."),
            _("Install the plugin again: pip install --force-reinstall NAME."),
        ),
        "CLB-PLUGIN-PROVINCE": Meaning(
            _("The plugin is registered for another province than its policy is of."),
            _("Report it to the author of the plugin."),
        ),
        "CLB-PLUGIN-TWICE": Meaning(
            _("Two plugins claim the same province."),
            _("Uninstall one of them: pip uninstall NAME."),
        ),
        "CLB-PLUGIN-NONE": Meaning(
            _("What is to be installed does not hold one province plugin."),
            _("Name the plugin's own package or file."),
        ),
        "CLB-PLUGIN-PIP": Meaning(
            _("pip could not fetch or install the plugin; nothing was changed."),
            _("Check the name or the file, and the network connection."),
        ),
        "CLB-PLUGIN-REFUSED": Meaning(
            _("The plugin did not pass the check, so it was not installed."),
            _("Send the lines shown to the author of the plugin."),
        ),
        "CLB-PLUGIN-SYNTAX": Meaning(
            _("A file of the plugin is not Python."), _("Mend the line named.")
        ),
        "CLB-HOOK-UNKNOWN": Meaning(
            _("The plugin has a function for a hook that does not exist."),
            _("Use one of the names given, or another name without clb_ before it."),
        ),
        "CLB-HOOK-UNMARKED": Meaning(
            _("A hook's function is not marked with @hookimpl, so it would never be called."),
            _("Write @hookimpl above it."),
        ),
        "CLB-HOOK-TWICE": Meaning(_("A hook's function is defined twice."), _("Keep one of them.")),
        "CLB-HOOK-SIGNATURE": Meaning(
            _("A hook's function does not take one argument called request."),
            _("Write def NAME(request)."),
        ),
        "CLB-HOOK-DEFAULT": Meaning(
            _("A hook's function gives its argument a default value."), _("Take the default away.")
        ),
        "CLB-DEMO-FILE": Meaning(
            _("The demo's story in the plugin cannot be read."),
            _("Install the plugin again, or report it to its author."),
        ),
        "CLB-DEMO-STORY": Meaning(
            _("The demo's story and the province's policy do not fit."),
            _("Report it to the author of the plugin; your own data is not touched."),
        ),
        "CLB-PLUGIN-API": Meaning(
            _("The plugin is written for another version of the engine's interface."),
            _("Upgrade the plugin or the engine, as the message says."),
        ),
    }
