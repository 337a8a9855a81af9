"""Where positions of one track contest each other, and over which time: the lines of what is in force, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.engines.sql import SO_FAR

if TYPE_CHECKING:
    from actorgraph.engines.table_engine import TableEngine

TURNS: Final = """
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
    SUM(more) OVER (PARTITION BY track, position ORDER BY moment {SO_FAR}) AS stand,
    SUM(more_exact) OVER (PARTITION BY track, position ORDER BY moment {SO_FAR}) AS stand_exact
FROM (
    SELECT d.track, p.position, d.moment, v.more, v.more_exact
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

PARTS: Final = f"""
SELECT track, position, run, part, MIN(moment) AS since, MAX(until) AS until, MAX(contest) AS contest FROM (
    SELECT n.*, SUM(new_run) OVER (PARTITION BY track, position ORDER BY moment {SO_FAR}) AS run,
        SUM(new_part) OVER (PARTITION BY track, position ORDER BY moment {SO_FAR}) AS part
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
