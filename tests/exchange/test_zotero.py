"""A library of a reference manager becomes sources: by its key or address each is one, and none goes silently."""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from asking import ask

from actorgraph.exchange.importing.incoming import Arrival, Skipped, Things
from actorgraph.exchange.zotero import read
from actorgraph.model.loader import load_model

NEWS: dict[str, Any] = {
    "id": "doe2025",
    "type": "article-newspaper",
    "title": "Harbour talks go on",
    "container-title": "Coast Weekly",
    "issued": {"date-parts": [[2025, 10, 14]]},
    "URL": "https://coast.example/talks",
}
BIB = "@article{doe2025, title={Harbour talks go on}, journal={Coast Weekly}, date={2025-10-14}, url={https://coast.example/talks}}"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copy("examples/minimal.yaml", tmp_path / "m.yaml"))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


def items(*changes: dict[str, Any]) -> str:
    """Return CSL-JSON of the article with these changes, one item for each."""
    return json.dumps([{**NEWS, **change} for change in changes])


def brought(model: Path, *files: Path, **options: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the sources that files bring to a model, by id, and what is left out, by its place."""
    found = list(read([str(file) for file in files], Things(load_model(model)), **options))
    arrived = [one.draft for one in found if isinstance(one, Arrival)]
    assert len(arrived) == len({draft.key for draft in arrived})
    return (
        {str(draft.key): dict(draft.body) for draft in arrived},
        {str(one.place): one.reason for one in found if isinstance(one, Skipped)},
    )


def test_both_formats_bring_the_same_source(model: Path, library: Path) -> None:
    library.write_text(items({}), encoding="utf-8")
    sources, _ = brought(model, library)
    assert "Newspaper article" == sources["doe2025"].pop("about")
    library.write_text(BIB, encoding="utf-8")
    assert sources == brought(model, library)[0]


def test_what_comes_in_is_in_the_model_and_comes_once(model: Path, library: Path) -> None:
    library.write_text(items({}), encoding="utf-8")
    done = ask("import", "zotero", str(library), "-m", str(model), "--yes")
    assert 0 == done.exit_code, done.output
    assert "new: 1 source; corrected: 0" in done.stderr
    source = load_model(model).sources["doe2025"]
    assert ("Coast Weekly", "2025-10-14", "Newspaper article") == (source.publisher, source.published, source.about)
    before = model.read_bytes()
    again = ask("import", "zotero", str(library), "-m", str(model), "--yes")
    assert "nothing new; nothing was written" in again.stderr
    library.write_text(items({"title": "Harbour talks end"}, {"id": "roe2025", "URL": "https://x.example"}), "utf-8")
    grown = ask("import", "zotero", str(library), "-m", str(model), "--yes")
    assert "item 1 (doe2025): source doe2025: title: Harbour talks go on → Harbour talks end" in grown.stderr
    assert "new: 1 source; corrected: 1 source; there already: 0; left out: 0" in grown.stderr
    assert before != model.read_bytes()


@pytest.mark.parametrize("form", ["csl-json", "bibtex"])
def test_what_a_model_exports_brings_nothing_new_to_it(form: str, tmp_path: Path) -> None:
    for name in ("graphs", "seeds"):
        shutil.copytree(name, tmp_path / name)
    model = str(tmp_path / "graphs" / "nature-restoration")
    file = tmp_path / f"sources.{'bib' if form == 'bibtex' else 'json'}"
    assert 0 == ask("export", form, "-m", model, "-o", str(file)).exit_code
    done = ask("import", "zotero", str(file), "-m", model, "--yes")
    assert (
        f"new: nothing; corrected: 0; there already: {len(load_model(model).sources)} sources; left out: 0"
        in done.stderr
    )


def test_what_a_curator_wrote_about_a_source_stays(model: Path, library: Path) -> None:
    library.write_text(items({}), encoding="utf-8")
    ask("import", "zotero", str(library), "-m", str(model), "--yes")
    text = model.read_text(encoding="utf-8")
    model.write_text(text.replace("Newspaper article", "A report of the local paper"), encoding="utf-8")
    assert "nothing new" in ask("import", "zotero", str(library), "-m", str(model)).stderr


def test_a_source_is_known_by_its_address_too(model: Path, library: Path) -> None:
    """A spreadsheet may have made a source of an address alone; the library completes it, and does so again."""
    stub = "sources:\n  coast-example:\n    title: x\n    publisher: x\n    published: 2025\n    url: http://www.coast.example/talks/\n"
    model.write_text(model.read_text(encoding="utf-8").replace("sources:\n", stub, 1), encoding="utf-8")
    library.write_text(items({}, {"id": "other", "title": "On the same page"}), encoding="utf-8")
    assert ["coast-example", "other"] == list(brought(model, library)[0])
    ask("import", "zotero", str(library), "-m", str(model), "--yes")
    assert ["coast-example", "other"] == list(brought(model, library)[0])
    assert "Coast Weekly" == load_model(model).sources["coast-example"].publisher


def test_ids_are_made_of_keys_and_are_unique(model: Path, library: Path) -> None:
    keys = ["Doe_2025", "doe:2025", "http://zotero.org/users/1/items/A", "http://zotero.org/users/1/items/B", "中"]
    changes = [{"id": key, "title": key, "URL": ""} for key in keys]
    library.write_text(items(*changes), encoding="utf-8")
    names = ["doe-2025", "doe-2025-2", *(f"coast-weekly-2025-10-14{end}" for end in ("", "-2", "-3"))]
    assert names == list(brought(model, library)[0])
    ask("import", "zotero", str(library), "-m", str(model), "--yes")
    assert names == list(brought(model, library)[0])
    library.write_text(items(*reversed(changes[2:])), encoding="utf-8")
    assert "nothing new" in ask("import", "zotero", str(library), "-m", str(model)).stderr


def test_sources_of_one_title_are_not_one(model: Path, library: Path) -> None:
    library.write_text(items({}, {"id": "b", "URL": ""}, {"id": "c", "URL": ""}), encoding="utf-8")
    assert ["doe2025", "b", "c"] == list(brought(model, library)[0])


def test_a_key_that_stands_twice_is_told(model: Path, library: Path) -> None:
    library.write_text(items({}, {"title": "Another"}), encoding="utf-8")
    more = library.with_suffix(".bib")
    more.write_text(f"\n{BIB}\n{BIB}\n", encoding="utf-8")
    sources, left = brought(model, library, more)
    assert ["doe2025"] == list(sources)
    assert (
        dict.fromkeys(
            (f"{library}, item 2 (doe2025)", f"{more}, line 2 (doe2025)", f"{more}, line 3 (doe2025)"),
            f"its citation key stands already at {library}, item 1 (doe2025)",
        )
        == left
    )


def test_what_a_source_cannot_hold_is_told(model: Path, library: Path) -> None:
    library.write_text(items({"URL": "ftp://coast.example"}, {"id": "b", "issued": None}), encoding="utf-8")
    sources, left = brought(model, library)
    assert "url" not in sources["doe2025"]
    assert {
        "item 1 (doe2025)": (
            "only the address 'ftp://coast.example', which is no http, https or mailto link; the rest of it comes in"
        ),
        "item 2 (b)": "it has no date",
    } == left


def test_documents_are_found_by_attachment_and_by_key(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("Doe - 2025.pdf", "roe-2025.pdf", "roe-2025.txt", "other.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    library = tmp_path / "library.bib"
    entry = BIB.removesuffix("}").replace("https://coast.example", "https://x.example")
    library.write_text(
        f"{entry}, file={{PDF:files/1/Doe - 2025.pdf:application/pdf}}}}\n"
        f"{entry.replace('doe2025', 'Roe_2025')}}}\n{entry.replace('doe2025', 'poe2025')}}}\n",
        encoding="utf-8",
    )
    sources, _ = brought(model, library, documents=str(folder))
    noted = {key: (body.get("document"), body.get("sha256")) for key, body in sources.items()}
    assert {
        "doe2025": ("Doe - 2025.pdf", hashlib.sha256(b"Doe - 2025.pdf").hexdigest()),
        "roe-2025": ("roe-2025.txt", hashlib.sha256(b"roe-2025.txt").hexdigest()),
        "poe2025": (None, None),
    } == noted
    assert {None} == {body.get("document") for body in brought(model, library)[0].values()}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_is_unicode_is_read(encoding: str, model: Path, library: Path) -> None:
    library.write_bytes(items({"title": "Über"}).replace("\\u00dc", "Ü").encode(encoding))
    assert "Über" == brought(model, library)[0]["doe2025"]["title"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", " is empty; export the library as CSL JSON or BibTeX"),
        (b" \n", " is empty"),
        (b"TY  - NEWS\nTI  - T\nER  - \n", " is neither CSL-JSON nor BibTeX"),
        (b"<?xml version='1.0'?><rdf/>", " is neither CSL-JSON nor BibTeX"),
        (b"\xd0\xcf\x11\xe0", " is an old Excel file; save it as .xlsx"),
        (b"@misc{a,\n title={K\xf8b}}", ":2: byte 0xf8 is not UTF-8; export the library as UTF-8"),
        (b"\xff\xfe@", ":1: byte 0x40 is not utf-16; export the library as UTF-8"),
        (b"[{]", ":1:3: this is no JSON"),
    ],
)
def test_what_is_no_library_is_told_and_nothing_is_written(
    raw: bytes, message: str, model: Path, library: Path
) -> None:
    library.write_bytes(raw)
    before = model.read_bytes()
    done = ask("import", "zotero", str(library), "-m", str(model), "--yes")
    assert (2, before) == (done.exit_code, model.read_bytes())
    assert f"{library}{message}" in done.stderr


def test_a_file_or_folder_that_is_not_there_is_told(model: Path, library: Path) -> None:
    assert f"there is no file {library}\n" in ask("import", "zotero", str(library), "-m", str(model)).stderr
    library.write_text(items({}), encoding="utf-8")
    done = ask("import", "zotero", str(library), "-m", str(model), "--documents", "no-such-folder")
    assert "no-such-folder does not exist" in done.stderr


def test_without_the_library_for_bibtex_csl_json_still_comes_in(
    model: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser", None)
    for name in [name for name in sys.modules if name.startswith("bibtexparser.") or name.endswith("bibtex_entries")]:
        monkeypatch.delitem(sys.modules, name)
    library.write_text(items({}), encoding="utf-8")
    assert brought(model, library)[0]
    library.write_text(BIB, encoding="utf-8")
    done = ask("import", "zotero", str(library), "-m", str(model))
    assert 2 == done.exit_code
    assert 'BibTeX needs bibtexparser, which is not installed: pip install "actorgraph[bibtex]"' in done.stderr


def test_the_page_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update: bool) -> None:
    page = Path("docs/import.md").absolute()
    shutil.copy("examples/minimal.yaml", tmp_path / "harbour.yaml")
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    example = re.compile(
        r"```json\n(?P<library>.*?)```\n\n```console\n\$ actorgraph (?P<asked>.*?)\n(?P<answer>.*?)```", re.DOTALL
    )
    shown = example.search(text, text.index("## Reference managers"))
    assert shown
    Path("library.json").write_text(shown["library"], encoding="utf-8")
    done = ask(*shown["asked"].split())
    if update:
        page.write_text(f"{text[: shown.start('answer')]}{done.output}{text[shown.end('answer') :]}", encoding="utf-8")
    else:
        assert done.output == shown["answer"], "docs/import.md is stale: run `make docs`"
