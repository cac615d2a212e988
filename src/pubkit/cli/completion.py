"""`pubkit completion`: what a shell needs to complete pubkit's words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from pubkit.cli.group import verb

_WHERE = {
    "bash": '# in ~/.bashrc: eval "$(pubkit completion bash)"',
    "zsh": '# in ~/.zshrc: eval "$(pubkit completion zsh)"',
    "fish": "# pubkit completion fish > ~/.config/fish/completions/pubkit.fish",
}


@verb(
    "completion",
    "Print the script by which a shell completes pubkit.",
    examples="""
    pubkit completion bash >> ~/.bashrc
    pubkit completion fish > ~/.config/fish/completions/pubkit.fish
    """,
)
@click.argument("shell", type=click.Choice(list(_WHERE)))
def command(shell: str) -> None:
    """Print a script for bash, zsh or fish that completes verbs, options, formats and style names."""
    from pubkit.cli.group import pubkit

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click has no completion for {shell}", click.get_current_context())
    # bash's own check of its version runs a shell; the script says what it needs where it is too old.
    source = kind(pubkit, {}, "pubkit", "_PUBKIT_COMPLETE")
    click.echo(f"{_WHERE[shell]}\n{source.source_template % source.source_vars()}".rstrip())
