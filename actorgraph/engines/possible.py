"""What is only possible: the days on which a record may have been said before it was for certain, as SQL."""

from __future__ import annotations

from typing import Final

from actorgraph.dates import OPEN
from actorgraph.engines.sql import SO_FAR

WINDOWS: Final = f"""
SELECT track, position, record, earliest, closes, date_key, held FROM (
    SELECT m.*, MAX(held_until) OVER (PARTITION BY track, position ORDER BY earliest, asks {SO_FAR}) AS held
    FROM (
        SELECT track, position, record, earliest, CASE WHEN until < day THEN until ELSE day END AS closes, date_key,
            1 AS asks, 0 AS held_until
        FROM on_tracks WHERE earliest > 0 AND earliest < day AND earliest < until
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

POSSIBLE: Final = f"""
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
