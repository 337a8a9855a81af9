"""diff: what differs between two dates, two scenarios, or two versions of a model."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from actorgraph.asked_dates import day_of
from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.shared import Shared, asked_path, ledger_at, model_path, shared
from actorgraph.dates import iso
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import opened_ledger
from actorgraph.model.paths import is_holdings

if TYPE_CHECKING:
    from actorgraph.ledger.filters import Filters
    from actorgraph.ledger.store import Ledger


@click.command(name="diff")
@click.argument("start", metavar="[FROM", required=False)
@click.argument("end", metavar="TO]", required=False)
@click.option(
    "--base",
    metavar="PATH",
    shell_complete=completion.file,
    help="Another version of the model: what was corrected since.",
)
@click.option(
    "--base-rev",
    metavar="REV[:PATH]",
    help="The model as it stood at a git revision, at PATH then: what was corrected since.",
)
@click.option("--base-known-by", metavar="DATE", help="What was learned between that day and --known-by.")
@click.option(
    "--base-assume",
    metavar="CONDITION",
    multiple=True,
    shell_complete=completion.assumption,
    help="What holds on the first side, where that differs.",
)
@click.option("--all", "every", is_flag=True, help="Also what was only said again, or on other evidence.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where something differs.")
@shared("unmarked")
def diff_(asked: Shared, *, every: bool, exit_code: bool, **sides: Any) -> None:
    """Print what differs between two dates, two scenarios, or two versions of a model.

    FROM TO are two dates: what changed in the world. A partial date means the last day of its period.
    --assume, with --base-assume or nothing on the other side: what a scenario changes on --as-of.
    --base PATH or --base-rev REV[:PATH]: which records were added, removed or corrected since that version, and what
    that changes on --as-of.
    --known-by with --base-known-by: what was learned between two days, and what that changes on --as-of.
    --without SOURCE, --min-grade GRADE or --known-by, and none of these: what goes with the evidence that is left out.
    """
    differs = _diff_versions if _axis(sides, asked) == "versions" else _diff_dates
    if differs(asked, every=every, sides=sides) and exit_code:
        sys.exit(1)


def _axis(sides: dict[str, Any], asked: Shared) -> str:
    """Return what the two sides differ in: versions, dates or scenarios; one at a time, for one meaning.

    The whole record and the evidence that counts are two versions, where nothing else is compared.
    """
    versions = [name for name in ("base", "base_rev", "base_known_by") if sides[name] is not None]
    dates = ["FROM TO"] if sides["start"] is not None else []
    given = [*dates, *(f"--{name.replace('_', '-')}" for name in versions)]
    if len(given) > 1 or (given and sides["base_assume"]):
        given += ["--base-assume"] * bool(sides["base_assume"])
        raise UsageProblem(f"{' and '.join(given)} ask different questions; ask one at a time")
    if sides["start"] is not None and sides["end"] is None:
        raise UsageProblem(f"name a second date: from {sides['start']} to when?")
    if given or sides["base_assume"] or asked.assume:
        return "versions" if versions else "dates"
    if asked.without or asked.min_grade is not None or asked.known_by is not None:
        return "versions"
    raise UsageProblem(
        "what is to be compared? Name two dates, --assume, --base, --base-rev, --base-known-by, or what leaves out "
        "evidence: --without, --min-grade, --known-by"
    )


def _diff_dates(asked: Shared, *, every: bool, sides: dict[str, Any]) -> bool:
    from actorgraph.questions.diff import diff
    from actorgraph.render.diff import changes_grids

    if sides["start"] is not None and asked.as_of is not None:
        raise UsageProblem("FROM TO name the days already; leave --as-of out")
    scenarios = sides["start"] is None
    start, end = (asked.day, asked.day) if scenarios else (sides["start"], sides["end"])
    ledger = asked.open()
    base_assume = sides["base_assume"] if scenarios else None
    changes = diff(ledger, start, end, every=every, base_assume=base_assume, **asked.narrowing)
    print_listing(asked, changes, lambda: changes_grids(changes))
    return bool(changes.changes)


def _diff_versions(asked: Shared, *, every: bool, sides: dict[str, Any]) -> bool:
    from actorgraph.questions.versions import diff_versions
    from actorgraph.render.versions import versions_grids

    ledger = asked.open()
    base = _base(asked, ledger, sides)
    query = {name: value for name, value in sides.items() if name in ("base", "base_rev") and value is not None}
    if base.revision is not None:
        query["base_commit"] = base.revision
    if sides["base_known_by"] is not None:
        query["base_known_by"] = base.known_by
        if ledger.known_by and str(base.known_by) > ledger.known_by:
            raise UsageProblem(f"--base-known-by {base.known_by} comes after --known-by {ledger.known_by}; swap them")
    if not query:
        query = {"base_min_grade": base.min_grade, "base_without": tuple(base.without)}
    changes = diff_versions(base, ledger, as_of=asked.day, every=every, query=query, **asked.narrowing)
    print_listing(asked, changes, lambda: versions_grids(changes))
    return bool(changes)


def _base(asked: Shared, ledger: Ledger, sides: dict[str, Any]) -> Ledger:
    """Return the earlier version. The same evidence counts in it, unless nothing but that is compared."""
    path, cache = asked_path(asked.model), not asked.no_cache
    if sides["base_rev"] is not None:
        from actorgraph.ledger.revision import opened_version

        return opened_version(model_path(asked.model), sides["base_rev"], ledger.filters)
    if sides["base"] is not None:
        return _opened(asked_path(sides["base"]), ledger.filters, cache=cache)
    if sides["base_known_by"] is not None:
        filters = ledger.filters._replace(known_by=day_of(sides["base_known_by"]))
        return _opened(path, filters, cache=cache)
    # What was known by a day counts on both sides, unless nothing but that is compared.
    known_by = asked.known_by if asked.without or asked.min_grade is not None else None
    return ledger_at(path, known_by=known_by, cache=cache)


def _opened(path: str, filters: Filters, *, cache: bool) -> Ledger:
    """Return a ledger of as much evidence as filters leave."""
    if is_holdings(path):
        known_by = iso(filters.known_by)
        return ledger_at(path, cache=cache, known_by=known_by, min_grade=filters.min_grade, without=filters.without)
    return opened_ledger(path, filters, cache=cache)[0]
