"""`python -m crawler.demo serve` and `… run -- CMD`: the world from the shell."""

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import FrameType

from crawler.demo.sample import sample_site
from crawler.demo.world import World

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawler.demo", description="A stand-in world to crawl.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve until interrupted; prints the proxy's URL and the CA file")
    run = commands.add_parser("run", help="run a command inside the world and return its exit code")
    for command in (serve, run):
        command.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
        command.add_argument("--ca", metavar="FILE", help="where to write the certificate authority's PEM")
    run.add_argument("argv", nargs="+", metavar="CMD", help="the command and its arguments, after --")
    return parser


def serve(world: World) -> int:
    """Serve until SIGINT or SIGTERM; the first line out is the proxy's URL, the second the CA file."""
    done = threading.Event()
    for number in _SIGNALS:
        signal.signal(number, lambda *_: done.set())
    with world:
        print(f"proxy {world.proxy_url}\nca {world.ca_file}", flush=True)
        done.wait()
    return 0


def run(world: World, argv: Sequence[str]) -> int:
    """Run the command in the world and return its exit code: 128 + n after signal n, 127 for no such command."""
    with world:
        try:
            # A group of its own: Ctrl-C reaches the command once, through us, and not twice.
            child = subprocess.Popen(argv, env=os.environ | world.env(), process_group=0)  # noqa: S603
        except OSError as error:
            print(f"{argv[0]}: {error.strerror}", file=sys.stderr)
            return 127

        def forward(signum: int, _: FrameType | None) -> None:
            child.send_signal(signum)

        for number in _SIGNALS:
            signal.signal(number, forward)
        code = child.wait()
    return 128 - code if code < 0 else code


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    options = _parser().parse_args(argv)
    world = World(sample_site(), port=options.port, ca_file=options.ca)
    return serve(world) if options.command == "serve" else run(world, options.argv)


if __name__ == "__main__":
    sys.exit(main())
