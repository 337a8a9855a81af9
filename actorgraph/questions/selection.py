"""What a question is narrowed to: which actors and proposals it leaves."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from actorgraph.questions.envelope import ReadOnly

if TYPE_CHECKING:
    from actorgraph.ledger.things import Thing


class Selection(NamedTuple):
    """The actors and proposals that a question is narrowed to, by id; None where it is not narrowed by them.

    `about` is the proposal that is asked about, where one is, and with `parts` all its parts, as far as the tag leaves
    them. `asked` is what a query says of it all.
    """

    actors: frozenset[str] | None
    proposals: frozenset[str] | None
    about: tuple[str, ...]
    asked: Mapping[str, Any]

    @property
    def is_whole(self) -> bool:
        """Whether it leaves every actor and every proposal."""
        return self.actors is None and self.proposals is None

    def admits(self, actor: str, *proposals: str) -> bool:
        """Whether a position of an actor on a proposal, or a change from one proposal to another, is left."""
        return self.admits_actor(actor) and (self.proposals is None or not self.proposals.isdisjoint(proposals))

    def admits_actor(self, actor: str) -> bool:
        """Whether an actor is left."""
        return self.actors is None or actor in self.actors

    def admits_proposal(self, proposal: str) -> bool:
        """Whether a proposal is left."""
        return self.proposals is None or proposal in self.proposals

    def concerns(self, thing: "Thing") -> bool:
        """Whether a thing as curated is about actors and proposals that are left.

        What names no actor is of no kind and group, and what names no proposal bears no tag.
        """
        actors, proposals = _named_in(thing)
        return (self.actors is None or not self.actors.isdisjoint(actors)) and (
            self.proposals is None or not self.proposals.isdisjoint(proposals)
        )

    @property
    def named(self) -> tuple[str, ...]:
        """The ids of the actors that it names: its group."""
        return (self.asked["group"],) if "group" in self.asked else ()

    def or_else(self, other: "Selection") -> "Selection":
        """Return what this selection or another one leaves, as of the same question on two days.

        >>> week, month = (Selection(frozenset(actors), None, (), ReadOnly({})) for actors in ("a", "ab"))
        >>> sorted(week.or_else(month).actors)
        ['a', 'b']
        """
        return self._replace(
            actors=None if self.actors is None or other.actors is None else self.actors | other.actors,
            proposals=None if self.proposals is None or other.proposals is None else self.proposals | other.proposals,
        )


def _named_in(thing: "Thing") -> tuple[list[str], list[str]]:
    """Return the ids of the actors and of the proposals that a thing is, or of which it is a record."""
    if thing.type in ("actor", "proposal"):
        return ([thing.id], []) if thing.type == "actor" else ([], [thing.id])
    keys = {"relation": ("actor", "to"), "stance": ("actor",), "commitment": ("actor",)}.get(thing.type, ())
    values = [thing.body[key] for key in keys]
    actors = [actor for value in values for actor in ([value] if isinstance(value, str) else value)]
    return actors, [thing.body["proposal"]] if "proposal" in thing.body else []


def all_about(proposal: str | None) -> Selection:
    """Return the selection of a question that is not narrowed, about a proposal or about none.

    >>> all_about("harbour").about, all_about(None).admits("anybody", "anything")
    (('harbour',), True)
    """
    return Selection(None, None, () if proposal is None else (proposal,), ReadOnly({}))
