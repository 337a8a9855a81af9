"""completion: what makes a shell complete this command line."""

from __future__ import annotations

import click

from actorgraph.cli.shells import SHELLS, script


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, *, shell: str) -> None:
    """Print the script by which a shell completes names, ids and commands.

    \b
    bash: echo 'eval "$(actorgraph completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(actorgraph completion zsh)"' >> ~/.zshrc
    fish: actorgraph completion fish > ~/.config/fish/completions/actorgraph.fish

    Then start a new shell. In ~/.zshrc the line belongs below `compinit`, if that is there. The model is the one that
    --model names before the cursor, ACTORGRAPH_MODEL, or the only one under ./graphs; the words are those of its ids,
    names and aliases.
    """  # noqa: D301 - the sign itself tells click to leave the lines below it as they are
    click.echo(script(shell, ctx.find_root().command), nl=False)
