"""add: a record, from an article to a model that still checks clean."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import click

from actorgraph import completion
from actorgraph.asking import Choice, ask, confirmed, in_a_terminal
from actorgraph.commands.fields import KINDS, Field, Kind
from actorgraph.console import Shared, counted, model_path, shared, write
from actorgraph.errors import UsageProblem
from actorgraph.files import shown
from actorgraph.names import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actorgraph.adding import Addition, Draft
    from actorgraph.ledger import Ledger

    Value = str | list[str]


class Form(NamedTuple):
    """A record while it is filled in: what it is of, the ledger that its names are looked up in, and its values."""

    kind: Kind
    ledger: Ledger
    values: dict[str, Any]
    evidence: list[dict[str, str]]

    # -- judging -------------------------------------------------------------------------------------------

    def judge(self, field: Field, text: str) -> Value | None:
        """Return a value as the model holds it: names as ids. Raises `UsageProblem` for what `check` would refuse."""
        parts = [part.strip() for part in text.split(",")] if field.many else [text.strip()]
        found = [self.judge_one(field, part) for part in parts if part]
        if not found:
            if field.required:
                raise UsageProblem(f"{field.name} is missing")
            return None
        return found if field.many else found[0]

    def judge_one(self, field: Field, text: str) -> str:
        """Return one text as the model holds it."""
        from actorgraph.adding import complaint  # noqa: PLC0415 - pydantic loads with it

        if field.refers:
            return self.known(field, text)
        value = next((word for word in field.words if word.casefold() == text.casefold()), text)
        way = () if field.name == "id" and self.kind.named else (field.name,)
        told = complaint(self.kind.section, (*(("evidence",) if field.cites else ()), *way), _shaped(field, value))
        if told:
            raise UsageProblem(told)
        if field.name == "id" and (taken := self.ledger.by_id([value], *self.kind.types)):
            raise UsageProblem(f"'{value}' is there already: {taken[value].name}, {taken[value].place}")
        return value

    def known(self, field: Field, name: str) -> str:
        """Return the id of what a name means."""
        try:
            return self.ledger.resolve(name, *field.refers).id
        except UsageProblem as problem:
            if self.ledger.named(name, *field.refers):
                raise
            raise UsageProblem(f"{problem} (`actorgraph add {field.refers[0]}` adds a new one)") from problem

    # -- filling in ----------------------------------------------------------------------------------------

    def take(self, given: Mapping[str, Any]) -> None:
        """Take what the options say. Raises `UsageProblem` with all that is wrong in it."""
        wrong = []
        cited: dict[str, str] = {}
        for field in self.kind.fields:
            values = given.get(field.dest) or ()
            try:
                found = [self.judge_one(field, one) for one in ([values] if isinstance(values, str) else values)]
            except UsageProblem as problem:
                wrong.append(f"--{field.name}: {problem}")
                continue
            if found:
                (cited if field.cites else self.values)[field.name] = found if field.many else found[0]  # type: ignore[assignment]
        self.evidence.extend([cited] if cited else [])
        if cited and "source" not in cited and not wrong:
            wrong.append(f"--source is missing: of what are --{' and --'.join(cited)}?")
        for text in given.get("evidence") or ():
            try:
                self.evidence.append(self.cited(text))
            except UsageProblem as problem:
                wrong.append(f"--evidence: {problem}")
        if wrong:
            raise UsageProblem("\n".join(wrong))

    def cited(self, text: str) -> dict[str, str]:
        """Return an evidence that is written as in the model, `{source: …, lines: 3-4}`; the braces may be left out."""
        from actorgraph.yamlsrc import parse  # noqa: PLC0415 - only where it is used

        read = parse(f"evidence: {text if text.lstrip().startswith('{') else f'{{{text}}}'}", "--evidence")
        held = read.data.get("evidence")
        if read.problems or not isinstance(held, dict):
            raise UsageProblem(read.problems[0].message if read.problems else "write {source: …, lines: 3-4}")
        fields = {field.name: field for field in self.kind.fields if field.cites}
        strange = [key for key in held if key not in fields]
        if strange or "source" not in held:
            raise UsageProblem(
                f"unknown key '{strange[0]}'; known here: {', '.join(fields)}" if strange else "it names no source"
            )
        return {key: self.judge_one(fields[key], value) for key, value in held.items() if isinstance(value, str)}

    def missing(self) -> list[str]:
        """Return the options that are needed still."""
        return [
            f"--{field.name} {field.metavar}"
            for field in self.kind.fields
            if field.required and (not self.evidence if field.cites else field.name not in self.values)
        ]

    def complete(self) -> None:
        """Ask for all that was not given."""
        click.echo(
            f"A new {self.kind.name}. Enter leaves out what may be left out; Ctrl-C leaves all as it was.", err=True
        )
        for field in self.kind.fields:
            default = self.default() if field.name == "id" and self.kind.called else ""
            if field.cites:
                if field.name == "source" and not self.evidence:
                    self.ask_evidence(field)
            elif field.name not in self.values and (field.name != "id" or default):
                self.put(self.values, field, default)
            if field.name == "document" and "document" in self.values:
                noted = {"document_": self.values["document"], "sha256_": self.values.get("sha256")}
                _fingerprinted(noted)
                self.values |= {name.removesuffix("_"): value for name, value in noted.items() if value}

    def ask_evidence(self, source: Field) -> None:
        """Ask for one evidence after the other."""
        while True:
            one: dict[str, Any] = {}
            self.put(one, source._replace(required=source.required and not self.evidence))
            if not one:
                return
            for field in self.kind.fields:
                if field.cites and field.name not in ("source", *(["page"] if "lines" in one else [])):
                    self.put(one, field)
            self.evidence.append(one)
            source = source._replace(help="another document; Enter: no more")

    def put(self, into: dict[str, Any], field: Field, default: str = "") -> None:
        """Ask for one value."""
        choices = [Choice(word) for word in field.words]
        if field.refers:
            for thing in self.ledger.things(*field.refers):
                names = (thing.name, *thing.body.get("aliases", ()))
                choices.append(Choice(thing.id, thing.name, names))
        known = f": {', '.join(field.words)}" if field.words else ""
        value = ask(
            f"{field.name} ({field.help}{known})",
            lambda text: self.judge(field, text),
            choices=choices,
            default=default,
        )
        if value is not None:
            into[field.name] = value

    def default(self) -> str:
        """Return the id that a named thing would have: made of its name, and nobody else's."""
        told = [self.values[name] for name in self.kind.called if name in self.values]
        name = unique = slug(" ".join(told))
        number = 1
        while unique and self.ledger.by_id([unique], *self.kind.types):
            number += 1
            unique = f"{name}-{number}"
        return unique

    # -- what comes of it ----------------------------------------------------------------------------------

    def draft(self) -> Draft:
        """Return the record as the library takes it."""
        from actorgraph.adding import Draft  # noqa: PLC0415 - pydantic loads with it

        body: dict[str, Any] = dict(self.values)
        if self.kind.called:
            body.setdefault("id", self.default())
        key = body.pop("id") if self.kind.named else None
        if self.evidence:
            body["evidence"] = self.evidence
        return Draft(self.kind.section, key, body)

    def command(self, model: tuple[str, ...]) -> str:
        """Return the command line that says the same."""
        import json  # noqa: PLC0415 - only here

        line = ["actorgraph", "add", self.kind.name, *model]
        first, *others = self.evidence or [{}]
        for name, value in (*self.values.items(), *first.items()):
            for one in value if isinstance(value, list) else [value]:
                line += [f"--{name}", one]
        for one in others:
            line += ["--evidence", json.dumps(one, ensure_ascii=False)]
        return shlex.join(line)


