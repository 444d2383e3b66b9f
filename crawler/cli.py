"""What our commands share: errors told on one line, with the exit code that goes with them."""

import argparse
import sys
from abc import abstractmethod
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from crawler import exits, interrupts
from crawler.exits import RunError


class FinewsCommand(ScrapyCommand):
    """A command that runs without an engine and ends with an exit code of ours."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run, and turn an error into its exit code."""
        interrupts.install()
        try:
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
        print(f"scrapy {type(self).__module__.rsplit('.', 1)[-1]}: {message}", file=sys.stderr)
        return exit_code
