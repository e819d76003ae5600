"""Findings of the check of a province's plugin, and mistakes in a policy file."""

from engine.codes.code import Code
from engine.i18n import N_

PLUGIN_WHEEL = Code(
    "CLB-PLUGIN-WHEEL",
    N_("The file is not a wheel, or it is damaged."),
    N_("Build it again: python -m build --wheel."),
)
PLUGIN_OUTSIDE = Code(
    "CLB-PLUGIN-OUTSIDE",
    N_("The plugin's wheel would change what lies outside its own package."),
    N_("Build a wheel that holds the package alone, without programs and .pth files."),
)
PLUGIN_COMPILED = Code(
    "CLB-PLUGIN-COMPILED",
    N_("The plugin brings compiled code, which nobody can read before it runs."),
    N_("Leave compiled files out of the wheel; Python makes its own."),
)
PLUGIN_TAKEN = Code(
    "CLB-PLUGIN-TAKEN",
    N_("The plugin has the name of something else that is installed here, and would replace it."),
    N_("Give the distribution and its package names of their own, such as clb-PROVINCE."),
)
PLUGIN_PACKAGE = Code(
    "CLB-PLUGIN-PACKAGE",
    N_("The package that the plugin's entry point names is not there."),
    N_("Name the folder that holds __init__.py and policy.toml."),
)
PLUGIN_DATA = Code(
    "CLB-PLUGIN-DATA",
    N_("The plugin's wheel would be built without a file it needs."),
    N_("Write into pyproject.toml what the finding says is expected."),
)
PLUGIN_NATION = Code(
    "CLB-PLUGIN-NATION",
    N_("A plugin is a province's by one of its parts and the nation's by another."),
    N_("The nation's: group clb.nations, kind nation, no functions. Else correct the kind."),
)
PLUGIN_NEEDS = Code(
    "CLB-PLUGIN-NEEDS",
    N_("What the plugin asks for does not fit this engine, or is not stated."),
    N_("Write the engine's versions into the plugin's dependencies."),
)
PLUGIN_ENCODING = Code(
    "CLB-PLUGIN-ENCODING",
    N_("A file of the plugin is not saved as UTF-8."),
    N_("Save it again as UTF-8 in the editor."),
)
PLUGIN_NFC = Code(
    "CLB-PLUGIN-NFC",
    N_("Letters with marks are written in pieces, so that equal words are not equal."),
    N_("Save the file with composed letters (Unicode NFC)."),
)
PLUGIN_INSIDE = Code(
    "CLB-PLUGIN-INSIDE",
    N_("The plugin imports what the engine does not offer to plugins."),
    N_("Import only names from engine itself: from engine import Finding."),
)
PLUGIN_TEMPLATE = Code(
    "CLB-PLUGIN-TEMPLATE",
    N_("A Word template of the plugin cannot be used."),
    N_("Correct it in Word, or begin with clb document template KIND --out FILE.docx."),
)
PLUGIN_FIELD = Code(
    "CLB-PLUGIN-FIELD",
    N_("A Word template asks for a field that papers of its kind do not have."),
    N_("Correct the field's name, or take it out: it stays blank."),
)
PLUGIN_VERSION = Code(
    "CLB-PLUGIN-VERSION",
    N_("The plugin's version is not written so that it can be compared."),
    N_("Write numbers with points: 0.1.0."),
)
PLUGIN_DEPRECATED = Code(
    "CLB-PLUGIN-DEPRECATED",
    N_("The plugin uses what a later version of the interface will not have."),
    N_("Do what the finding says before that version: docs/upgrading-a-plugin.md."),
)
PLUGIN_PREFIX = Code(
    "CLB-PLUGIN-PREFIX",
    N_("Club ids of two provinces would begin alike."),
    N_("Choose another prefix in the policy's [province], before the first club."),
)
POLICY_SIGNED = Code(
    "CLB-POLICY-SIGNED",
    N_("A document is declared in force before it was signed."),
    N_("Compare both days with the document; if it is so, leave it."),
)
POLICY_GAP = Code(
    "CLB-POLICY-GAP",
    N_("A key has a value before and after some days, but none for them."),
    N_("Look whether a document is missing; if none says anything, leave it so."),
)
HOOK_WRAPPER = Code(
    "CLB-HOOK-WRAPPER",
    N_("A hook's function is marked as a wrapper around others."),
    N_("Write @hookimpl alone above it."),
)
HOOK_CLOCK = Code(
    "CLB-HOOK-CLOCK",
    N_("The plugin's code asks the clock or chance, so it cannot be repeated."),
    N_("Use request.on and request.today."),
)
HOOK_KEY = Code(
    "CLB-HOOK-KEY",
    N_("The plugin's code asks for a policy key that its policy file does not have."),
    N_("Correct the key in the code, or add its value with its source to policy.toml."),
)
HOOK_OUTSIDE = Code(
    "CLB-HOOK-OUTSIDE",
    N_("A hook reaches for files, the network, other programs or the environment."),
    N_("Use only what is in the request; put fixed data into the policy file."),
)
HOOK_RAISES = Code(
    "CLB-HOOK-RAISES",
    N_("A hook raises an exception when it is called with a real request."),
    N_("Fix the line named; a fact that may be absent is None."),
)
HOOK_EXITS = Code(
    "CLB-HOOK-EXITS",
    N_("A hook ends the whole program."),
    N_("Return findings instead of calling sys.exit."),
)
HOOK_ENDLESS = Code(
    "CLB-HOOK-ENDLESS", N_("A hook does not come back."), N_("Look for a loop without an end.")
)
HOOK_SLOW = Code(
    "CLB-HOOK-SLOW",
    N_("A hook takes longer than any should; officers wait for it."),
    N_("Do less in it: what it needs is in the request already."),
)
HOOK_ANSWER = Code(
    "CLB-HOOK-ANSWER",
    N_("A hook answers with something else than it promises."),
    N_("Return a list of the type the finding names."),
)
HOOK_CHANGES = Code(
    "CLB-HOOK-CHANGES",
    N_("A hook changes its request, which others read after it."),
    N_("Make new values instead of changing what is given."),
)
HOOK_DIFFERS = Code(
    "CLB-HOOK-DIFFERS",
    N_("A hook answers differently when it is asked the same twice."),
    N_("Keep nothing between calls; sort what has no order of its own."),
)
HOOK_PRINTS = Code(
    "CLB-HOOK-PRINTS",
    N_("The plugin prints on standard output, which spoils answers in JSON."),
    N_("Take print away; what officers should read is a finding."),
)
POLICY = Code(
    "CLB-POLICY",
    N_("A policy file has mistakes; each is named."),
    N_("Correct the lines named, then check again: clb province check."),
)
POLICY_AGENCY = Code(
    "CLB-POLICY-AGENCY",
    N_("A report goes to a recipient that no routing value names."),
    N_("Add the recipient under routing, or correct its id."),
)
POLICY_AMENDS = Code(
    "CLB-POLICY-AMENDS",
    N_("A value continues another, but none of its key holds until then."),
    N_("Remove amends, or correct the day one of them begins or ends."),
)
POLICY_BRACKETS = Code(
    "CLB-POLICY-BRACKETS",
    N_("A dated value is written with single brackets."),
    N_("Write two: [[group.key]]."),
)
POLICY_DATE = Code(
    "CLB-POLICY-DATE",
    N_("A date is not written as a date."),
    N_("Write it without quotation marks: 2021-07-28."),
)
POLICY_DOCUMENT = Code(
    "CLB-POLICY-DOCUMENT",
    N_("A source names a document that the file does not declare."),
    N_("Declare it under [[document]], or correct the id."),
)
POLICY_DUPLICATE = Code(
    "CLB-POLICY-DUPLICATE",
    N_("Something that may be there once is there twice."),
    N_("Keep one of them."),
)
POLICY_EMPTY = Code(
    "CLB-POLICY-EMPTY",
    N_("The policy file states no value at all."),
    N_("Write at least one value with its source."),
)
POLICY_ENCODING = Code(
    "CLB-POLICY-ENCODING", N_("The policy file is not saved as UTF-8."), N_("Save it as UTF-8.")
)
COVERAGE_DOCUMENT = Code(
    "CLB-COVERAGE-DOCUMENT",
    N_("A document has no table of its sentences, or a table is of no declared document."),
    N_("Write the table in coverage.toml, or correct the document's id."),
)
COVERAGE_SECTION = Code(
    "CLB-COVERAGE-SECTION",
    N_("A section has no sentence in the table, or a sentence or a source names another section."),
    N_("Correct the section, or add its sentences."),
)
COVERAGE_KEY = Code(
    "CLB-COVERAGE-KEY",
    N_("A sentence and the value that states it do not cite the same section."),
    N_("Correct the sentence's keys, or the value's source."),
)
COVERAGE_VERDICT = Code(
    "CLB-COVERAGE-VERDICT",
    N_("A sentence has no verdict, or more than one."),
    N_("Give exactly one of keys, no_effect, needed."),
)
POLICY_KEY = Code(
    "CLB-POLICY-KEY",
    N_("There is no such key in a policy file."),
    N_("Correct the spelling; all keys: clb policy keys."),
)
POLICY_FORM = Code(
    "CLB-POLICY-FORM",
    N_("A field of the province's own cannot be filled in as it is stated."),
    N_("Correct the form.… entry as the message names it."),
)
POLICY_MEASURE = Code(
    "CLB-POLICY-MEASURE",
    N_("A measure of the province's own lacks something, or a target does not fit its measure."),
    N_("Correct the measure.own_… or the target as the message names it."),
)
POLICY_MISSING = Code(
    "CLB-POLICY-MISSING", N_("A value lacks something it needs."), N_("Add what the message names.")
)
POLICY_NEEDS = Code(
    "CLB-POLICY-NEEDS",
    N_("A value means nothing without another."),
    N_("Add the other one, or take this one out."),
)
POLICY_NUMBER = Code(
    "CLB-POLICY-NUMBER",
    N_("A number is not a whole number."),
    N_("Write whole numbers only; money in đồng."),
)
POLICY_MONEY = Code(
    "CLB-POLICY-MONEY",
    N_("A fund, a source of money or a grant of the province's own is named and not stated."),
    N_("Add it under fund, sources or grant, or correct the name."),
)
POLICY_OVERLAP = Code(
    "CLB-POLICY-OVERLAP",
    N_("Two values of one key are in force on the same day."),
    N_("End the earlier one before the later begins."),
)
POLICY_PERIOD = Code(
    "CLB-POLICY-PERIOD",
    N_("A period ends before it begins, or reaches beyond the document that states it."),
    N_("Correct one of the two dates."),
)
POLICY_PHASE = Code(
    "CLB-POLICY-PHASE",
    N_("A value names a phase that the file does not declare."),
    N_("Declare it under phase, or correct its name."),
)
POLICY_RANGE = Code(
    "CLB-POLICY-RANGE",
    N_("The smallest is above the largest."),
    N_("Exchange the two, or correct one."),
)
POLICY_SOURCE = Code(
    "CLB-POLICY-SOURCE",
    N_("A value does not say which document and section it is from."),
    N_('Add source = "ID, section".'),
)
POLICY_SUM = Code(
    "CLB-POLICY-SUM",
    N_("Numbers of the file do not agree with each other."),
    N_("Count again in the document and correct the wrong one."),
)
POLICY_TARGET_PERIOD = Code(
    "CLB-POLICY-TARGET-PERIOD",
    N_("A target does not say over which years of the document it counts."),
    N_("Give value.from and value.to within the document's years."),
)
POLICY_TOML = Code(
    "CLB-POLICY-TOML",
    N_("The file breaks the rules of TOML."),
    N_("Look for a missing quotation mark, bracket or equals sign."),
)
POLICY_TYPE = Code(
    "CLB-POLICY-TYPE",
    N_("A value is of another kind than the key takes."),
    N_("Write it as the message says."),
)
POLICY_VALUE = Code(
    "CLB-POLICY-VALUE", N_("A value is not one the key takes."), N_("Choose one the message names.")
)
