"""The keys of actors and proposals on the page."""


def actor_key(actor: str) -> str:
    """Return an actor's key on the page.

    The prefix keeps actors apart from proposals, and both from the names that every JavaScript object has: an actor's
    id may well be `constructor`.
    """
    return f"actor/{actor}"


def proposal_key(proposal: str) -> str:
    """Return a proposal's key on the page."""
    return f"proposal/{proposal}"


def id_of(key: str) -> str:
    """Return the id of an actor or a proposal by its key on the page.

    >>> id_of(actor_key("uk"))
    'uk'
    """
    return key.partition("/")[2]