def _shaped(field: Field, value: str) -> Any:
    return [value] if field.many else value


# -- the commands -------------------------------------------------------------------------------------------


@click.group()
def add() -> None:
    """Add a record to the model: asked for field by field, or all by options.

    Nothing is written before the whole model has been checked with the new record, the difference shown, and a yes
    given. The record goes to the end of its section, in the file that holds most of its kind.
    """


def _command(kind: Kind) -> click.Command:
    @shared("model", "no_cache")
    def add_one(asked: Shared, **given: Any) -> None:
        _add(asked, kind, given)

    options = [
        click.option(
            f"--{field.name}",
            field.dest,
            metavar=field.metavar,
            multiple=field.many,
            help=f"{field.help[0].upper()}{field.help[1:]}.{' Repeatable.' if field.many else ''}"
            + (f"  [{', '.join(field.words)}]" if field.words else ""),
            shell_complete=_completer(field),
        )
        for field in kind.fields
    ]
    if any(field.cites for field in kind.fields):
        told = "Further evidence, as in the model: '{source: …, lines: 3-4}'. Repeatable."
        options.append(click.option("--evidence", metavar="YAML", multiple=True, help=told))
    options.append(click.option("--yes", "-y", is_flag=True, help="Write without asking; not where there is a doubt."))
    options.append(click.option("--force", is_flag=True, help="With --yes: write in spite of new warnings."))
    for option in reversed(options):
        add_one = option(add_one)
    return click.command(name=kind.name, help=kind.help, short_help=kind.help.splitlines()[0])(add_one)


