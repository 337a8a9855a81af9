"""A guessed mapping says what headings and words suggest, leaves open what nobody can tell, and is read back."""

from pathlib import Path

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.exchange.sheets.guess import guessed
from actorgraph.exchange.sheets.mapping import SheetMapping, mapping_of
from actorgraph.exchange.sheets.sheet_rows import Sheet, SheetRow


def guess(text: str, **options: object) -> str:
    rows = [SheetRow(number, line.split("|")) for number, line in enumerate(text.split("\n"), 1)]
    return guessed(Sheet("a.csv", rows), mapping_of(options))


def read_back(text: str, folder: Path) -> SheetMapping:
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    return mapping_of({"map": (str(folder / "map.yaml"),)})


def test_a_long_table(tmp_path: Path) -> None:
    text = guess("Member State|Vote|When|Rest\nA|for|14/10/2025|x\nB|no|03/04/2025|y\nC|hm|2025|\nD|n/a||")
    assert """columns:
  actor: Member State
  position: Vote
  date: When

words:
  for: supports
  hm: null  # what does it mean?
  n/a: nothing
  "no": opposes

set:
  proposal: null  # no column says it: what is it for all rows?
  source: null  # no column says it: what is it for all rows?

dates: day-first  # as 14/10/2025 can only be; is 03/04/2025, too?

kind:  # of new actors: state, organisation, coalition, person

ignore: [Rest]
""" == text.partition("\n\n")[2].replace("ignore:\n  - Rest", "ignore: [Rest]")
    mapping = read_back(text, tmp_path)
    assert {"for": "supports", "hm": "", "n a": None, "no": "opposes"} == mapping.words
    assert ({}, "day-first", ("Rest",)) == (mapping.constants, mapping.dates, mapping.ignore)


def test_a_wide_table(tmp_path: Path) -> None:
    mapping = read_back(guess("Party|Buses|Trams|Seats\nA|for|against|5\nB||abstain|6"), tmp_path)
    assert ({"actor": "Party"}, True, ("Seats",)) == (mapping.columns, mapping.wide, mapping.ignore)
    assert {"for": "supports", "against": "opposes", "abstain": "neutral"} == mapping.words


def test_a_table_in_another_language(tmp_path: Path) -> None:
    """Words for kinds of actors are told apart from those for positions."""
    headings = "Land|Thema|Haltung|Datum|Quelle|Typ|Etat"
    text = guess(f"{headings}\nFrankreich|Heer|dafür|2025|taz|Staat|1\nGrüne|Heer|Nein|2025|taz|Partei|2")
    mapping = read_back(text, tmp_path)
    columns = {"actor": "Land", "proposal": "Thema", "position": "Haltung", "date": "Datum", "source": "Quelle"}
    assert ({**columns, "kind": "Typ"}, ("Etat",)) == (mapping.columns, mapping.ignore)
    assert {"dafur": "supports", "nein": "opposes", "staat": "state", "partei": "organisation"} == mapping.words
    assert "of new actors" not in text  # a column says it
    french = read_back(guess("Pays|Sujet|Avis|Jour|Lien\nItalie|Armée|contre|2025|https://g.test/1"), tmp_path)
    assert {"contre": "opposes"} == french.words
    assert ["Pays", "Avis", "Sujet", "Jour", "Lien"] == [
        french.columns[key] for key in ("actor", "position", "proposal", "date", "url")
    ]


@pytest.mark.parametrize(
    "headings", ["Wer?|Thema|Haltung|Wann?", "Qui ?|Sujet|Avis|Quand ?", "Chi|Tema|Posizione|Quando"]
)
def test_headings_may_be_questions(headings: str, tmp_path: Path) -> None:
    actor, proposal, position, date = headings.split("|")
    mapping = read_back(guess(f"{headings}\nA|B|pro|14. März 2025"), tmp_path)
    assert {"actor": actor, "proposal": proposal, "position": position, "date": date} == mapping.columns


