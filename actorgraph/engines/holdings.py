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

from typing import TYPE_CHECKING, Final

from actorgraph.dates import OPEN

if TYPE_CHECKING:
    from actorgraph.engines.table_engine import TableEngine

STEPS: Final = ("sayings", "tracks", "told", "standing", "crossed", "runs", "turns", "parts", "windows", "apart")
"""The tables that are made on the way, and let go in the end."""

AS_READ: Final = "batch, file, line"
"""The order in which rows of one statement were read."""

_SO_FAR: Final = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
_BEFORE: Final = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"


def lesser(one: str, other: str) -> str:
    """Return the lesser of two values, of which either may be nothing.

    >>> lesser("a", "b")
    'CASE WHEN a IS NULL OR b < a THEN b ELSE a END'
    """
    return f"CASE WHEN {one} IS NULL OR {other} < {one} THEN {other} ELSE {one} END"


def of_one_track(one: str, other: str) -> str:
    """Return the condition that rows of two tables are of one actor on one proposal, and of one kind.

    >>> of_one_track("c", "s")
    'c.kind = s.kind AND c.actor = s.actor AND c.proposal = s.proposal'
    """
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in ("kind", "actor", "proposal"))


def as_json(column: str) -> str:
    """Return a text column as JSON; it has no control characters."""
    return rf"""'"' || REPLACE(REPLACE({column}, '\', '\\'), '"', '\"') || '"'"""


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

_DAY: Final = """CASE WHEN r.first < r.last AND r.published >= r.first AND r.published < r.last
    THEN r.published ELSE r.last END"""
"""The last day on which a record could have been said (`dates.in_force_from`)."""


