"""`pubkit rules`: what check and normalize look for."""

from __future__ import annotations

import click

from pubkit.cli.group import verb
from pubkit.cli.options import codes
from pubkit.cli.table import show_table


@verb(
    "rules",
    "List and explain the rules.",
    examples="""
    pubkit rules
    pubkit rules T001
    """,
)
@click.argument("wanted", nargs=-1, metavar="[CODE…]")
def command(wanted: tuple[str, ...]) -> None:
    """List the rules: code, name, whether normalize repairs it, what it is about.

    With codes or their beginnings: explain these rules.
    """
    from pubkit.rules import select_rules

    rules = select_rules(codes(wanted))
    if not wanted:
        show_table([rule.code, rule.name, _repair(rule.safe, rule.repairs), rule.summary] for rule in rules)
        return
    for rule in rules:
        click.echo(f"{rule.code} {rule.name} ({_repair(rule.safe, rule.repairs)})\n\n{rule.documentation}\n")


def _repair(safe: bool, repairs: bool) -> str:
    """Say who repairs what a rule finds."""
    if not repairs:
        return "reported only"
    return "repaired" if safe else "repaired where certain"
