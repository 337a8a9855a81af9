"""The rules of `ledger.holdings` as SQL: what the statements of many tracks amount to, by window functions.

It begins with the table `statements`, as `engines.statements` cleans it, and ends in the stated lines of the holdings
table. Tracks on which anything depends on a condition, or has an amount, are not in it: `ledger.holdings` works them
out, as it does for curated models. A test holds the two to each other, line by line.

The texts run unchanged on SQLite, DuckDB and Spark, but for how texts are joined in an order, which each engine words
itself. A *track* is (kind, actor, proposal, addressee) here; the addressee of what is addressed to nobody in particular
is empty. Tracks and records go by numbers: windows over four texts take three times as long (measured). Dates that are
printed go along as keys, of which the least is that of the shortest period: seven digits, its days, and then the date.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from actorgraph.dates import OPEN
from actorgraph.engines.contests import PARTS, TURNS, certain
from actorgraph.engines.possible import POSSIBLE, WINDOWS
from actorgraph.engines.sql import AS_READ, BEFORE, SO_FAR, as_json, in_force_from, lesser, of_one_track

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.engines.table_engine import TableEngine

# -- records ---------------------------------------------------------------------------------------------------

_ONE_EACH: Final = """
SELECT id, kind, actor, proposal, position, date, date_key, first, last, until, until_key, toward, speaker, published,
    evidence
FROM statements"""

_JOINED: Final = """
SELECT id, MIN(kind) AS kind, MIN(actor) AS actor, MIN(proposal) AS proposal, MIN(position) AS position,
    MIN(date) AS date, MIN(date_key) AS date_key, MIN(first) AS first, MIN(last) AS last, MIN(until) AS until,
    MIN(until_key) AS until_key, MIN(toward) AS toward, MIN(speaker) AS speaker, MIN(published) AS published,
    {evidence} AS evidence
FROM statements GROUP BY id"""
"""Rows of one record, which differ in nothing but their evidence, as one."""


def sayings(engine: TableEngine, *, joined: bool) -> str:
    """Return every record at work (`ledger.holdings.Said`), within the lives of whom and what it is about.

    Args:
        engine: What joins the evidence.
        joined: Whether several rows may be one record.
    """
    rows = _JOINED.format(evidence=engine.joined("evidence", AS_READ)) if joined else _ONE_EACH
    begin = "CASE WHEN p.possible_from > COALESCE(a.possible_from, 0) THEN p.possible_from ELSE a.possible_from END"
    dated = f"""
SELECT r.*, {in_force_from("r")} AS day, {begin} AS life_from,
    COALESCE(a.ends, {OPEN}) AS actor_ends, a.ends_key AS actor_key, COALESCE(p.ends, {OPEN}) AS proposal_ends,
    p.ends_key AS proposal_key
FROM ({rows}) AS r
LEFT JOIN lives AS a ON a.type = 'actor' AND a.id = r.actor
LEFT JOIN lives AS p ON p.type = 'proposal' AND p.id = r.proposal"""
    clipped = f"""
SELECT d.*, CASE WHEN first < life_from THEN life_from ELSE first END AS begins,
    CASE WHEN until <= actor_ends AND until <= proposal_ends THEN until
        WHEN actor_ends <= proposal_ends THEN actor_ends ELSE proposal_ends END AS ends
FROM ({dated}) AS d"""
    own, actors, proposals = (
        f"CASE WHEN c.{day} = c.ends THEN c.{key} ELSE NULL END"
        for day, key in (("until", "until_key"), ("actor_ends", "actor_key"), ("proposal_ends", "proposal_key"))
    )
    return f"""
SELECT ROW_NUMBER() OVER (ORDER BY c.id) AS record, c.id, c.kind, c.actor, c.proposal, c.position, c.toward, c.speaker,
    c.date_key, c.day,
    CASE WHEN c.begins < c.day THEN c.begins ELSE c.day END AS earliest,
    c.ends AS until, {lesser(own, f"({lesser(actors, proposals)})")} AS until_key,
    '[' || {as_json("c.id")} || ',' || c.day || ',' ||
    CASE WHEN c.first = c.last AND LENGTH(c.date) = 10 THEN 'null' ELSE '"' || c.date || '"' END || ',' ||
    COALESCE({as_json("c.speaker")}, 'null') || ',[' || COALESCE(c.evidence, '') || ']]' AS said
FROM ({clipped}) AS c"""


_SPEAKERS: Final = """
SELECT s.speaker, s.actor, s.proposal, s.id AS record, s.day FROM ({sayings}) AS s
WHERE s.until > s.day OR (s.earliest > 0 AND s.earliest < s.day AND s.earliest < s.until)"""


def make_speakers(engine: TableEngine, table: str) -> None:
    """Make `speakers` of a table of statements: who said which record for whom, and from which day on it counts."""
    engine.view("statements", f"SELECT * FROM {table} WHERE speaker <> actor")
    ((rows, records),) = engine.run("SELECT COUNT(*), COUNT(DISTINCT id) FROM statements")
    engine.make("speakers", _SPEAKERS.format(sayings=sayings(engine, joined=rows > records)))


_TRACKS: Final = """
SELECT t.*, ROW_NUMBER() OVER (ORDER BY kind, actor, proposal, addressee) AS track,
    DENSE_RANK() OVER (ORDER BY kind, actor, proposal) AS family