def sayings(engine: TableEngine, *, joined: bool) -> str:
    """Return every record at work (`ledger.holdings.Said`), within the lives of whom and what it is about.

    Args:
        engine: What joins the evidence.
        joined: Whether several rows may be one record.
    """
    rows = _JOINED.format(evidence=engine.joined("evidence", AS_READ)) if joined else _ONE_EACH
    begin = "CASE WHEN COALESCE(p.possible_from, 0) > COALESCE(a.possible_from, 0) THEN p.possible_from "
    begin += "ELSE COALESCE(a.possible_from, 0) END"
    dated = f"""
SELECT r.*, {_DAY} AS day, {begin} AS life_from, COALESCE(a.ends, {OPEN}) AS actor_ends, a.ends_key AS actor_key,
    COALESCE(p.ends, {OPEN}) AS proposal_ends, p.ends_key AS proposal_key
FROM ({rows}) AS r
LEFT JOIN lives AS a ON a.type = 'actor' AND a.id = r.actor
LEFT JOIN lives AS p ON p.type = 'proposal' AND p.id = r.proposal"""
    clipped = f"""
SELECT d.*, CASE WHEN first < life_from THEN life_from ELSE first END AS begins,
    CASE WHEN until <= actor_ends AND until <= proposal_ends THEN until
        WHEN actor_ends <= proposal_ends THEN actor_ends ELSE proposal_ends END AS ends
FROM ({dated}) AS d"""
    own, actors, proposals = (
        f"CASE WHEN c.{day} = c.ends AND c.ends < {OPEN} THEN c.{key} ELSE NULL END"
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


def speakers(engine: TableEngine) -> str:
    """Return who said which record for whom, and from which day on it counts, of the table `statements`."""
    ((rows, records),) = engine.run("SELECT COUNT(*), COUNT(DISTINCT id) FROM statements")
    return f"""
SELECT s.speaker, s.actor, s.proposal, s.id AS record, s.day FROM ({sayings(engine, joined=rows > records)}) AS s
WHERE s.until > s.day OR (s.earliest > 0 AND s.earliest < s.day AND s.earliest < s.until)"""


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


def told(*, addressed: bool) -> str:
    """Return each record once on each of its tracks."""
    return f"""
SELECT t.track, t.family, e.addressee, e.record, e.position, e.day, e.earliest, e.until, e.date_key, e.until_key
FROM ({addressed_to(addressed=addressed)}) AS e JOIN tracks AS t
    ON {of_one_track("t", "e")} AND t.addressee = e.addressee"""


# -- supersession ----------------------------------------------------------------------------------------------


def superseded(*, addressed: bool) -> str:
    """Return the records with the day from which they are superseded, if ever.

    A record is, from the first day on which another of its track is heard that was said after it for certain: of which
    the earliest day lies behind its own. To what is addressed to somebody, what is addressed to everybody does the
    same. Records ask on their day, and offer themselves on their earliest: of both one list is made, from the last day
    to the first, and each who asks takes the first day of hearing that was offered before. (A window over a RANGE of
    later days says the same where no date is vague; on a million records of one day it takes ten times as long.)

    Args:
        addressed: Whether any record has an addressee.
    """
    latest_first = f"ORDER BY moment DESC, offers {_SO_FAR}"
    by_general = f"""MIN(CASE WHEN offers = 1 AND addressee = '' THEN day ELSE NULL END)
        OVER (PARTITION BY family {latest_first})"""
    return f"""
SELECT u.*, {lesser("by_own", "by_general")} AS superseded FROM (
    SELECT m.*, MIN(CASE WHEN offers = 1 THEN day ELSE NULL END) OVER (PARTITION BY track {latest_first}) AS by_own,
        {by_general if addressed else "NULL"} AS by_general
    FROM (
        SELECT t.*, day AS moment, 0 AS offers FROM told AS t
        UNION ALL
        SELECT t.*, earliest AS moment, 1 AS offers FROM told AS t WHERE earliest > 0
    ) AS m
) AS u WHERE offers = 0"""


def standing(*, addressed: bool) -> str:
    """Return the records that stand at all, each from its `day` until its `ends`, with the run in which it does.

    Runs are numbered for each position of a track. `meets` is 1 where an earlier record of the track stands still:
    only there can anything be contested.
    """
    by_position = "PARTITION BY track, position ORDER BY day, record"
    return f"""
SELECT n.*, SUM(begins) OVER ({by_position} {_SO_FAR}) AS run FROM (
    SELECT e.*,
        CASE WHEN MAX(ends) OVER ({by_position} {_BEFORE}) >= day THEN 0 ELSE 1 END AS begins,
        CASE WHEN MAX(ends) OVER (PARTITION BY track ORDER BY day, record {_BEFORE}) > day THEN 1 ELSE 0 END AS meets
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

_HEARD: Final = "SELECT track, day, MIN(date_key) AS heard_key FROM told GROUP BY track, day"
_HEARD_BY_ALL: Final = """
SELECT family, day, MIN(date_key) AS heard_key FROM told WHERE addressee = '' GROUP BY family, day"""


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
    CASE WHEN r.until = {OPEN} THEN NULL ELSE {lesser(heard_key, "r.own_key")} END AS until_key
FROM ({alone}) AS r
LEFT JOIN ({_HEARD}) AS h ON h.track = r.track AND h.day = r.until{to_all if addressed else ""}"""


# -- contests --------------------------------------------------------------------------------------------------

_TURNS: Final = """
SELECT track, position, moment, SUM(more) AS more, SUM(more_exact) AS more_exact FROM (
    SELECT s.track, s.position, s.day AS moment, 1 AS more, CASE WHEN s.earliest = s.day THEN 1 ELSE 0 END AS more_exact
    FROM standing AS s JOIN crossed AS c ON c.track = s.track
    UNION ALL
    SELECT s.track, s.position, s.ends AS moment, -1 AS more,
        CASE WHEN s.earliest = s.day THEN -1 ELSE 0 END AS more_exact
    FROM standing AS s JOIN crossed AS c ON c.track = s.track
) AS b GROUP BY track, position, moment"""
"""On which days records of a position begin and cease to stand, how many, and of how many the day is sure."""

_GRID: Final = f"""
SELECT g.*, LEAD(moment) OVER (PARTITION BY track, position ORDER BY moment) AS until,
    SUM(more) OVER (PARTITION BY track, position ORDER BY moment {_SO_FAR}) AS stand,
    SUM(more_exact) OVER (PARTITION BY track, position ORDER BY moment {_SO_FAR}) AS stand_exact
FROM (
    SELECT d.track, p.position, d.moment, COALESCE(v.more, 0) AS more, COALESCE(v.more_exact, 0) AS more_exact
    FROM (SELECT DISTINCT track, moment FROM turns) AS d
    JOIN (SELECT DISTINCT track, position FROM turns) AS p ON p.track = d.track
    LEFT JOIN turns AS v ON v.track = p.track AND v.position = p.position AND v.moment = d.moment
) AS g"""
"""Each position of a track on each day on which anything of the track changes, and how many records stand for it."""

_CONTESTS: Final = f"""
SELECT c.*,
    CASE WHEN rivals < 2 THEN '' WHEN stand_exact > 0 AND exact_rivals > 1 THEN 'sources' ELSE 'order' END AS contest
FROM (
    SELECT g.*, SUM(CASE WHEN stand > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY track, moment) AS rivals,
        SUM(CASE WHEN stand_exact > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY track, moment) AS exact_rivals
    FROM ({_GRID}) AS g
) AS c WHERE stand > 0"""
"""The contest of each position over each stretch of time. Those whose days are sure all stand for the same day."""

_PARTS: Final = f"""
SELECT track, position, run, part, MIN(moment) AS since, MAX(until) AS until, MAX(contest) AS contest FROM (
    SELECT n.*, SUM(new_run) OVER (PARTITION BY track, position ORDER BY moment {_SO_FAR}) AS run,
        SUM(new_part) OVER (PARTITION BY track, position ORDER BY moment {_SO_FAR}) AS part
    FROM (
        SELECT l.*, CASE WHEN until_then = moment THEN 0 ELSE 1 END AS new_run,
            CASE WHEN until_then = moment AND contest_then = contest THEN 0 ELSE 1 END AS new_part
        FROM (
            SELECT c.*, LAG(until) OVER (PARTITION BY track, position ORDER BY moment) AS until_then,
                LAG(contest) OVER (PARTITION BY track, position ORDER BY moment) AS contest_then
            FROM ({_CONTESTS}) AS c
        ) AS l
    ) AS n
) AS m GROUP BY track, position, run, part"""
"""The parts of the runs of crossed tracks, in each of which the contest is the same."""

_HEARD_BY: Final = """
SELECT p.track, p.position, p.run, p.part, p.since, p.until, p.contest, {said} AS said
FROM parts AS p
JOIN standing AS s ON s.track = p.track AND s.position = p.position AND s.run = p.run AND s.day < p.until
JOIN sayings AS r ON r.record = s.record
GROUP BY p.track, p.position, p.run, p.part, p.since, p.until, p.contest"""
"""The same, with the records of the run that had been heard before the part ends."""


def certain(engine: TableEngine, *, crossed: bool) -> str:
    """Return the lines of what is in force.

    Args:
        engine: What joins the records.
        crossed: Whether any track is crossed.
    """
    whole = """
SELECT r.track, r.position, r.since AS earliest, r.since, r.until, r.since AS run_since, r.until AS run_until,
    r.since_key, r.until_key, CAST(NULL AS STRING) AS contest, r.said
FROM runs AS r"""
    if not crossed:
        return whole
    heard_by = _HEARD_BY.format(said=engine.joined("r.said", "s.day, s.record"))
    return f"""{whole} LEFT JOIN crossed AS c ON c.track = r.track WHERE c.track IS NULL
UNION ALL
SELECT h.track, h.position, h.since AS earliest, h.since, h.until, r.since AS run_since, r.until AS run_until,
    r.since_key, r.until_key, CASE WHEN h.contest = '' THEN NULL ELSE h.contest END AS contest, h.said
FROM ({heard_by}) AS h JOIN runs AS r ON r.track = h.track AND r.position = h.position AND r.run = h.run"""


# -- what is only possible -------------------------------------------------------------------------------------

_WINDOWS: Final = f"""
SELECT track, position, record, earliest, closes, date_key, held FROM (
    SELECT m.*, MAX(held_until) OVER (PARTITION BY track, position ORDER BY earliest, asks {_SO_FAR}) AS held
    FROM (
        SELECT track, position, record, earliest, CASE WHEN until < day THEN until ELSE day END AS closes, date_key,
            1 AS asks, 0 AS held_until
        FROM told WHERE earliest > 0 AND earliest < day AND earliest < until
        UNION ALL
        SELECT track, position, NULL AS record, since AS earliest, NULL AS closes, NULL AS date_key, 0 AS asks,
            until AS held_until FROM runs
    ) AS m
) AS h WHERE asks = 1"""
"""The time in which a record may have been said, before it was for certain, and until when the position is `held` that
the track has when this time begins, if it has it then."""

_YEAR: Final = "{0} - {0} % 10000"
"""The year of a day (yyyymmdd)."""

_WITHIN: Final = f"""
SELECT w.*, r.since AS shuts, r.until AS held_until FROM windows AS w
JOIN (SELECT DISTINCT track, position, {_YEAR.format("since")} AS year FROM runs) AS y
    ON y.track = w.track AND y.position = w.position AND y.year >= {_YEAR.format("w.earliest")} AND y.year < w.closes
JOIN (SELECT track, position, since, until, {_YEAR.format("since")} AS year FROM runs) AS r
    ON r.track = y.track AND r.position = y.position AND r.year = y.year
    AND r.since > w.earliest AND r.since < w.closes"""
"""Each window with the runs that begin within it. Of a track with very many runs only those of its years are tried."""

_POSSIBLE: Final = f"""
SELECT o.track, o.position, o.opens AS earliest, o.shuts AS since, o.shuts AS until, o.shuts AS run_since,
    o.shuts AS run_until, o.date_key AS since_key, o.date_key AS until_key, CAST(NULL AS STRING) AS contest, r.said
FROM (
    SELECT b.*, COALESCE(LAG(held_until) OVER (PARTITION BY track, record ORDER BY shuts),
        CASE WHEN held > earliest THEN held ELSE earliest END) AS opens
    FROM (
        SELECT w.track, w.position, w.record, w.earliest, w.date_key, w.held, w.closes AS shuts, {OPEN} AS held_until
        FROM windows AS w
        UNION ALL
        SELECT i.track, i.position, i.record, i.earliest, i.date_key, i.held, i.shuts, i.held_until
        FROM ({_WITHIN}) AS i
    ) AS b
) AS o JOIN sayings AS r ON r.record = o.record WHERE o.opens < o.shuts"""
"""What is left of these times where the track does not hold the position anyhow: before each run that begins in it, and
after the last."""


# -- lines -----------------------------------------------------------------------------------------------------

_TOGETHER: Final = """
SELECT t.kind, t.actor, t.proposal, NULLIF('[' || COALESCE({addressees}, '') || ']', '[]') AS toward, l.position,
    l.earliest, l.since, l.until, l.run_since, l.run_until, MIN(l.since_key) AS since_key,
    MIN(l.until_key) AS until_key, l.contest, l.said
FROM apart AS l JOIN tracks AS t ON t.track = l.track
GROUP BY t.kind, t.actor, t.proposal, CASE WHEN t.addressee = '' THEN 0 ELSE 1 END, l.position, l.earliest, l.since,
    l.until, l.run_since, l.run_until, l.contest, l.said"""
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


def prepare(engine: TableEngine) -> str:
    """Make the tables on the way from `statements` to holdings; return the text of the lines that they amount to.

    There have to be tables `lives`, `addressees` and `labels` besides; whoever is done with the lines calls `forget`.
    """
    ((rows, records),) = engine.run("SELECT COUNT(*), COUNT(DISTINCT id) FROM statements")
    ((to_some,),) = engine.run("SELECT COUNT(*) FROM addressees")
    addressed = to_some > 0
    engine.make("sayings", sayings(engine, joined=rows > records))
    ((vague,),) = engine.run("SELECT COUNT(*) FROM sayings WHERE earliest < day")
    engine.make("tracks", _TRACKS.format(each=addressed_to(addressed=addressed)))
    engine.make("told", told(addressed=addressed))
    engine.make("standing", standing(addressed=addressed))
    engine.make("crossed", _CROSSED)
    ((crossed,),) = engine.run("SELECT COUNT(*) FROM crossed")
    engine.make("runs", runs(engine, addressed=addressed))
    if crossed:
        engine.make("turns", _TURNS)
        engine.make("parts", _PARTS)
    if vague:
        engine.make("windows", _WINDOWS)
    lines = certain(engine, crossed=crossed > 0)
    engine.make("apart", f"{lines} UNION ALL {_POSSIBLE}" if vague else lines)
    addressees = engine.joined(
        """CASE WHEN t.addressee = '' THEN NULL ELSE '"' || t.addressee || '"' END""", "t.addressee"
    )
    return _LINES.format(together=_TOGETHER.format(addressees=addressees) if addressed else _TO_EVERYBODY)


def forget(engine: TableEngine) -> None:
    """Let go of the tables that `prepare` made."""
    for table in reversed(STEPS):
        engine.drop(table)
