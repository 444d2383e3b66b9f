"""What pages said and no post is made of comes back as it was said."""

from store.samples import CODE

from crawler.items import Article
from crawler.store.ledger import Ledger

SAID = Article(
    code=CODE, origin="article-page", title="题\ud800", digest="", text="<p>一</p>", part=(2, 3), fetched=5,
    version=(202201140000, 1, 2, "ab"), stocks=(("1.600050", "中国联通"), ("NIO", "")),
)  # fmt: skip
BARE = Article(code=CODE, origin="share")


def test_what_is_kept_comes_back_until_it_is_replaced_or_let_go(ledger: Ledger) -> None:
    others = {f"NW{number}": [BARE] for number in range(700)}
    ledger.keep({CODE: [SAID, BARE], **others})
    assert ledger.kept(["?", CODE]) == {CODE: [SAID, BARE]}
    assert ledger.kept([*others]) == others
    ledger.keep({CODE: [BARE], "?": []})
    assert ledger.kept([CODE]) == {CODE: [BARE]}
    ledger.keep(dict.fromkeys([CODE, *others], ()))
    assert ledger.kept([CODE, *others]) == {}
