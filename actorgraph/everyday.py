"""What people say for a word of the vocabulary, or a key: what a sheet suggests, and what who mistypes may mean."""

import re
from collections.abc import Container, Iterable
from functools import cache
from typing import Final

from actorgraph.errors import ALIKE, did_you_mean, quoted
from actorgraph.names import fold

SAID_FOR: Final = {
    "supports": (
        "support, supported, supporting, for, voted for, votes for, in favour, in favor, favour, favours, yes, yea, "
        "aye, pro, agree, agrees, "
        "backs, endorses, approves, welcomes, ja, für, dafür, zustimmung, unterstützt, unterstützen, befürwortet, "
        "begrüßt, stimmt zu, zugestimmt, pour, oui, favorable, soutient, appuie, approuve, a favor, sí, apoya, "
        "respalda, aprueba, favorevole, a favore, sostiene, appoggia, approva"
    ),
    "open": "open to, offen, ouvert, abierto, aperto",
    "undecided": "unsure, not decided, not sure, no decision, unentschieden, unentschlossen, indécis, indeciso",
    "neutral": (
        "abstain, abstains, abstained, abstention, abstaining, impartial, enthaltung, enthalten, neutre, abstención, "
        "neutrale, astensione, enthält sich, s'abstient, se abstiene, si astiene, abstenu, abstenue, abstenido, "
        "abstenida, astenuto, astenuta"
    ),
    "sceptical": "skeptical, doubtful, doubts, critical, skeptisch, kritisch, sceptique, escéptico, scettico",
    "opposes": (
        "oppose, opposed, opposing, against, voted against, votes against, no, nay, con, contra, anti, disagree, "
        "disagrees, reject, rejects, "
        "condemns, nein, gegen, dagegen, ablehnung, lehnt ab, lehnen ab, contre, non, s'oppose, rejette, en contra, "
        "se opone, rechaza, contro, contrario, contraria, si oppone, respinge, défavorable, desfavorable, sfavorevole"
    ),
    "declines": "decline, declined, refuses, refused, rules out, ruled out, weigert sich, refuse, se niega, rifiuta",
    "withdraws": "withdrew, withdrawn, pulls out",
    "considers": "considering, considered, weighs, erwägt, prüft, envisage, considera",
    "pledges": (
        "pledge, pledged, promise, promises, promised, commits, committed, sagt zu, verspricht, promet, s'engage, "
        "promete, se compromete, promette, si impegna"
    ),
    "allocates": "allocated, earmarks, earmarked, budgeted, stellt bereit, alloue, asigna, stanzia",
    "delivers": "delivered, provides, provided, sends, sent, liefert, livre, entrega, consegna",
    "threatens": "threatened, threat, droht, menace, amenaza, minaccia",
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

_VOTERS: Final = (
    "member, members, mp, mep, deputy, legislator, lawmaker, senator, councillor, delegate, voter, mitglied, "
    "abgeordnete, abgeordneter, abgeordnete/r, ratsmitglied, stadtrat, stadträtin, député, députée, sénateur, "
    "sénatrice, parlementaire, élu, élue, conseiller, conseillère, diputado, diputada, senador, senadora, concejal, "
    "concejala, deputato, deputata, senatore, senatrice, consigliere"
)
"""What stands above those who vote each for themselves, whatever party or country stands beside them."""

KEYS_SAID_FOR: Final = {
    "actor": (
        f"{_VOTERS}, country, state, member state, organisation, organization, party, delegation, stakeholder, who, "
        "name, akteur, "
        "wer, land, staat, mitgliedstaat, partei, acteur, qui, pays, état, parti, quién, país, partido, attore, chi, "
        "paese, partito, fraktion, verband, institution, gruppe, groupe, organización, grupo, organizzazione, gruppo"
    ),
    "position": (
        "stance, vote, voted, how voted, vote cast, ballot, view, opinion, answer, response, haltung, standpunkt, "
        "meinung, stimme, votum, stimmabgabe, abstimmungsverhalten, avis, sens du vote, postura, posición, voto, "
        "sentido del voto, posizione"
    ),
    "stage": "stufe, stadium, étape, etapa, fase",
    "proposal": (
        "issue, topic, question, voted on, vote on, subject of vote, vote title, roll call, bill, motion, resolution, "
        "amendment, agenda item, policy, measure, matter, file, dossier, law, on, vorschlag, thema, antrag, vorhaben, "
        "maßnahme, gesetz, frage, abstimmung, abgestimmt über, gegenstand, beschluss, beschlussvorlage, vorlage, "
        "drucksache, tagesordnungspunkt, gesetzentwurf, änderungsantrag, proposition, mesure, sujet, loi, scrutin, "
        "objet du vote, délibération, projet, projet de loi, amendement, propuesta, medida, tema, ley, votación, "
        "acuerdo, proyecto, proyecto de ley, moción, enmienda, proposta, misura, legge, votazione, delibera, mozione, "
        "emendamento, disegno di legge"
    ),
    "date": (
        "day, when, date of statement, said on, dated, datum, tag, wann, jour, quand, fecha, día, cuándo, data, "
        "giorno, quando"
    ),
    "toward": (
        "to, towards, to whom, recipient, addressee, an, an wen, gegenüber, empfänger, adressat, à qui, envers, "
        "à l'égard de, destinataire, a quién, hacia, destinatario, a chi, verso"
    ),
    "until": ("to, end, ends, end date, valid until, expires, bis, ende, gültig bis, jusqu'à, hasta, fino a"),
    "if": (
        "condition, conditions, on condition, only if, provided, provided that, depends on, wenn, falls, bedingung, "
        "bedingungen, unter der bedingung, si, à condition, à condition que, sous condition, condición, condiciones, "
        "a condición de que, se, condizione, condizioni, a condizione che"
    ),
    "unless": (
        "except if, if not, außer, außer wenn, es sei denn, sauf si, à moins que, a menos que, salvo si, a meno che"
    ),
    "amount": "sum, betrag, summe, montant, importe, importo",
    "at-least": "min, minimum, mindestens, au moins, al menos, almeno",
    "at-most": "max, maximum, up to, höchstens, au plus, como máximo, al massimo",
    "unit": "currency, einheit, währung, unité, devise, unidad, moneda, unità, valuta",
    "source": "link, reference, citation, source url, source link, publication, quelle, beleg, fuente, fonte",
    "url": "web, web page, website, address, link, source url, source link, webseite, adresse, lien, enlace",
    "note": (
        "notes, description, comment, comments, remark, remarks, summary, anmerkung, bemerkung, notiz, kommentar, "
        "remarque, commentaire, nota, comentario, commento"
    ),
    "quote": "quotation, citation, citation text, wording, zitat, wortlaut, cita, citazione",
    "speaker": (
        "said by, spokesperson, person, sprecher, sprecherin, redner, rednerin, porte-parole, orateur, oratrice, "
        "portavoz, orador, oradora, portavoce, oratore"
    ),
    "via": "reported by, quoted from, laut, zitiert nach, selon, d'après, según, secondo",
    "credibility": "glaubwürdigkeit, glaubhaftigkeit, crédibilité, credibilidad, credibilità",
    "reliability": "zuverlässigkeit, verlässlichkeit, fiabilité, fiabilidad, affidabilità",
    "lines": "line, zeile, zeilen, ligne, línea, riga",
    "page": "pages, seite, seiten, página, pagina",
    "kind": "type, actor type, type of actor, art, typ, tipo",
    "publisher": "outlet, medium, newspaper, zeitung, herausgeber, verlag, journal, éditeur, medio, giornale",
    "published": (
        "date of publication, publication date, published on, veröffentlicht, erschienen, publié, publicado, pubblicato"
    ),
}
"""What people call a key of a record, in several languages: what a sheet's headings suggest; of several keys that one
word may be, the likeliest stands first."""

_IN_FILES: Final = {
    "title": "name, label, headline",
    "name": "title, label",
    "since": "date, from, start, begin",
    "published": "date",
    "at-least": "from",
    "at-most": "to",
    "evidence": "sources",
    "value": "number, sum, total",
    "actors": "players, stakeholders, parties, people",
    "proposals": "topics, issues, plans",
    "stances": "positions, opinions, views, votes",
    "commitments": "pledges, promises, undertakings",
    "relations": "ties, relationships",
    "sources": "documents, articles, references",
    "events": "milestones",
}
"""What people write in a file of a model for other keys, and for those of a section."""


def meant_by(text: str, known: Container[str]) -> str | None:
    """Return which of the known words an everyday one may be said for, None where none of them is.

    >>> from actorgraph.vocabulary import ACTOR_KINDS, POSITIONS
    >>> meant_by("Against", POSITIONS), meant_by("Dafür", POSITIONS), meant_by("against", ACTOR_KINDS)
    ('opposes', 'supports', None)
    """
    return next((ours for ours in _by_form().get(fold(text), ()) if ours in known), None)


def heads_voters(heading: str) -> bool:
    """Whether a heading is one above those who vote each for themselves.

    >>> heads_voters("Member"), heads_voters("MP name"), heads_voters("Party")
    (True, True, False)
    """
    return not _voters().isdisjoint(forms_of_heading(heading))


def forms_of_heading(heading: str) -> tuple[str, ...]:
    """Return the forms by which a heading may be known: whole, without what stands in brackets, and without *name*.

    >>> forms_of_heading("Date (dd/mm/yyyy)"), forms_of_heading("Actor(s)"), forms_of_heading("Party name")
    (('date dd mm yyyy', 'date'), ('actor s', 'actor'), ('party name', 'party'))
    """
    bare = fold(_BRACKETS.sub("", heading))
    return tuple(dict.fromkeys(form for form in (fold(heading), bare.removesuffix(" name")) if form))


_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")


@cache
def _voters() -> frozenset[str]:
    return frozenset(map(fold, _VOTERS.split(", ")))


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
def _by_form() -> dict[str, list[str]]:
    return by_form((*SAID_FOR.items(), *KEYS_SAID_FOR.items(), *_IN_FILES.items()))


def by_form(said_for: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the words that may be meant, the likeliest first, by the folded forms that people say for each.

    >>> by_form([("source", "Link, quelle"), ("url", "link")])
    {'link': ['source', 'url'], 'quelle': ['source']}
    """
    meant: dict[str, list[str]] = {}
    for ours, forms in said_for:
        for form in forms.split(", "):
            meant.setdefault(fold(form), []).append(ours)
    return meant