FROM (SELECT DISTINCT kind, actor, proposal, addressee FROM ({each}) AS e) AS t"""
"""Every track, by its number; those of one actor on one proposal, toward whomever, are a family."""


def addressed_to(*, addressed: bool) -> str:
    """Return each record once toward each of its addressees.

    Args:
        addressed: Whether any record has an addressee.
    """
    if not addressed:
        return "SELECT s.*, '' AS addressee FROM sayings AS s"
    return (
        "SELECT s.*, COALESCE(a.addressee, '') AS addressee FROM sayings AS s "
        "LEFT JOIN addressees AS a ON a.toward = s.toward"
    )


def on_tracks(*, addressed: bool) -> str:
    """Return each record once on each of its tracks."""
    return f"""
SELECT t.track, t.family, e.addressee, e.record, e.position, e.day, e.earliest, e.until, e.date_key, e.until_key
FROM ({addressed_to(addressed=addressed)}) AS e JOIN tracks AS t
    ON {of_one_track("t", "e")} AND t.addressee = e.addressee"""


# -- supersession ----------------------------------------------------------------------------------------------


def superseded(*, addressed: bool) -> str:
    """Return the records with the day from which they are superseded, if ever.

    A record is superseded from the first day on which another record of its track counts whose earliest day is later
    than its own day. A record to everybody supersedes one to somebody in the same way. Each record stands twice in one
    list, from the last day to the first: on its day it asks, on its earliest day it offers the day from which it
    counts; who asks takes the least day that was offered further up. (A window over a RANGE of later days says the same
    where no date is vague; on a million records of one day it takes ten times as long.)

    Args:
        addressed: Whether any record has an addressee.
    """
    latest_first = f"ORDER BY moment DESC, offers {SO_FAR}"
    by_general = f"""MIN(CASE WHEN offers = 1 AND addressee = '' THEN day ELSE NULL END)
        OVER (PARTITION BY family {latest_first})"""
    return f"""
SELECT u.*, {lesser("by_own", "by_general")} AS superseded FROM (
    SELECT m.*, MIN(CASE WHEN offers = 1 THEN day ELSE NULL END) OVER (PARTITION BY track {latest_first}) AS by_own,
        {by_general if addressed else "NULL"} AS by_general
    FROM (
        SELECT t.*, day AS moment, 0 AS offers FROM on_tracks AS t
        UNION ALL
        SELECT t.*, earliest AS moment, 1 AS offers FROM on_tracks AS t WHERE earliest > 0
    ) AS m
) AS u WHERE offers = 0"""


def standing(*, addressed: bool) -> str:
    """Return the records that stand at all, each from its `day` until its `ends`, with the run in which it does.

    Runs are numbered for each position of a track. `meets` is 1 where an earlier record of the track stands still:
    only there can anything be contested.
    """
    by_position = "PARTITION BY track, position ORDER BY day, record"
    return f"""
SELECT n.*, SUM(begins) OVER ({by_position} {SO_FAR}) AS run FROM (
    SELECT e.*,
        CASE WHEN MAX(ends) OVER ({by_position} {BEFORE}) >= day THEN 0 ELSE 1 END AS begins,
        CASE WHEN MAX(ends) OVER (PARTITION BY track ORDER BY day, record {BEFORE}) > day THEN 1 ELSE 0 END AS meets
    FROM (
        SELECT track, record, position, day, earliest, until, date_key, until_key,
            {lesser("superseded", "until")} AS ends
        FROM ({superseded(addressed=addressed)}) AS s
    ) AS e WHERE ends > day
) AS n"""


_CROSSED: Final = """
SELECT track FROM standing GROUP BY track HAVING MAX(meets) = 1 AND MIN(position) < MAX(position)"""
"""The tracks on which records of different positions may stand on one day."""


# -- runs ------------------------------------------------------------------------------------------------------

_HEARD: Final = "SELECT track, day, MIN(date_key) AS heard_key FROM on_tracks GROUP BY track, day"
_HEARD_BY_ALL: Final = """
SELECT family, day, MIN(date_key) AS heard_key FROM on_tracks WHERE addressee = '' GROUP BY family, day"""


def runs(engine: TableEngine, *, addressed: bool) -> str:
    """Return every run: the unbroken time in which a track has a position, with the dates by which it is told.

    It begins on the shortest date of those with which it begins, and ends on the shortest of what was heard on the day
    of its end and of the ends of its own records.
    """
    whole = (
        "SELECT track, position, run, MIN(day) AS since, MAX(ends) AS until FROM standing GROUP BY track, position, run"
    )
    alone = f"""
