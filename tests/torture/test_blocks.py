"""A block, in whatever form and whenever it begins: exit 8 within thirty requests, nothing in quarantine, the next run completes."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from forked_scrapy import ScrapyForker
from full_or_small import FULL
from torture.output_checks import check_conservation, differences, quarantined, reports, tree
from world import Fault, Site, World, generated_site

from crawler.demo.finews_host import finews
from crawler.demo.messages import Request, Response, html_response, json_response, redirect
from crawler.demo.proxy import send
from crawler.demo.world import Handler

FINEWS, SHARE = "finews.withounder.com", "finews.zning.xyz"
MOST = 30
_SCRIPT = "<html><head><script>var s='{}';document.cookie='k='+s;location.reload()</script></head><body></body></html>"
_WALL = "<html><head><title>请求被拦截</title></head><body><h1>您的访问可能对网站造成威胁</h1><p>编号 4711</p></body></html>"
_REFRESH = '<html><head><meta http-equiv="refresh" content="0;url=/check?u=1"></head><body></body></html>'


@dataclass(frozen=True)
class Form:
    """What comes in place of every answer; None closes the connection."""

    answer: Callable[[], Response] | None
    reset: bool = False


FORMS = {
    "script": Form(lambda: html_response(_SCRIPT.format("a1"))),
    "cookie": Form(lambda: html_response("<html></html>").with_headers(("Set-Cookie", "guard=1; path=/"))),
    "firewall": Form(lambda: html_response(_WALL)),
    "meta refresh": Form(lambda: html_response(_REFRESH)),
    "202": Form(lambda: html_response(_SCRIPT.format("b2"), 202)),
    "405": Form(lambda: html_response(_WALL, 405)),
    "418": Form(lambda: html_response("", 418)),
    "521": Form(lambda: html_response(_SCRIPT.format("c3"), 521)),
    "closed": Form(None),
    "reset": Form(None, reset=True),
    "passport": Form(lambda: redirect("https://passport2.eastmoney.com/pub/login?backurl=x")),
    "captcha": Form(lambda: redirect("https://i.eastmoney.com/websitecaptcha/api/checkuser?callback=x")),
    "499": Form(lambda: html_response("", 499)),
}


class Guarded(World):
    """A world whose hosts all turn the client away from some request on, until ``form`` is None again."""

    form: Form | None = None
    after = 0
    turned_away = 0
    only = ""
    _seen = 0

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._count = threading.Lock()

    def respond(self, connection: socket.socket, request: Request) -> bool:
        form = self._turns_away(request)
        if form is not None and request.path == "/check.html":
            form = FORMS["firewall"]
        if form is None:
            return super().respond(connection, request)
        if form.answer is not None:
            return send(connection, request, form.answer())
        if form.reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        return False

    def _turns_away(self, request: Request) -> Form | None:
        with self._count:  # a thread a connection
            self._seen += 1
            if self.form is None or self._seen <= self.after or (self.only and request.host != self.only):
                return None
            self.turned_away += 1
            return self.form


@pytest.fixture(scope="module")
def site() -> Site:
    return generated_site(60, 6)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("after", [0, 1, 50] if FULL else [0, 50])
@pytest.mark.parametrize("name", FORMS if FULL else ["script", "521", "reset", "captcha"])
def test_a_block(name: str, after: int, site: Site, forker: ScrapyForker, tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Guarded(site) as world:
        world.form, world.after = FORMS[name], after
        ended = forker.crawl(output=output, env=world.env())
        allowed = {3, 8} if FORMS[name].answer is None and after <= 1 else {8}
        assert ended.code in allowed, ended.out + ended.err
        assert "Traceback" not in ended.err
        assert world.turned_away <= MOST
        assert quarantined(output) == {}
        world.form = None
        assert forker.crawl(output=output, env=world.env()).code == 0
    check_conservation(reports(output))
    assert {name.rpartition("/")[2] for name in tree(output) if name.startswith("_posts/")} == {
        a.file_name for a in site.newest
    }


@pytest.mark.parametrize("name", FORMS if FULL else ["firewall", "closed"])
def test_a_block_of_a_later_run(name: str, site: Site, forker: ScrapyForker, tmp_path: Path) -> None:
    """All is known; the lists are turned away: nothing is lost, nothing is in quarantine."""
    output = tmp_path / "output"
    with Guarded(site) as world:
        assert forker.crawl(output=output, env=world.env()).code == 0
        before = tree(output)
        world.form = FORMS[name]
        world.after = 0
        ended = forker.crawl(output=output, env=world.env())
        assert ended.code in ({3, 8} if FORMS[name].answer is None else {8}), ended.out + ended.err
        assert world.turned_away <= MOST
        assert quarantined(output) == {}
        world.form = None
        again = forker.crawl(output=output, env=world.env())
    assert again.code == 0
    assert differences(tree(output), before) == {}


@pytest.mark.parametrize("articles", [3, 60])
@pytest.mark.parametrize("name", FORMS if FULL else ["firewall", "418", "closed"])
def test_a_block_of_the_share_host_alone(name: str, articles: int, forker: ScrapyForker, tmp_path: Path) -> None:
    """The bodies of the post pages are written, the runs say that they are not all, and the next asks again for the rest."""
    output = tmp_path / "output"
    site = generated_site(articles, 2)
    with Guarded(site) as world:
        world.form, world.only = FORMS[name], SHARE
        for known in (False, True):
            ended = forker.crawl(output=output, env=world.env())
            assert ended.code == 8, ended.out + ended.err
            assert len(list((output / "_posts").iterdir())) == len(site)
            assert quarantined(output) == {}
            assert world.turned_away <= MOST * (1 + known)
        world.form = None
        assert forker.crawl(output=output, env=world.env()).code == 0
        assert forker.crawl(output=tmp_path / "wanted", env=world.env()).code == 0
    assert differences(tree(output), tree(tmp_path / "wanted")) == {}
    check_conservation(reports(output))


def _home(site: Site, request: Request) -> Response:
    return finews(site, replace(request, target="/"))


def _to_home(site: Site, request: Request) -> Response:
    return redirect(f"http://{FINEWS}/")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("after", [0, 50])
@pytest.mark.parametrize("answer", [_home, _to_home])
def test_a_block_that_shows_the_home_page(
    answer: Handler, after: int, site: Site, forker: ScrapyForker, tmp_path: Path
) -> None:
    """Every address of the site is answered with its home page, which reads as a list: in the first run, and when all is known."""
    asked, blocked, count = [0], [True], threading.Lock()

    def guarded(site: Site, request: Request) -> Response:
        with count:
            asked[0] += 1
            turned_away = blocked[0] and asked[0] > after
        return (
            answer(site, request) if turned_away and request.path not in {"/", "/robots.txt"} else finews(site, request)
        )

    output = tmp_path / "output"
    with World(site, hosts={FINEWS: guarded}) as world:
        for _ in range(2):
            ended = forker.crawl(output=output, env=world.env())
            assert ended.code == 8, ended.out + ended.err
            assert asked[0] <= after + MOST
            assert quarantined(output) == {}
            blocked[0] = False
            assert forker.crawl(output=output, env=world.env()).code == 0
            assert len(list((output / "_posts").iterdir())) == len(site)
            blocked[0], asked[0], after = True, 0, 0
    check_conservation(reports(output))


ODD_FORMS = {
    "own page": Form(lambda: redirect("/check.html")),
    "json": Form(lambda: json_response({"code": -1, "message": "访问过于频繁"})),
}


@pytest.mark.parametrize("name", [*FORMS, *ODD_FORMS] if FULL else ["captcha", "reset", *ODD_FORMS])
def test_a_block_with_few_addresses_left(name: str, forker: ScrapyForker, tmp_path: Path) -> None:
    """One article is pending, and the lists of a small site: every answer is a refusal in its form."""
    output = tmp_path / "output"
    site = generated_site(3, 1)
    with Guarded(site) as world:
        broken = site.newest[0].path
        world.faults.replace(Fault("status", path=broken, status=500))
        assert forker.crawl(output=output, env=world.env()).code == 5
        world.faults.replace()
        world.form = form = (FORMS | ODD_FORMS)[name]
        ended = forker.crawl(output=output, env=world.env())
        assert ended.code in ({3, 8} if form.answer is None else {8}), ended.out + ended.err
        world.form = None
        assert forker.crawl(output=output, env=world.env()).code == 0
    check_conservation(reports(output))
