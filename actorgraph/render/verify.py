"""What became of a model's evidence, in words: a verification as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.render.grid import Grid

if TYPE_CHECKING:
    from actorgraph.questions.verify import Checked, Verification

_MOST_FILES: Final = 10
_TONES: Final = {"verified": "for", "changed": "against"}


def verification_grids(found: Verification) -> tuple[Grid, ...]:
    """Return a verification as tables: a line for each source, then every citation that fails, then what to do."""
    notes = [line for one in found.sources for line in _notes(one)]
    missing = [str(one.document) for one in found.sources if _is_simply_missing(one)]
    notes += [f"Not in {found.query['documents']}: {', '.join(missing)}."] * bool(missing)
    notes += [f"No source names these files: {_in_short(found.files)}."] * bool(found.files)
    sources = Grid(
        (f"Does the evidence stand in {found.query['documents']}?", f"{_summary(found)} · model {found.model}"),
        ("SOURCE", "DOCUMENT", "STATE", "CITATIONS"),
        tuple((one.source, one.document or "", one.state, _counted(one)) for one in found.sources),
        frozenset({0, 1, 3}),
        2,
        tuple(_TONES.get(one.state, "between") for one in found.sources),
        tuple(notes),
    )
    if not found.misses:
        return (sources,)
    lines = tuple((f"{one.place}: {one.record} {one.message}",) for one in found.misses)
    tones = ("against",) * len(lines)
    return sources, Grid((), ("CITATIONS THAT FAIL",), lines, frozenset({0}), 0, tones)


def _counted(one: Checked) -> str:
    if one.cited == 0:
        return "not cited"
    looked_up = one.held + one.failed
    parts = [f"{one.held} of {one.cited} hold"] if looked_up else [f"{one.cited} not looked up"]
    return ", ".join([*parts, *([f"{one.failed} fail"] if one.failed else [])])


def _notes(one: Checked) -> list[str]:
    """Return what there is to say of a source's document, and the checksum on a line of its own where one is wanted.

    That one is missing is told of all at once.
    """
    said = f"{one.place}: {one.message}."
    if one.state == "changed":
        return [f"{said} If this is to be cited instead, read every citation again; its checksum is", str(one.sha256)]
    if one.state == "unverified":
        return [f"{said} If it is what you read, add to the source:", f"sha256: {one.sha256}"]
    plain = _is_simply_missing(one) or (one.state == "verified" and "; " not in one.message)
    return [] if plain else [said]


def _is_simply_missing(one: Checked) -> bool:
    return one.state == "missing" and one.message.startswith(f"{one.document} ")


def _in_short(files: tuple[str, ...]) -> str:
    rest = len(files) - _MOST_FILES
    return ", ".join(files[:_MOST_FILES]) + (f" and {rest} more" if rest > 0 else "")


def _summary(found: Verification) -> str:
    count = len(found.sources)
    verified = sum(one.state == "verified" for one in found.sources)
    cited, held, failed = (sum(getattr(one, name) for one in found.sources) for name in ("cited", "held", "failed"))
    rest = cited - held - failed
    parts = [f"{verified} of {count} documents verified", f"{held} of {cited} citations hold"]
    parts += [f"{failed} fail"] * bool(failed) + [f"{rest} could not be looked up"] * bool(rest)
    return " · ".join(parts)
