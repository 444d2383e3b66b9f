"""``finews``: what is heavy is imported when Ctrl-C and SIGTERM have their meaning already."""

import os
import sys
from typing import NoReturn

from crawler import interrupts, terminal
from crawler.words import FINEWS, speak


def main() -> NoReturn:
    """Run the command that the arguments name, and end with its exit code."""
    terminal.speak_utf8()
    terminal.tolerate()
    if any(word.endswith("LOG_FORMAT=json") for word in sys.argv[1:]):
        terminal.tell_in_json()
    speak(os.environ.get("FINEWS_LANG", ""))
    interrupts.end_at_once(FINEWS)
    from crawler import command_line  # noqa: PLC0415 - a second of imports

    command_line.main()


if __name__ == "__main__":
    main()
