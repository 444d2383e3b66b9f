"""A display that stays in its place on a terminal, by rich; what the log says meanwhile comes above it."""

import logging
import sys
from collections.abc import Iterable
from typing import TextIO, cast

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text


class Display:
    """Some lines at the end of standard error, until they are taken away."""

    def __init__(self) -> None:
        self._log = [
            handler
            for handler in logging.getLogger().handlers
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr
        ]
        self._stderr = sys.stderr
        console = Console(stderr=True, highlight=False)
        self._live = Live(console=console, auto_refresh=False, transient=True, redirect_stdout=False)
        self._live.start()
        console.show_cursor()  # a killed run leaves the terminal as it was
        self._lead_log_to(sys.stderr)

    def show(self, lines: Iterable[str]) -> None:
        """Show these lines in place of those before, each cut where the terminal ends."""
        made = (Text(line, no_wrap=True, overflow="ellipsis") for line in lines)
        self._live.update(Group(*made), refresh=True)

    def close(self) -> None:
        """Take it away."""
        self._live.stop()
        self._lead_log_to(self._stderr)

    def _lead_log_to(self, stream: object) -> None:
        for handler in self._log:
            handler.setStream(cast("TextIO", stream))
