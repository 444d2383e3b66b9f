"""The options by which commands are told which articles are wanted."""

import argparse
import sys
from collections.abc import Callable, Collection
from datetime import datetime

from crawler.data.wish import Wish, day, moment
from crawler.printable import printable
from crawler.words import translated


def add(parser: argparse.ArgumentParser) -> None:
    """Add them to a command's own."""
    parser.add_argument("--since", metavar="DAY", help="only what was published on that day (YYYY-MM-DD) or later")
    parser.add_argument("--until", metavar="DAY", help="only what was published on that day or earlier")
    parser.add_argument("--category", metavar="SLUG,...", help="only these categories")
    parser.add_argument("--stock", metavar="STOCK", help="only what is about the security: symbol, secid or name")


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Add the one of the time."""
    told = "what was there at that time, in the version of then (2025-09-23T09:30+08:00)"
    parser.add_argument("--as-of", metavar="TIME", help=told)


def wish_of(
    opts: argparse.Namespace,
    secids_meant: Callable[[str], Collection[str]],
    categories: Callable[[str, datetime | None], Collection[str]],
) -> Wish:
    """What the options say; ``secids_meant`` tells the secids of a security, ``categories`` slugs. Raises ValueError.

    A time that tells no zone is said to be Beijing's.
    """
    as_of = None
    if (spelled := getattr(opts, "as_of", None)) is not None:
        as_of, has_zone = moment(spelled)
        if not has_zone:
            words = f"--as-of {spelled} is taken for Beijing time: {as_of.isoformat()}"
            print(printable(translated(words)), file=sys.stderr)
    return Wish(
        since=day(opts.since) if opts.since else None,
        until=day(opts.until) if opts.until else None,
        categories=categories(opts.category or "", as_of),
        secids=secids_meant(opts.stock) if opts.stock else (),
        as_of=as_of,
    )
