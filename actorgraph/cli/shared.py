"""What all commands share: options, errors, and what the command line alone knows."""

from __future__ import annotations

import os
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from actorgraph.asked_dates import day_of
from actorgraph.cli import completion
from actorgraph.cli.endings import ending_of
from actorgraph.cli.progress import answer_comes, progress, wait_for_answer
from actorgraph.dates import OPEN
from actorgraph.errors import ActorgraphError, ModelError, UsageProblem, did_you_mean, quoted
from actorgraph.ledger.filters import limited
from actorgraph.ledger.load import opened_ledger
from actorgraph.model.paths import BEGIN_ONE, NO_MODEL, curated, is_holdings, model_at, models, only_model, shown
from actorgraph.questions.options import NARROWINGS, Marking, Narrowing, Question, Reading
from actorgraph.vocabulary import ACTOR_KINDS, counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from actorgraph.ledger.filters import Limits
    from actorgraph.ledger.store import Ledger

ENGINE_VARIABLE: Final = "ACTORGRAPH_ENGINE"
MEMORY_VARIABLE: Final = "ACTORGRAPH_MEMORY"
"""What answers questions to holdings, and how much memory it may take: as `compile` has them as options."""

COMMANDLINE: Final = click.core.ParameterSource.COMMANDLINE


class _Problems(click.ClickException):
    exit_code = 1

    def __init__(self, error: ModelError) -> None:
        super().__init__(str(error))
        self.count = len(error.problems)

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=file is None)
        click.echo(
            f"{counted(self.count, 'problem')}; nothing was answered",
            file=file,
            err=file is None,
        )


