"""``finews settings``: each setting, and where it came from; with ``--get…`` one value, as Scrapy prints it."""

import argparse

from scrapy.commands.settings import Command as ScrapySettings
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from crawler import exits
from crawler.cli import LOG_LINE, FinewsCommand
from crawler.nearest import suggest
from crawler.printable import printable

SET = "(set)"
"""What is shown of a secret."""


class Command(FinewsCommand, ScrapySettings):
    """Show each setting and where it came from."""

    arguments = ""
    examples = ("", "-s FINEWS_OUTPUT_DIR=out", "--get FINEWS_OUTPUT_DIR")
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.NOT_WRITABLE)
    needs_right_settings = False

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """One line a setting: full name, value, source. Of Scrapy's, those that somebody set."""
        from crawler.command_help import shown
        from crawler.settings_check import check, is_secret

        if args:
            raise ValueError(f"{args[0]} is one word too many: say --get NAME for one setting")
        if self.settings["LOG_FORMAT"] == LOG_LINE:  # stands in the place of what was said
            self.settings.set("LOG_FORMAT", "json", priority=self.settings.getpriority("LOG_FORMAT") or 0)
        for name in (value for option, value in vars(opts).items() if option.startswith("get") and value):
            check(self.settings)
            if name not in self.settings:
                raise ValueError(f"there is no setting {name}: {suggest(name, [*self.settings])}")
            if is_secret(name, shown(self.settings[name])):
                print(SET)
                return exits.OK
            ScrapySettings.run(self, args, opts)
            return exits.OK
        for line in lines(self.settings):
            print(line)
        check(self.settings)
        return exits.OK


def lines(given: BaseSettings) -> list[str]:
    """Name, value and source of each of our settings, and of Scrapy's that the command line or the file sets."""
    from crawler import settings as ours
    from crawler.command_help import shown
    from crawler.settings_check import is_secret

    by_command = [name for name in given if given.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]]
    told = []
    for name in dict.fromkeys([*sorted(ours.defaults), *sorted([*ours.in_file, *by_command])]):
        source = "finews.toml" if name in ours.in_file else "default"
        source = "environment" if name in ours.in_environment else source
        source = "-s" if name in by_command else source
        value = shown(given[name]) or '""'
        value = SET if is_secret(name, value) and source != "default" else value
        told.append(printable(f"{name:<24}  {value}  {source}"))
    return told