def test_a_heading_that_may_mean_two_things_means_what_no_other_does(tmp_path: Path) -> None:
    """A link is the source where nothing else is, and else its address."""
    both = read_back(guess("Country|Vote|Bill|Day|Link|Source\nA|for|B|2025|https://g.test/1|Gazette"), tmp_path)
    assert ("Source", "Link", ()) == (both.columns["source"], both.columns["url"], both.ignore)
    alone = read_back(guess("Country|Vote|Bill|Day|Link\nA|for|B|2025|https://g.test/1"), tmp_path)
    assert ("Link", False) == (alone.columns["source"], "url" in alone.columns)


def test_a_column_of_positions_is_known_by_its_words_whatever_its_heading(tmp_path: Path) -> None:
    mapping = read_back(guess("Who|For/Against|Rest\nA|For|x\nB|against |y\nC|n.a.|z"), tmp_path)
    assert {"actor": "Who", "position": "For/Against"} == mapping.columns
    assert ({"for": "supports", "against": "opposes", "n a": None}, ("Rest",)) == (mapping.words, mapping.ignore)


def test_a_sheet_without_positions_says_that_they_are_missing() -> None:
    assert "  position: null  # no column says it: what is it for all rows?\n" in guess("Who|When\nA|2025-01-02")


def test_a_wide_table_in_signs_leaves_open_what_they_mean(tmp_path: Path) -> None:
    mapping = read_back(guess("State|X|Z\nA|+|-\nB|-|+1\nC|-1|", wide=True), tmp_path)
    assert ({"+": "", "-": "", "+1": "", "-1": ""}, ()) == (mapping.words, mapping.ignore)


def test_spellings_that_a_mapping_takes_for_one_are_listed_once(tmp_path: Path) -> None:
    text = guess(
        "Actor|Position|Date\nA|Für|2025\nB|für|2025\nC|FÜR|2025\nD|gegen|2025\nE|hm|2025\nF|Hm.|2025\nG|hm?|2025"
    )
    assert ["  Für: supports", "  gegen: opposes", "  hm: null  # what does it mean?"] == text.splitlines()[10:13]
    assert {"fur": "supports", "gegen": "opposes", "hm": "", "hm?": ""} == read_back(text, tmp_path).words


def test_a_heading_for_stages_is_known_in_other_languages(tmp_path: Path) -> None:
    mapping = read_back(guess("Akteur|Stufe|Vorhaben|Datum\nA|zugesagt|X|2025\nB|geprüft|X|2025"), tmp_path)
    assert ("Stufe", ["gepruft", "zugesagt"]) == (mapping.columns["stage"], [*mapping.words])


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        *[("if", "if"), ("Condition", "if"), ("wenn", "if"), ("Si", "if"), ("Sous condition", "if"), ("se", "if")],
        *[("Unless", "unless"), ("es sei denn", "unless"), ("Sauf si", "unless"), ("a meno che", "unless")],
        *[("Toward", "toward"), ("to", "toward"), ("an wen", "toward"), ("À l'égard de", "toward")],
    ],
)
def test_what_a_record_depends_on_and_to_whom_it_is_made_is_not_passed_over(heading: str, key: str) -> None:
    """A promise under a condition would come in as a firm one."""
    text = guess(f"Actor|Position|Proposal|Date|Source|{heading}\nA|pledges|P|2025|S|the state pays")
    assert f"\n  {key}: {heading}\n" in text
    assert "ignore" not in text


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        *((heading, "credibility") for heading in ("Glaubwürdigkeit", "Crédibilité", "Credibilidad", "Credibilità")),
        *((heading, "reliability") for heading in ("Zuverlässigkeit", "Fiabilité", "Fiabilidad", "Affidabilità")),
        *((heading, "via") for heading in ("Zitiert nach", "Selon", "Según", "Secondo")),
    ],
)
def test_how_far_a_report_is_to_be_trusted_is_known_in_other_languages(heading: str, key: str) -> None:
    assert f"\n  {key}: {heading}\n" in guess(f"Who|{heading}|What|Vote|When\nA|2|T|for|2025-01-02")


@pytest.mark.parametrize("heading", ["Délibération", "Beschlussvorlage", "Proyecto de ley", "Disegno di legge"])
def test_what_a_council_votes_on_has_a_row_where_its_heading_says_so(heading: str) -> None:
    """Else the groups that vote were taken for proposals, without an actor."""
    guessed = guess(
        f"{heading}|Date|Source|Verts|Centre\nTour|2025-01-02|PV|pour|contre\nPont|2025-01-03|PV|contre|pour"
    )
    assert f"\n  proposal: {heading}\n" in guessed
    assert '\nwide: "true"  # a column an actor\n' in guessed
    assert "set:" not in guessed


