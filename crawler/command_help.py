"""The help of commands: what Scrapy's holds, then examples, the spiders' arguments, settings and exit codes."""

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from crawler import exits, settings
from crawler.cli import OurCommand
from crawler.patterns import compiled
from crawler.words import FINEWS, program, speak, translated

_HEADING = compiled(r"^(\S.*)\n([=-])\2+$", re.MULTILINE)
CHINESE_SIGNS: Final = "\u2e80"
"""From here on signs are as wide as two."""
_SCRAPYS_OWN = (exits.OK, exits.INTERNAL_ERROR, exits.WRONG_USAGE)
_SETTING = compiled(r"^(FINEWS_\w+)(?:: [^=]+)? = .*?  # (.+)$", re.MULTILINE)


def whole_help(command: OurCommand, parser: argparse.ArgumentParser) -> str:
    """All of it, in the language that is spoken."""
    if program() != FINEWS:  # which has heard -s, too
        speak(str(command.settings["FINEWS_LANG"]))
    parser.description = translated(command.short_desc())
    for action in parser._actions:  # noqa: SLF001 - nothing else names them
        action.help = translated(action.help or "")
    return with_headings(f"{parser.format_help()}\n{_more_help(command)}")


def with_headings(text: str) -> str:
    """The text with its headings, each of which is underlined, in the language that is spoken."""
    return _HEADING.sub(lambda found: _underlined(translated(found[1]), found[2]), text)


def _underlined(heading: str, line: str) -> str:
    return f"{heading}\n{line * sum(1 + (sign >= CHINESE_SIGNS) for sign in heading)}"


def example(command: OurCommand, words: str) -> str:
    """A line that shows how the command is called, and what for."""
    words, mark, told = words.partition("# ")
    return f"{FINEWS} {command.name()} {words}{mark}{translated(told)}".rstrip()


def _more_help(command: OurCommand) -> str:
    parts = [_part("Examples", (example(command, words) for words in command.examples))]
    if command.runs_spiders:
        parts += _spiders(command.settings)
    if command.heeds_settings:
        sources = "(-s NAME=VALUE, else the environment, else finews.toml in this folder, else the default in brackets)"
        parts.append(_part("Settings", [translated(sources), *_settings()]))
    return "\n".join([*parts, exit_codes(command.exit_codes)])


def exit_codes(codes: Iterable[int] = _SCRAPYS_OWN) -> str:
    """What the exit codes mean; by default those of Scrapy's own commands."""
    return _part("Exit codes", (f"  {code:<3} {translated(exits.WORDS[code])}" for code in codes))


def _spiders(given: BaseSettings) -> list[str]:
    loader = get_spider_loader(given)
    spiders = {name: getattr(loader.load(name), "arguments", {}) for name in sorted(loader.list())}
    return [
        _part(
            f"Arguments of {name} (-a NAME=VALUE)",
            (f"  {word:<10} {translated(told)}" for word, told in arguments.items()),
        )
        for name, arguments in spiders.items()
    ]


def _settings() -> Iterable[str]:
    for name, told in meanings().items():
        yield f"  {name:<24} {translated(told)} [{shown(settings.defaults[name])}]"


def meanings() -> dict[str, str]:
    """What each of our settings is for: the comment that stands behind it."""
    return dict(_SETTING.findall(Path(settings.__file__).read_text("utf-8")))


def shown(value: Any) -> str:
    """A value as ``-s`` takes it."""
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _part(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([heading, "=" * len(heading), *lines, ""])
