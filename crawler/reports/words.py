"""The headings of a run's page, in English."""

from typing import Final

from crawler.words import LISTS

CHARTS: Final = {
    "articles-by-day": "Articles written, by day",
    "articles-by-category": "Articles written, by category",
    "new-and-known": "New and known",
    "requests-by-status": "Answers by status, over time",
    "waiting-by-host": "Seconds waited for each host",
    "klines-by-exchange": "K-lines by exchange",
    "body-origins": "Origins of bodies",
}
TOLD: Final = {
    "given_up": "Hosts that were asked for nothing more; the next run asks them",
    "left_alone": "Hosts that were left alone for a while",
    "lists_gone": "Lists that are gone",
    **LISTS,
}
WORKED: Final = "{} articles done"
RETRY: Final = (
    "Later runs try again, at growing distances; `finews quarantine retry ID` has the next one try, `drop` ends that."
)
