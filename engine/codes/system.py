"""Errors about the database, the log and the installed plugins."""

from engine.codes.code import Code
from engine.i18n import N_

ERROR = Code(
    "CLB-ERROR",
    N_("Something failed that has no code of its own."),
    N_("Read the message; if it does not help, run clb doctor and report it."),
)
STORAGE = Code(
    "CLB-STORAGE", N_("The database cannot be used."), N_("Run clb doctor, then clb db check.")
)
DATABASE_MISSING = Code(
    "CLB-DATABASE-MISSING",
    N_("There is no database at that place."),
    N_("Make it once with clb db init, or name the right one with --database."),
)
DATABASE_EMPTY = Code(
    "CLB-DATABASE-EMPTY",
    N_("The file is not a database of this program yet."),
    N_("Make it once: clb db init."),
)
DATABASE_FOREIGN = Code(
    "CLB-DATABASE-FOREIGN",
    N_("The file is a database of another program; nothing is written into it."),
    N_("Name another file with --database or CLB_DATABASE."),
)
DATABASE_NEWER = Code(
    "CLB-DATABASE-NEWER",
    N_("The database was made by a newer version of this program."),
    N_("Install the newer version: pip install --upgrade clb-lien-the-he."),
)
DATABASE_OLD = Code(
    "CLB-DATABASE-OLD",
    N_("The database was made by an older version of this program."),
    N_("Bring it up to date: clb db upgrade; a copy is made first."),
)
DATABASE_UPGRADE = Code(
    "CLB-DATABASE-UPGRADE",
    N_("The upgrade of the database failed; nothing was changed."),
    N_("Go on with the version of the program of before, and report this."),
)
DATABASE_BUSY = Code(
    "CLB-DATABASE-BUSY",
    N_("Another program has been writing to the database for too long."),
    N_("Try again in a moment; close what is writing to it."),
)
DATABASE_UNUSABLE = Code(
    "CLB-DATABASE-UNUSABLE",
    N_("The database cannot be used, for a reason that has no code of its own."),
    N_("Look for what is wrong: clb doctor, then clb db check."),
)
DATABASE_DAMAGED = Code(
    "CLB-DATABASE-DAMAGED",
    N_("The database file is damaged."),
    N_(
        "See what can still be read: clb db check. If only tables or indexes are named, clb db "
        "rebuild makes them from the log. If an event is named, or nothing can be read, bring "
        "back a backup: clb db restore FILE, on a server pg_restore; what is there now is kept."
    ),
)
DATABASE_FORMAT = Code(
    "CLB-DATABASE-FORMAT",
    N_("The file named is not a database."),
    N_("Name the right file with --database or CLB_DATABASE."),
)
DATABASE_FULL = Code(
    "CLB-DATABASE-FULL",
    N_("There is no room left on the disk of the database."),
    N_("Make room on the disk, then repeat; what was not reported as done was not recorded."),
)
DATABASE_READONLY = Code(
    "CLB-DATABASE-READONLY",
    N_("The database can only be read: it, its folder or its disk is protected."),
    N_("Take the write protection off, or work on a copy in another folder."),
)
DATABASE_RIGHTS = Code(
    "CLB-DATABASE-RIGHTS",
    N_("This user has no right to use the database."),
    N_("Ask whoever keeps the database for the right to read and write it."),
)
DATABASE_DISK = Code(
    "CLB-DATABASE-DISK",
    N_("The disk or network drive of the database reports a fault."),
    N_("Check the disk and its connection; make a backup onto another disk soon."),
)
DATABASE_PASSWORD = Code(
    "CLB-DATABASE-PASSWORD",
    N_("The server of the database does not accept the user or the password."),
    N_("Check both; keep the password in .pgpass or PGPASSFILE, not on the command line."),
)
DATABASE_UNREACHABLE = Code(
    "CLB-DATABASE-UNREACHABLE",
    N_("The server of the database does not answer, or the connection was cut."),
    N_("Check that the server runs, its name and port, and the network; then repeat."),
)
DATABASE_TLS = Code(
    "CLB-DATABASE-TLS",
    N_("The connection to the server could not be encrypted as the address asks, or was not."),
    N_(
        "Check sslmode and sslrootcert in the address and the name of the server; ask who keeps it."
    ),
)
DATABASE_URL = Code(
    "CLB-DATABASE-URL",
    N_("The name of the database is not written as it should be."),
    N_("Give a file path, sqlite:////path or postgresql://…."),
)
DATABASE_PASSWORD_SHOWN = Code(
    "CLB-DATABASE-PASSWORD-SHOWN",
    N_("A password was given on the command line."),
    N_("Keep it in .pgpass, PGPASSWORD or CLB_DATABASE."),
)
DATABASE_DRIVER = Code(
    "CLB-DATABASE-DRIVER",
    N_("The driver for PostgreSQL is not installed."),
    N_("Install it: pip install clb-lien-the-he[postgresql]."),
)
DATABASE_SERVER = Code(
    "CLB-DATABASE-SERVER",
    N_("A database on a server is not copied by this program."),
    N_("Use PostgreSQL's own tools: pg_dump and pg_restore."),
)
DATABASE_ROLES = Code(
    "CLB-DATABASE-ROLES",
    N_("Roles and row-level security are of a server; a file has none."),
    N_("Name a server with --database postgresql://…"),
)
DATABASE_PART = Code(
    "CLB-DATABASE-PART",
    N_("A login of a commune does not see the whole province, which this is about."),
    N_("Build the report of your commune with --commune, or log in for the province."),
)
BACKUP_FAULTY = Code(
    "CLB-BACKUP-FAULTY",
    N_("A backup that was just made is not whole; older ones were left alone."),
    N_("Look at the database itself: clb db check."),
)
DATABASE_OTHER = Code(
    "CLB-DATABASE-OTHER",
    N_("The database to be copied into has events that the one to be copied lacks."),
    N_("Copy into an empty database, or one province alone with --province."),
)
DATABASE_COPY = Code(
    "CLB-DATABASE-COPY",
    N_("What was copied into another database does not read there as it was."),
    N_("Look for what is wrong with the two databases: clb db check."),
)
LOG_DAMAGED = Code(
    "CLB-LOG-DAMAGED",
    N_("An event of the log is not what was recorded: the log was changed from outside."),
    N_(
        "See what does not fit: clb db check. If only tables do not, clb db rebuild makes them "
        "anew. If an event does not: note which one clb audit verify names, try the seals that "
        "were noted (clb audit verify --seal LINE), and bring back the newest backup that they "
        "fit: clb db restore FILE, on a server pg_restore."
    ),
)
LOG_CUT = Code(
    "CLB-LOG-CUT",
    N_("The tables know of later events than the log has: its end was cut off."),
    N_("Bring back a backup; only if the log is right, clb db rebuild --accept-end."),
)
EVENT_VERSION = Code(
    "CLB-EVENT-VERSION",
    N_("An event was written by a newer version in a form this one cannot read."),
    N_("Install the newer version: pip install --upgrade clb-lien-the-he."),
)
RESTORE_FOREIGN = Code(
    "CLB-RESTORE-FOREIGN",
    N_("The file is not a copy of this program's database."),
    N_("Name a copy that was made with clb db backup."),
)
RESTORE_DAMAGED = Code(
    "CLB-RESTORE-DAMAGED",
    N_("The copy is damaged, or its log was changed."),
    N_("Bring back an earlier copy."),
)
RESTORE_BROKEN = Code(
    "CLB-RESTORE-BROKEN",
    N_("Bringing back a copy was broken off before the copy was in its place."),
    N_(
        "Bring the copy back again: clb db restore FILE. What was there before is kept in the file "
        ".replaced; clb db copies shows what is left over."
    ),
)
RESTORE_LOSES = Code(
    "CLB-RESTORE-LOSES",
    N_("The database has events that the copy to be brought back lacks."),
    N_("Only if they may be replaced, repeat with --yes; they are kept in the file .replaced."),
)
RESTORE_SAME = Code(
    "CLB-RESTORE-SAME",
    N_("The copy named is the database itself."),
    N_("Name a copy that was made with clb db backup."),
)
MACHINE = Code(
    "CLB-MACHINE",
    N_("The engine's own step table contradicts itself; this is a fault of the program."),
    N_("Nothing was changed. Report it with the command you typed."),
)
PLUGIN = Code(
    "CLB-PLUGIN",
    N_("A province's plugin cannot be used."),
    N_("See what is wrong: clb province list."),
)
PLUGIN_ENTRY = Code(
    "CLB-PLUGIN-ENTRY",
    N_("The plugin's entry point does not name one package."),
    N_("Report it to the author of the plugin."),
)
PLUGIN_FAILED = Code(
    "CLB-PLUGIN-FAILED",
    N_("The plugin's own code failed; other provinces work."),
    N_("Install a corrected version of the plugin."),
)
PLUGIN_POLICY = Code(
    "CLB-PLUGIN-POLICY",
    N_("The plugin's policy file cannot be found."),
    N_("Install the plugin again: pip install --force-reinstall NAME."),
)
PLUGIN_PROVINCE = Code(
    "CLB-PLUGIN-PROVINCE",
    N_("The plugin is registered for another province than its policy is of."),
    N_("Report it to the author of the plugin."),
)
PLUGIN_TWICE = Code(
    "CLB-PLUGIN-TWICE",
    N_("Two plugins claim the same province."),
    N_("Uninstall one of them: pip uninstall NAME."),
)
PLUGIN_NONE = Code(
    "CLB-PLUGIN-NONE",
    N_("What is to be installed does not hold one province plugin."),
    N_("Name the plugin's own package or file."),
)
PLUGIN_PIP = Code(
    "CLB-PLUGIN-PIP",
    N_("pip could not fetch or install the plugin; nothing was changed."),
    N_("Check the name or the file, and the network connection."),
)
PLUGIN_REFUSED = Code(
    "CLB-PLUGIN-REFUSED",
    N_("The plugin did not pass the check, so it was not installed."),
    N_("Send the lines shown to the author of the plugin."),
)
PLUGIN_SYNTAX = Code(
    "CLB-PLUGIN-SYNTAX", N_("A file of the plugin is not Python."), N_("Fix the line named.")
)
HOOK_UNKNOWN = Code(
    "CLB-HOOK-UNKNOWN",
    N_("The plugin has a function for a hook that does not exist."),
    N_("Use one of the names given, or another name without clb_ before it."),
)
HOOK_UNMARKED = Code(
    "CLB-HOOK-UNMARKED",
    N_("A hook's function is not marked with @hookimpl, so it would never be called."),
    N_("Write @hookimpl above it."),
)
HOOK_TWICE = Code(
    "CLB-HOOK-TWICE", N_("A hook's function is defined twice."), N_("Keep one of them.")
)
HOOK_SIGNATURE = Code(
    "CLB-HOOK-SIGNATURE",
    N_("A hook's function does not take one argument called request."),
    N_("Write def NAME(request)."),
)
HOOK_DEFAULT = Code(
    "CLB-HOOK-DEFAULT",
    N_("A hook's function gives its argument a default value."),
    N_("Take the default away."),
)
DEMO_FILE = Code(
    "CLB-DEMO-FILE",
    N_("The demo's story in the plugin cannot be read."),
    N_("Install the plugin again, or report it to its author."),
)
DEMO_STORY = Code(
    "CLB-DEMO-STORY",
    N_("The demo's story and the province's policy do not fit."),
    N_("Report it to the author of the plugin; your own data is not touched."),
)
PLUGIN_API = Code(
    "CLB-PLUGIN-API",
    N_("The plugin is written for another version of the engine's interface."),
    N_("Upgrade the plugin or the engine, as the message says."),
)
