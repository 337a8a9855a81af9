"""What became of undertakings: numbers by actor, a line for each, and a picture of how long they took."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Final

from actorgraph.dates import in_table, number_of_day
from actorgraph.questions.cells import amount_in_words, condition_in_words, several
from actorgraph.questions.options import NARROWINGS
from actorgraph.questions.undertakings import CERTAIN, CONTESTED, DELIVERED, OUTCOMES, POSSIBLE, STILL_OPEN
from actorgraph.render import pictures
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind
from actorgraph.render.phrases import Names, conditions_in, under, up_to
from actorgraph.render.totals import total
from actorgraph.vocabulary import counted as counted_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from actorgraph.questions.pledges import Fulfilment, Pledges
    from actorgraph.questions.undertakings import Reached, Undertaking

_MOST_DRAWN: Final = 40
"""How many undertakings a picture has at most: those that began last."""

_READ: Final = (
    "P pledged, A allocated, D delivered; an arrow: still open; a cross: withdrawn, lapsed or ended; "
    "a thin line: it may have begun by then."
)

_LABEL: Final = 52
"""How many letters of whose an undertaking is, and on what, stand beside its bar."""

_ASSUMED: Final = (
    "Days are from the first pledge on record to the first delivery, at least and at most, as the dates allow. What is "
    "pledged to several is followed toward each. Where no pledge is on record, there is no number."
)
MEDIAN: Final = (
    "MEDIAN is of the days of what was delivered after a pledge on record (so many in brackets), a dash where they are "
    "fewer than {}; what is still open, or was taken back, is not in it."
)


def _none(answer: Pledges) -> str:
    """Say that nothing that was asked about has been undertaken, by whom or on whatever it was asked."""
    asked = " that was asked about" if "target" in answer.query or any(map(answer.query.get, NARROWINGS)) else ""
    return f"No pledge, allocation or delivery{asked} is on record by that day{under(answer)}."


def pledges_grids(answer: Pledges) -> tuple[Grid, ...]:
    """Return what became of undertakings as tables: the numbers of each actor, and a line for each of them."""
    names = Names(answer.about)
    above = (_question(answer, names), up_to(answer))
    if not answer.undertakings:
        return (Grid(above, (), (), below=(_none(answer),)),)
    below = (
        *_assumed(answer),
        *([] if answer.rows else conditions_in(answer, (), _conditions(answer))),
        _total(answer),
    )
    return (
        _numbers(answer, names)._replace(above=above),
        _each(answer, names)._replace(below=below),
        *behind(answer, names),
    )


def _question(answer: Pledges, names: Names) -> str:
    target = answer.query.get("target")
    if target is None:
        return "What became of the pledges?"
    if answer.about.target_type == "actor":
        return f"{names.actor(target)}: what became of the pledges?"
    return f"What became of the pledges on {names.title(target)}?"


def _assumed(answer: Pledges) -> tuple[str, ...]:
    return MEDIAN.format(answer.query["min_delivered"]), _ASSUMED, *_unknown_since(answer)


def _unknown_since(answer: Pledges) -> tuple[str, ...]:
    """Return what an answer of a day long after its latest source does not know of what is open."""
    latest, dated = answer.about.latest_source, answer.about.latest_source_date
    if latest is None or not any(each.outcome == STILL_OPEN for each in answer):
        return ()
    days = number_of_day(answer.as_of) - number_of_day(latest)
    if days < _LONG_AFTER:
        return ()
    least = "" if dated == latest else "at least "
    missing = "whether what is open has been delivered since is not on record."
    return (f"The latest source came out {least}{days:,} days before that day: {missing}",)


_LONG_AFTER: Final = 30
"""So many days after the latest source much may have been delivered that no source tells."""


def _conditions(answer: Pledges) -> list[str]:
    return [condition for undertaking in answer for condition in undertaking.conditions]


def _total(answer: Pledges) -> str:
    numbers = {outcome: sum(each.outcome == outcome for each in answer) for outcome in OUTCOMES}
    certain = sum(numbers[outcome] for outcome in CERTAIN)
    in_part = sum(each.is_in_part for each in answer if each.outcome == DELIVERED)
    of_these = {DELIVERED: f" ({in_part:,} in part)" if in_part else ""}
    parts = [f"{numbers[outcome]:,} {outcome}{of_these.get(outcome, '')}" for outcome in CERTAIN if numbers[outcome]]
    unclear = [f"{numbers[outcome]:,} {outcome}" for outcome in (CONTESTED, POSSIBLE) if numbers[outcome]]
    line = total(counted_in_words(certain, "undertaking"), parts)
    return f"{line} Not counted: {', '.join(unclear)}." if unclear else line


def _numbers(answer: Pledges, names: Names) -> Grid:
    """Return a line for each actor; outcomes that nobody has are no column."""
    shown = [outcome for outcome in OUTCOMES if any(getattr(each, outcome) for each in answer.by_actor)]
    lines = tuple(
        (
            names.actor(fulfilment.actor),
            f"{fulfilment.n:,}",
            *(f"{getattr(fulfilment, outcome):,}" for outcome in shown),
            _median(fulfilment),
        )
        for fulfilment in answer.by_actor
    )
    headings = ("ACTOR", "N", *(outcome.upper() for outcome in shown), "MEDIAN")
    return Grid((), headings, lines, frozenset({0}))


def _median(fulfilment: Fulfilment) -> str:
    return f"{days_in_words(fulfilment.median_at_least, fulfilment.median_at_most)} ({fulfilment.timed:,})"


_DAYS: Final = ",.10g"
"""How a number of days, which may be half a day more, is printed."""


def days_in_words(at_least: float | None, at_most: float | None) -> str:
    """Return how many days something took, as far as the dates say; a dash where there is no number.

    >>> days_in_words(3.0, 3.0), days_in_words(1, 1), days_in_words(0, 12.5), days_in_words(1461, None)
    ('3 days', '1 day', '0–12.5 days', 'at least 1,461 days')
    """
    if at_least is None:
        return "–"
    if at_most is None:
        return f"at least {at_least:{_DAYS}} day{'s' * (at_least != 1)}"
    if at_least == at_most:
        return f"{at_least:{_DAYS}} day{'s' * (at_least != 1)}"
    return f"{at_least:{_DAYS}}–{at_most:{_DAYS}} days"


def _each(answer: Pledges, names: Names) -> Grid:
    earlier = (None, *answer.undertakings[:-1])
    lines = tuple(
        (
            "" if last is not None and last.actor == undertaking.actor else names.actor(undertaking.actor),
            _on_what(undertaking, names),
            "\n".join(map(_step_in_words, undertaking.steps)),
            outcome_in_words(undertaking, answer),
        )
        for last, undertaking in zip(earlier, answer, strict=True)
    )
    tones = tuple(_TONES.get(each.outcome, "between") for each in answer)
    return Grid((), ("ACTOR", "UNDERTAKING", "STEPS", "OUTCOME"), lines, frozenset({0, 1, 3}), 3, tones)


def _step_in_words(step: Reached) -> str:
    amount = f" {amount_in_words(step.amount)}" if step.amount else ""
    return f"{in_table(step.date)} {step.stage}{amount}"


_TONES: Final = {DELIVERED: "for", "withdrawn": "against", "lapsed": "against", "ended": "against"}


def _on_what(undertaking: Undertaking, names: Names) -> str:
    toward = f" toward {names.actor(undertaking.toward)}" if undertaking.toward else ""
    return f"{names.proposal(undertaking.proposal)}{toward}"


def outcome_in_words(undertaking: Undertaking, answer: Pledges) -> str:
    """Return what became of an undertaking of an answer, in a few words."""
    leaves_out = answer.assume or answer.without or answer.min_grade or answer.known_by
    no_pledge = "no pledge that counts" if leaves_out else "no pledge on record"
    days = days_in_words(undertaking.days_at_least, undertaking.days_at_most)
    if undertaking.outcome == DELIVERED:
        delivered = "delivered in part" if undertaking.is_in_part else "delivered"
        return f"{delivered}; {no_pledge}" if undertaking.days_at_least is None else f"{delivered} after {days}"
    if undertaking.outcome == STILL_OPEN:
        stands = "open" if undertaking.days_at_least is None else f"open for {days}"
        bound = ", ".join([stands, *map(condition_in_words, undertaking.conditions)])
        return f"{bound}; {no_pledge}" if undertaking.days_at_least is None else bound
    if undertaking.outcome in (CONTESTED, POSSIBLE):
        return {CONTESTED: "contested: the record disagrees with itself", POSSIBLE: "possible: perhaps said later"}[
            undertaking.outcome
        ]
    fate = f" with the proposal ({undertaking.fate})" if undertaking.fate else ""
    return f"{undertaking.outcome}{fate} {in_table(undertaking.closed_date or '')}"


def pledges_picture(answer: Pledges, ending: str) -> bytes:
    """Return a bar for each undertaking from its start to its delivery, its end or the day, as SVG or PNG.

    What is still open has an arrow at its end, and a thin line leads back to the first day on which it may have begun.
    What is contested or only possible is not drawn, and counted. Raises `UsageProblem` where nothing else is there.
    """
    names = Names(answer.about)
    certain = [each for each in answer if each.outcome in CERTAIN]
    if not certain:
        raise pictures.nothing_to_draw(_total(answer) if answer.undertakings else _none(answer))
    drawn = sorted(sorted(certain, key=lambda undertaking: undertaking.steps[0].since)[-_MOST_DRAWN:], key=_by_actor)
    left_out = [
        *([f"the {len(certain) - len(drawn):,} that began first"] if len(certain) > len(drawn) else []),
        *([f"{len(answer) - len(certain):,} contested or possible"] if len(answer) > len(certain) else []),
    ]
    below = (
        up_to(answer),
        f"N = {counted_in_words(len(certain), 'undertaking')}. {_READ}",
        *([f"Not drawn: {several(left_out)}."] if left_out else []),
    )
    title = shorten(_question(answer, names), 90, placeholder="…")
    tall = max(1.8, 0.3 * len(drawn) + 1.1)
    return pictures.picture(
        lambda axes: _bars(axes, drawn, answer, names), title=title, below=below, ending=ending, size=(10, tall)
    )


def _by_actor(undertaking: Undertaking) -> tuple[str, str, str]:
    return undertaking.actor_name, undertaking.actor, undertaking.steps[0].since


def _bars(axes: Axes, drawn: Sequence[Undertaking], answer: Pledges, names: Names) -> None:
    today = number_of_day(answer.as_of)
    for row, undertaking in enumerate(drawn):
        begun, end = number_of_day(undertaking.steps[0].since), _end(undertaking, today)
        color, hatch = _LOOKS[undertaking.outcome]
        earliest = undertaking.steps[0].earliest
        if earliest is not None and number_of_day(earliest) < begun:
            axes.plot([number_of_day(earliest), begun], [row, row], color=pictures.QUIET, linewidth=1)
        axes.barh(row, end - begun, left=begun, height=0.5, color=color, hatch=hatch, edgecolor="white")
        for step in undertaking.steps:
            axes.plot(number_of_day(step.since), row, "o", color=pictures.INK, markersize=3)
            letter = _LETTERS[step.stage]
            axes.text(number_of_day(step.since), row - 0.32, letter, ha="center", va="bottom", fontsize=6)
        mark = {DELIVERED: "o", STILL_OPEN: ">"}.get(undertaking.outcome, "x")
        axes.plot(end, row, mark, color=pictures.INK, markersize=5, zorder=3)
        axes.annotate(
            f" {outcome_in_words(undertaking, answer)}",
            (end, row),
            (6, 0),
            textcoords="offset points",
            fontsize=8,
            va="center",
        )
    axes.set_yticks(range(len(drawn)), [_label(each, names) for each in drawn])
    axes.set_ylim(len(drawn) - 0.4, -0.8)
    first = min(number_of_day(each.steps[0].earliest or each.steps[0].since) for each in drawn)
    last = max(_end(each, today) for each in drawn)
    span = max(last - first, 30)
    axes.set_xlim(last - span - 0.04 * span, last + 0.75 * span)
    days = days_below(last - span, last)
    axes.set_xticks(list(days), list(days.values()))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


_LETTERS: Final = {"pledges": "P", "allocates": "A", "delivers": "D"}
_LOOKS: Final = {
    DELIVERED: (pictures.FOR, ""),
    STILL_OPEN: (pictures.BETWEEN, "...."),
    "withdrawn": (pictures.AGAINST, "////"),
    "lapsed": (pictures.AGAINST, "xxxx"),
    "ended": (pictures.AGAINST, "\\\\\\\\"),
}


def _label(undertaking: Undertaking, names: Names) -> str:
    return shorten(f"{names.actor(undertaking.actor)}: {_on_what(undertaking, names)}", _LABEL, placeholder="…")


def _end(undertaking: Undertaking, today: int) -> int:
    """Return the last day of a bar: the delivery, the first day on which it was over, or the day asked about."""
    delivered: Reached | None = undertaking.step("delivers")
    if undertaking.outcome == DELIVERED and delivered is not None:
        return number_of_day(delivered.since)
    return today if undertaking.closed is None else number_of_day(undertaking.closed)


_APART: Final = 0.2
"""What part of the span of a picture a day that is written below it has for itself."""

_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""How many months may be between two days that are written below a picture."""


def days_below(first: int, last: int) -> dict[int, str]:
    """Return the days to write below a picture, with their words: begins of months or years that have room.

    Days are ordinals. Where no two begins are between `first` and `last`, it is these two.

    >>> from datetime import date
    >>> list(days_below(date(2024, 1, 1).toordinal(), date(2024, 12, 1).toordinal()).values())
    ['2024-01', '2024-04', '2024-07', '2024-10']
    >>> list(days_below(date(2020, 1, 20).toordinal(), date(2020, 2, 19).toordinal()).values())
    ['2020-01-20', '2020-02-19']
    """
    from datetime import date

    begin, end = date.fromordinal(first), date.fromordinal(last)
    step = next((step for step in _STEPS if step * 28 >= (last - first) * _APART), _STEPS[-1])
    months = range(begin.year * 12 // step * step, end.year * 12 + 12, step)
    begins = [date(month // 12, month % 12 + 1, 1) for month in months if month >= 12]
    labels = {day.toordinal(): day.isoformat()[: 4 if step >= 12 else 7] for day in begins if begin <= day <= end}
    return labels if len(labels) > 1 else {first: begin.isoformat(), last: end.isoformat()}
