"""Messages to people, by Apprise: a hundred services, each named by an address that holds its secrets."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from crawler.telling.errand import Errand

if TYPE_CHECKING:
    from apprise import Apprise, NotifyBase

MOST_BYTES = 1800
"""Of a message: 企业微信 refuses one of more than 2048."""
_TALKERS = ("apprise", "urllib3", "requests")
"""Loggers that tell addresses."""


def services(addresses: str | Iterable[str]) -> "Apprise":
    """What Apprise makes of the addresses; raises ValueError for what are none, without telling them."""
    try:
        from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - of an extra, and heavy
    except ImportError:
        raise ValueError("FINEWS_NOTIFY needs Apprise: install the extra `notify`") from None
    for name in _TALKERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # Its own threads would outlive a run that does not wait for them.
    known = Apprise(asset=AppriseAsset(app_id="finews-crawler", async_mode=False, service_timeout=0))
    if not known.add(addresses if isinstance(addresses, str) else list(addresses)):
        raise ValueError(f"FINEWS_NOTIFY: of its addresses Apprise knows {len(known)}, and not the others")
    return known


class Notifier:
    """Who is told, by the addresses in the setting; raises ValueError for what are none, without telling them."""

    def __init__(self, addresses: str | Iterable[str]) -> None:
        self._known = services(addresses)

    def send(self, title: str, text: str) -> list[Errand]:
        """Send it to each; a long text loses its end."""
        data = text.encode("utf-8", "replace")
        if len(data) > MOST_BYTES:
            text = data[:MOST_BYTES].decode("utf-8", "ignore") + " …"
        return [Errand(partial(self._send, service, title, text)) for service in self._known]

    def _send(self, service: "NotifyBase", title: str, text: str) -> str:
        from apprise import Apprise, NotifyFormat  # noqa: PLC0415

        one: Any = Apprise(asset=self._known.asset)
        one.add(service)
        return "" if one.notify(body=text, title=title, body_format=NotifyFormat.TEXT) else "the service refused it"
