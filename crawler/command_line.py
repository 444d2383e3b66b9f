"""What ``finews`` does: Scrapy's own command line with the crawler's settings, from any folder."""

import importlib
import io
import os
import pkgutil
import platform
import re
import sys
from contextlib import redirect_stdout, suppress
from importlib.metadata import entry_points
from importlib.util import find_spec
from types import ModuleType
from typing import NoReturn

import scrapy
import scrapy.commands
from scrapy.cmdline import execute
from scrapy.settings import Settings

import crawler.commands
from crawler import cli, command_help, exits, interrupts, settings_check, terminal
from crawler.nearest import suggest
from crawler.patterns import compiled
from crawler.printable import printable
from crawler.words import FINEWS, speak, translated

_ALONE = ("--version", "-h", "--help")
"""Options that stand without a command."""
_SETS = compiled(r"(?:|-s|--set=)(FINEWS_\w*)=(.*)", re.DOTALL)
"""How a word of the command line sets one of our settings."""


def main() -> NoReturn:
    """Run the command that the arguments name, and end with its exit code."""
    sys.argv[0] = FINEWS
    words = sys.argv[1:]
    os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"  # whatever project the folder belongs to
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    if settings["LOG_FORMAT"] == "json":
        terminal.tell_in_json()
    given = {found[1]: found[2] for word in words if (found := _SETS.match(word))}
    speak(str(given.get("FINEWS_LANG", settings["FINEWS_LANG"])))
    try:
        _run(words, settings)
    except SystemExit as end:
        if end.code:
            raise
    except ValueError as error:
        print(f"{FINEWS}: {printable(translated(str(error)))}", file=sys.stderr)
        sys.exit(exits.WRONG_USAGE)
    except KeyboardInterrupt:  # in a command that was not there to hear of it
        interrupts.tell(FINEWS)
        sys.exit(exits.INTERRUPTED)
    is_help = all(word.startswith("-") for word in words) or {"-h", "--help"} & {*words}
    if is_help and (why := terminal.lost()):
        print(f"{FINEWS}: {translated(f'cannot write standard output: {why}')}", file=sys.stderr)
        sys.exit(exits.NOT_WRITABLE)
    sys.exit(exits.OK)


def _run(words: list[str], settings: Settings) -> None:
    """Raises ValueError for what is wrong with the words, or with settings; SystemExit in the end of a command."""
    ours, others = _names(crawler.commands), _names(scrapy.commands)
    others |= {one.name for one in entry_points(group="scrapy.commands")}
    name = next((word for word in words if not word.startswith("-")), "")
    if words != ["--version"] and find_spec("fcntl") is None:
        raise ValueError("this needs what only POSIX has: on Windows, run it in WSL 2")
    if not name:
        first = next(iter(words), "--help")
        if first not in _ALONE:
            raise ValueError(f"there is no option {first}: {suggest(first, _ALONE)}")
        print(_version() if first == "--version" else _overview())
        return
    if name not in ours | others:
        raise ValueError(f"there is no command {name}: {suggest(name, sorted(ours | others))}")
    if name in ours:
        execute([FINEWS, *words], settings)
    interrupts.as_ever()
    settings_check.check_names([found[1] for word in words if (found := _SETS.match(word))])
    if settings["LOG_FORMAT"] == "json":
        settings.set("LOG_FORMAT", cli.LOG_LINE, priority="project")
    words = [word.replace("LOG_FORMAT=json", f"LOG_FORMAT={cli.LOG_LINE}") for word in words]
    if not {"-h", "--help"} & {*words}:
        execute([FINEWS, *words], settings)
    else:
        told = io.StringIO()
        with redirect_stdout(told), suppress(SystemExit):
            execute([FINEWS, *words], settings)
        print(told.getvalue().replace("scrapy ", f"{FINEWS} "), command_help.exit_codes(), sep="\n")


def _names(package: ModuleType) -> set[str]:
    return {module.name for module in pkgutil.iter_modules(package.__path__)}


def _version() -> str:
    return f"finews-crawler {crawler.__version__} (Scrapy {scrapy.__version__}, Python {platform.python_version()})"


def _overview() -> str:
    ours = sorted(_names(crawler.commands))
    made = [(name, importlib.import_module(f"crawler.commands.{name}").Command()) for name in ours]
    text = "\n".join(
        [
            f"{_version()}\n\nUsage\n=====\n  {FINEWS} COMMAND [options] [arguments]\n\nCommands\n========",
            *(f"  {name:<12} {translated(command.short_desc())}" for name, command in made),
            "",
            translated(f"Scrapy's own: {', '.join(sorted(_names(scrapy.commands) - {*ours}))}"),
            translated(f"`{FINEWS} COMMAND --help` tells a command's options, with examples."),
            "",
            *(command_help.example(command, command.examples[0]) for _, command in made),
            f"\n{command_help.exit_codes(exits.WORDS)}",
        ]
    )
    return command_help.with_headings(text)
