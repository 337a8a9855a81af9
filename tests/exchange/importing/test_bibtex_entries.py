"""References from BibTeX as others write it: Zotero, JabRef, BibLaTeX, and hands."""

from unicodedata import normalize

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.exchange.importing.bibtex_entries import read_items, text_of
from actorgraph.exchange.importing.incoming import Skipped
from actorgraph.exchange.importing.library import LibraryItem

WHOLE = "title = {T}, publisher = {P}, date = {2025}"


def only(fields: str, sort: str = "misc") -> LibraryItem:
    (found,) = read_items(f"@{sort}{{a, {fields}}}", "s.bib")
    assert isinstance(found, LibraryItem), found
    return found


ZOTERO = r"""
@article{doe_memo_2025,
	title = {Memo on {EU} law: 50\% of {Škoda} \& co},
	copyright = {© {The} {Times}},
	url = {https://example.org/a_b?c=%20d},
	abstract = {An abstract.},
	language = {en-GB},
	urldate = {2025-02-03},
	journal = {The Times},
	author = {Doe, Jane and {Council of the EU} and van Beethoven, Ludwig},
	month = jan,
	year = {2025},
	note = {Section: Politics},
	file = {Full Text:C\:\\Users\\a\\Doe - 2025.pdf:application/pdf;Snapshot:files/2/memo.html:text/html},
}
"""


def test_an_entry_as_zotero_writes_it() -> None:
    (found,) = read_items(ZOTERO, "s.bib")
    assert isinstance(found, LibraryItem)
    assert ("line 2 (doe_memo_2025)", "doe_memo_2025") == (found.place, found.key)
    assert {
        "title": "Memo on EU law: 50% of Škoda & co",
        "publisher": "The Times",
        "author": "Jane Doe; Council of the EU; Ludwig van Beethoven",
        "published": "2025-01",
        "language": "en-GB",
        "url": "https://example.org/a_b?c=%20d",
        "accessed": "2025-02-03",
    } == found.body
    assert ("Doe - 2025.pdf", "memo.html") == found.files


@pytest.mark.parametrize(
    ("sort", "own", "body"),
    [
        ("incollection", "", {"publisher": "P", "published": "2025-03"}),
        ("incollection", "year = 2024,", {"publisher": "P", "published": "2024"}),
        ("incollection", "publisher = {Own},", {"publisher": "Own", "published": "2025-03"}),
        ("misc", "date = {2024-05},", {"publisher": "Proceedings", "published": "2024-05"}),
    ],
)
def test_a_part_has_what_its_whole_says(sort: str, own: str, body: dict[str, str]) -> None:
    part = f"@{sort}{{a, title = {{T}}, {own} crossref = {{b}}}}"
    whole = "@book{b, title = {Proceedings}, author = {Roe}, url = {https://b.example}, "
    whole += "publisher = {P}, year = 2025, month = mar}"
    for text in (part + whole, whole + part):
        (found,) = [item for item in read_items(text, "s.bib") if isinstance(item, LibraryItem) and item.key == "a"]
        assert {"title": "T", **body} == found.body


def test_a_part_of_what_is_not_there_has_what_it_says() -> None:
    assert "P" == only(f"{WHOLE}, crossref = {{b}}").body["publisher"]
    assert "P" == only(f"{WHOLE}, crossref = {{a}}").body["publisher"]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"{\"U}ber {\'e}t{\'{e}} {\O}rsted \ss{} \c{c} \v{S} \aa", "Über été Ørsted ß ç Š å"),
        (r"\textbraceleft{}a\textbraceright{} \{b\}", "{a} {b}"),
        (r"\textasciitilde{}\textasciicircum{}\textbackslash{}\_\$\#", "~^\\_$#"),
        (r"\emph{so} {\it that} \textbf{x}", "so that x"),
        (r"CO$_2$, $\beta$", "CO_2, β"),
        ("5 -- 6 --- ``q''", "5 – 6 — “q”"),
        ("50% of it", "50% of it"),
        ("a {b", "a b"),
        (r"\url{https://x.example/a} \href{https://x.example}{here}", "https://x.example/a here"),
        (r"{a \begin{b", r"a \beginb"),
    ],
)
def test_latex_is_text(latex: str, expected: str) -> None:
    assert expected == text_of(latex)


