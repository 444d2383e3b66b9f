"""``finews mcp [--http HOST:PORT]``: the archive for language models."""

import argparse
from typing import Any, ClassVar

from crawler import exits, interrupts
from crawler.cli import FinewsCommand
from crawler.words import program


class Command(FinewsCommand):
    """Serve the archive to language models (Model Context Protocol), read only."""

    arguments = ""
    examples = ("", "--http 127.0.0.1:8000  # at /mcp, for this machine alone")
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.INTERRUPTED)
    options: ClassVar[dict[str, dict[str, Any]]] = {
        "--http": {"metavar": "HOST:PORT", "help": "over HTTP, on the loopback, in place of stdio"}
    }

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Serves until its input ends, or a signal comes; no lock is asked for."""
        from crawler.store.places import posts_of

        if args:
            raise ValueError(f"mcp takes no names: {' '.join(args)}")
        try:
            import crawler.mcp_server.server as mcp  # of an extra, and heavy
        except ImportError:
            raise ValueError("mcp needs the SDK of the protocol: pip install 'finews-crawler[mcp]'") from None
        address = mcp.address_of(opts.http) if opts.http is not None else None
        run = self.open_run()
        posts_of(run.output)
        server = mcp.ArchiveServer(run.output, run.ledger_url)
        interrupts.end_at_once(program())
        if address:
            mcp.serve(server, *address)
        else:
            server.run("stdio")
        return exits.OK
