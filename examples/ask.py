"""Ask a question in Python: who opposes Western troops in Ukraine, on what evidence, and what did the US change.

Run it from the root of the repository: python examples/ask.py
"""

import actorgraph

ledger = actorgraph.load("graphs/ukraine-troops")

answer = actorgraph.who(ledger, "opposes", "boots on the ground", as_of="2026-01-10")
for row in answer.rows:
    print(f"{row.actor_name} {row.position} it since {row.since}, last said {row.last_said}")
    for one in row.evidence:
        print(f"    {one.publisher}, {one.published}, lines {one.lines} [{one.grade}]")

before, after = "2025-12-31", "2026-01-10"
for change in actorgraph.diff(ledger, before, after).changes:
    if change.actor == "us":
        old = ", ".join(row.position for row in change.before) or "nothing"
        new = ", ".join(row.position for row in change.after) or "nothing"
        print(f"{change.change}: {change.actor_name}, {change.proposal_title}: {old} → {new}")
