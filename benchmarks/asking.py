"""What is asked of an archive: words, and the tools that language models have."""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from archives import make
from harness import Found, finews, scratch

from crawler import post_format
from crawler.mcp_server.tools import Tools
from crawler.search.finder import Finder

_TAG = re.compile("<[^<>]*>")


def measure(found: Found) -> None:
    with scratch() as top:
        number = found.size(20_000, 2_000)
        make(top, number)
        _search(found, top, number)
        _mcp(found, top)


def _search(found: Found, output: Path, number: int) -> None:
    built = finews("search", "--limit", 1, "甲乙", output=output)
    found.figure("index, a post", built.cpu / number * 1000, "ms")
    texts = [_text(path) for path in (output / "_posts").iterdir()]
    rng, seconds, wrong = random.Random(1), [], 0
    finder = Finder(output, _ledger(output), print)
    for _ in range(found.size(300, 50)):
        text = rng.choice(texts)
        at = rng.randrange(len(text) - 6)
        phrase = text[at : at + rng.randint(2, 6)]
        answer = finder.search([phrase], limit=10)
        seconds.append(answer.seconds)
        wrong += abs(sum(phrase in text for text in texts) - answer.total)
    seconds.sort()
    for name, place in {"half of them": 0.5, "95 in 100": 0.95, "all": 1}.items():
        found.figure(
            f"a query in {number:,} posts, {name} within", seconds[int(place * (len(seconds) - 1))] * 1000, "ms"
        )
    found.figure("articles that searches missed, or found wrongly", wrong, "")


def _text(path: Path) -> str:
    """What a search must find, read in the plainest way."""
    return "".join(_TAG.sub("", post_format.parse(path.read_text("utf-8"), path.name).body).split())


def _mcp(found: Found, output: Path) -> None:
    tools = Tools(output, _ledger(output))
    names = sorted(path.stem[11:] for path in (output / "_posts").iterdir())
    codes = random.Random(1).sample(names, 20)
    asked: dict[str, Callable[[str], object]] = {
        "get_article": tools.get_article,
        "search": lambda _: tools.search("公司"),
        "by_time": lambda _: tools.by_time(),
    }
    for name, ask in asked.items():
        ask(codes[0])
        begun = time.process_time()
        for code in codes:
            ask(code)
        found.figure(f"MCP {name}", (time.process_time() - begun) / len(codes) * 1000, "ms")


def _ledger(output: Path) -> str:
    return f"sqlite:///{output / 'state' / 'ledger.sqlite'}"
