"""What our commands share: errors told on one line, with the exit code that goes with them."""

import argparse
import sys
from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from crawler import exits, interrupts, terminal
from crawler.exits import RunError
from crawler.printable import printable

if TYPE_CHECKING:
    from crawler.store.run import Run


class FinewsCommand(ScrapyCommand):
    """A command that runs without an engine and ends with an exit code of ours."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}
    arguments: ClassVar[str]
    """What stands behind the command's name, before its options."""

    def syntax(self) -> str:
        """What `scrapy COMMAND --help` says of the arguments."""
        return f"{self.arguments} [options]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`: the docstring of the command's class."""
        return (self.__doc__ or "").rstrip(".")

    @property
    def output(self) -> Path:
        """The output folder."""
        assert self.settings
        return Path(self.settings["FINEWS_OUTPUT_DIR"])

    def open_run(self) -> "Run":
        """A run in the output folder, to be entered."""
        from crawler.store.run import Run  # noqa: PLC0415 - Scrapy imports every command at every start

        assert self.settings
        return Run.of(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run, and turn an error into its exit code."""
        from crawler.settings_check import check  # noqa: PLC0415 - Scrapy imports every command at every start

        interrupts.install()
        terminal.tolerate()
        try:
            assert self.settings
            check(self.settings)
            self.exitcode = self.execute(args, opts)
        except RunError as error:
            self.exitcode = self.refuse(str(error), error.exit_code)
        except ValueError as error:
            self.exitcode = self.refuse(str(error), exits.WRONG_USAGE)
        except KeyboardInterrupt:
            self.exitcode = self.refuse(exits.WORDS[exits.INTERRUPTED], exits.INTERRUPTED)
        interrupts.ignore()

    @abstractmethod
    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """The command itself; returns the exit code."""

    def refuse(self, message: str, exit_code: int) -> int:
        """Say why not."""
        print(f"scrapy {type(self).__module__.rsplit('.', 1)[-1]}: {printable(message)}", file=sys.stderr)
        return exit_code