@pytest.mark.parametrize("letter", "aeinouyczsAEO")
@pytest.mark.parametrize("accent", "`'^\"~=.")
@pytest.mark.parametrize("form", [r"x\%s%sy", r"{\%s%s}y", r"\%s{%s}y", r"{\%s{%s}}y", r"{x\%s%s} y"])
def test_accents_are_read_at_once_as_a_reader_of_latex_reads_them(form: str, accent: str, letter: str) -> None:
    latex = form % (accent, letter)
    assert text_of(latex) == normalize("NFC", text_of(f"{latex}$~$")).removesuffix("~").rstrip("\xa0")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("year = 2025, month = mar, day = 4", "2025-03-04"),
        ("year = {2025}, month = {March}", "2025-03"),
        ("year = {2025}, month = 3", "2025-03"),
        ('year = {2025}, month = "4~" # mar', "2025-03-04"),
        ("date = {2025-03-04/2025-04}, year = 1999", "2025-03-04/2025-04"),
        ("date = {/2025}", "../2025"),
    ],
)
def test_dates(fields: str, expected: str) -> None:
    assert expected == only(f"title = {{T}}, publisher = {{P}}, {fields}").body["published"]


@pytest.mark.parametrize(
    ("fields", "sort", "publisher"),
    [
        ("journaltitle = {J}, publisher = {P}", "article", "J"),
        ("booktitle = {B}, publisher = {P}", "incollection", "P"),
        ("institution = {I}", "report", "I"),
        (r"howpublished = {\url{https://www.site.example/a}}", "misc", "site.example"),
        ("howpublished = {Leaflet}", "misc", "Leaflet"),
        ("howpublished = {Gazette (https://gazette.example)}", "misc", "Gazette (https://gazette.example)"),
        (r"howpublished = {Leaflet, \url{https://site.example/a}}", "misc", "Leaflet, https://site.example/a"),
        ("author = {{The Council}}", "misc", "The Council"),
    ],
)
def test_publishers(fields: str, sort: str, publisher: str) -> None:
    assert publisher == only(f"title = {{T}}, year = 2025, {fields}", sort).body["publisher"]


def test_the_sort_of_a_document_in_words() -> None:
    assert ["Thesis", "Report", "Press release", "Thesis", ""] == [
        only(WHOLE, "phdthesis").sort,
        only(WHOLE, "techreport").sort,
        only(f"{WHOLE}, type = {{Press release}}", "report").sort,
        only(f"{WHOLE}, type = {{phdthesis}}", "thesis").sort,
        only(WHOLE, "online").sort,
    ]


def test_strings_are_put_together() -> None:
    text = '@string{ft = "Financial Times"}\n@misc{a, title = {T}, year = 2025, publisher = ft # { Weekend}}'
    (found,) = read_items(text, "s.bib")
    assert isinstance(found, LibraryItem)
    assert "Financial Times Weekend" == found.body["publisher"]


def test_what_is_broken_is_told_with_its_line_and_the_rest_comes_in() -> None:
    text = (
        f"@misc{{good, {WHOLE}}}\n@misc{{open, title = {{x\n@misc{{twice, title = {{a}}, title = {{b}}}}\n"
        f"@misc{{undated, title = {{T}}, publisher = {{P}}}}\n@misc{{odd, title={{T}}, year=2025, month={{spring}}}}\n"
        f"@misc{{last, {WHOLE}}}\n"
    )
    found = list(read_items(text, "s.bib"))
    told = {one.place: one.reason for one in found if isinstance(one, Skipped)}
    assert ["good", "last"] == [one.key for one in found if isinstance(one, LibraryItem)]
    assert "closing" in told["line 2"]
    assert "it is no BibTeX: Duplicate field keys on entry: 'title'" == told["line 3"]
    assert "it has no date" == told["line 4 (undated)"]
    assert "its month 'spring' is none; write jan to dec, or 1 to 12" == told["line 5 (odd)"]


@pytest.mark.parametrize("date", ["2025~", "2025?", "199X", "2025/.."])
def test_a_date_that_is_only_about_right_is_told(date: str) -> None:
    (found,) = read_items(f"@misc{{a, title={{T}}, publisher={{P}}, year={{2025}}, date={{{date}}}}}", "s.bib")
    assert isinstance(found, Skipped)
    assert f"its date '{date}' is none that a model has" in found.reason


def test_nothing_else_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    list(read_items("@misc{open, title = {x\n@misc{a, title = {y}}", "s.bib"))
    assert ("", "") == capfd.readouterr()


def test_a_file_without_an_entry_is_told() -> None:
    with pytest.raises(UsageProblem, match="no entry of BibTeX"):
        list(read_items("@comment{only this}", "s.bib"))
