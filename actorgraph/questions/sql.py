"""The SQL of every question, in one place: plain texts over the tables of `ledger.schema.SCHEMA`.

The texts are portable: what runs in SQLite runs in DuckDB and Spark on the same tables. So they keep to these rules:

- days are integers, yyyymmdd, and an open end is 99991231;
- parameters are `?`, in the order in which they stand;
- interval predicates, joins, `IN` and `GROUP BY`; what SQL is poor at (scenarios, sorting for people, words) happens in
  Python on the few rows that come back;
- `CASE` names its `ELSE`, also where that is NULL;
- no `QUALIFY`, `FILTER`, `max_by`, `IS DISTINCT FROM` or recursive query, and nothing that only one engine has;
- no alias equals the name of a column of the table that is read.
"""

from collections.abc import Iterable
from typing import Final

IN_FORCE: Final = "since <= ? AND until > ?"
"""The one definition of being in force on a day D (given twice): since is inside, until is outside."""

_POSSIBLE: Final = "earliest <= ? AND since > ?"
"""The one definition of being possible, and not in force, on a day D (given twice)."""

IN_FORCE_ON_EITHER: Final = f"(({IN_FORCE}) OR ({IN_FORCE}))"
"""In force on the one or on the other of two days, each given twice."""

EVER_IN_FORCE: Final = "since < until"
"""In force on some day."""

EVER_POSSIBLE: Final = "earliest < since"
"""Possible, and not in force, on some day."""

ANY_DAY: Final = "1 = 1"
"""No condition at all: the lines of every day."""

COMMITMENTS_SAID: Final = f"kind = 'commitment' AND (since <= ? AND since < until OR ({_POSSIBLE}))"
"""The commitments that were in force by a day, or are only possible on it (given three times)."""

OF_ACTOR: Final = "actor = ?"
OF_PROPOSAL: Final = "proposal = ?"
OF_BOTH: Final = f"{OF_ACTOR} AND {OF_PROPOSAL}"

OF_TRACK: Final = f"kind = ? AND {OF_BOTH}"

ON_A_CONDITION: Final = "conditions LIKE ?"
"""With a text in its conditions: more than the lines that depend on one, which Python picks from them."""

BEARING: Final = (
    "SELECT type, id FROM things WHERE body LIKE ? UNION ALL SELECT type, id FROM records WHERE body LIKE ?"
)
"""The things with a text (given twice) in their keys: more than those that name an id, which Python picks from them."""

ON_WHAT_AN_ACTOR_HAS_A_STANCE: Final = (
    "kind = 'stance' AND proposal IN (SELECT h.proposal FROM holdings AS h WHERE h.actor = ? AND h.kind = 'stance')"
)
"""Every stance on the proposals on which an actor has a stance, whenever."""

LAST_BEGUN: Final = f"SELECT MAX(since) FROM holdings WHERE {EVER_IN_FORCE} AND since <= ?"
"""The last day, up to one, on which a position began."""

_ON_RECORD: Final = f"FROM holdings WHERE basis = 'stated' AND {EVER_IN_FORCE}"
PROPOSALS_ON_RECORD: Final = f"SELECT DISTINCT proposal {_ON_RECORD} ORDER BY proposal"
"""The proposals on which something was stated that was in force on some day."""

_STATED: Final = f"FROM holdings WHERE basis = 'stated' AND (({IN_FORCE}) OR ({_POSSIBLE}))"
WHO_STATED_ANYTHING: Final = f"SELECT actor {_STATED}"
"""The actors of whom something is stated that is in force, or possible, on a day (given four times)."""

WHO_STATED_ANYTHING_ON_WHAT: Final = f"SELECT DISTINCT proposal, actor {_STATED}"
"""On which proposals actors have stated something that is in force, or possible, on a day (given four times)."""

WHO_HELD_ANYTHING_BY: Final = "SELECT DISTINCT actor FROM holdings WHERE since <= ?"
"""The actors that have held anything by a day, on whatever proposal."""

HOW_MANY_HAVE_A_STANCE: Final = (
    "SELECT COUNT(DISTINCT actor), COUNT(DISTINCT proposal) FROM holdings "
    f"WHERE {IN_FORCE} AND basis = 'stated' AND kind = 'stance'"
)
"""How many actors have a stance on a day, and on how many proposals."""