def _completer(field: Field) -> Any:
    if field.refers:
        return completion.things(*field.refers)
    return completion.file if field.name == "document" else completion.words(*field.words)


def _add(asked: Shared, kind: Kind, given: dict[str, Any]) -> None:
    """Fill a form in, see what the model would be, ask, and write."""
    yes, force = given.pop("yes"), given.pop("force")
    form = Form(kind, asked.open(), {}, [])
    _fingerprinted(given)
    form.take(given)
    if missing := form.missing():
        if not in_a_terminal():
            raise click.UsageError(f"missing {', '.join(missing)}; in a terminal, they are asked for")
        _or_nothing(form.complete)
    model = () if asked.model is None else ("--model", asked.model)
    from actorgraph.adding import Doubt, plan  # noqa: PLC0415 - pydantic loads with it

    try:
        addition = plan(model_path(asked.model), form.draft())
    except Doubt as doubt:
        _stop(str(doubt))
    write("-", "\n".join(map(_painted, addition.diff.splitlines())))
    for line in addition.doubts:
        click.echo(line, err=True)
    again = f"to go on from here: {form.command(model)}"
    if addition.refused:
        _stop(f"the model would have {counted(len(addition.problems), 'new problem')}", again)
    if yes and addition.doubts and not force:
        _stop("that is new, and --yes does not say yes to it; --force does", again)
    if not yes and not in_a_terminal():
        _stop("nobody is there to say yes; --yes says it", again)
    if not yes and not _or_nothing(lambda: confirmed("Write it?")):
        _stop(again)
    name = shown(addition.path)
    if not addition.current:
        _stop(f"{name} has been changed in the meantime", again)
    write(name, addition.after)
    click.echo(f"next: {shlex.join(_next(form, addition, model))}", err=True)


def _fingerprinted(given: dict[str, Any]) -> None:
    """Note the sha256 of a document that lies at hand, and its name without its folder."""
    document = given.get("document_")
    if document and Path(document).is_file():
        from actorgraph.adding import fingerprint  # noqa: PLC0415 - pydantic loads with it

        given["document_"] = Path(document).name
        given["sha256_"] = given.get("sha256_") or fingerprint(document)


def _or_nothing(question: Callable[[], Any]) -> Any:
    try:
        return question()
    except click.Abort:
        _stop()


def _stop(*why: str) -> NoReturn:
    for line in why:
        click.echo(line, err=True)
    click.echo("nothing was written", err=True)
    sys.exit(1)


def _painted(line: str) -> str:
    tones: Final = {"+": "green", "-": "red", "@": "cyan"}
    return click.style(line, fg=tones[line[0]]) if line[:1] in tones else line


def _next(form: Form, addition: Addition, model: tuple[str, ...]) -> list[str]:
    """Return the command that one is likely to want now."""
    if form.kind.section in ("stances", "commitments"):
        words = ["why", form.values["actor"], form.values["proposal"]]
    elif form.kind.name in ("source", "proposal", "actor"):
        words = ["add", "stance", f"--{form.kind.name}", addition.id]
    else:
        words = ["show", addition.id]
    return ["actorgraph", *words, *model]


for _kind in KINDS:
    add.add_command(_command(_kind))
