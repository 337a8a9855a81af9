"""What a served model answers, to whom, and what it follows."""

from __future__ import annotations

import shutil
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from asking import ask
from serving import Served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent.parent
MINIMAL = ROOT / "examples/minimal.yaml"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model that one may edit, in the current folder."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(MINIMAL, tmp_path / "model.yaml"))


@pytest.fixture
def serve(model: Path) -> Iterator[Callable[..., Served]]:
    """Serve the model, with these options."""
    running: list[Served] = []

    def served(*arguments: str, model: Path = model) -> Served:
        running.append(Served(model, *arguments))
        return running[-1]

    yield served
    for server in running:
        server.close()


def edit(file: Path, old: str, new: str) -> None:
    """Save a file as editors do: the new one takes the old one's place."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(file)


def awaited(news: Iterator[dict[str, Any]], test: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the first of the news that passes a test; the stream times out on its own."""
    return next(item for item in news if test(item))


# -- to whom it answers ----------------------------------------------------------------------------------------


def test_it_prints_its_address_and_serves_the_page_there_and_nowhere_else(serve: Callable[..., Served]) -> None:
    served = serve("--as-of", "2026-06")
    assert f"http://127.0.0.1:{served.port}/" == served.address
    status, headers, text = served.ask()
    assert (200, "text/html; charset=utf-8") == (status, headers["content-type"])
    assert "<h1" in text
    assert "A deep-water harbour" in text
    assert (200, "") == served.ask(method="HEAD")[::2]
    assert (200, "text/event-stream; charset=utf-8") == (
        served.ask("/events", "HEAD")[0],
        served.ask("/events", "HEAD")[1]["content-type"],
    )
    for path in ("/index.html", "/model.yaml", "/../model.yaml", "/favicon.ico", "//", "/%2e%2e/"):
        assert 404 == served.ask(path)[0], path
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        status, headers, _ = served.ask(method=method)
        assert (405, "GET, HEAD") == (status, headers["allow"]), method


def test_its_answers_are_not_kept_nor_lent(serve: Callable[..., Served]) -> None:
    _, headers, _ = serve().ask()
    assert {
        "cache-control": "no-store",
        "content-security-policy": "frame-ancestors 'none'",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }.items() <= headers.items()
    assert not {"server", "access-control-allow-origin"} & set(headers)


def test_other_hosts_are_refused(serve: Callable[..., Served]) -> None:
    served = serve()
    for host in (f"localhost:{served.port}", f"LOCALHOST:{served.port}", f"[::1]:{served.port}"):
        assert 200 == served.ask(Host=host)[0], host
    others = (
        "evil.example",
        f"evil.example:{served.port}",
        "localhost",
        "localhost:1",
        f"127.0.0.1.evil:{served.port}",
    )
    for host in (*others, "", f"127.0.0.2:{served.port}"):
        status, _, text = served.ask(Host=host)
        assert status in {400, 421}, host
        assert "harbour" not in text
        assert 421 == served.ask("/events", Host=host or "x")[0]


def test_other_interfaces_refuse(serve: Callable[..., Served]) -> None:
    served = serve()
    outside = {str(address[4][0]) for address in socket.getaddrinfo(socket.gethostname(), None)} - {"127.0.0.1", "::1"}
    for address in {*outside, "127.0.0.2"}:
        with pytest.raises(OSError), socket.create_connection((address, served.port), timeout=5):  # noqa: PT011
            pass


# -- how it begins and ends ------------------------------------------------------------------------------------


def test_an_interrupt_ends_it_even_while_somebody_listens(serve: Callable[..., Served]) -> None:
    served = serve()
    next(served.news())
    status, out, err = served.end()
    assert (0, "") == (status, out)
    assert "Traceback" not in err
    assert err.splitlines()[1:] == ["Ctrl-C ends it"]


