"""A report: a brief on each of some proposals and actors, the same questions for all, in Markdown or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.exchange.formats import Option, OutOptions

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(
    ("model", "as_of", "known_by", "stated", "assume", "stale_after", "output", "no_cache"),
    (Option("since", "what changed since that day.  [default: the eve of the last change]", "DATE"),),
    target=("TARGET...", ("proposal", "actor")),
    endings=("md", "html", "htm"),
)


def write(asked: Request, targets: tuple[str, ...], *, since: str | None = None) -> str:
    """Return the report, in the format in which the name of the output file ends: Markdown where it has none."""
    from actorgraph.exchange.exporting.again import command_again
    from actorgraph.explorer.card import card_of, goes_on
    from actorgraph.explorer.report import report_html
    from actorgraph.questions.brief import brief
    from actorgraph.render.evidence import Citations
    from actorgraph.render.report import Briefing, chapter_of, report_markdown, sources_of

    ledger = asked.open()
    ids = tuple(dict.fromkeys(ledger.resolve(target, "proposal", "actor").id for target in targets))
    briefs = [brief(ledger, key, as_of=asked.day, since=since, **asked.marking) for key in ids]
    cards = {key: card_of(ledger, key, as_of=asked.day, compare=since, **asked.marking) for key in ids}
    evidence = Citations()
    chapters = tuple(
        chapter_of(subject, card.question, card.finding, evidence, notes=goes_on(ledger, answer.rows, answer.as_of))
        for subject in briefs
        for card, answer in [(cards[subject.thing.id], subject.positions)]
    )
    again = command_again(asked, "report", ids, since=since)
    sources = {key: source.body for key, source in ledger.by_id(evidence.sources, "source").items()}
    report = Briefing(chapters, sources_of(evidence, sources), cards[ids[0]].made, again)
    if asked.ending.startswith("htm"):
        return report_html(report, {key: card.columns for key, card in cards.items()})
    return report_markdown(report)
