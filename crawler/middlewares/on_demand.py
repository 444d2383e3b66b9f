"""Parts of Scrapy that it loads for every crawl, loaded where a setting asks for them: some bring much along."""

from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.exceptions import NotConfigured
from scrapy.utils.misc import build_from_crawler, load_object

if TYPE_CHECKING:
    from scrapy.crawler import Crawler  # settings name these parts, and are read before there is one


class OnDemand:
    """Stands in the place of Scrapy's part, which comes if one of its settings is on."""

    part: ClassVar[str]
    wanted_by: ClassVar[tuple[str, ...]]

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Any:
        """Scrapy's part for this crawl; raises NotConfigured where nobody asks for it."""
        if all(str(crawler.settings.get(name) or "0").lower() in {"0", "false"} for name in cls.wanted_by):
            raise NotConfigured
        return build_from_crawler(load_object(cls.part), crawler)


class Cookies(OnDemand):
    """It reads the list of all public suffixes."""

    part = "scrapy.downloadermiddlewares.cookies.CookiesMiddleware"
    wanted_by = ("COOKIES_ENABLED",)


class HttpAuth(OnDemand):
    """It looks at every request."""

    part = "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware"
    wanted_by = ("HTTPAUTH_USER", "HTTPAUTH_PASS")


class Telnet(OnDemand):
    """It loads a terminal of Twisted's."""

    part = "scrapy.extensions.telnet.TelnetConsole"
    wanted_by = ("TELNETCONSOLE_ENABLED",)


class RemoteControl(OnDemand):
    """It loads a web server."""

    part = "scrapy.extensions.remote_control.RemoteControl"
    wanted_by = ("REMOTE_CONTROL_ENABLED",)


class Depth(OnDemand):
    """It counts the links that led to each request."""

    part = "scrapy.spidermiddlewares.depth.DepthMiddleware"
    wanted_by = ("DEPTH_LIMIT", "DEPTH_PRIORITY", "DEPTH_STATS_VERBOSE")


PARTS = tuple(OnDemand.__subclasses__())
