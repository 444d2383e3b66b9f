"""The ledger: the crawl's frontier and its memory. It can be lost, and is rebuilt from the posts."""

from crawler.store.frontier import Frontier
from crawler.store.outcomes import Outcomes


class Ledger(Frontier, Outcomes):
    """Pages and articles in one database: SQLite in the output folder, or what FINEWS_LEDGER_URL says."""
