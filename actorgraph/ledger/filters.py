"""Filters of the record: which evidence counts, before anything is made of it.

A model with less evidence is an edition of it: what is left without evidence goes, and then holdings are made as ever.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict, TypeVar

from actorgraph.asked_dates import day_of
from actorgraph.dates import OPEN, before, ends_on, last_day
from actorgraph.errors import UsageProblem, quoted
from actorgraph.vocabulary import grade, parts_of_grade

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from actorgraph.model.model import Model
    from actorgraph.model.records import Commitment, EventRecord, Evidence, Proposal, Relation, Source, Stance

    _Sourced = TypeVar("_Sourced", Stance, Commitment, Relation, EventRecord)


class Limits(TypedDict, total=False):
    """Which evidence counts. What is left without evidence goes, before anything is made of the rest.

    Args:
        known_by: Leave out what was published after that day; a partial date means its last day.
        min_grade: Leave out evidence that is graded worse than that, such as `C3`: the source has to be C or better,
            and what it says 3 or better. What nobody judged counts as F or 6; so `C6` asks for the source alone.
        without: Sources to leave out, each named by its id, title or url.
    """

    known_by: str | date | None
    min_grade: str | None
    without: Iterable[str]


class Filters(NamedTuple):
    """Which evidence counts: what was published by a day, is graded well enough, and is from no source left out.

    `without` are ids of sources, sorted; one that a model does not have leaves nothing out there. Of `min_grade`,
    reliability and credibility have both to be reached; what nobody judged counts as F or 6.

    >>> from actorgraph.model.loader import load_model
    >>> model = load_model("examples/minimal.yaml")
    >>> [len(Filters(known_by=day).applied(model).stances) for day in (20251130, 20260131)]
    [1, 4]
    >>> Filters().applied(model) is model
    True
    """

    known_by: int = OPEN
    min_grade: str | None = None
    without: tuple[str, ...] = ()

    def narrowed(self, other: Filters) -> Filters:
        """Return the filters that leave what both of two leave.

        >>> Filters(20250131, "C3", ("a",)).narrowed(Filters(20251231, "D2", ("b",)))
        Filters(known_by=20250131, min_grade='C2', without=('a', 'b'))
        """
        grades = [parts_of_grade(least) for least in (self.min_grade, other.min_grade) if least is not None]
        min_grade = "".join(map(min, zip(*grades, strict=True))) if grades else None
        without = tuple(sorted({*self.without, *other.without}))
        return Filters(min(self.known_by, other.known_by), min_grade, without)

    def applied(self, model: Model) -> Model:
        """Return what is left of a model: sources, the evidence from them, and what had no evidence or keeps some.

        A proposal stays; where it had evidence and loses all of it, it loses what that was evidence for. The model
        itself is returned where nothing goes.
        """
        if self == ALL:
            return model
        sources = self._sources(model)
        left = replace(
            model,
            sources=sources,
            proposals=self._proposals(model, sources),
            stances=tuple(self._supported(model.stances, sources)),
            commitments=tuple(self._supported(model.commitments, sources)),
            relations=tuple(self._supported(model.relations, sources)),
            events=tuple(self._supported(model.events, sources)),
        )
        return model if _same(model, left) else left

    def ends_not_counted(self, model: Model) -> dict[str, tuple[str, str]]:
        """Return, of each proposal that goes on since no evidence of its end counts, that end and its fate, by id.

        That is of what was known by the day that they name: of what came out later nobody knew.

        >>> from actorgraph.model.loader import load_model
        >>> troops = load_model("graphs/ukraine-troops")
        >>> Filters(without=("rt-2025-05-28",)).ends_not_counted(troops)
        {'ceasefire-peacekeepers': ('2025-05-28', 'superseded')}
        >>> Filters(known_by=20250101, without=("rt-2025-05-28",)).ends_not_counted(troops)
        {}
        """
        known = Filters(known_by=self.known_by)
        if self == known:
            return {}
        left = self._proposals(model, self._sources(model))
        return {
            key: (str(proposal.until), str(proposal.fate))
            for key, proposal in known._proposals(model, known._sources(model)).items()
            if proposal.fate not in (None, "adopted") and left[key].fate is None
        }

    def _sources(self, model: Model) -> dict[str, Source]:
        """Return the sources of which any evidence can count."""
        return {key: source for key, source in model.sources.items() if self._may_count(key, source)}

    def _proposals(self, model: Model, sources: Mapping[str, Source]) -> dict[str, Proposal]:
        """Return the proposals, with the evidence from such sources that counts."""
        return {key: self._known(proposal, sources, model.sources) for key, proposal in model.proposals.items()}

    def _may_count(self, key: str, source: Source) -> bool:
        """Whether any evidence from a source can count."""
        return (
            last_day(source.published) <= self.known_by
            and key not in self.without
            and self.is_good(grade(source.reliability, 1))
        )

    def is_good(self, mark: str | None) -> bool:
        """Whether evidence of a grade counts, as far as its grade goes."""
        if self.min_grade is None:
            return True
        needed = parts_of_grade(self.min_grade)
        return all(part <= least for part, least in zip(parts_of_grade(mark), needed, strict=True))

    def _supported(self, records: Iterable[_Sourced], sources: Mapping[str, Source]) -> Iterable[_Sourced]:
        """Yield records with the evidence that counts; a relation may have had none to begin with."""
        for record in records:
            evidence = self._counted(record.evidence, sources)
            if len(evidence) == len(record.evidence):
                yield record
            elif evidence:
                yield record.model_copy(update={"evidence": evidence})

    def _known(self, proposal: Proposal, sources: Mapping[str, Source], every: Mapping[str, Source]) -> Proposal:
        """Return a proposal with the evidence that counts: without life and authors where all that it had is gone.

        Where some of it came out once the proposal had ended, and none of that counts, what became of it is gone, too.
        """
        evidence = self._counted(proposal.evidence, sources)
        if len(evidence) == len(proposal.evidence):
            return proposal
        published = {cited.source: every[cited.source].published for cited in proposal.evidence}
        telling = sources_of_end(proposal.fate, proposal.until, published)
        is_end_gone = bool(telling) and telling.isdisjoint(cited.source for cited in evidence)
        gone = NOWHERE_SAID if not evidence else {"until": None, "fate": None} if is_end_gone else {}
        return proposal.model_copy(update={"evidence": evidence, **gone})

    def _counted(self, evidence: Iterable[Evidence], sources: Mapping[str, Source]) -> tuple[Evidence, ...]:
        return tuple(
            cited
            for cited in evidence
            if cited.source in sources and self.is_good(grade(sources[cited.source].reliability, cited.credibility))
        )


def _same(model: Model, left: Model) -> bool:
    """Whether nothing of a model has gone; what has kept all its evidence is still the same object."""
    if len(model.sources) != len(left.sources):
        return False
    sides = [(*side.records, *side.events, *side.proposals.values()) for side in (model, left)]
    return len(sides[0]) == len(sides[1]) and all(map(operator.is_, *sides))


def sources_of_end(fate: str | None, until: str | None, published: Mapping[str, str]) -> set[str]:
    """Return which of its sources can tell what became of a proposal: those that were out on its last day or later.

    None can where it has no fate: an end may be announced. `published` is when each source was, by id.

    >>> published = {"plan": "2024-01-09", "vote": "2024-06-17", "law": "2024-06-30"}
    >>> sorted(sources_of_end("adopted", "2024-06-18", published)), sources_of_end(None, "2024-06-18", published)
    (['law', 'vote'], set())
    """
    if fate is None:
        return set()
    last = before(ends_on(until), "1d")
    return {key for key, day in published.items() if last_day(day) >= last}


NOWHERE_SAID: Final[dict[str, object]] = {"since": None, "until": None, "fate": None, "by": ()}
"""What the evidence of a proposal is for, where there is none."""

ALL: Final = Filters()
"""All evidence counts."""


def limited(limits: Limits) -> tuple[Filters, tuple[str, ...]]:
    """Return the filters that somebody asks for, and the sources to leave out besides, as they are named.

    Raises `UsageProblem` for a bad date, for what is no grade, and for names that are not given in a list.

    >>> limited({"known_by": "2026-01", "min_grade": "c3", "without": ["Town council minutes"]})
    (Filters(known_by=20260131, min_grade='C3', without=()), ('Town council minutes',))
    """
    known_by, min_grade, without = limits.get("known_by"), limits.get("min_grade"), limits.get("without", ())
    if isinstance(without, str) or not isinstance(without, Iterable):
        raise UsageProblem(f"sources to leave out are given in a list of names, not as {without!r}")
    names = tuple(without)
    for name in names:
        if not isinstance(name, str):
            raise UsageProblem(f"a source to leave out is named by a text, not {name!r}")
    day = OPEN if known_by is None else day_of(known_by)
    return Filters(day, None if min_grade is None else checked_grade(min_grade)), names


def checked_grade(text: str) -> str:
    """Return a grade in capitals. Raises `UsageProblem` for what is none.

    >>> checked_grade("c3")
    'C3'
    """
    if not isinstance(text, str) or not re.fullmatch("[A-Fa-f][1-6]", text):
        raise UsageProblem(
            f"{quoted(str(text))} is no grade: it is a letter from A to F for the source and a digit from 1 to 6 for "
            "what it says, such as C3"
        )
    return text.upper()
