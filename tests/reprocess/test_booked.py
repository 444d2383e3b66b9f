"""What a mark tells of an article is all that is booked of it when it is made again."""

import json
from collections import Counter
from dataclasses import replace

from store.samples import CODE, POST, made

from crawler.assemble.outcome import Assembled
from crawler.items import Article, Security
from crawler.reprocess.booked import as_json, of_json

SOURCES = (("share", (20220114, 5, 12, "ab"), ("text", "title")), ("list", (0, 0, 0, ""), ("time",)))
LEFT = Article(code=CODE, origin="share", title="题")


def again(one: Assembled, **kept: list[Article]) -> Assembled:
    return of_json(json.loads(json.dumps(as_json(one))), kept)


def test_an_article_with_its_post_is_the_same_and_unchanged_but_has_no_text() -> None:
    post = replace(POST, sources=SOURCES, notes=("time_unknown",), pictures_missing=2, origin="share")  # type: ignore[arg-type]
    one = made(post)
    one.securities = (Security("1.600050", "kline", "中国联通"), Security("105.AAPL", "link"))
    one.exchanges, one.counts = ("sh", "7"), Counter({"clean/scripts": 3})
    found = again(one)
    assert found.outcome == "unchanged"
    assert found.post == replace(post, body="")
    assert found.post.sources == SOURCES
    for name in ("code", "reason", "file", "sha256", "securities", "exchanges", "counts"):
        assert getattr(found, name) == getattr(one, name), name
    assert found.securities[0].secid == "1.600050"
    assert (found.data, found.unused) == (b"", ())
    assert again(found) == found


def test_one_without_a_post_keeps_its_outcome_and_reason_and_what_the_ledger_keeps_of_it() -> None:
    one = Assembled(CODE, "quarantined", "no title", counts=Counter(), unused=(LEFT,))
    found = again(one, **{CODE: [LEFT], "NW1": []})
    assert (found.outcome, found.reason, found.post, found.unused) == ("quarantined", "no title", None, (LEFT,))
    assert again(one).unused == ()
