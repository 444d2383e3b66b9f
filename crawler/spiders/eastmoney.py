"""East Money's own lists: columns, what is told of one security, and the rolling list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any, ClassVar, Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler import columns, sites
from crawler.assemble.rolling import is_item
from crawler.items import Article, Candidate
from crawler.kline.stock_codes import secids
from crawler.spiders.list_reading import NewsList, of_column, of_security
from crawler.spiders.news_lists import NewsListSpider
from crawler.spiders.scope import OLDER, Scope, names
from crawler.spiders.search import Search
from crawler.store.frontier import Task, Validators
from crawler.store.leases import Wanted
from crawler.store.listed import Named

LISTS = "lists"
"""What a worker of a shared crawl leases to read them: what one of them says counts for what others name."""


class EastMoneySpider(NewsListSpider):
    """Reads lists, and asks for what they name."""

    name = "eastmoney"
    arguments: ClassVar[dict[str, str]] = {
        "column": "NAME,…: columns by slug, number or name (cgnjj, 350, 国内经济), and the rolling list (7x24)",
        "stock": "600519,00700.HK,AAPL,…: the news of these securities",
        "since": "YYYY-MM-DD: only articles since that day",
        "full": "1: ask for everything again, known or not",
    }
    host = site = ""
    _open: int
    """Lists that are being read."""
    _begun: set[str]
    """The articles that were asked for."""
    _held: dict[str, Search]
    """Those of which another list may name the medium."""
    _named_by: dict[bool, set[str]]
    """What the rolling list named, and what others did."""

    def __init__(self, column: str = "", stock: str = "", since: str = "", full: str = "", **kwargs: Any) -> None:
        super().__init__(full=full, **kwargs)
        self._scope = Scope(since=since)
        self._columns = dict.fromkeys(columns.named(name) for name in names(column))
        self._stocks = dict[tuple[str, ...], str]()
        for name in names(stock):
            self._stocks.setdefault(secids(name), name.upper())
        self._has_rolling = None in self._columns
        if not self._columns and not self._stocks:
            raise ValueError("no list: say column=NAME,… (cgnjj, 350, 国内经济, 7x24) or stock=600519,00700.HK,AAPL,…")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, allowed on the hosts of lists, too."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.allowed_domains += columns.HOSTS
        return spider

    def begin(
        self, due: Iterable[Task], lists: Mapping[str, Validators], categories: Iterable[str]
    ) -> Iterator[Request]:
        """What is pending, and the first page of each list; of a security in the market where it was listed before."""
        if self.leasing:
            told = {url: asdict(before) for url, before in lists.items()}
            self.leasing.want([Wanted(LISTS, is_list=True, told=told)])
        else:
            yield from self._begin_lists(due, lists)  # type: ignore[misc]

    def ask(self, wanted: Wanted) -> Iterator[Request | Candidate]:
        """The requests for what was leased."""
        if not wanted.is_list:
            return super().ask(wanted)
        self.run.ledger.heard_of()
        known = {url: Validators(**before) for url, before in wanted.told.items()}
        return self._begin_lists(self.due(), known)

    def _begin_lists(self, due: Iterable[Task], known: Mapping[str, Validators]) -> Iterator[Request | Candidate]:
        lists = [of_column(one) for one in self._columns]
        lists += [of_security(name, ids, known) for ids, name in self._stocks.items()]
        self._open, self._begun, self._held = len(lists), set(), {}
        self._named_by = {True: set(), False: set()}
        tasks = list(due)
        said = self.run.ledger.kept([task.code for task in tasks])
        yield from self.begin_searches(ready for task in tasks for ready in self._due(task, said.get(task.code, ())))
        for one in lists:
            one.begin(self._scope.since, {} if self.full else known)
            yield self._page(one)

    def _done(self) -> Iterator[Request | Candidate]:
        """One list less; behind the last what was held back is asked for, and what stood in both is told."""
        self._open -= 1
        if self._open:
            return
        twins = sorted(self._named_by[True] & self._named_by[False])
        self.run.counts["twins"] += len(twins)
        self.run.notes["twins"] += twins
        yield from self.begin_searches(ready for search in [*self._held.values()] for ready in self._ready(search))
        if self.leasing:
            self.leasing.was_read(LISTS, self.run.found)

    def _names(self, of: NewsList, articles: Iterable[Article], named: Named) -> Iterator[Request | Candidate]:
        shown = {sites.digits(article.code): article for article in articles}
        self._named_by[of.is_rolling].update(shown)
        searches = (
            Search(
                Candidate(code, _as_read(_of_lists(said), shown[sites.digits(code)])),
                None,
                have := named.have.get(code),
                complete=have is not None,
            )
            for code, said in named.wanted.items()
        )
        yield from self.begin_searches(ready for search in searches for ready in self._ready(search))

    # --- articles

    def _due(self, task: Task, said: Iterable[Article]) -> Iterator[Search]:
        """What an earlier run left undone, with what lists said of it."""
        if not sites.CODE.fullmatch(task.code):  # a reader's column
            return
        listed = _of_lists(said)
        day = next((article.time for article in listed if article.time), sites.day_of(task.code))[:10]
        if day < self._scope.since:
            if not task.lacks:
                self.run.out_of_scope(task.code, OLDER)
            return
        again = task.lacks and any(map(is_item, listed))  # the post waits for what names its medium
        have = "none" if again else task.origin
        complete = have is not None and not again and not task.rough
        yield from self._ready(Search(Candidate(task.code, listed), None, have, complete))

    def _ready(self, search: Search) -> Iterator[Search]:
        """An article is asked for once; one whose medium another list may name, when all lists were read."""
        number, found = sites.digits(search.found.code), search.found
        if number in self._begun:
            return
        if before := self._held.pop(number, None):
            found = replace(found, articles=tuple(dict.fromkeys((*before.found.articles, *found.articles))))
        listed, search = found.articles, replace(search, found=found)
        untold = listed and not any(article.tag for article in listed)
        if self._open and ((self.full and not listed) or (untold and (self._has_rolling or any(map(is_item, listed))))):
            self._held[number] = search
            return
        self._begun.add(number)
        yield search


def _as_read(said: Iterable[Article], shown: Article) -> tuple[Article, ...]:
    """What lists say of an article; what a page says now is known to be read now, and so later than what is kept."""
    now = replace(shown, url="", fetched=0)
    return tuple(replace(one, fetched=shown.fetched) if replace(one, code=shown.code) == now else one for one in said)


def _of_lists(said: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(article for article in said if article.origin == "list")
