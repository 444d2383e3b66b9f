"""Whether the settings and the proxies are what they can be: every command asks before it does anything."""

import os
from collections.abc import MutableMapping
from difflib import get_close_matches

from scrapy.settings import BaseSettings

from crawler import origins
from crawler import settings as ours
from crawler.urls import urlsplit

_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def check(settings: BaseSettings) -> None:
    """Raises ValueError with a sentence that says what is wrong and what would be right."""
    for name in settings:
        if name.startswith("FINEWS_") and name not in ours.known_names:
            near = get_close_matches(name, ours.known_names, 1, cutoff=0)
            raise ValueError(f"there is no setting {name}: did you mean {near[0]}?")
    if not str(settings["FINEWS_OUTPUT_DIR"] or "").strip():
        raise ValueError("FINEWS_OUTPUT_DIR is empty: name a folder")
    if settings.getbool("FINEWS_KLINE_CHARTS") and settings["FINEWS_KLINE_IMAGES"] != "local":
        raise ValueError("FINEWS_KLINE_CHARTS draws pictures that are stored: set FINEWS_KLINE_IMAGES=local, too")
    origins.chosen(settings["FINEWS_ORIGINS"])
    _check_proxies(os.environ)


def _check_proxies(environ: MutableMapping[str, str]) -> None:
    """An address without a scheme is one of an HTTP proxy; raises ValueError for what is none."""
    for name in [name for name in environ if name.lower() in _PROXIES and environ[name]]:
        if "://" not in environ[name]:
            environ[name] = f"http://{environ[name]}"
        if not _is_proxy(environ[name]):
            raise ValueError(f"{name} is no address of a proxy: write it as http://host:port")


def _is_proxy(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