SELECT b.track, b.position, b.run, b.since, b.until,
    MIN(CASE WHEN s.day = b.since THEN s.date_key ELSE NULL END) AS since_key,
    MIN(CASE WHEN s.until = b.until AND s.ends = b.until THEN s.until_key ELSE NULL END) AS own_key,
    {engine.joined("r.said", "s.day, s.record")} AS said
FROM ({whole}) AS b
JOIN standing AS s ON s.track = b.track AND s.position = b.position AND s.run = b.run
JOIN sayings AS r ON r.record = s.record
GROUP BY b.track, b.position, b.run, b.since, b.until"""
    to_all = f"""
LEFT JOIN (SELECT track, family FROM tracks WHERE addressee <> '') AS f ON f.track = r.track
LEFT JOIN ({_HEARD_BY_ALL}) AS g ON g.family = f.family AND g.day = r.until"""
    heard_key = f"({lesser('h.heard_key', 'g.heard_key')})" if addressed else "h.heard_key"
    return f"""
SELECT r.track, r.position, r.run, r.since, r.until, r.since_key, r.said,
    {lesser(heard_key, "r.own_key")} AS until_key
FROM ({alone}) AS r
LEFT JOIN ({_HEARD}) AS h ON h.track = r.track AND h.day = r.until{to_all if addressed else ""}"""


# -- lines -----------------------------------------------------------------------------------------------------

_TOGETHER: Final = """
SELECT t.kind, t.actor, t.proposal, NULLIF('[' || COALESCE({addressees}, '') || ']', '[]') AS toward, l.position,
    l.earliest, l.since, l.until, l.run_since, l.run_until, l.since_key, l.until_key, l.contest, l.said
FROM apart AS l JOIN tracks AS t ON t.track = l.track
GROUP BY t.kind, t.actor, t.proposal, l.position, l.earliest, l.since, l.until, l.run_since, l.run_until, l.since_key,
    l.until_key, l.contest, l.said"""
"""What is the same toward several is one line toward all of them."""

_TO_EVERYBODY: Final = """
SELECT t.kind, t.actor, t.proposal, CAST(NULL AS STRING) AS toward, l.position, l.earliest, l.since, l.until,
    l.run_since, l.run_until, l.since_key, l.until_key, l.contest, l.said
FROM apart AS l JOIN tracks AS t ON t.track = l.track"""

_LINES: Final = """
SELECT t.kind, t.actor, a.name AS actor_name, t.proposal, p.name AS proposal_title, t.toward, t.position, t.earliest,
    t.since, t.until, t.run_since, t.run_until, SUBSTR(t.since_key, 8) AS since_date,
    SUBSTR(t.until_key, 8) AS until_date, CAST(NULL AS STRING) AS conditions, 'stated' AS basis,
    CAST(NULL AS STRING) AS because, t.contest, '[' || t.said || ']' AS said, CAST(NULL AS STRING) AS amounts
FROM ({together}) AS t
JOIN labels AS a ON a.type = 'actor' AND a.id = t.actor
JOIN labels AS p ON p.type = 'proposal' AND p.id = t.proposal"""


@contextmanager
def stated_lines(engine: TableEngine) -> Iterator[str]:
    """Give the text of the lines that the table `statements` amounts to; the tables on the way are dropped in the end.

    There have to be tables `lives`, `addressees` and `labels` besides.
    """
    steps: list[str] = []

    def make(table: str, sql: str) -> None:
        engine.make(table, sql)
        steps.append(table)

    ((rows, records),) = engine.run("SELECT COUNT(*), COUNT(DISTINCT id) FROM statements")
    ((to_some,),) = engine.run("SELECT COUNT(*) FROM addressees")
    addressed = to_some > 0
    make("sayings", sayings(engine, joined=rows > records))
    ((vague,),) = engine.run("SELECT COUNT(*) FROM sayings WHERE earliest < day")
    make("tracks", _TRACKS.format(each=addressed_to(addressed=addressed)))
    make("on_tracks", on_tracks(addressed=addressed))
    make("standing", standing(addressed=addressed))
    make("crossed", _CROSSED)
    ((crossed,),) = engine.run("SELECT COUNT(*) FROM crossed")
    make("runs", runs(engine, addressed=addressed))
    if crossed:
        make("turns", TURNS)
        make("parts", PARTS)
    if vague:
        make("windows", WINDOWS)
    lines = certain(engine, crossed=crossed > 0)
    make("apart", f"{lines} UNION ALL {POSSIBLE}" if vague else lines)
    addressees = engine.joined(
        """CASE WHEN t.addressee = '' THEN NULL ELSE '"' || t.addressee || '"' END""", "t.addressee"
    )
    yield _LINES.format(together=_TOGETHER.format(addressees=addressees) if addressed else _TO_EVERYBODY)
    for table in reversed(steps):
        engine.drop(table)
