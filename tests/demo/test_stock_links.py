"""Stock markup is as East Money makes it: the crawler's own reader of it finds what was meant."""

import pytest
from world import sample_site
from world.source_posts import unlink_stocks

from crawler import kline
from crawler.demo.securities import BY_SECID, SECURITIES, DemoSecurity
from crawler.demo.stock_links import FILLERS, kline_block, link_stocks

ARTICLES = list(sample_site())


def test_media_text_has_no_stock_links_and_content_has():
    linked = [article for article in ARTICLES if article.text != article.content]
    assert len(linked) > 30
    for article in ARTICLES:
        assert "keytip" not in article.text
        assert "em_stock_key_common" not in article.text
    assert any("em_stock_key_common" in article.content and 'class="infokey"' in article.content for article in linked)


def test_unlinking_undoes_linking():
    for article in ARTICLES:
        assert link_stocks(article.text) == article.content
        assert unlink_stocks(article.content) == article.text


@pytest.mark.parametrize("security", SECURITIES, ids=lambda security: security.secid)
@pytest.mark.parametrize("linked", [True, False])
def test_the_picture_of_a_security_means_that(security: DemoSecurity, linked: bool) -> None:
    markup = kline_block(security, linked, "blank")
    (found,) = kline.find(markup)
    assert f"{found.market}.{found.code}" == security.secid
    assert markup.startswith(FILLERS["blank"])


def test_the_first_mention_in_prose_is_another_than_those_that_follow() -> None:
    name = BY_SECID["1.600050"].name
    linked = link_stocks(f'<p title="{name}">{name}与{name}的业绩，业绩。<!-- {name} --></p>')
    assert (linked.count('class="keytip"'), linked.count("em_stock_key_common")) == (1, 1)
    assert linked.count('class="infokey"') == 1
    assert linked.startswith(f'<p title="{name}"><span id="stock_1.600050">')
    assert linked.endswith(f"业绩。<!-- {name} --></p>")


def test_of_two_names_of_which_one_begins_the_other_the_longer_is_meant() -> None:
    assert 'id="stock_116.02338"' in link_stocks("潍柴动力H股")
    assert "0.000338" not in link_stocks("潍柴动力H股")
    assert 'id="bk_90.BK0473"' in link_stocks("证券")
