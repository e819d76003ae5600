"""Asking a person for what a form still lacks, in the words of its schema."""

from collections.abc import Iterable
from typing import Any

import click

from engine.errors import InputError
from engine.i18n import _
from engine.model import Finding, Level
from engine.rules import forms
from engine.states import step as find_step


def ask_missing(step: str, form: dict[str, Any], on: str | None) -> None:
    """Ask for each required field that is not filled in; a wrong answer is asked again."""
    happened_on = find_step(step).happened_on
    for field in forms.missing(step, form):
        if field.path == happened_on and on is not None:
            continue
        while True:
            choices = field.choices or field.item_choices
            label = f"{field.title} ({' | '.join(choices)})" if choices else field.title
            text = click.prompt(label, err=True)
            try:
                forms.assign(step, form, [(field.path, text)])
                break
            except InputError as error:
                click.echo(error.message, err=True)


def ask_reasons(findings: Iterable[Finding], known: dict[str, str]) -> dict[str, str]:
    """Show each warning and ask for the reason to go on; an empty answer stops."""
    reasons = {}
    for finding in findings:
        if finding.level is Level.WARN and finding.code not in known:
            click.echo(f"! {finding.message} [{finding.code}]", err=True)
            reasons[finding.code] = click.prompt(_("Reason to go on"), err=True)
    return reasons
