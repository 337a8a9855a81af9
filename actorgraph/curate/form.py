"""A record while it is filled in, by options or answers: names become ids, values are judged as `check` would."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actorgraph.curate.prompts import Choice, ask, say
from actorgraph.errors import UsageProblem
from actorgraph.names import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.curate.add import Draft
    from actorgraph.curate.fields import Field, Kind
    from actorgraph.ledger.store import Ledger

    Value = str | list[str]


class Form:
    """A record while it is filled in: what it is of, the ledger that its names are looked up in, and its values."""

    def __init__(self, kind: Kind, ledger: Ledger) -> None:
        self.kind = kind
        self.ledger = ledger
        self.values: dict[str, Any] = {}
        self.evidence: list[dict[str, str]] = []

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
        from actorgraph.model.messages import complaint

        if field.refers:
            return self.known(field, text)
        value = next((word for word in field.words if word.casefold() == text.casefold()), text)
        if field.name == "lines":
            value = ", ".join(part.strip() for part in value.split(","))
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
        note_checksum(self.values)
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
        from actorgraph.model.reader import parse

        read = parse(f"evidence: {text if text.lstrip().startswith('{') else f'{{{text}}}'}", "--evidence")
        held = read.data.get("evidence")
        if read.problems or not isinstance(held, dict):
            raise UsageProblem(read.problems[0].message if read.problems else "write {source: …, lines: 3-4}")
        fields = {field.name: field for field in self.kind.fields if field.cites}
        strange = [key for key in held if key not in fields]
        if strange:
            raise UsageProblem(f"unknown key '{strange[0]}'; known here: {', '.join(fields)}")
        if "source" not in held:
            raise UsageProblem("it names no source")
        told: dict[str, str] = {}
        for key, value in held.items():
            if not isinstance(value, str):
                raise UsageProblem(f"'{key}' should be a text")
            told[key] = self.judge_one(fields[key], value)
        return told

    def missing(self) -> list[str]:
        """Return the options that are needed still, the id among them where none can be made of the name."""
        found = [
            f"--{field.name} {field.metavar}"
            for field in self.kind.fields
            if field.required and (not self.evidence if field.cites else field.name not in self.values)
        ]
        nameless = self.kind.called and "id" not in self.values and not found and not self.default()
        return [*found, *(["--id ID"] if nameless else [])]

    def complete(self) -> None:
        """Ask for all that was not given."""
        say(f"A new {self.kind.name}. Enter leaves out what may be left out; Ctrl-C leaves all as it was.")
        for field in self.kind.fields:
            if field.cites:
                if field.name == "source" and not self.evidence:
                    self.ask_evidence(field)
            elif field.name in self.values or (field.name == "id" and not self.kind.called):
                continue
            elif field.name == "id":
                default = self.default()
                self.put(self.values, field._replace(required=not default), default)
            else:
                self.put(self.values, field)
                if field.name == "document":
                    note_checksum(self.values)

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
        known = f": {', '.join(field.words)}" if field.words else "; several: with commas" if field.many else ""
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
        from actorgraph.curate.add import Draft

        body: dict[str, Any] = dict(self.values)
        if self.kind.called:
            body.setdefault("id", self.default())
        key = body.pop("id") if self.kind.named else None
        if self.evidence:
            body["evidence"] = self.evidence
        return Draft(self.kind.section, key, body)

    def command(self, model: tuple[str, ...]) -> str:
        """Return the command line that says the same."""
        import json

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


def note_checksum(values: dict[str, Any]) -> None:
    """Note the sha256 of a document that lies at hand, and its name without its folder."""
    document = values.get("document")
    if document and Path(document).is_file():
        from actorgraph.curate.add import fingerprint

        values["document"] = Path(document).name
        values["sha256"] = values.get("sha256") or fingerprint(document)
