"""What our commands share: complete help, words that are checked, errors on one line with their exit code."""

import argparse
import json
import sys
from abc import abstractmethod
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.crawler import CrawlerProcessBase
from scrapy.settings import Settings

from crawler import exits, interrupts, terminal
from crawler.exits import CommandError, RunError
from crawler.nearest import suggest
from crawler.printable import printable
from crawler.settings_file import PATHS, at_home
from crawler.words import program, speak, translated

if TYPE_CHECKING:
    from crawler.store.run import Run

LOG_LINE = "%(levelname)s: %(message)s"
"""What stands in LOG_FORMAT's place when it says json: Scrapy would take that for a format."""


class OurCommand(ScrapyCommand):
    """A command of ours, with an engine or without."""

    requires_project = True
    settings: Settings
    """Scrapy's command line sets them before it asks for anything."""
    crawler_process: CrawlerProcessBase
    """Of those that have an engine, before they are run."""
    examples: ClassVar[tuple[str, ...]] = ("",)
    """What stands behind ``finews COMMAND``, and after a # what it does."""
    exit_codes: ClassVar[tuple[int, ...]] = tuple(exits.WORDS)
    """Those that it may end with."""
    runs_spiders: ClassVar[bool] = False
    """Whether its help lists the arguments of spiders."""
    heeds_settings: ClassVar[bool] = False
    """Whether its help lists the settings."""
    has_verbosity: ClassVar[bool] = False
    """Whether it may say less (-q) or more (-v)."""

    @classmethod
    def name(cls) -> str:
        """The word that calls it."""
        return cls.__module__.rsplit(".", 1)[-1]

    def short_desc(self) -> str:
        """One line for the overview: the docstring of the command's class."""
        return (self.__doc__ or "").partition("\n")[0].rstrip(".")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options and the help."""
        super().add_options(parser)
        self._parser = parser
        refuse = parser.error
        parser.error = lambda message: refuse(translated(message))  # type: ignore[method-assign]
        parser.usage = f"{program()} {self.name()} {self.syntax()}"
        parser.add_argument("-h", "--help", nargs=0, action=_Help, command=self, help="show this and end")
        if self.has_verbosity:
            for word, told in (("quiet", "say only what is new or wrong"), ("verbose", "say each article")):
                names = (f"-{word[0]}", f"--{word}")
                parser.add_argument(*names, action="store_const", const=word, dest="verbosity", help=told)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the settings."""
        terminal.speak_utf8()
        terminal.tolerate()
        interrupts.end_at_once(program())
        super().process_options(args, opts)
        for name in PATHS:  # -s may have set them
            self.settings.set(name, at_home(name, self.settings[name]), self.settings.getpriority(name) or 0)
        speak(str(self.settings["FINEWS_LANG"]))
        if getattr(opts, "verbosity", None):
            self.settings.set("FINEWS_VERBOSITY", opts.verbosity, priority="cmdline")
        if self.settings["LOG_FORMAT"] == "json":
            terminal.tell_in_json()
            self.settings.set("LOG_FORMAT", LOG_LINE, priority=self.settings.getpriority("LOG_FORMAT") or 0)

    def check_words(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take out the mark behind which no word is an option; raises ValueError for an option that there is not.

        So for an empty word or value: a variable of a script that is not set is no folder, and no wish for all.
        """
        if "" in args:
            raise ValueError("a word is empty: a variable that is not set?")
        for action in self._parser._actions:  # noqa: SLF001
            if getattr(opts, action.dest, None) == "":
                raise ValueError(f"{action.option_strings[-1]} is empty: a variable that is not set?")
        words = args[: args.index("--")] if "--" in args else args
        for word in words:
            if word.startswith("-") and word != "-":
                raise ValueError(f"there is no option {word}: {suggest(word, self._parser._option_string_actions)}")  # noqa: SLF001
        args[:] = [*words, *args[len(words) + 1 :]]

    def refuse(self, message: str, exit_code: int) -> int:
        """Say why not."""
        print(f"{program()} {self.name()}: {printable(translated(message))}", file=sys.stderr)
        return exit_code


class _Help(argparse.Action):
    """Help that holds all: examples, arguments, settings, exit codes. It is heavy, and read only when it is wanted."""

    def __init__(self, *args: Any, command: OurCommand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._command = command

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        """Print it and end."""
        from crawler.command_help import whole_help  # noqa: PLC0415

        print(whole_help(self._command, parser))
        parser.exit()


class FinewsCommand(OurCommand):
    """A command that runs without an engine and ends with an exit code of ours."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}
    arguments: ClassVar[str]
    """What stands behind the command's name, before its options."""
    options: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """Of its own, each with what argparse is to know of it."""
    needs_right_settings = True
    """Whether wrong settings end it at once."""
    job = ""
    """What its runs are called where the settings name somebody who is told of them; "" where nobody is."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Its own options, too."""
        super().add_options(parser)
        for name, how in self.options.items():
            parser.add_argument(name, **how)

    def syntax(self) -> str:
        """What its help says of the arguments."""
        return f"{self.arguments} [options]".lstrip()

    @property
    def output(self) -> Path:
        """The output folder."""
        return Path(self.settings["FINEWS_OUTPUT_DIR"])

    def open_run(self) -> "Run":
        """A run in the output folder, to be entered."""
        from crawler.store.run import Run  # noqa: PLC0415 - Scrapy imports every command at every start

        return Run.of(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run, and turn an error into its exit code."""
        from crawler.settings_check import check  # noqa: PLC0415 - Scrapy imports every command at every start
        from crawler.telling.teller import Teller  # noqa: PLC0415

        interrupts.install()
        try:
            with Teller(self.settings if self.job else {}, self.job) as self.teller:
                self.check_words(args, opts)
                if self.needs_right_settings:
                    check(self.settings)
                self.exitcode = self._told(self.execute(args, opts))
        except (CommandError, ValueError) as error:
            self.exitcode = self.refuse(str(error), exits.exit_code_of(error))
        except OSError as error:
            if not error.filename:  # no file's: our own fault
                raise
            self.exitcode = self.refuse(f"cannot read {error.filename}: {error.strerror}", exits.NOT_WRITABLE)
        except KeyboardInterrupt:
            self.exitcode = self.refuse(exits.WORDS[exits.INTERRUPTED], exits.INTERRUPTED)
        interrupts.ignore()

    def _told(self, exit_code: int) -> int:
        """The exit code; raises RunError where all was well and the answer is lost. Of posts it is no part."""
        is_answer = exits.NOT_WRITABLE in self.exit_codes and not self.job
        if exit_code == exits.OK and is_answer and (why := terminal.lost()):
            raise RunError(f"cannot write standard output: {why}", exits.NOT_WRITABLE)
        return exit_code

    @abstractmethod
    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """The command itself; returns the exit code."""

    def mention(self, message: str) -> None:
        """Say something beside the answer."""
        self.refuse(message, exits.OK)

    def answered(self, faults: Collection[tuple[str, str]]) -> int:
        """Say which posts the answer does without, each with the reason; the exit code. Raises OSError."""
        for file, reason in faults:
            self.mention(f"{file}: left out: {reason}")
        self.mention_nameless()
        return exits.IN_QUARANTINE if faults else exits.OK

    def mention_nameless(self) -> None:
        """Say of which files among the posts nothing is in the answer. Raises OSError."""
        from crawler.store.on_disk import nameless  # noqa: PLC0415 - Scrapy imports every command at every start
        from crawler.store.places import POSTS  # noqa: PLC0415

        for file in nameless(self.output / POSTS):
            self.mention(f"{file.name}: left out: its name is not UTF-8: no run looks at it")


class JsonCommand(FinewsCommand):
    """One that answers in JSON where ``--json`` is said, whatever goes wrong."""

    as_json: ClassVar[str]
    """What its help says of that."""
    _json = True

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The option."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help=self.as_json)
        if "--json" in sys.argv:  # what is wrong with options is said before they are known
            parser.error = lambda message: sys.exit(self.refuse(message, exits.WRONG_USAGE))  # type: ignore[method-assign]

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Remember how to say what goes wrong."""
        self._json = opts.json
        super().run(args, opts)

    def refuse(self, message: str, exit_code: int) -> int:
        """Say why not; with ``--json`` as JSON."""
        if not self._json:
            return super().refuse(message, exit_code)
        print(json.dumps({"error": message, "exit_code": exit_code}))
        return exit_code

    def mention(self, message: str) -> None:
        """Say something beside the answer, which stays one object."""
        super().refuse(message, exits.OK)
