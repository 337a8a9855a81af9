"""Talks of five actors on five proposals, for tests of how far they agree."""

TALKS = """
model: {id: m, title: M}
actors:
  a: {name: Ada, kind: state}
  b: {name: Bor, kind: state}
  c: {name: Cup, kind: organisation}
  d: {name: Dov, kind: state}
  z: {name: Zed, kind: state}
proposals: {p: {title: P}, q: {title: Q}, r: {title: R}, s: {title: S}, t: {title: T}}
stances:
  - {actor: a, position: supports, proposal: p, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: a, position: supports, proposal: q, date: 2024-01-01, evidence: [{source: two}]}
  - {actor: a, position: opposes, proposal: r, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: a, position: supports, proposal: s, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: b, position: open, proposal: p, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: b, position: opposes, proposal: q, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: b, position: sceptical, proposal: r, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: b, position: neutral, proposal: s, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: c, position: supports, proposal: p, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: c, position: opposes, proposal: q, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: c, position: opposes, proposal: q, date: 2024-01-01, evidence: [{source: two}]}
  - {actor: c, position: supports, proposal: r, date: 2024-01-01, evidence: [{source: two}]}
  - {actor: c, position: opposes, proposal: r, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: d, position: undecided, proposal: p, date: 2024-01-01, evidence: [{source: one}]}
sources:
  one: {title: One, publisher: One, published: 2024-02-01}
  two: {title: Two, publisher: Two, published: 2024-02-02}
"""
