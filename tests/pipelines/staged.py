"""The pipelines of a crawl, without an engine."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.test import get_crawler

from crawler import settings
from crawler.extensions.run import RunExtension
from crawler.items import Article
from crawler.store.batches import Batches

CODE = "NW202201142248170578"


PAGE = Article(
    code=CODE, origin="finews-page", kind="media", title="题", time="2022-01-14 22:48:17", category="jia", tag="甲报新闻",
    text='<p>一<script>1</script></p><img src="http://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k">',
)  # fmt: skip


class Crawl:
    """The pipelines of a crawl, without an engine."""

    def __init__(self, output: Path, **given: Any) -> None:
        own = {name: getattr(settings, name) for name in dir(settings) if name.startswith("FINEWS_")}
        self.settings = {**own, "FINEWS_OUTPUT_DIR": str(output), **given}
        self.crawler = get_crawler(settings_dict=self.settings)
        self.run = RunExtension(self.crawler).run
        extension = RunExtension.__new__(RunExtension)
        extension.run, extension.batches = self.run, Batches(self.run)
        self.crawler.get_extension = lambda _: extension  # type: ignore[method-assign, assignment, return-value]
        self.names: list[str] = []
        self.pipelines = list(self._pipelines())

    def _pipelines(self) -> Iterator[Any]:
        for path, _ in sorted(settings.ITEM_PIPELINES.items(), key=lambda item: item[1]):
            try:
                yield build_from_crawler(load_object(path), self.crawler)
            except NotConfigured:
                continue
            self.names.append(path.rpartition(".")[2].removesuffix("Pipeline").lower())

    def take(self, item: Any) -> Any:
        return asyncio.run(self._take(item))

    async def _take(self, item: Any) -> Any:
        for pipeline in self.pipelines:
            item = await ensure_awaitable(pipeline.process_item(item))
        return item