def test_a_wide_table_without_a_date_says_where_the_dates_of_several_votes_may_stand() -> None:
    turned = "where each proposal has its own, write a proposal a row, with a column for its date"
    guessed = guess("Who|Harbour|Bridge\nA|for|against\nB|against|for")
    assert f"  date: null  # no column says it: what is it for all rows? {turned}\n" in guessed
    assert turned not in guess("Who|What|Vote\nA|Harbour|for")


@pytest.mark.parametrize("heading", ["Bis", "Valid until", "Fino a"])
def test_an_end_of_another_name_is_told_to_be_the_first_day_outside(heading: str) -> None:
    """Whoever writes `bis 31.12.` mostly means that day, too."""
    rows = "{}|Who|What|Vote|When\n2025-12-31|A|Harbour|for|2025-01-02"
    remark = "  # the first day outside, not the last one inside\n"
    assert f"\n  until: {heading}{remark}" in guess(rows.format(heading))
    assert "\n  until: Until\n" in guess(rows.format("Until"))


def test_to_is_an_end_where_days_stand_below_it() -> None:
    text = guess("Actor|Position|Proposal|Date|Source|To\nA|pledges|P|2025-01-01|S|2025-03-01\nB|for|P|2025|S|")
    assert "\n  until: To  # " in text


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["unterstützt", "befürwortet", "soutient", "apoya", "appoggia"], "supports"),
        (["lehnt ab", "s'oppose", "rechaza", "respinge"], "opposes"),
        (["sagt zu", "verspricht", "promet", "se compromete"], "pledges"),
        (["enthält sich", "s'abstient"], "neutral"),
    ],
)
def test_verbs_are_known_in_other_languages(words: list[str], meant: str) -> None:
    text = guess("Actor|Position|Proposal|Date|Source\n" + "\n".join(f"A|{word}|P|2025|S" for word in words))
    assert {f"  {word}: {meant}" for word in words} <= set(text.splitlines())


def test_headings_are_found_below_titles(tmp_path: Path) -> None:
    titles = "Our tracker\nWho|Position||Evidence\n"
    text = guess(f"{titles}Member State|File|For/Against|Date|url\nA|x|for|2025-01-02|https://example.org")
    assert "header: 3  # the row in which the headings seem to stand\n" in text.replace('"', "")
    mapping = read_back(text, tmp_path)
    assert (3, "For/Against") == (mapping.header, mapping.columns["position"])
    assert "header" not in guess("Who|Vote\nparty|person")


@pytest.mark.parametrize("titles", ["Our tracker", "Our tracker||as of May"])
def test_a_row_of_sums_is_no_row_of_headings(titles: str) -> None:
    """A sum is an amount, and the only word that is known beside the names of proposals."""
    text = guess(f"{titles}\nCountry|Plan A|Plan B\nX|for|against\nSum|1|0\nSource: own work")
    assert 'header: "2"' in text
    text = guess("Our tracker\nFaction|Plan A|Plan B\nX|for|against\nSum|1|0\nSource: own work")
    assert 'header: "2"' in text
    assert "header" not in guess("Faction|Plan A|Plan B\nX|for|against|a stray note\nSum|1|0")


def test_whether_a_cell_holds_several_actors_is_asked(tmp_path: Path) -> None:
    text = "actor|position\nA|for\nDenmark / Malta|for"
    assert "several:  # is Denmark / Malta one actor? if it is several: '/'\n" in guess(text)
    assert not read_back(guess(text), tmp_path).several
    rows = [SheetRow(1, ["actor", "position"]), SheetRow(2, ["A", "for"]), SheetRow(3, ["Denmark\nMalta", "for"])]
    lined = guessed(Sheet("a.csv", rows), mapping_of({}))
    assert 'several:  # is Denmark Malta one actor? if it is several: "\\n"\n' in lined
    said = lined.replace("several:  #", 'several: "\\n"  #').replace("kind:", "kind: state")
    assert "\n" == read_back(said, tmp_path).several
    assert "several: /\n" in guess(text, several="/").replace('"', "")
    assert "several" not in guess("actor|position\nA|for")


