"""The tables of a ledger, and their columns, as SQLite makes them; other engines have the same."""

from typing import Final

HOLDING_COLUMNS: Final = {
    **dict.fromkeys(("kind", "actor", "actor_name", "proposal", "proposal_title", "toward", "position"), "TEXT"),
    **dict.fromkeys(("earliest", "since", "until", "run_since", "run_until"), "INTEGER"),
    **dict.fromkeys(
        ("since_date", "until_date", "conditions", "basis", "because", "contest", "said", "amounts"), "TEXT"
    ),
}
"""The columns of the holdings table, and their types."""

_LONG: Final = 32_000
"""Characters of what was said, by some 300 records, above which the sides of a contest are not read at once.

In a table of 20 million statements they were four fifths of what was read of the proposal on which most is said.
"""

SAID_AT_ONCE: Final = (
    f"CASE WHEN contest IS NOT NULL AND LENGTH(said) <= {_LONG} OR INSTR(said, '\",[') > 0 THEN said ELSE '' END"
)
"""What the column `said_at_once` has: what was said where rows are sorted or named by it, else nothing.

That is in a contest, for its grades, unless it is long, or where somebody may speak for another, as
`codec.may_name_speakers` tells it. What was said is most of a table of holdings, and most answers read no more of it
than this.
"""

_MAY_BE_NULL: Final = ("since_date", "until_date", "contest", "toward", "conditions", "because", "amounts")
HOLDING: Final = ", ".join(
    [
        *(f"{name} {kind}{'' if name in _MAY_BE_NULL else ' NOT NULL'}" for name, kind in HOLDING_COLUMNS.items()),
        f"said_at_once TEXT NOT NULL GENERATED ALWAYS AS ({SAID_AT_ONCE}) STORED",
    ]
)
"""What a table of holdings is made with."""

_THING: Final = "type TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, body TEXT NOT NULL"
SCHEMA: Final = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE things ({_THING});
CREATE TABLE records ({_THING});
CREATE TABLE labels (type TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, short TEXT, shared INTEGER NOT NULL);
CREATE TABLE names (form TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, spelling TEXT NOT NULL);
CREATE TABLE holdings ({HOLDING});
CREATE TABLE overruled ({HOLDING});
CREATE TABLE ties (record TEXT NOT NULL, actor TEXT NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL,
                   role TEXT, since INTEGER NOT NULL, until INTEGER NOT NULL);
CREATE TABLE events (event TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, day INTEGER NOT NULL,
                     actors TEXT NOT NULL, evidence TEXT NOT NULL);
CREATE TABLE joint (statement TEXT PRIMARY KEY, actors TEXT NOT NULL);
CREATE TABLE descents (successor TEXT NOT NULL, proposal TEXT NOT NULL);
CREATE TABLE event_links (type TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL);
CREATE TABLE sources (source TEXT PRIMARY KEY, publisher TEXT NOT NULL, published TEXT NOT NULL,
                      url TEXT, archived TEXT, accessed TEXT);
CREATE TABLE speakers (speaker TEXT NOT NULL, actor TEXT NOT NULL, proposal TEXT NOT NULL, record TEXT NOT NULL,
                       day INTEGER NOT NULL);
"""
INDEXES: Final = """
CREATE INDEX things_by_id ON things (type, id);
CREATE INDEX labels_by_id ON labels (type, id);
CREATE INDEX names_by_form ON names (form);
CREATE INDEX ties_by_actor ON ties (actor);
CREATE INDEX ties_by_target ON ties (target);
CREATE INDEX event_links_by_id ON event_links (type, id);
"""
"""The indexes of all tables but those of `BY_STATEMENTS`."""

BY_STATEMENTS: Final = ("records", "holdings", "overruled", "speakers")
"""The tables that are made of statements, and of nothing else in a model."""

INDEXES_BY_STATEMENTS: Final = """
CREATE INDEX records_by_id ON records (type, id);
CREATE INDEX holdings_by_proposal ON holdings (proposal);
CREATE INDEX overruled_by_actor ON overruled (actor, proposal);
CREATE INDEX holdings_by_actor ON holdings (actor, proposal);
CREATE INDEX speakers_by_id ON speakers (speaker);
"""
"""The indexes of these."""
