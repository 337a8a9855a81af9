"""Blocs as a picture: a table in colours, a line a proposal and a column a bloc, with how many of it are in favour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.render.blocs import by_proposal, no_blocs
from actorgraph.render.measured import number, what_counts
from actorgraph.render.phrases import Names, dateline
from actorgraph.render.pictures import DIVERGING, INK, QUIET, lettering, noted, nothing_to_draw, picture
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from actorgraph.analysis.bloc_votes import BlocVote
    from actorgraph.analysis.blocs import Blocs
    from actorgraph.render.pictures import Axes

MOST_PROPOSALS: Final = 24
MOST_BLOCS: Final = 8
MOST_MEMBERS_DRAWN: Final = 72
"""Of all blocs together, as many of each; but of each at least the first eight."""

_MOST_LETTERS: Final = 42


def blocs_picture(answer: Blocs, ending: str) -> bytes:
    """Return a file of SVG or PNG: for each proposal and bloc, how many are in favour of those who speak.

    What divides the blocs comes first, then what most of them speak on. Where too few of a bloc speak there is no
    colour, where none does there is nothing. Raises `UsageProblem` where there are no blocs.
    """
    if not answer.blocs:
        raise nothing_to_draw(no_blocs(answer))
    names = Names(answer.about)
    shown = [bloc.bloc for bloc in answer.blocs[:MOST_BLOCS]]
    votes = by_proposal(vote for vote in answer.votes if vote.bloc in shown)
    drawn = _drawn(answer, votes)

    def draw(axes: Axes) -> None:
        axes.set_xlim(0, len(shown))
        axes.set_ylim(len(drawn), 0)
        axes.set_xticks(
            [at + 0.5 for at in range(len(shown))],
            [f"Bloc {bloc.bloc}\n{counted(len(bloc.members), 'actor')}" for bloc in answer.blocs[:MOST_BLOCS]],
        )
        axes.set_yticks(
            [at + 0.5 for at in range(len(drawn))], [lettering(names.proposal(key), _MOST_LETTERS) for key in drawn]
        )
        axes.tick_params(length=0, top=True, bottom=False, labeltop=True, labelbottom=False)
        axes.spines[:].set_visible(False)
        for row, proposal in enumerate(drawn):
            for column, bloc in enumerate(shown):
                if bloc in votes[proposal]:
                    _draw_cell(axes, row, column, votes[proposal][bloc])

    width = max(7.6, 3.2 + 1.2 * len(shown))
    below = noted(_below(answer, names, len(drawn), len(votes)), width)
    size = width, 1.2 + 0.34 * max(len(drawn), 2) + 0.17 * len(below)
    return picture(draw, title="Blocs, and what they say", below=below, ending=ending, size=size)


def _drawn(answer: Blocs, votes: dict[str, dict[int, BlocVote]]) -> list[str]:
    """Return the proposals that are drawn, in their order: those with a number first, of them what divides blocs."""
    divides = {common.proposal for common in answer.common if common.divides}
    divides_by = {
        proposal: (sum(vote.share is not None for vote in theirs.values()), sum(vote.n for vote in theirs.values()))
        for proposal, theirs in votes.items()
    }
    ranked = sorted(divides_by, key=lambda key: (not divides_by[key][0], key not in divides, -divides_by[key][1], key))
    with_number = [key for key in ranked if divides_by[key][0]]
    return (with_number or ranked)[:MOST_PROPOSALS]


def _draw_cell(axes: Axes, row: int, column: int, vote: BlocVote) -> None:
    """Draw how many of a bloc are in favour of a proposal: in colour where enough of them speak."""
    share = f"{vote.in_favour} of {vote.n}"
    if vote.share is None:
        axes.text(column + 0.5, row + 0.5, share, ha="center", va="center", fontsize=8, color=QUIET, style="italic")
        return
    red, green, blue = colour = _colour(vote.in_favour / vote.n)
    axes.barh(row + 0.5, 0.96, left=column + 0.02, height=0.9, color=colour, edgecolor=QUIET, linewidth=0.4)
    ink = INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"  # how bright it looks (ITU-R BT.601)
    axes.text(column + 0.5, row + 0.5, share, ha="center", va="center", fontsize=9, color=ink)


def _colour(part: float) -> tuple[float, float, float]:
    """Return a colour from against, through neither, to in favour, as red, green and blue from 0 to 1."""
    ends = DIVERGING[0] if part < 0.5 else DIVERGING[2]
    far = abs(part - 0.5) * 2
    middle, end = (tuple(int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)) for code in (DIVERGING[1], ends))
    red, green, blue = (near + (away - near) * far for near, away in zip(middle, end, strict=True))
    return red, green, blue


def _below(answer: Blocs, names: Names, drawn: int, proposals: int) -> list[str]:
    """Return what stands below the picture: who is in which bloc, how sure it is, what a cell means, day and N."""
    meaning = "n of N: so many of those who speak support it or are open to it. Blue: most do, orange: most do not"
    few = f"; grey in italics: fewer than {answer.min_shared} speak" if answer.min_shared > 1 else ""
    lines = [f"{meaning}{few}."]
    most = max(8, MOST_MEMBERS_DRAWN // len(answer.blocs[:MOST_BLOCS]))
    for bloc in answer.blocs[:MOST_BLOCS]:
        members = [names.actor(actor) for actor in bloc.actors]
        rest = len(members) - most
        lines.append(f"Bloc {bloc.bloc}: {', '.join(members[:most])}{f' and {rest} more' if rest > 0 else ''}.")
    if len(answer.blocs) > MOST_BLOCS:
        lines.append(f"{counted(len(answer.blocs) - MOST_BLOCS, 'smaller bloc')} more.")
    lines.append(
        f"{answer.agreeing} of {answer.seeds} seeds gave these blocs; mean adjusted Rand index of any two seeds "
        f"{number(answer.stability)}; the median tie rests on {answer.median_shared:g} shared "
        f"proposal{'s' * (answer.median_shared != 1)}."
    )
    if drawn < proposals:
        lines.append(f"{drawn} of {counted(proposals, 'proposal')}.")
    lines += [what_counts(answer), dateline(answer)]
    return lines