_TIES: Final = "SELECT record, actor, relation, target, role, since, until FROM ties"
TIES: Final = f"{_TIES} WHERE {IN_FORCE}"
"""The relations in force on a day."""

TIES_EVER: Final = f"{_TIES} ORDER BY actor, relation, target, since, record"
"""The relations of any time."""

MEMBERS: Final = f"SELECT DISTINCT actor FROM ties WHERE relation = 'member-of' AND target = ? AND {IN_FORCE}"
"""The actors that belong to a group on a day."""

GROUPS: Final = "SELECT DISTINCT target FROM ties WHERE relation = 'member-of' ORDER BY target"
"""The groups that anybody ever belonged to."""

SPOKEN_BY: Final = (
    "SELECT actor, proposal, record FROM speakers WHERE speaker = ? AND day <= ? ORDER BY actor, proposal"
)
"""What an actor had said for others by a day: for whom, on what, and in which record."""

OF_EITHER_END: Final = "(actor = ? OR target = ?)"
TIES_OF: Final = f"{TIES} AND {OF_EITHER_END}"
"""The relations in force on a day from or to an actor (given twice)."""

TIES_EVER_OF: Final = f"{_TIES} WHERE {OF_EITHER_END}"
"""The relations from or to an actor (given twice) at any time."""

EVENTS: Final = (
    "SELECT event, title, date, day, actors, evidence FROM events WHERE day >= ? AND day <= ? ORDER BY day, event"
)
"""The events from one day to another, both inside, oldest first."""


def may_be_disputed(ties: Iterable[str], proposals: int) -> str:
    """Return the condition of being in force on a day (given twelve times) and maybe part of a dispute that day.

    That is: whole tracks that are contested, or of which something is overruled; whatever is held by actors that are
    tied by some relations, on some proposals (so many ids are given last), or both as a stance and as a commitment.

    >>> may_be_disputed(["represents"], 2).count("?")
    14
    """
    track, pair = "kind, actor, proposal", "actor, proposal"
    tied = f"FROM ties WHERE relation IN ({', '.join(repr(relation) for relation in ties)}) AND {IN_FORCE}"
    ways = [
        f"({track}) IN (SELECT {track} FROM holdings WHERE {IN_FORCE} AND contest IS NOT NULL)",
        f"({track}) IN (SELECT {track} FROM overruled WHERE {IN_FORCE})",
        f"actor IN (SELECT actor {tied} UNION SELECT target {tied})",
        f"({pair}) IN (SELECT {pair} FROM holdings WHERE {IN_FORCE} GROUP BY {pair} HAVING COUNT(DISTINCT kind) > 1)",
        *([of_proposals(proposals)] * (proposals > 0)),
    ]
    return in_force(" OR ".join(ways))


def in_force(where: str = "") -> str:
    """Return the condition of being in force on a day (given twice), and of another condition if there is one.

    >>> in_force(OF_ACTOR)
    'since <= ? AND until > ? AND (actor = ?)'
    """
    return f"{IN_FORCE} AND ({where})" if where else IN_FORCE


def maybe_changed(table: str, *, one_by_one: bool) -> str:
    """Return the condition of being in force on either of two days, on a track that may differ between them.

    Not all of such a track is in force on both days, or depends on more: what depends on a condition may change with
    it, or with its scenario, and an amount within the time in which its position is held. Only these lines need to be
    made rows of. Each day is given twice, twice over, and then the earlier and the later one.

    An engine that looks for others of a track line by line, as SQLite does, is spared that `one_by_one` for lines that
    may differ by themselves, as most do: then the earlier and the later day are given after the first four, too. One
    that joins all lines at once would take twice as long for such a text (measured with DuckDB).

    >>> [maybe_changed("holdings", one_by_one=by_one).count("?") for by_one in (False, True)]
    [10, 12]
    """
    same = f"h.kind = {table}.kind AND h.actor = {table}.actor AND h.proposal = {table}.proposal"
    either = "(h.since <= ? AND h.until > ?) OR (h.since <= ? AND h.until > ?)"
    other = f"EXISTS (SELECT h.kind FROM {table} AS h WHERE {same} AND ({either}) AND {_may_differ('h.')})"
    which = f"({_may_differ()} OR {other})" if one_by_one else other
    return f"{IN_FORCE_ON_EITHER} AND {which}"


