"""What a look at a province's plugin can find, before it is installed."""

from engine.codes.meaning import Meaning
from engine.i18n import _


def meanings() -> dict[str, Meaning]:
    """Return what each code means, in the language in use."""
    return {**_distribution(), **_hooks()}


def _distribution() -> dict[str, Meaning]:
    return {
        "CLB-PLUGIN-WHEEL": Meaning(
            _("The file is not a wheel, or it is damaged."),
            _("Build it again: python -m build --wheel."),
        ),
        "CLB-PLUGIN-PACKAGE": Meaning(
            _("The package that the plugin's entry point names is not there."),
            _("Name the folder that holds __init__.py and policy.toml."),
        ),
        "CLB-PLUGIN-DATA": Meaning(
            _("The plugin's wheel would be built without a file it needs."),
            _("Write into pyproject.toml what the finding says is expected."),
        ),
        "CLB-PLUGIN-NEEDS": Meaning(
            _("What the plugin asks for does not fit this engine, or is not said."),
            _("Write the engine's versions into the plugin's dependencies."),
        ),
        "CLB-PLUGIN-ENCODING": Meaning(
            _("A file of the plugin is not saved as UTF-8."),
            _("Save it again as UTF-8 in the editor."),
        ),
        "CLB-PLUGIN-NFC": Meaning(
            _("Letters with marks are written in pieces, so that equal words are not equal."),
            _("Save the file with composed letters (Unicode NFC)."),
        ),
        "CLB-PLUGIN-INSIDE": Meaning(
            _("The plugin imports what the engine does not offer to plugins."),
            _("Import only names from engine itself: from engine import Finding."),
        ),
        "CLB-PLUGIN-TEMPLATE": Meaning(
            _("A Word template beside the policy cannot be used."),
            _("Mend it in Word, or begin with clb document template KIND --out FILE.docx."),
        ),
        "CLB-PLUGIN-FIELD": Meaning(
            _("A Word template asks for a field that papers of its kind do not have."),
            _("Correct the field's name, or take it out: it stays blank."),
        ),
        "CLB-PLUGIN-VERSION": Meaning(
            _("The plugin's version is not written so that it can be compared."),
            _("Write numbers with points: 0.1.0."),
        ),
        "CLB-PLUGIN-PREFIX": Meaning(
            _("Club ids of two provinces would begin alike."),
            _("Choose another prefix in the policy's [province], before the first club."),
        ),
        "CLB-POLICY-SIGNED": Meaning(
            _("A document is said to be in force before it was signed."),
            _("Compare both days with the document; if it is so, leave it."),
        ),
        "CLB-POLICY-GAP": Meaning(
            _("A key has a value before and after some days, but none for them."),
            _("Look whether a document is missing; if none says anything, leave it so."),
        ),
    }


def _hooks() -> dict[str, Meaning]:
    return {
        "CLB-HOOK-WRAPPER": Meaning(
            _("A hook's function is marked as a wrapper around others."),
            _("Write @hookimpl alone above it."),
        ),
        "CLB-HOOK-CLOCK": Meaning(
            _("The plugin's code asks the clock or chance, so it cannot be repeated."),
            _("Use request.on and request.today."),
        ),
        "CLB-HOOK-OUTSIDE": Meaning(
            _("A hook reaches for files, the network, other programs or the environment."),
            _("Use only what is in the request; put fixed data into the policy file."),
        ),
        "CLB-HOOK-RAISES": Meaning(
            _("A hook raises an exception when it is called with a real request."),
            _("Mend the line named; a fact that may be absent is None."),
        ),
        "CLB-HOOK-EXITS": Meaning(
            _("A hook ends the whole program."), _("Return findings instead of calling sys.exit.")
        ),
        "CLB-HOOK-ENDLESS": Meaning(
            _("A hook does not come back."), _("Look for a loop without an end.")
        ),
        "CLB-HOOK-SLOW": Meaning(
            _("A hook takes longer than any should; officers wait for it."),
            _("Do less in it: what it needs is in the request already."),
        ),
        "CLB-HOOK-ANSWER": Meaning(
            _("A hook answers with something else than it promises."),
            _("Return a list of the type the finding names."),
        ),
        "CLB-HOOK-CHANGES": Meaning(
            _("A hook changes its request, which others read after it."),
            _("Make new values instead of changing what is given."),
        ),
        "CLB-HOOK-DIFFERS": Meaning(
            _("A hook answers differently when it is asked the same twice."),
            _("Keep nothing between calls; sort what has no order of its own."),
        ),
        "CLB-HOOK-PRINTS": Meaning(
            _("The plugin prints on standard output, which spoils answers in JSON."),
            _("Take print away; what officers should read is a finding."),
        ),
    }
