"""The footer: what it is written as, and what of a text is one."""

import pytest

from crawler import footer


@pytest.mark.parametrize(
    ("tag", "spelled"),
    [
        ("甲[1]", "甲[1]"),
        ("甲]:", "甲&#93;:"),
        ("[甲", "&#91;甲"),
        ("甲](乙", "甲&#93;(乙"),
        ("[^1]甲", "&#91;^1&#93;甲"),
        ("甲$$x$$", "甲&#36;&#36;x&#36;&#36;"),
    ],
)
def test_what_a_name_would_make_of_the_footer_is_a_reference(tag: str, spelled: str) -> None:
    assert footer.line("jia", f"{tag}新闻").startswith(f"[返回{spelled}新闻](//")


@pytest.mark.parametrize(
    ("category", "written"),
    [
        ("jia", "[返回甲新闻](//finews.withounder.com/category/jia.html)｜[返回首页](//finews.withounder.com/)"),
        ("emnews", "[返回甲新闻](//finews.withounder.com/emnews/)｜[返回首页](//finews.withounder.com/)"),
    ],
)
def test_it_leads_back_to_the_category_s_list_and_home(category: str, written: str) -> None:
    assert footer.line(category, "甲新闻") == written
    assert footer.category_of(written.partition("](")[2].partition(")")[0]) == category


@pytest.mark.parametrize(
    ("href", "category"),
    [
        ("../emnews/", "emnews"),
        ("//finews.zning.me/emnews/", "emnews"),
        ("../../emnews/index.html", "emnews"),
        ("emnews/index-2.htm", "emnews"),
        ("https://finews.withounder.com/category/CeShi.html", "CeShi"),
        ("/category/a&#32;b.html", "a b"),
        ("/category/%E7%94%B2.html", "甲"),
        ("/category/reindex.html", "reindex"),
        ("../", None),
        ("//finews.withounder.com/", None),
        ("", None),
    ],
)
def test_a_link_names_the_category_in_every_way_of_saving(href: str, category: str | None) -> None:
    assert footer.category_of(href) == category


LINK = "<http://a.example/1.html>"
BACK, HOME = "[返回甲新闻](//a/b.html)", "[返回首页](//a/)"


@pytest.mark.parametrize(
    ("before", "ending", "link"),
    [
        ("<p>体</p>", f"\n\n{LINK}\n\n{BACK}｜{HOME}", LINK[1:-1]),
        ("<p>体</p>", f"\n\n{LINK}\n\n{BACK}\n{HOME}\n", LINK[1:-1]),
        ("<p>体</p>", f"\n\n{LINK}\n", LINK[1:-1]),
        ("<p>体</p>", f"\n\n<>\n\n{BACK}｜{HOME}", ""),
        ("<p>体</p>", f"\n\n{BACK}｜{HOME}", None),
        ("", LINK, LINK[1:-1]),
        (f"<p>体</p>\n\n{BACK}", "", None),
        (f"<p>体</p>\n\n{HOME}", "", None),
        (f"<p>体</p>\n{LINK}", "", None),
        (f"<p>体</p>\n{BACK}｜{HOME}", "", None),
        (f"<p>体</p>\n\n{BACK}，{HOME}", "", None),
        (f"<p>体</p>\n\n{BACK}｜{HOME}后来", "", None),
        (f"<p>体</p>\n\n{LINK}\n\n<p>后</p>", "", None),
        (f"{BACK}｜{HOME}", "", None),
        ("", "", None),
    ],
)
def test_a_text_is_split_before_its_link_and_footer(before: str, ending: str, link: str | None) -> None:
    assert footer.split(before + ending) == (before, ending, link)
