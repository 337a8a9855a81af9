"""What became of a model's evidence, in words: a verification as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.render.grid import Grid
from actorgraph.render.phrases import NO_DOCUMENTS
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.questions.verify import Checked, Miss, Verification

_MOST_FILES: Final = 10
_TONES: Final = {"verified": "for", "changed": "against"}


def verification_grids(answer: Verification) -> tuple[Grid, ...]:
    """Return a verification as tables: a line for each source and what to do, then the citations that fail.

    Last are those that cannot be looked up in a copy that is there.
    """
    folder = answer.query["documents"]
    kept = [source for source in answer.sources if source.state != "page"]
    notes = [line for source in kept for line in _notes(source)]
    missing = [str(source.document) for source in answer.sources if _is_only_missing(source)]
    notes += [f"Not in {folder}: {', '.join(missing)}."] * bool(missing)
    pages = [source for source in answer.sources if source.state == "page"]
    notes += [_of_pages(pages)] * bool(pages)
    notes += [f"No source names these files: {_in_short(answer.files)}."] * bool(answer.files)
    sources = Grid(
        above=(f"Is the evidence in {folder}?", f"{_summary(kept)} · model {answer.model}"),
        headings=("SOURCE", "DOCUMENT", "STATE", "CITATIONS"),
        lines=tuple((source.source, source.document or "", _state(source), _counted(source)) for source in kept),
        flexible=frozenset({0, 1, 3}),
        toned=2,
        tones=tuple(_TONES.get(source.state, "between") for source in kept),
        below=tuple(notes),
    )
    failing = _misses("CITATIONS THAT FAIL", answer.misses, "against")
    return sources, *failing, *_misses("CITATIONS THAT CANNOT BE LOOKED UP", answer.unchecked, "between")


def _misses(heading: str, misses: Sequence[Miss], tone: str) -> tuple[Grid, ...]:
    if not misses:
        return ()
    lines = tuple((f"{miss.place}: {miss.record} {miss.message}",) for miss in misses)
    return (Grid((), (heading,), lines, frozenset({0}), 0, (tone,) * len(lines)),)


def _state(source: Checked) -> str:
    return ", ".join(filter(None, (source.state, source.unread)))


def _counted(source: Checked) -> str:
    if source.cited == 0:
        return "not cited"
    rest = source.cited - source.held - source.failed
    if rest == source.cited:
        return f"{rest} not checked"
    parts = [f"{source.held} of {source.cited} found"] + [f"{source.failed} fail"] * bool(source.failed)
    return ", ".join(parts + [f"{rest} not checked"] * bool(rest))


def _notes(source: Checked) -> list[str]:
    """Return what there is to say about a source's document, with a checksum that is needed on a line of its own.

    Documents that are only missing are listed together elsewhere.
    """
    message = f"{source.place}: {source.message}."
    if source.state == "changed":
        advice = "If this is to be cited instead, read every citation again; its checksum is"
        return [f"{message} {advice}", str(source.sha256)]
    if source.state == "unverified":
        return [f"{message} If it is what you read, add to the source:", f"sha256: {source.sha256}"]
    says_nothing_new = _is_only_missing(source) or (source.state == "verified" and "; " not in source.message)
    return [] if says_nothing_new else [message]


def _is_only_missing(source: Checked) -> bool:
    return source.state == "missing" and source.message.startswith(f"{source.document} ")


def _in_short(files: tuple[str, ...]) -> str:
    rest = len(files) - _MOST_FILES
    return ", ".join(files[:_MOST_FILES]) + (f" and {rest} more" if rest > 0 else "")


def _summary(sources: Sequence[Checked]) -> str:
    if not sources:
        return NO_DOCUMENTS
    verified = sum(source.state == "verified" for source in sources)
    cited = sum(source.cited for source in sources)
    held = sum(source.held for source in sources)
    failed = sum(source.failed for source in sources)
    rest = cited - held - failed
    parts = [f"{verified} of {len(sources)} documents verified", f"{held} of {cited} citations found"]
    parts += [f"{failed} fail"] * bool(failed) + [f"{rest} could not be checked"] * bool(rest)
    return " · ".join(parts)


def _of_pages(pages: Sequence[Checked]) -> str:
    are = "source is a web page" if len(pages) == 1 else "sources are web pages"
    cited = counted(sum(source.cited for source in pages), "citation")
    return f"{len(pages)} {are}, of which there is no copy to check: {cited}."