class Group(click.Group):
    """Turns what the library raises into messages and exit codes: 1 for data, 2 for usage."""

    of_each = "command"
    """What each of those in the group is, for people."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ModelError as error:
            if all(problem.category == "path" for problem in error.problems):  # there is no model, so the path is wrong
                raise click.UsageError(str(error)) from error
            raise _Problems(error) from error
        except ActorgraphError as error:
            raise click.UsageError(str(error)) from error
        except click.MissingParameter as error:
            about = getattr(error.param, "help", None)
            if not about:  # an argument, which the usage line explains
                raise
            message = f"{error.format_message().removesuffix('.')}: {about[0].lower()}{about[1:].removesuffix('.')}"
            raise click.UsageError(message, error.ctx) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise cannot_go_on(error) from error

    def meant_by(self, typed: str) -> str:
        """Return a hint at the command that is known by another name, nothing where none is."""
        del typed
        return ""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that words begin with; click would look for one like it among those loaded already."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-") and not ctx.resilient_parsing:
            hint = self.meant_by(args[0]) or did_you_mean(args[0], known)
            hint = hint or f"; `{ctx.command_path} --help` shows them all"
            ctx.fail(f"there is no {self.of_each} {quoted(args[0])}{hint}")
        return super().resolve_command(ctx, args)


def cannot_go_on(error: OSError) -> click.ClickException:
    """Return what to say of what the system refused."""
    if isinstance(error, FileNotFoundError) and not _is_somewhere():
        return click.ClickException("the current folder is gone; go to another one")
    where = f"{shown(str(error.filename))}: " if error.filename else ""
    return click.ClickException(f"cannot go on: {where}{error.strerror}")


def _is_somewhere() -> bool:
    """Whether the current folder is there: another program may have deleted it."""
    try:
        os.getcwd()
    except OSError:
        return False
    return True


class Shared(NamedTuple):
    """The shared options, which mean the same everywhere; a command takes those that it has a use for."""

    model: str | None = None
    as_of: str | None = None
    known_by: str | None = None
    min_grade: str | None = None
    without: tuple[str, ...] = ()
    stated: bool = False
    assume: tuple[str, ...] = ()
    stale_after: str | None = None
    kind: str | None = None
    group: str | None = None
    tag: str | None = None
    parts: bool = False
    style: str | None = None
    excel: bool = False
    output: str = "-"
    no_cache: bool = False

    def open(self) -> Ledger:
        """Return the ledger that is asked."""
        ledger = ledger_at(asked_path(self.model), cache=not self.no_cache, **self.limits)
        return self._with_notices(ledger, day_of(self.day))

    @staticmethod
    def _with_notices(ledger: Ledger, day: int) -> Ledger:
        """Let a ledger say on stderr what there is to say of its answers, at once what goes on in it on that day."""
        ledger.notice = _say_once()
        if ledger.ends_not_counted:
            from actorgraph.render.lives import going_on

            for line in going_on(ledger.ends_not_counted, ledger.names("proposal"), day):
                ledger.notice(line)
        return ledger

    def editions(self) -> tuple[Ledger, ...]:
        """Return that ledger last, after what was known by earlier days."""
        from actorgraph.ledger.editions import editions

        path = asked_path(self.model)
        if is_holdings(path):
            from actorgraph.engines.opening import holdings_editions

            ledgers = holdings_editions(path, **self.limits)
        else:
            ledgers = editions(path, cache=not self.no_cache, **self.limits)
        self._with_notices(ledgers[-1], OPEN)
        return ledgers

    @property
    def limits(self) -> Limits:
        """Which evidence counts."""
        return {"known_by": self.known_by, "min_grade": self.min_grade, "without": self.without}

    @property
    def question(self) -> Question:
        """The day and the options of a question about a day."""
        return {"as_of": self.day, **self.marking, **self.narrowing}

    @property
    def reading(self) -> Reading:
        """The options that every question takes."""
        return {"stated": self.stated, "assume": self.assume}

    @property
    def marking(self) -> Marking:
        """These, and what is marked."""
        return {**self.reading, "stale_after": self.stale_after}

    @property
    def narrowing(self) -> Narrowing:
        """The options that every question takes, and to whom and what it is narrowed."""
        return {**self.reading, "kind": self.kind, "group": self.group, "tag": self.tag, "parts": self.parts}

    @property
    def day(self) -> str:
        """The day that is asked about, today where none is named."""
        return today() if self.as_of is None else self.as_of

    @property
    def ending(self) -> str:
        """What the name of the output file ends in: the format that it promises, or nothing."""
        return ending_of(self.output)

    def opening_day(self, ledger: Ledger) -> str:
        """The day on which a page opens: that of the latest source, where none is named and today lies later."""
        latest = ledger.latest_source
        return min(self.day, latest) if self.as_of is None and latest else self.day


_FIELDS: Final = {"opening": "as_of", "day_or_all": "as_of", "up_to": "as_of", "folder": "output"}
"""Options that some commands describe in other words, with the field of `Shared` that holds what they say."""

_OPTIONS: Final = {
    "model": click.option(
        "--model",
        "-m",
        envvar="ACTORGRAPH_MODEL",
        show_envvar=True,
        metavar="PATH",
        shell_complete=completion.file,
        help="The model: a YAML file, a folder of them, or a folder in which graphs/ holds one.  "
        "[default: the only one under ./graphs, or the default one]",
    ),
    "as_of": click.option("--as-of", metavar="DATE", help="What was in force on that day.  [default: today]"),
    "opening": click.option(
        "--as-of",
        metavar="DATE",
        help="The day on which it opens.  [default: today, or the day of the latest source where that is earlier]",
    ),
    "day_or_all": click.option("--as-of", metavar="DATE", help="What was in force on that day.  [default: all days]"),
    "up_to": click.option("--as-of", metavar="DATE", help="What happened up to that day.  [default: today]"),
    "known_by": click.option("--known-by", metavar="DATE", help="Only what was published by that day."),
    "min_grade": click.option(
        "--min-grade", metavar="GRADE", help="Only evidence of that grade or better: C3 is a source A-C, a report 1-3."
    ),
    "without": click.option(
        "--without",
        metavar="SOURCE",
        multiple=True,
        shell_complete=completion.things("source"),
        help="Leave a source out, by id, title or url. Repeatable.",
    ),
    "stated": click.option("--stated", is_flag=True, help="Only what was stated, nothing inferred."),
    "assume": click.option(
        "--assume",
        metavar="CONDITION",
        multiple=True,
        shell_complete=completion.assumption,
        help="What if this holds, or with not: does not. Repeatable.",
    ),
    "stale_after": click.option(
        "--stale-after", metavar="LENGTH", help="Mark what has no evidence newer than that: 90d, 6w, 18mo, 2y."
    ),
    "kind": click.option(
        "--kind",
        metavar="KIND",
        shell_complete=completion.listed(*ACTOR_KINDS),
        help="Only actors of that kind, or of several: state,organisation.",
    ),
    "group": click.option(
        "--group",
        metavar="NAME",
        shell_complete=completion.things("actor"),
        help="Only members of that coalition or organisation on the day.",
    ),
    "tag": click.option("--tag", metavar="TAG", shell_complete=completion.tag, help="Only proposals with that tag."),
    "parts": click.option(
        "--parts", is_flag=True, help="With the proposal, or those with the tag, all their parts, at all levels."
    ),
    "style": click.option(
        "--format",
        "style",
        type=click.Choice(["table", "json", "csv", "md"]),
        help="How to print the answer.  [default: as the name of the output file ends, else table]",
    ),
    "excel": click.option(
        "--excel", is_flag=True, help="csv: so that spreadsheets read every letter and run nothing as a formula."
    ),
    "output": click.option(
        "--output",
        "-o",
        metavar="FILE",
        default="-",
        shell_complete=completion.file,
        help="Write the answer to a file.  [default: stdout]",
    ),
    "folder": click.option(
        "--output",
        "-o",
        metavar="FOLDER",
        default="-",
        shell_complete=completion.folder,
        help="The folder to write.  [required]",
    ),
    "no_cache": click.option("--no-cache", is_flag=True, help="Neither use nor keep a ledger in the cache folder."),
}


_EVIDENCE: Final = ("known_by", "min_grade", "without")
_PRINTED: Final = ("style", "excel")
_ASKED: Final = ("model", "as_of", *_EVIDENCE)
_ANSWERED: Final = (*NARROWINGS, *_PRINTED, "output", "no_cache")

_SEVERAL: Final = {
    "style": _PRINTED,
    "known_by": _EVIDENCE,
    "narrowing": NARROWINGS,
    "question": (*_ASKED, "stated", "assume", "stale_after", *_ANSWERED),
    "unmarked": (*_ASKED, "stated", "assume", *_ANSWERED),
    "stated_alone": (*_ASKED, "assume", *_ANSWERED),
}
"""What stands for several options."""


def shared(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command these shared options, as one `Shared` that comes first.

    `style` brings `--excel` along, `known_by` the other options that say which evidence counts, and `narrowing` is the
    options that narrow a question. `question` is all that a question about a day takes; `unmarked` is that where no row
    is marked as stale, and `stated_alone` where nothing inferred counts either. `opening` and `day_or_all` are `as_of`
    where no day means another one than today, `up_to` where all days before count; `folder` is an `output` of files.
    """
    names = tuple(name for given in names for name in _SEVERAL.get(given, (given,)))

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def gathered(**options: Any) -> None:
            fields = (_FIELDS.get(name, name) for name in names)
            command(Shared(**{field: options.pop(field) for field in fields}), **options)

        for name in reversed(names):
            _OPTIONS[name](gathered)
        return gathered

    return decorate


