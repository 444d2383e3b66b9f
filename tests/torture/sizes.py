"""How big the tests are: small for every day, full under FINEWS_TORTURE=full."""

import os

FULL = os.environ.get("FINEWS_TORTURE") == "full"


def size(everyday: int, full: int) -> int:
    """The one that is wanted."""
    return full if FULL else everyday
