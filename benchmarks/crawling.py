"""A whole crawl, interpreter and all, against bare Scrapy spiders that ask the same site for the same pages."""

from collections.abc import Mapping
from itertools import count

from harness import BIN, ROOT, Found, finews, interleaved, run, scratch
from world import World, generated_site

from crawler import settings

START = ("-a", "start=http://finews.withounder.com/")
AT_ONCE = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
}
_SCALARS = {
    name: value
    for name, value in vars(settings).items()
    if name.isupper() and not name.startswith(("FINEWS_", "BOT", "NEW")) and isinstance(value, bool | int | float)
}
"""The engine's settings as the project has them, but for those that name code."""


def bare(spider: str, env: Mapping[str, str], engine: Mapping[str, object] | None = None, folder: object = "") -> float:
    """Processor seconds of a bare spider, with settings of the engine."""
    given = [word for name, value in (engine or {}).items() for word in ("-s", f"{name}={value}")]
    home = {"SCRAPY_SETTINGS_MODULE": "bare.settings", "PYTHONPATH": str(ROOT / "benchmarks")}
    return run(
        BIN / "scrapy", "crawl", spider, "-a", f"folder={folder}", *given, env={**env, **home}, cwd=ROOT / "benchmarks"
    ).cpu


def measure(found: Found) -> None:
    number = found.size(300, 60)
    engine = ("-s", *" -s ".join(f"{name}={value}" for name, value in AT_ONCE.items()).split())
    with scratch() as top, World(generated_site(number, 8)) as world, World(generated_site(2, 1)) as small:
        names, env = (top / str(n) for n in count()), world.env()

        def writing() -> float:
            (folder := next(names)).mkdir()
            took = bare("writing", env, folder=folder)
            assert len(list(folder.iterdir())) == number, "the bare spider missed articles"
            return took

        def ours(*args: str) -> float:
            took = finews("crawl", "finews", *START, *args, output=(output := next(names)), env=env).cpu
            assert len(list((output / "_posts").iterdir())) == number, "the crawl missed articles"
            return took

        known = top / "known"
        tasks = {
            "bare": lambda: bare("bare", env),
            "ours": ours,
            "bare, engine": lambda: bare("bare", env, _SCALARS | AT_ONCE),
            "ours, engine": lambda: ours(*engine),
            "writing": writing,
            "empty": lambda: bare("empty", env),
            "nothing to do": lambda: finews("crawl", "finews", *START, output=known, env=small.env()).cpu,
        }
        took = interleaved(tasks, found.size(5, 1))
    found.ratio("crawl / bare spider", took["ours"], took["bare"])
    found.ratio("crawl / bare spider, same engine settings", took["ours, engine"], took["bare, engine"])
    found.ratio("crawl / bare spider that writes", took["ours"], took["writing"])
    found.ratio("crawl with nothing to do / empty spider", took["nothing to do"], took["empty"])
    found.figure("crawl, an article", (took["ours"] - took["nothing to do"]) / number * 1000, "ms")
