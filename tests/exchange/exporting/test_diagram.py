"""What is around a proposal or an actor: how far it reaches, and what its arrows say."""

import re
from pathlib import Path

from asking import HARBOUR, ask
from folders import option_naming

from actorgraph.exchange.mermaid import MOST_ARROWS

DAY = ("--as-of", "2026-01-10")


def drawn(*arguments: str) -> str:
    result = ask("export", "mermaid", *arguments)
    assert 0 == result.exit_code, result.output
    return result.stdout


def arrows(text: str) -> list[tuple[str, str, str, str]]:
    return re.findall(r'^  (\w+) (-->|-\.->)\|"(.*)"\| (\w+)$', text, re.MULTILINE)


def test_a_step_is_all_that_touches_it() -> None:
    found = arrows(drawn("multinational-force", *DAY))
    assert all("proposal_multinational_force" in (start, end) for start, _, _, end in found)
    assert ("actor_russia", "-->", "opposes, by 2025-05-28", "proposal_multinational_force") in found
    pledge = "pledges toward Ukraine, if ceasefire, if peace-agreement, since 2026-01-06"
    assert ("actor_france", "-.->", pledge, "proposal_multinational_force") in found
    assert any(label == "entails" for _, _, label, _ in found)


def test_two_steps_are_all_that_touches_what_one_reaches() -> None:
    one, two = (arrows(drawn("no-red-lines", *DAY, "--steps", steps)) for steps in ("1", "2"))
    assert set(one) < set(two)
    reached = {key for start, _, _, end in one for key in (start, end)}
    assert all(reached & {start, end} for start, _, _, end in two)


CONTESTED = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}}
proposals: {plan: {title: A plan}}
sources:
  s: {title: S, publisher: S, published: 2024-12-02}
  t: {title: T, publisher: T, published: 2024-12-02}
stances:
  - {actor: ada, position: supports, proposal: plan, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: ada, position: opposes, proposal: plan, date: 2024-01-01, evidence: [{source: t}]}
"""


def test_what_the_record_does_not_agree_on_is_broken(tmp_path: Path) -> None:
    found = arrows(drawn("plan", "--as-of", "2024-02", *option_naming(tmp_path, CONTESTED)))
    assert [("-.->", "supports, contested"), ("-.->", "opposes, contested")] == [
        (line, label.partition(" (")[0].partition(", since")[0]) for _, line, label, _ in found
    ]


def test_what_is_not_firm_is_broken() -> None:
    broken = {label for _, line, label, _ in arrows(drawn("france", *DAY)) if line == "-.->"}
    whole = {label for _, line, label, _ in arrows(drawn("france", *DAY)) if line == "-->"}
    assert all(", if " in label or "inferred" in label for label in broken)
    assert not any(", if " in label or "inferred" in label for label in whole)
    assert not any("inferred" in label for _, _, label, _ in arrows(drawn("france", *DAY, "--stated")))


def test_what_is_possible_is_called_so_and_has_no_since(tmp_path: Path) -> None:
    model = tmp_path / "m.yaml"
    model.write_text(
        "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}, b: {name: B, kind: coalition}}\n"
        "proposals: {p: {title: P}}\nsources: {s: {title: S, publisher: P, published: 2026-03-01}}\n"
        "relations:\n  - {actor: a, relation: member-of, to: b, since: 2025}\n"
        "stances:\n  - {actor: a, position: opposes, proposal: p, date: 2026, evidence: [{source: s}]}\n",
        encoding="utf-8",
    )
    found = arrows(drawn("a", "--model", str(model), "--as-of", "2026-02"))
    assert [
        ("actor_a", "-.->", "possibly opposes, 2026", "proposal_p"),
        ("actor_a", "-->", "is a member of, since 2025", "actor_b"),
    ] == found


def test_sides_are_those_toward_what_it_is_about() -> None:
    text = drawn("harbour", *HARBOUR, "--as-of", "2026-01")
    assert '  actor_fishers_union["Fishers’ Union"]:::against\n' in text
    assert '  actor_harbour_board["Harbour Board"]:::for\n' in text
    assert '  actor_town_council["Town Council"]:::between\n' in text
    assert '  proposal_harbour(["A deep-water harbour"]):::centre\n' in text


def test_it_may_be_narrowed_but_not_to_others() -> None:
    assert "actor_unknown" not in drawn("multinational-force", *DAY, "--kind", "state")
    assert "european_backers" not in drawn("multinational-force", *DAY, "--kind", "state")
    result = ask("export", "mermaid", "france", *DAY, "--kind", "coalition")
    assert 2 == result.exit_code
    assert "'france' is left out by what the question is narrowed to" in result.output


def test_more_than_mermaid_draws_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "crowd.yaml"
    keys = [f"a{number}" for number in range(MOST_ARROWS + 1)]
    actors = "\n".join(f"  {key}: {{name: {key}, kind: state}}" for key in keys)
    model.write_text(
        f"model: {{id: crowd, title: Crowd}}\nactors:\n{actors}\nproposals:\n  p: {{title: P}}\n"
        "sources:\n  s: {title: S, publisher: P, published: 2026-01-01}\nstances:\n"
        f"  - {{actor: [{', '.join(keys)}], position: supports, proposal: p, date: 2026, evidence: [{{source: s}}]}}\n",
        encoding="utf-8",
    )
    result = ask("export", "mermaid", "p", "--model", str(model), *DAY)
    assert 2 == result.exit_code
    assert "501 arrows are more than Mermaid draws (500)" in result.output
    assert 501 == ask("export", "dot", "p", "--model", str(model), *DAY).stdout.count(" -> ")
