"""The project's decisions. What begins with FINEWS_ is ours: of each, the help of commands tells what its comment says.

Given with ``-s``, else in the environment, else in ``finews.toml``, else here.
"""

import os
from typing import Any

from scrapy.settings import default_settings

from crawler import settings_file
from crawler.assemble import ORDER
from crawler.middlewares import on_demand
from crawler.middlewares.retry import RETRY_TIMES as RETRY_TIMES  # noqa: PLC0414 - a setting of Scrapy, told there
from crawler.origins import ORIGINS
from crawler.sites import SHARE_HOST, SHARE_HOSTS

BOT_NAME = "finews-crawler"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

FINEWS_OUTPUT_DIR = "output"  # where everything is written
FINEWS_CLEANING = "standard"  # standard, or source: only what the source site did, and safety
FINEWS_CLEANING_ADD: list[str] = []  # removal rules on top of the profile's
FINEWS_CLEANING_REMOVE: list[str] = []  # removal rules taken out of it
FINEWS_KLINE_IMAGES = "remote"  # remote, or local: pictures are stored and the post points to them
FINEWS_KLINE_CHARTS = False  # with local: the charts of past days are drawn from the K-line API
FINEWS_POST_FOLDERS = "one"  # one, or month: new posts are put into _posts/YYYY/MM/; `arrange` moves those there are
FINEWS_EDITED = "keep"  # keep posts that somebody edited, or overwrite them
FINEWS_INVENTED = False  # what is crawled is the stand-in site: its articles are kept apart from real ones
FINEWS_ARCHIVE = False  # keep every response in WARC files below archive/
FINEWS_ORIGINS = list(ORIGINS)  # where bodies are asked for, in this order
FINEWS_SHARE_HOST = SHARE_HOST  # asked for articles whose posts name no share host
FINEWS_SHARE_HOSTS = list(SHARE_HOSTS)  # the only hosts that share links may lead to
FINEWS_SITE_LINKS = "own"  # links of posts to the source site lead to pages of the site that `site` makes; or source
FINEWS_LEDGER_URL = ""  # another database than SQLite in the output folder
FINEWS_SHARED = False  # several crawls at once do one work together; the ledger is to be in PostgreSQL
FINEWS_LEASE_TERM = 60  # shared: seconds after which others take over what a worker has, unless it is heard of
FINEWS_LEASE_BATCH = 8  # shared: articles and lists that a worker has at once
FINEWS_MOST_LISTS = 1000  # new list pages in one run: a site that names more of them for ever ends it
FINEWS_MOST_ARTICLES = 500_000  # articles that lists name in one run: the same
FINEWS_LANG = ""  # the language of what is said: en, zh; else as the locale (LC_ALL, LC_MESSAGES, LANG)
FINEWS_VERBOSITY = "normal"  # normal, quiet (-q): only what is new or wrong, verbose (-v): each article, too
FINEWS_PING_URL = ""  # a dead man's switch in healthchecks' form: asked when a run begins, told how it ended
FINEWS_NOTIFY = ""  # who hears of failures and silence, as Apprise spells it; secrets stand in it
FINEWS_METRICS_FILE = ""  # gauges of the last run, for Prometheus
FINEWS_STAND_IN = False  # the hosts are those of the stand-in world, which says so to what runs in it

defaults = {name: value for name, value in globals().items() if name.startswith("FINEWS_")}
secret = frozenset({"FINEWS_LEDGER_URL", "FINEWS_NOTIFY", "FINEWS_PING_URL"})
"""Those whose values are shown nowhere: they may hold passwords."""
in_file, wrong_file = settings_file.read(defaults)
_tests_own = ("NO_SKIP", "TORTURE")
in_environment = {n: v for n, v in os.environ.items() if n.startswith("FINEWS_") and not n.endswith(_tests_own)}
_given = {name: settings_file.at_home(name, value) for name, value in (in_file | in_environment).items()}
FINEWS_STAND_IN = str(_given.get("FINEWS_STAND_IN", "")).lower() in {"1", "true"}

ITEM_PIPELINES = {  # each stage is one, in the one order of the stages
    f"crawler.pipelines.{name}.{name.title()}Pipeline": 100 * number for number, name in enumerate(ORDER, 1)
}
EXTENSIONS = {
    "crawler.extensions.run.RunExtension": 0,
    "crawler.extensions.prompt_stop.PromptStop": 10,
    "crawler.extensions.warc_recorder.WarcRecorder": 20,
    "crawler.extensions.header_limit.HeaderLimit": 30,
    "crawler.extensions.plain_log.QuietLog": 40,
    "crawler.extensions.plain_log.PlainLog": 50,
    "crawler.extensions.traffic.Traffic": 60,
    "crawler.middlewares.progress.CrawlProgress": 70,
}

# Polite: less than two requests a second to a host, fewer where it is slow. The stand-in world is our own machine.
DOWNLOAD_DELAY = 0 if FINEWS_STAND_IN else 0.6  # Scrapy's jitter makes it 0.3 to 0.9
USER_AGENT = "finews-crawler (+https://finews.withounder.com/; archive of published news)"
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 4
AUTOTHROTTLE_ENABLED = not FINEWS_STAND_IN
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0
AUTOTHROTTLE_MAX_DELAY = 5.0
COOKIES_ENABLED = False
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # what is given up stands in the report

# What Scrapy does for each response, and no page of ours needs: a quarter of a crawl's time.
CONCURRENT_ITEMS = 4  # so many tasks are begun for every response, be there anything for them to do or not
WARN_ON_GENERATOR_RETURN_VALUE = False  # looks for a slip in callbacks that mypy would find
DOWNLOADER_STATS = False  # sizes of requests and answers, each written once more to be measured

# A page is a few hundred kilobytes; whatever is much larger or slower is not one.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False

# Nothing but verified HTTP(S), and no doors into the process.
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"file": None, "ftp": None, "data": None, "s3": None}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

LOG_LEVEL = "WARNING"  # cron mails what is printed: the summary, and what went wrong
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {"csv": "crawler.csv_export.InertCsvExporter"}
SCHEDULER_PRIORITY_QUEUE = "crawler.middlewares.queue.PatientQueue"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # KnownHosts takes its place
    "crawler.middlewares.known_hosts.KnownHosts": 50,
    "crawler.middlewares.crawl_delay.CrawlDelay": 110,
    # Answers come from below: uncompressed, then judged, then retried, then followed.
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 540,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.retry.PatientRetry": 550,
    "crawler.middlewares.refusals.Refusals": 580,
    "crawler.middlewares.content_encodings.ContentEncodings": 595,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "crawler.middlewares.proxies.Proxies": 750,
    "crawler.middlewares.turns.Turns": 950,
}


def _on_demand(parts: dict[Any, int]) -> dict[Any, int]:
    ours = {part.part: f"{part.__module__}.{part.__name__}" for part in on_demand.PARTS}
    return {ours.get(path, path): order for path, order in parts.items()}


# In Scrapy's own lists: what ours name in order to leave it out is loaded all the same.
DOWNLOADER_MIDDLEWARES_BASE = _on_demand(default_settings.DOWNLOADER_MIDDLEWARES_BASE)
EXTENSIONS_BASE = _on_demand(default_settings.EXTENSIONS_BASE)
SPIDER_MIDDLEWARES_BASE = _on_demand(default_settings.SPIDER_MIDDLEWARES_BASE)
SPIDER_MIDDLEWARES = {
    # It warns of copied request meta; a retry from a callback is the same request and keeps its meta on purpose.
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
globals().update(_given)  # last: the file may hold settings of Scrapy's, too
