"""Spiders that follow the site's links, take the fields that a post has, and yield them: no more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.http import Response

SHARE = "http://finews.zning.xyz/NewsData/GetNewsText.do?id="


def is_list(path: str) -> bool:
    return "/category/" in path or path.endswith("/emnews/")


class Bare(scrapy.Spider):
    """Home, lists, posts, and the JSON of each: parsed and yielded."""

    name = "bare"
    start_urls = ("http://finews.withounder.com/",)

    def parse(self, response: Response) -> Iterator[Any]:
        for path in response.css("section a::attr(href)").getall():
            if is_list(path):
                yield response.follow(path, self.parse)
            elif path.endswith(".html"):
                yield response.follow(path, self.post)

    def post(self, response: Response) -> Iterator[Any]:
        code = response.url.rpartition("/")[2].removesuffix(".html")
        for path in filter(is_list, response.css("section > p a::attr(href)").getall()):
            yield response.follow(path, self.parse)
        item = {
            "code": code,
            "title": response.css("section h1::text").get(),
            "time": response.css("section small::text").get("")[-19:],
            "tag": response.css("section small em::text").get(),
        }
        yield scrapy.Request(f"{SHARE}NW{code.removeprefix('NW')}", self.article, cb_kwargs={"item": item})

    def article(self, response: Response, item: dict[str, Any]) -> Iterator[Any]:
        found = response.json()
        yield item | {"body": found["content"] or found["text"]}


class Writing(Bare):
    """The same, each item a file."""

    name = "writing"
    folder = ""

    def article(self, response: Response, item: dict[str, Any]) -> Iterator[Any]:
        for made in super().article(response, item):
            head = "".join(f"{name}: {made[name]!r}\n" for name in ("title", "time", "tag"))
            Path(self.folder, f"{made['code']}.md").write_text(f"---\n{head}---\n{made['body']}\n", "utf-8")
            yield made


class Empty(scrapy.Spider):
    """Nothing to do."""

    name = "empty"