# -- what the command line alone knows -------------------------------------------------------------------------


def today() -> str:
    """Return the reader's own day."""
    from datetime import date

    return date.today().isoformat()  # noqa: DTZ011 - the reader's own day is meant


def asked_path(path: str | None) -> str:
    """Return what is asked: the model or the holdings at a path, or the only model under ./graphs."""
    return only_model() if path is None else model_at(path)


def model_path(path: str | None) -> str:
    """Return the model that is meant, as its curators write it: the one at a path, or the only one under ./graphs.

    Raises `UsageProblem` for a folder of holdings, which is none.
    """
    return curated(asked_path(path))


def ledger_at(path: str, *, cache: bool, **limits: Unpack[Limits]) -> Ledger:
    """Return an open ledger of a model or of a folder of holdings, whose engine is loaded for nothing else.

    What can wait until the answer has been given is left to whoever runs the command line (see `main`).
    """
    if not is_holdings(path):
        return opened_ledger(path, *limited(limits), cache=cache, later=click.get_current_context().find_root().obj)[0]
    from actorgraph.engines.opening import open_holdings

    engine, memory = os.environ.get(ENGINE_VARIABLE), os.environ.get(MEMORY_VARIABLE)
    answer_comes()
    with progress() as tell:
        ledger = open_holdings(path, engine=engine, memory=memory, progress=tell, **limits)
    wait_for_answer()
    return ledger


def _say_once() -> Callable[[str], None]:
    """Return what prints a line on standard error, each line once: an answer may look a name up several times."""
    said: set[str] = set()

    def say(line: str) -> None:
        if line not in said:
            said.add(line)
            answer_comes()
            click.echo(line, err=True)

    return say


def model_paths(paths: tuple[str, ...], path: str | None) -> tuple[str, ...]:
    """Return the models that are meant: those named, the one named by its option, or all under ./graphs."""
    if paths and path is not None and click.get_current_context().get_parameter_source("model") is COMMANDLINE:
        raise UsageProblem(f"{paths[0]} or --model {path}? name models in one way")
    named = tuple(map(curated, paths or (() if path is None else (path,))))
    meant = tuple(known for name in named for known in models(name) or (name,)) or models()
    if not meant:
        raise UsageProblem(f"{NO_MODEL} ./graphs; name one, or several, {BEGIN_ONE}")
    return meant
