"""Whether the settings and the proxies are what they can be: every command asks before it does anything."""

import errno
import logging
import os
import re
from collections.abc import Iterable, MutableMapping
from pathlib import Path

from scrapy.settings import BaseSettings, default_settings

from crawler import settings as ours
from crawler.patterns import compiled
from crawler.settings_file import unknown
from crawler.sites import SHARE_HOST, Sites
from crawler.urls import urlsplit
from crawler.words import LANGUAGES

VERBOSITIES = ("quiet", "normal", "verbose")
_HOST = compiled(r"(?!-)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_SECRET = compiled("PASS|SECRET|TOKEN|KEY|AUTH", re.IGNORECASE)
_IN_NO_ADDRESS = compiled(r"[?\ud800-\udfff]")
"""What the ledger's address cannot hold of a path: what is behind a ``?`` is none, and another file would be taken."""
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def check(settings: BaseSettings) -> None:
    """Raises ValueError with a sentence that says what is wrong and what would be right."""
    check_spelling(settings)
    _check_by_use(settings)


def check_spelling(settings: BaseSettings) -> None:
    """The same, as far as it is told without those who use the settings, who take their time to be loaded."""
    check_names(settings)
    if not (output := str(settings["FINEWS_OUTPUT_DIR"] or "")).strip():
        raise ValueError("FINEWS_OUTPUT_DIR is empty: name a folder")
    if _IN_NO_ADDRESS.search(output):
        raise ValueError(f"FINEWS_OUTPUT_DIR={output}: no ? may be in the path, nor a name that is not UTF-8")
    _check_kinds(settings)
    if settings["FINEWS_SITE_LINKS"] not in {"own", "source"}:
        raise ValueError(f"FINEWS_SITE_LINKS={settings['FINEWS_SITE_LINKS']}: say own or source")
    if settings["FINEWS_VERBOSITY"] not in VERBOSITIES:
        raise ValueError(f"FINEWS_VERBOSITY={settings['FINEWS_VERBOSITY']}: say {', '.join(VERBOSITIES)}")
    if (language := settings["FINEWS_LANG"]) and language not in LANGUAGES:
        raise ValueError(f"FINEWS_LANG={language}: say en or zh")
    _check_hosts(settings)
    _check_proxies(os.environ)
    _check_log(settings)
    if settings.getbool("HTTPCACHE_ENABLED") and settings["HTTPCACHE_POLICY"] == default_settings.HTTPCACHE_POLICY:
        by_age = "HTTPCACHE_POLICY=scrapy.extensions.httpcache.RFC2616Policy"
        raise ValueError(f"HTTPCACHE_ENABLED=1 has lists as they once were, and nothing new is seen: say {by_age}, too")


def check_names(names: Iterable[str]) -> None:
    """Raises ValueError for a name that should be one of our settings, and for a file of settings that has any such."""
    if ours.wrong_file:
        raise ValueError(ours.wrong_file)
    for name in names:
        if name.upper().startswith("FINEWS_") and name not in ours.defaults:
            raise ValueError(unknown(name, ours.defaults))


def is_secret(name: str, value: str) -> bool:
    """Whether the value is not to be shown: it may hold a password; so may any address under a name that is none."""
    is_known = name in ours.defaults or hasattr(default_settings, name)
    address = value.partition("://")[2]
    may_hold_one = name in ours.secret or _SECRET.search(name) or "@" in address or (address and not is_known)
    return bool(value and may_hold_one)


def _check_kinds(settings: BaseSettings) -> None:
    """Raises ValueError for what is neither on nor off, and for what is no number."""
    for name, default in ours.defaults.items():
        if isinstance(default, bool):
            try:
                settings.getbool(name)
            except ValueError:
                raise ValueError(f"{name}={settings[name]}: say 1 or 0") from None
        elif isinstance(default, int) and not (str(settings[name]).isdecimal() and int(settings[name])):
            raise ValueError(f"{name}={settings[name]}: say a number, 1 or more")


def _check_by_use(settings: BaseSettings) -> None:
    """Whoever takes a setting says whether it can be, unless it is as ever; raises ValueError."""

    def is_set(*names: str) -> bool:
        return any(settings[f"FINEWS_{name}"] != ours.defaults[f"FINEWS_{name}"] for name in names)

    if is_set("KLINE_IMAGES", "KLINE_CHARTS"):
        from crawler.assemble.stages import stores_pictures  # noqa: PLC0415 - heavy, all of them

        if not stores_pictures(settings) and settings.getbool("FINEWS_KLINE_CHARTS"):
            raise ValueError("FINEWS_KLINE_CHARTS draws pictures that are stored: set FINEWS_KLINE_IMAGES=local, too")
    if is_set("CLEANING", "CLEANING_ADD", "CLEANING_REMOVE"):
        from crawler.assemble.stages import cleaning_profile  # noqa: PLC0415

        cleaning_profile(settings)
    if is_set("SHARED", "LEDGER_URL", "EDITED", "POST_FOLDERS", "ORIGINS"):
        from crawler.store.run import Run  # noqa: PLC0415
        from crawler.store.shared_run import SharedRun  # noqa: PLC0415

        (SharedRun if settings.getbool("FINEWS_SHARED") else Run).of(settings)
    if url := settings["FINEWS_PING_URL"]:
        from crawler.telling.ping import check_address  # noqa: PLC0415

        check_address(url)
    if addresses := settings["FINEWS_NOTIFY"]:
        from crawler.telling.notify import services  # noqa: PLC0415

        services(addresses)


def _check_log(settings: BaseSettings) -> None:
    """Scrapy takes what it is told of the log as it is; raises ValueError for what it cannot take."""
    level, shape, file = (settings[f"LOG_{name}"] for name in ("LEVEL", "FORMAT", "FILE"))
    try:
        logging.Handler().setLevel(level)
    except (ValueError, TypeError):
        raise ValueError(f"LOG_LEVEL={level}: say {', '.join(logging.getLevelNamesMapping())}") from None
    try:
        logging.Formatter(None if shape == "json" else shape)
    except (ValueError, TypeError):
        raise ValueError(f"LOG_FORMAT={shape}: say json, or a format of Python's logging") from None
    if file and settings.getbool("LOG_ENABLED"):
        try:
            _try_to_append(Path(file))
        except OSError as error:
            raise ValueError(f"LOG_FILE: cannot write {file}: {error.strerror}") from None


def _try_to_append(file: Path) -> None:
    """Raises OSError for what cannot be written to; leaves nothing behind, for what is asked may be refused yet."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK))  # a pipe that nobody reads would not end
    except FileNotFoundError:
        folder = file.resolve().parent
        folder.stat()
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None


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