def test_a_port_in_use_is_one_clear_error(serve: Callable[..., Served], model: Path) -> None:
    served = serve()
    result = ask("serve", "--port", str(served.port), "--model", model)
    assert 2 == result.exit_code
    expected = f"Error: port {served.port} is in use; name another with --port, or any that is free with --port 0"
    assert expected == result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as-of", "someday"), "'someday' is not a date"),
        (("--known-by", "someday"), "'someday' is not a date"),
        (("--focus", "atlantis"), "no actor or proposal answers to 'atlantis'"),
        (("--model", "nowhere.yaml"), "nowhere.yaml:1:1: AG001 cannot read it"),
        (("--port", "70000"), "70000 is not in the range"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_served(model: Path, arguments: tuple[str, ...], message: str) -> None:
    pytest.importorskip("watchfiles", reason="watchfiles missing")
    result = ask("serve", "--port", "0", "--model", model, *arguments)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr


def test_what_is_not_installed_is_named_with_the_extra_that_brings_it(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("actorgraph.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = ask("serve", "--model", model)
    assert 2 == result.exit_code
    expected = 'Error: serve needs watchfiles, which is not installed: pip install "actorgraph[serve]"'
    assert expected == result.stderr.splitlines()[-1]


# -- what it follows -------------------------------------------------------------------------------------------


def test_a_saved_file_is_a_new_page_and_the_same_content_the_same(serve: Callable[..., Served], model: Path) -> None:
    served = serve("--as-of", "2026-06")
    news = served.news()
    first = next(news)
    assert [] == first["problems"]
    edit(model, "The new harbour", "The old harbour")
    second = next(news)
    assert first["page"] != second["page"]
    assert "The old harbour" in served.ask()[2]
    edit(model, "The old harbour", "The new harbour")
    assert first == next(news)
    with model.open("a", encoding="utf-8") as stream:
        stream.write("# a comment changes nothing that is shown\n")
    edit(model, "The new harbour", "Another harbour")
    assert next(news)["page"] not in {first["page"], second["page"]}


def test_problems_are_told_and_go(serve: Callable[..., Served], model: Path) -> None:
    served = serve()
    news = served.news()
    first = next(news)
    edit(model, "kind: person", "kind: pers")
    (problem,) = next(news)["problems"]
    assert {"place": "model.yaml:10:35", "code": "AG014"}.items() <= problem.items()
    assert problem["message"].endswith("(did you mean 'person'?)")
    edit(model, "kind: pers", "kind: person")
    assert first == next(news)
    model.unlink()
    assert ["AG001"] == [problem["code"] for problem in next(news)["problems"]]
    shutil.copy(MINIMAL, model)
    assert first == awaited(news, lambda one: not one["problems"])
    assert "1 problem; fix it and save, and the page is made again" in served.end()[2]


def test_a_model_that_is_broken_from_the_first_is_served_with_its_problems(
    serve: Callable[..., Served], model: Path
) -> None:
    edit(model, "kind: person", "kind: pers")
    served = serve()
    assert "No page yet" in served.ask()[2]
    news = served.news()
    assert ["AG014"] == [problem["code"] for problem in next(news)["problems"]]
    edit(model, "kind: pers", "kind: person")
    assert [] == next(news)["problems"]
    assert "A deep-water harbour" in served.ask()[2]


def test_a_name_that_an_option_goes_by_may_go(serve: Callable[..., Served], model: Path) -> None:
    edit(model, "the fishers", "the netters")  # no word of its name, by which it would still be found
    news = serve("--focus", "the netters").news()
    first = next(news)
    edit(model, ", aliases: [the netters]", "")
    (problem,) = next(news)["problems"]
    assert ("", "") == (problem["place"], problem["code"])
    assert "'the netters'" in problem["message"]
    edit(model, "kind: organisation}\n  town", "kind: organisation, aliases: [the netters]}\n  town")
    assert first == next(news)


def test_every_root_is_followed(serve: Callable[..., Served], tmp_path: Path) -> None:
    """The folder, what it includes, what is not there yet, folders made later, and where links lead."""
    folder, seeds, elsewhere = tmp_path / "graphs/model", tmp_path / "seeds", tmp_path / "elsewhere"
    for each in (folder, elsewhere):
        each.mkdir(parents=True)
    header, _, sources = MINIMAL.read_text(encoding="utf-8").partition("sources:")
    include = "title: The new harbour\n  include: [../../seeds]"
    (folder / "model.yaml").write_text(header.replace("title: The new harbour", include), encoding="utf-8")
    served = serve(model=folder)
    news = served.news()
    assert ["AG008"] == [problem["code"] for problem in next(news)["problems"]]
    seeds.mkdir()
    empty = awaited(news, lambda shown: shown["problems"][0]["code"] != "AG008")
    assert {"AG012"} == {problem["code"] for problem in empty["problems"]}, "the folder is there, and empty"
    (seeds / "sources.yaml").write_text(f"sources:{sources}", encoding="utf-8")
    first = awaited(news, lambda one: not one["problems"])
    deep = folder / "more/and-more"
    deep.mkdir(parents=True)
    (deep / "actors.yaml").write_text("actors: {new: {name: A new one, kind: person}}", encoding="utf-8")
    second = next(news)
    assert first["page"] != second["page"]
    (elsewhere / "linked.yaml").write_text("actors: {linked: {name: Linked, kind: person}}", encoding="utf-8")
    (folder / "link.yaml").symlink_to(elsewhere / "linked.yaml")
    third = next(news)
    assert second["page"] != third["page"]
    edit(elsewhere / "linked.yaml", "name: Linked", "name: Linked again")
    assert third["page"] != next(news)["page"]
    assert "Linked again" in served.ask()[2]
    shutil.move(deep.parent, tmp_path / "aside")
    assert "A new one" not in awaited_page(served, news)
    shutil.copytree(tmp_path / "aside", deep.parent)
    assert "A new one" in awaited_page(served, news)
    edit(deep / "actors.yaml", "A new one", "A newer one")
    assert "A newer one" in awaited_page(served, news)


def awaited_page(served: Served, news: Iterator[dict[str, Any]]) -> str:
    """Return the next page that is sound."""
    awaited(news, lambda one: not one["problems"])
    return served.ask()[2]


# -- what is no request ----------------------------------------------------------------------------------------


def answered(served: Served, raw: bytes) -> bytes:
    """Return all that answers some bytes, until one side hangs up: the server may, before it has read them all."""
    answer = bytearray()
    with (
        socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection,
        suppress(ConnectionError),
    ):
        connection.sendall(raw)
        with suppress(OSError):  # it is not connected any more
            connection.shutdown(socket.SHUT_WR)
        while read := connection.recv(65536):
            answer += read
    return bytes(answer)


def test_what_is_no_request_is_refused_and_hurts_nobody(serve: Callable[..., Served]) -> None:
    served = serve()
    host = b"Host: localhost:%d\r\n" % served.port
    for raw, status in (
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b""),
        (b"GET / HTTP/9.9\r\n" + host + b"\r\n", b""),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", b""),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 1000 + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + host + host + b"\r\n", b"421"),
        (b"GET / HTTP/1.1\r\n\r\n", b"421"),
        (b"GET http://evil.example/ HTTP/1.1\r\n" + host + b"\r\n", b"404"),
        (b"BREW / HTTP/1.1\r\n" + host + b"\r\n", b"501"),
        (b"GET / HTTP/1.1\r\n" + host + b"\r\n", b"200"),
        (b"", b""),
    ):
        answer = answered(served, raw)
        assert status in answer.partition(b"\r\n")[0], raw[:40]
        assert (status == b"200") == (b"harbour" in answer)
    for _ in range(3):  # readers who go away before they have read anything
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n" + host + b"\r\n")
    assert 200 == served.ask()[0]
    assert ["Ctrl-C ends it"] == served.end()[2].splitlines()[1:]