def _may_differ(of: str = "") -> str:
    """Return the condition of maybe not being the same on an earlier and on a later day (given in this order)."""
    return f"({of}since > ? OR {of}until <= ? OR {of}conditions IS NOT NULL OR {of}amounts IS NOT NULL)"


def number_by(column: str, where: str = ANY_DAY) -> str:
    """Return the text that counts what was stated and in force on some day, by a column: actors or proposals.

    >>> print(number_by("actor", OF_PROPOSAL))
    SELECT actor, COUNT(*) FROM holdings WHERE basis = 'stated' AND since < until AND proposal = ? GROUP BY actor
    """
    return f"SELECT {column}, COUNT(*) {_ON_RECORD} AND {where} GROUP BY {column}"


def actors_by_proposal(positions: int) -> str:
    """Return the text that counts, by proposal, the actors that ever had one of so many positions on it.

    >>> actors_by_proposal(2).partition(" AND ")[2]
    'since < until AND position IN (?, ?) GROUP BY proposal'
    """
    of_positions = _of_some("position", positions)
    return f"SELECT proposal, COUNT(DISTINCT actor) {_ON_RECORD} AND {of_positions} GROUP BY proposal"


def of_proposals(count: int) -> str:
    """Return the condition of being on one of some proposals.

    >>> of_proposals(2)
    'proposal IN (?, ?)'
    """
    return _of_some("proposal", count)


def of_actors(count: int) -> str:
    """Return the condition of being of one of some actors.

    >>> of_actors(2)
    'actor IN (?, ?)'
    """
    return _of_some("actor", count)


def _of_some(column: str, count: int) -> str:
    return f"{column} IN ({', '.join('?' * count)})"


def possible(where: str = "") -> str:
    """Return the condition of being possible on a day (given twice), and of another condition if there is one.

    >>> possible(OF_ACTOR)
    'earliest <= ? AND since > ? AND (actor = ?)'
    """
    return f"{_POSSIBLE} AND ({where})" if where else _POSSIBLE


def in_force_or_possible(where: str) -> str:
    """Return the condition of being in force or possible on a day (given four times), and of another condition.

    >>> in_force_or_possible(OF_ACTOR)
    '((since <= ? AND until > ?) OR (earliest <= ? AND since > ?)) AND (actor = ?)'
    """
    return f"(({IN_FORCE}) OR ({_POSSIBLE})) AND ({where})"


def select_lines(columns: Iterable[str], where: str, *, table: str, stated: bool) -> str:
    """Return the text that reads lines of the holdings table, or of `overruled`, in no order.

    >>> select_lines(("actor", "position"), OF_PROPOSAL, table="holdings", stated=True)
    "SELECT actor, position FROM holdings WHERE (proposal = ?) AND basis = 'stated'"
    """
    basis = " AND basis = 'stated'" if stated else ""
    return f"SELECT {', '.join(columns)} FROM {table} WHERE ({where}){basis}"


def select_lines_in_order(columns: Iterable[str], where: str, *, stated: bool) -> str:
    """Return the text that reads lines of the holdings table by actors, as answers sort them, and proposals.

    The form of a name is what `names.fold` makes of it, and texts sort by their letters' numbers in every engine.

    >>> print(select_lines_in_order(("actor", "position"), OF_PROPOSAL, stated=False))
    SELECT actor, position FROM holdings LEFT JOIN names AS n ON n.type = 'actor' AND n.id = actor AND \
n.spelling = actor_name WHERE (proposal = ?) ORDER BY n.form, actor, proposal
    """
    named = "LEFT JOIN names AS n ON n.type = 'actor' AND n.id = actor AND n.spelling = actor_name"
    text = select_lines(columns, where, table=f"holdings {named}", stated=stated)
    return f"{text} ORDER BY n.form, actor, proposal"


OF_A_PAIR_WITH_SOMETHING_INFERRED: Final = (
    "EXISTS (SELECT h.kind FROM holdings AS h WHERE h.actor = holdings.actor AND h.proposal = holdings.proposal "
    "AND h.basis <> 'stated')"
)
"""On a proposal on which anything is inferred of the same actor, whenever."""
