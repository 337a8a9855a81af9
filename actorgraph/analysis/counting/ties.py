"""What ties two actors, or an actor and a proposal: the weights of networks, and what they are divided by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actorgraph.analysis.words import CONGRUENCE, DIVISORS, IGNORE, NONE, ONE, SUBTRACT, TWO, WEIGHTS
from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.questions.arguments import checked_text, checked_word

if TYPE_CHECKING:
    from actorgraph.analysis.counting.counts import Counts, Matrix


def one_mode(counts: Counts, weight: str, normalise: str) -> Matrix:
    """Return, by two actors, how much ties them: a symmetric table in the order of `counts.actors`, 0 on its diagonal.

    With n_ijk the statements of actor i on proposal j at level k, q_k the level's value and R the range of the scale:
    `ignore` is Σ_j (Σ_k n_ijk)(Σ_k n_i'jk), `congruence` Σ_jkl n_ijk n_i'jl (1 − |q_k − q_l| / R), `conflict` the same
    with |q_k − q_l| / R, and `subtract` congruence less conflict (Leifeld, "Discourse Network Analysis", Oxford
    Handbook of Political Networks, 2017; Leifeld, Gruber & Bossner, Discourse Network Analyzer Manual).

    They may be divided, 0 / 0 being 0, by `average` activity, (N_i + N_i') / 2; by `jaccard`, m10 + m01 + m11, with
    m10 = Σ_jk n_ijk where n_i'jk = 0 and m11 = Σ_jk n_ijk n_i'jk; by `dna-cosine`, N_i N_i', as Discourse Network
    Analyzer does under the name of cosine; or by the `cosine` of textbooks, √(w_ii w_i'i'), w_ii being what an actor's
    own statements would weigh with themselves: the congruence, or of `ignore` that. So 1 is the most that it can be.

    Raises `UsageProblem` for what is no such weight or divisor.

    >>> from actorgraph.analysis.counting.counts import Counts
    >>> said = [("a", "p", "supports"), ("a", "p", "supports"), ("b", "p", "supports"), ("b", "q", "opposes")]
    >>> counts = Counts([(*one, ()) for one in said], levels="binary")
    >>> [one_mode(counts, "congruence", divisor).tolist() for divisor in ("none", "average")]
    [[[0.0, 2.0], [2.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]]]
    """
    checked_tie(ONE, weight, normalise)
    if weight == IGNORE:
        weights = counts.same_proposals()
    elif weight == SUBTRACT:
        weights = counts.congruence() - counts.conflict()
    else:
        weights = counts.congruence() if weight == CONGRUENCE else counts.conflict()
    return weights if normalise == NONE else _shares(weights, _divisor(counts, weight, normalise))


def two_mode(counts: Counts, weight: str = SUBTRACT, normalise: str = NONE) -> Matrix:
    """Return, by actor and proposal, how much ties them: a table in the order of `counts.actors`, `counts.proposals`.

    `ignore` is Σ_k n_ijk, and `subtract` the statements for less those against, or on the scale Σ_k q_k n_ijk. They may
    be divided by `activity`, all statements of the actor, N_i, or by `prominence`, all statements on the proposal
    (Leifeld, Gruber & Bossner, Discourse Network Analyzer Manual).

    Raises `UsageProblem` for what is no such weight or divisor.

    >>> from actorgraph.analysis.counting.counts import Counts
    >>> said = [("a", "p", "supports"), ("b", "p", "opposes"), ("b", "q", "open")]
    >>> counts = Counts([(*one, ()) for one in said], levels="binary")
    >>> two_mode(counts).tolist(), two_mode(counts, normalise="activity").tolist()
    ([[1.0, 0.0], [-1.0, 1.0]], [[1.0, 0.0], [-0.5, 0.5]])
    """
    checked_tie(TWO, weight, normalise)
    weights = counts.on_each if weight == IGNORE else counts.balance()
    if normalise == NONE:
        return weights
    sums = counts.on_each.sum(axis=1, keepdims=True) if normalise == "activity" else counts.on_each.sum(axis=0)
    return _shares(weights, np.broadcast_to(sums, weights.shape))


def checked_tie(mode: str, weight: str | None, normalise: str) -> str:
    """Return what ties weigh, given what is asked for. Raises `UsageProblem` for what a mode does not have.

    >>> checked_tie("two", None, "none")
    'subtract'
    """
    checked_word(mode, WEIGHTS, "no mode", "it is one or two")
    weight = WEIGHTS[mode][0] if weight is None else weight
    for word, what, all_of_them in ((weight, "weight", WEIGHTS), (normalise, "divisor", DIVISORS)):
        checked_text(word, f"a {what}")
        if word not in all_of_them[mode]:
            other = next((other for other, words in all_of_them.items() if word in words), None)
            hint = did_you_mean(word, all_of_them[mode]) or f"; it is one of {', '.join(all_of_them[mode])}"
            where = f"{quoted(word)} is a {what} of {other}-mode networks, not of {mode}-mode ones"
            raise UsageProblem(f"{where if other else f'no {what} {quoted(word)}'}{hint}")
    return weight


def _shares(weights: Matrix, divisor: Matrix) -> Matrix:
    """Return weights divided, cell by cell; nothing of nothing is nothing."""
    return np.divide(weights, divisor, out=np.zeros_like(weights), where=divisor > 0)


def _divisor(counts: Counts, weight: str, normalise: str) -> Matrix:
    active = counts.activity
    if normalise == "average":
        return (active[:, None] + active[None, :]) / 2
    if normalise == "dna-cosine":
        product: Matrix = np.outer(active, active)
        return product
    if normalise == "jaccard":
        levels, actors, proposals = counts.n.shape
        by_actor = counts.n.transpose(1, 0, 2).reshape(actors, levels * proposals)
        only_one: Matrix = by_actor @ (by_actor == 0).astype(float).T
        return only_one + only_one.T + by_actor @ by_actor.T
    if weight == IGNORE:
        with_itself = (counts.on_each**2).sum(axis=1)
    else:
        with_itself = (counts.n * np.tensordot(1 - counts.distance, counts.n, axes=1)).sum(axis=(0, 2))
    lengths: Matrix = np.sqrt(np.outer(with_itself, with_itself))
    return lengths