def test_dates_that_can_be_both_are_left_open() -> None:
    assert "dates:  # day-first or month-first? 03/04/2025 can be both\n" in guess("actor|date\nA|03/04/2025")


@pytest.mark.parametrize(
    ("amounts", "line"),
    [
        (["1.000"], "decimals:  # point or comma? 1.000 can be both\n"),
        (["1.000", "2.000,50"], "decimals: comma  # as 2.000,50 can only be; is 1.000, too?\n"),
        (["1,000", "0.5", "about 1"], "decimals: point  # as 0.5 can only be; is 1,000, too?\n"),
        (["1,000", "0.5", "0,5"], "decimals:  # point or comma? 1,000 can be both\n"),
        (["1000", "2.000,50"], ""),
    ],
)
def test_which_sign_stands_before_decimals_is_asked_where_it_matters(amounts: list[str], line: str) -> None:
    text = guess("\n".join(["actor|Sum", *(f"A|{amount}" for amount in amounts)]))
    assert (line in text, line != "") == (True, "decimals" in text)


def test_a_number_of_excel_has_a_point_whatever_texts_have() -> None:
    rows = [SheetRow(1, ["actor", "amount"]), SheetRow(2, ["A", "1.125"], [1])]
    assert "decimals" not in guessed(Sheet("a.xlsx", rows), mapping_of({}))


@pytest.mark.parametrize("word", ["n/a", "k. A.", "keine Angabe", "s.o.", "s/d", "non disponibile"])
def test_words_for_no_position_are_known_in_several_languages(word: str) -> None:
    assert f"  {word}: nothing\n" in guess(f"actor|position\nA|for\nB|{word}")


def test_what_was_said_is_kept() -> None:
    text = guess("Who|What|Said\nA|for|03/04/2025", map=("actor=Who", "date=Said"), dates="month-first", kind="state")
    assert all(line in text for line in ("  actor: Who\n", "  date: Said\n", "dates: month-first\n", "kind: state\n"))


def test_what_a_mapping_says_of_words_and_of_all_rows_is_kept() -> None:
    """A sheet that has grown is guessed anew with the mapping of the one before."""
    said = {"word": ("hm=undecided", "n/a=nothing", "gone=open"), "set": ("credibility=3",)}
    text = guess("Who|Vote|Issue|When|Link\nA|hm|P|2025|S\nB|n/a|P|2025|S\nC|new|P|2025|S", **said)
    assert "words:\n  hm: undecided\n  n/a: nothing\n  new: null  # what does it mean?\n  gone: open\n" in text
    assert 'set:\n  credibility: "3"\n' in text.replace("credibility: 3", 'credibility: "3"')


def test_a_row_of_headings_that_was_named_is_kept(tmp_path: Path) -> None:
    text = guess("Positions\n\nWho|For/Against\nA|for\nB|no", header="3")
    assert (3, "For/Against") == ((mapping := read_back(text, tmp_path)).header, mapping.columns["position"])


def test_an_empty_sheet() -> None:
    with pytest.raises(UsageProblem, match=r"a\.csv is empty"):
        guess("\n")


@pytest.mark.parametrize("column", ["Government", "B", "government"])
def test_a_column_that_the_mapping_names_comes_before_one_that_is_called_so(column: str, tmp_path: Path) -> None:
    text = guess("Actor|Government|Position|Date\nMiller|France|for|2025", map=(f"actor={column}",))
    mapping = read_back(text, tmp_path)
    assert ("Government", ("Actor",)) == (mapping.columns["actor"], mapping.ignore)


def test_what_the_mapping_sets_or_ignores_is_looked_for_in_no_column(tmp_path: Path) -> None:
    """An import refuses a key that is set for all rows and is a column, too."""
    text = guess("Who|Vote|Issue|When|Link|Remarks\nA|no|P|x|S|R", set=("date=2025",), ignore=("Remarks",))
    mapping = read_back(text, tmp_path)
    assert not {"date", "note"} & mapping.columns.keys()
    assert ({"date": "2025"}, ("When", "Remarks")) == (mapping.constants, mapping.ignore)


