"""What does not fit the lives of proposals, or what was undertaken on them: warnings that only `check` looks for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from actorgraph.dates import ends_on, first_day, iso, last_day
from actorgraph.errors import quoted
from actorgraph.model.model import Model
from actorgraph.model.records import Commitment, Proposal
from actorgraph.model.rules import Finding, listed
from actorgraph.vocabulary import REFUSALS


def records_live_with_their_proposals(model: Model) -> Iterator[Finding]:
    """No record lies outside the life of its proposal; after an adoption positions go on."""
    dated = {key: proposal for key, proposal in model.proposals.items() if proposal.since or proposal.until}
    for section, records in (("stances", model.stances), ("commitments", model.commitments)):
        for number, record in enumerate(records if dated else ()):
            proposal = dated.get(record.proposal)
            if proposal and (misfit := _misfit(record.date, model.in_force_from(record), proposal)):
                code, message = misfit
                message = f"dated {record.date}, {message.format(quoted(record.proposal))}"
                yield Finding(code, message, (section, number), ("date",))


def _misfit(date: str, since: int, proposal: Proposal) -> tuple[str, str] | None:
    """Return the code and the message where a record does not fit the life of its proposal, `{}` for that."""
    if proposal.since and last_day(date) < first_day(proposal.since):
        return "AG113", f"but {{}} was on the table since {proposal.since} only"
    if proposal.until and proposal.fate != "adopted" and since >= ends_on(proposal.until):
        return _too_late(date, since, proposal.until, f"({proposal.fate}, until {proposal.until})")
    return None


def _too_late(date: str, since: int, until: str, life: str) -> tuple[str, str]:
    """Return the code and the message for a record that counts from no day on which its proposal stood."""
    first, end, left_out = first_day(date), ends_on(until), last_day(until)
    if first > left_out:
        return "AG113", f"but {{}} had ended {life}"
    if first < end:
        return "AG113", f"so it counts from {iso(since)} only, when {{}} had ended {life}"
    if end == left_out:
        return "AG114", f"the first day without {{}} {life}; if it still stood then, its until is the next day"
    return "AG114", f"which the end of {{}} leaves out {life}; say to the day when it ended"


def successions_are_whole(model: Model) -> Iterator[Finding]:
    """What is succeeded has an end."""
    for key, proposal in model.proposals.items():
        for at, older in enumerate(proposal.succeeds):
            if older in model.proposals and model.proposals[older].until is None:
                message = f"{quoted(key)} succeeds {quoted(older)}, which has no end and no fate"
                yield Finding("AG116", message, ("proposals", key), ("succeeds", at))


def what_was_superseded_has_a_successor(model: Model) -> Iterator[Finding]:
    """What was superseded is succeeded by something."""
    succeeded = {older for proposal in model.proposals.values() for older in proposal.succeeds}
    for key, proposal in model.proposals.items():
        if proposal.fate == "superseded" and key not in succeeded:
            message = f"{quoted(key)} was superseded, but nothing succeeds it"
            yield Finding("AG115", message, ("proposals", key), ("fate",), about=key)


def authors_have_stances(model: Model) -> Iterator[Finding]:
    """Who put a proposal forward has a stance on it."""
    holders = {(stance.actor, stance.proposal) for stance in model.stances}
    for key, proposal in model.proposals.items():
        for at, author in enumerate(proposal.by):
            if (author, key) not in holders:
                message = f"{quoted(author)} put {quoted(key)} forward, but no stance says what it thinks of it"
                yield Finding("AG117", message, ("proposals", key), ("by", at), about=key)


def amounts_have_one_unit(model: Model) -> Iterator[Finding]:
    """All amounts of a proposal are in the unit of the first one."""
    first: dict[str, Commitment] = {}
    for number, record in enumerate(model.commitments):
        if record.amount is None:
            continue
        before = first.setdefault(record.proposal, record)
        if before.amount and before.amount.unit != record.amount.unit:
            message = (
                f"in {record.amount.unit}, but {quoted(before.id)} is in {before.amount.unit}; they cannot be summed"
            )
            yield Finding("AG118", message, ("commitments", number), ("amount", "unit"))


def addressees_are_kept(model: Model) -> Iterator[Finding]:
    """No undertaking names other addressees than an earlier one on the same proposal that still stands.

    It may name fewer, and one to everybody stands beside those to somebody, as a rule beside its exceptions.
    """
    tracks: dict[tuple[str, str], list[tuple[int, Commitment]]] = defaultdict(list)
    for number, record in enumerate(model.commitments):
        if record.stage != "threatens":
            tracks[record.actor, record.proposal].append((number, record))
    for track in tracks.values():
        standing: dict[str, Commitment] = {}
        for number, record in sorted(track, key=lambda entry: last_day(entry[1].date)) if len(track) > 1 else ():
            for before in _neglected(record, standing):
                message = f"toward {listed(record.toward)}, but {quoted(before.id)} still stands"
                message += f" toward {listed(before.toward)}; end that one, or name them here too"
                yield Finding("AG119", message, ("commitments", number), ("toward",))
            standing = standing | dict.fromkeys(record.toward, record) if record.toward else {}


def _neglected(record: Commitment, standing: Mapping[str, Commitment]) -> Iterator[Commitment]:
    """Yield the earlier undertakings, by addressee, that go on unnamed beside a later one to others; each once."""
    day = last_day(record.date)
    earlier = {before.id: before for addressee, before in standing.items() if addressee not in record.toward}
    for before in earlier.values() if record.stage not in REFUSALS else ():
        names_others = not set(record.toward) <= set(before.toward)
        if names_others and before.stage not in REFUSALS and last_day(before.date) < day < ends_on(before.until):
            yield before
