"""The command, asked what lives, and the states that it tells."""

import json
from pathlib import Path
from typing import Any

from forked_scrapy import Done
from run_scrapy import forker
from world import World

from crawler import columns

SHARE = ("finews.zning.xyz", "choicewzp1.eastmoney.com", "app.jg.eastmoney.com")


def sources(world: World, output: Path, *args: str, **constants: float) -> Done:
    named = {f"crawler.middlewares.host_state.{name}": value for name, value in constants.items()}
    return forker().start("sources", *args, output=output, env=world.env(), constants=named).wait()


def states(done: Done) -> dict[str, dict[str, Any]]:
    found = json.loads(done.out)
    named = {one["name"]: one for one in found}
    assert [*named][:9] == ["finews", *SHARE, "article-api", "article-page", "wap", "finews-page", "7x24"]
    assert len(named) == len(found) == len(columns.COLUMNS) + 4 + len(SHARE) + 4
    assert all([*one] == ["name", "url", "state", "reason", "newest"] for one in found)
    return named