def test_a_column_that_the_mapping_names_and_is_not_there_is_told() -> None:
    with pytest.raises(UsageProblem, match=r"no column has the heading 'Governmnt' \(did you mean 'Government'\?\)"):
        guess("Actor|Government|Position\nMiller|France|for", map=("actor=Governmnt",))


def test_a_heading_over_several_columns_is_named_by_its_letter(tmp_path: Path) -> None:
    """By the heading alone the import would not know which of them is meant."""
    text = guess("Who|Vote|Issue|When|Link|Note|NOTE|\nA|no|P|2025|S|one|two|\nB|no|P|2025|S|one||")
    assert '  note: "F"  # Note\n' in text
    assert "ignore:\n  - G  # NOTE\n" in text
    mapping = read_back(text, tmp_path)
    assert ("F", ("G",)) == (mapping.columns["note"], mapping.ignore)


@pytest.mark.parametrize(
    "headings", ["Member|Party|Voted on|Vote|Date|Link", "Partei|Abgeordnete/r|Gegenstand|Stimmabgabe|Datum|Quelle"]
)
def test_who_votes_is_the_actor_and_not_the_party(headings: str, tmp_path: Path) -> None:
    """Else the members of a party that vote differently would be one actor that contradicts itself."""
    first, second, on, vote, *_ = headings.split("|")
    mapping = read_back(guess(f"{headings}\nA|B|Bill 12|No|2025-03-04|S"), tmp_path)
    voter, party = (first, second) if first == "Member" else (second, first)
    assert (voter, on, vote) == tuple(mapping.columns[key] for key in ("actor", "proposal", "position"))
    assert (party,) == mapping.ignore


def test_of_a_wide_table_a_column_in_which_few_took_part_is_one_more(tmp_path: Path) -> None:
    text = guess(
        "MP|Party|Bill 1|Bill 2|Bill 3|Region\nA|Con|Aye|No|Aye|East\nB|Lab|No|Aye|Paired|West\n"
        "C|Con|Aye|Aye|Teller|East\nD|Con|Aye|Aye|Suspended|East\nE|Green|No|Not present|Excused|East"
    )
    mapping = read_back(text, tmp_path)
    assert ({"actor": "MP"}, True, ("Party", "Region")) == (mapping.columns, mapping.wide, mapping.ignore)
    assert ("", None, "opposes") == tuple(mapping.words[word] for word in ("paired", "excused", "no"))


def test_a_formula_without_a_value_is_no_word() -> None:
    """Whatever it were said to mean, its row is left out."""
    assert "words:\n  hm: null" in guess('Who|Vote\nA|=IF(B1="x";"for";"")\nB|#N/A\nC|hm')
    assert "=IF" not in guess('Who|Vote\nA|=IF(B1="x";"for";"")\nB|for')


@pytest.mark.parametrize("word", ["for*", "(for)", "for †", "~for", "for…"])
def test_a_word_with_a_mark_is_asked(word: str) -> None:
    assert f"  {word}: null  # what does it mean?\n" in guess(f"Who|Vote\nA|for\nB|{word}").replace('"', "")


def test_what_stands_in_brackets_makes_no_other_heading(tmp_path: Path) -> None:
    text = guess("Actor(s)|Position [code]|Proposal|Date (dd/mm/yyyy)|Source (link)|Seats (2024)\nA|for|P|2025|S|3")
    mapping = read_back(text, tmp_path)
    assert {
        "actor": "Actor(s)",
        "position": "Position [code]",
        "proposal": "Proposal",
        "date": "Date (dd/mm/yyyy)",
        "source": "Source (link)",
    } == mapping.columns
    assert ("Seats (2024)",) == mapping.ignore


def test_what_stands_under_a_merged_heading_is_told() -> None:
    told = "# Nothing stands above column C, as under a merged heading: name it by its letter, or it is not read.\n"
    rows = "A|for|with a ceasefire|Bridge|2025\nB|no||Bridge|2025"
    assert told in guess(f"Country|Vote||Issue|Date|\n{rows}")
    assert "Nothing stands above" not in guess(f"Country|Vote||Issue|Date|\n{rows.replace('with a ceasefire', '')}")
    assert "Nothing stands above" not in guess(f"Country|Vote||Issue|Date|\n{rows}", map=("note=C",))
