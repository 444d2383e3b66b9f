"""Whether the settings and the proxies are what they can be: every command asks before it does anything."""

import os
import re
from collections.abc import MutableMapping
from difflib import get_close_matches

from scrapy.settings import BaseSettings

from crawler import origins
from crawler import settings as ours
from crawler.sites import SHARE_HOST, Sites
from crawler.urls import urlsplit

_HOST = re.compile(r"(?!-)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
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
    _check_hosts(settings)
    for name in ("FINEWS_MOST_LISTS", "FINEWS_MOST_ARTICLES"):
        if not (str(settings[name]).isdecimal() and int(settings[name])):
            raise ValueError(f"{name}={settings[name]}: say a number, 1 or more")
    _check_proxies(os.environ)


def _check_hosts(settings: BaseSettings) -> None:
    """The share hosts are names of hosts, without scheme, port and path; raises ValueError for what are none."""
    known = Sites.from_settings(settings)
    for name, hosts in (("FINEWS_SHARE_HOST", [known.share_host]), ("FINEWS_SHARE_HOSTS", known.share_hosts or [""])):
        for host in hosts:
            if not _HOST.fullmatch(host):
                raise ValueError(f"{name}={host}: say the name of a host alone, as {SHARE_HOST}")


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
