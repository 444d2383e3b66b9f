"""Exit codes, as schedulers rely on them, and the error that carries one."""

from typing import Final

OK: Final = 0
INTERNAL_ERROR: Final = 1
WRONG_USAGE: Final = 2
NOTHING_FETCHED: Final = 3
LIMIT_REACHED: Final = 4
IN_QUARANTINE: Final = 5
LOCKED: Final = 6
NOT_WRITABLE: Final = 7
BLOCKED: Final = 8
FAULTS_FOUND: Final = 9
INTERRUPTED: Final = 11

WORDS: Final = {
    OK: "all well",
    INTERNAL_ERROR: "internal error: see the log above",
    WRONG_USAGE: "wrong usage or settings",
    NOTHING_FETCHED: "nothing could be fetched or read: is the address right, is the network there?",
    LIMIT_REACHED: "stopped by a limit that was set: run again to go on",
    IN_QUARANTINE: "done, but something could not be read or is missing: see above, and `quarantine list`",
    LOCKED: "another run holds the lock",
    NOT_WRITABLE: "output not writable or disk full",
    BLOCKED: "blocked by the site: run again later to go on",
    FAULTS_FOUND: "faults were found: see above",
    INTERRUPTED: "interrupted: run again to go on",
}


class CommandError(Exception):
    """What ends a command with a sentence; carries the exit code."""

    exit_code: int


class RunError(CommandError):
    """The run cannot begin or go on."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def exit_code_of(error: BaseException) -> int:
    """The exit code for what ended a command: what is no run's error, and no wrong value, is our own fault."""
    if isinstance(error, CommandError):
        return error.exit_code
    return WRONG_USAGE if isinstance(error, ValueError) else INTERNAL_ERROR
