"""A dead man's switch in healthchecks' form: asked when a run begins, and told how it ended."""

from urllib.request import Request, build_opener

from crawler.telling.errand import AT_BEGIN, AT_END, Errand, wait
from crawler.urls import urlsplit


def check_address(url: str) -> None:
    """Raises ValueError for an address that is none, without telling it."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("FINEWS_PING_URL is no http or https address")


class Ping:
    """Asks what is below an address; raises ValueError for one that is none, without telling it."""

    def __init__(self, url: str) -> None:
        check_address(url)
        self._url = url

    def begin(self) -> None:
        """Ask ``/start``, and wait a moment: worker processes are better forked when nothing else is going on."""
        wait([Errand(lambda: _ask(_below(self._url, "/start")))], AT_BEGIN)

    def end(self, exit_code: int, text: str) -> Errand:
        """Send the text to the address itself for exit 0, else to ``/<exit code>``."""
        url = _below(self._url, f"/{exit_code}") if exit_code else self._url
        return Errand(lambda: _ask(url, text.encode("utf-8", "replace")))


def _below(url: str, path: str) -> str:
    """The address with more of a path; what it asks (``?create=1``) stays behind it."""
    parts = urlsplit(url)
    return parts._replace(path=parts.path.rstrip("/") + path).geturl()


def _ask(url: str, body: bytes | None = None) -> str:
    """Ask for the address, through the environment's proxies; raises OSError, HTTPException."""
    told = {"User-Agent": "finews-crawler", "Content-Type": "text/plain; charset=utf-8"}
    with build_opener().open(Request(url, body, told), timeout=AT_END):  # noqa: S310 - it is http or https
        return ""
