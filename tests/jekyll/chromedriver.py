"""A headless Chromium, driven over chromedriver's own protocol (W3C WebDriver): start, look, end."""

import json
import re
import subprocess
from base64 import b64decode
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jekyll.jekyll_build import program

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-dev-shm-usage --disable-default-apps --disable-extensions"
    " --no-default-browser-check --no-pings --metrics-recording-only --ignore-certificate-errors"
    " --disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,OptimizationHints,MediaRouter,Translate"
).split()
_STARTED = re.compile(r"started successfully on port (\d+)")


class Chromium:
    """``with Chromium(folder, proxy) as chromium``: a window of a browser that knows no network but the proxy."""

    def __init__(self, folder: Path, proxy_url: str) -> None:
        self._folder, self._proxy = folder, proxy_url
        self._driver: subprocess.Popen[str] | None = None
        self._connection: HTTPConnection | None = None
        self._session = "/session"

    def __enter__(self) -> Self:
        driver, chromium = program("chromedriver"), program("chromium")
        self._driver = subprocess.Popen(
            [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            assert self._driver.stdout
            port = next(match[1] for line in self._driver.stdout if (match := _STARTED.search(line)))
            self._connection = HTTPConnection("127.0.0.1", int(port), timeout=60)
            options = {
                "binary": chromium,
                "args": [*FLAGS, f"--user-data-dir={self._folder}", f"--proxy-server={self._proxy}"],
            }
            wanted = {
                "goog:chromeOptions": options,
                "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
                "unhandledPromptBehavior": "dismiss",
                "pageLoadStrategy": "normal",
            }
            made = self._call("POST", "", {"capabilities": {"alwaysMatch": wanted}})
            self._session += f"/{made['sessionId']}"
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._call("DELETE", "")
        finally:
            self._end()

    def open(self, url: str) -> None:
        """Go to the address, and wait until the page and its pictures are there."""
        self._call("POST", "/url", {"url": url})

    def run(self, script: str, *args: Any) -> Any:
        """What a function body, run in the page, returns; a promise is waited for."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(args)})

    def snapshot(self) -> str:
        """The page as one file of MHTML, as the browser saves it."""
        made: str = self._devtools("Page.captureSnapshot", format="mhtml")["data"]
        return made

    def show_as(self, width: int, height: int) -> None:
        """Show pages as a screen of this size does, in CSS pixels."""
        self._devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    def prefer(self, scheme: str) -> None:
        """``light`` or ``dark``, as a reader's system may say."""
        self._devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self) -> bytes:
        """What shows of the page, as PNG."""
        return b64decode(self._call("GET", "/screenshot"))

    def events(self) -> list[dict[str, Any]]:
        """What the browser said of pages, requests and dialogs since it was last asked: method and params."""
        return [
            json.loads(entry["message"])["message"] for entry in self._call("POST", "/se/log", {"type": "performance"})
        ]

    def console(self) -> list[dict[str, Any]]:
        """The console's lines since it was last asked."""
        lines: list[dict[str, Any]] = self._call("POST", "/se/log", {"type": "browser"})
        return lines

    def _devtools(self, command: str, **params: Any) -> Any:
        return self._call("POST", "/goog/cdp/execute", {"cmd": command, "params": params})

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        assert self._connection
        self._connection.request(method, self._session + path, json.dumps(body or {}) if method == "POST" else None)
        reply = self._connection.getresponse()
        value = json.loads(reply.read())["value"]
        if reply.status != 200:
            raise RuntimeError(f"{method} {path}: {value.get('error')}: {value.get('message', '')[:500]}")
        return value

    def _end(self) -> None:
        assert self._driver
        if self._connection:
            self._connection.close()
        self._driver.terminate()
        self._driver.communicate(timeout=20)
