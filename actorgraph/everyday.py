"""What people say for a word of the vocabulary: what a sheet's words suggest, and what who mistypes may mean."""

from collections.abc import Container, Iterable
from functools import cache
from typing import Final

from actorgraph.errors import ALIKE, did_you_mean, quoted
from actorgraph.names import fold

SAID_FOR: Final = {
    "supports": (
        "support, supported, supporting, for, in favour, in favor, favour, favours, yes, yea, aye, pro, agree, agrees, "
        "backs, endorses, approves, ja, für, dafür, zustimmung, pour, oui, favorable, a favor, sí, favorevole"
    ),
    "open": "open to, offen, ouvert, abierto, aperto",
    "undecided": "unsure, not decided, not sure, no decision, unentschieden, unentschlossen, indécis, indeciso",
    "neutral": (
        "abstain, abstains, abstained, abstention, abstaining, impartial, enthaltung, enthalten, neutre, abstención, "
        "neutrale, astensione"
    ),
    "sceptical": "skeptical, doubtful, doubts, critical, skeptisch, kritisch, sceptique, escéptico, scettico",
    "opposes": (
        "oppose, opposed, opposing, against, no, nay, con, contra, anti, disagree, disagrees, reject, rejects, "
        "condemns, nein, gegen, dagegen, ablehnung, contre, non, en contra, contro"
    ),
    "declines": "decline, declined, refuses, refused, rules out, ruled out",
    "withdraws": "withdrew, withdrawn, pulls out",
    "considers": "considering, considered, weighs",
    "pledges": "pledge, pledged, promise, promises, promised, commits, committed",
    "allocates": "allocated, earmarks, earmarked, budgeted",
    "delivers": "delivered, provides, provided, sends, sent",
    "threatens": "threatened, threat",
    "state": "country, nation, government, staat, land, pays, état, país, stato, paese",
    "organisation": (
        "organization, company, party, union, ngo, agency, firm, association, institution, ministry, partei, verband, "
        "verein, unternehmen, parti, entreprise, partido, empresa, partito"
    ),
    "coalition": "alliance, bloc, group, bündnis, koalition, coalición, alleanza",
    "adopted": "passed, enacted, accepted, approved, ratified, in force, became law, angenommen, verabschiedet, adopté",
    "withdrawn": "retracted, pulled, zurückgezogen, retiré, retirado, ritirato",
    "rejected": "failed, defeated, voted down, abgelehnt, rejeté, rechazado, respinto",
    "superseded": "replaced, ersetzt, remplacé, sustituido, sostituito",
    "lapsed": "expired, died, abgelaufen, caduc, caducado, decaduto",
    "represents": "speaks for, spokesperson, spokesman, spokeswoman, minister, ambassador",
    "member-of": "member, part of, belongs to, in",
    "leads": "head of, heads, leader, leader of, chairs, chair of, president of",
    "advises": "adviser, adviser of, adviser to",
    "person": "individual, politician, human, politiker, personne, persona",
}
"""What people say, in several languages, by the word of the vocabulary that it may be said for."""


def meant_by(text: str, known: Container[str]) -> str | None:
    """Return which of the known words an everyday one may be said for, None where none of them is.

    >>> from actorgraph.vocabulary import ACTOR_KINDS, POSITIONS
    >>> meant_by("Against", POSITIONS), meant_by("Dafür", POSITIONS), meant_by("against", ACTOR_KINDS)
    ('opposes', 'supports', None)
    """
    ours = _by_form().get(fold(text))
    return ours if ours in known else None


def hint_at_word(text: str, known: Iterable[str], *, cutoff: float = ALIKE) -> str:
    """Return a hint at the known word that somebody means who gave another, or nothing where none seems to be meant.

    >>> from actorgraph.vocabulary import POSITIONS
    >>> hint_at_word("abstains", POSITIONS), hint_at_word("suports", POSITIONS), hint_at_word("xyz", POSITIONS)
    (" (did you mean 'neutral'?)", " (did you mean 'supports'?)", '')
    """
    known = tuple(known)
    ours = meant_by(text, known)
    return f" (did you mean {quoted(ours)}?)" if ours else did_you_mean(text, known, cutoff=cutoff)


@cache
def _by_form() -> dict[str, str]:
    return {fold(form): ours for ours, forms in SAID_FOR.items() for form in forms.split(", ")}
