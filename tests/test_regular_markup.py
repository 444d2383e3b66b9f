"""Known by one look, or read token by token: the same is said."""

import random

import pytest

from crawler.markup import tokens
from crawler.regular_markup import tokens_of

NAMES = frozenset({"a", "img"})
PIECES = ["<a>", "</a>", "<A HREF='x'>", "<img src=x>", '<img alt="K图 a" />', "<p>", '<p title="', "'", '"', ">", "<", "text", "<!-- x -->", "<!--x>", "<!-->", "<!--->", "<!--a--!>", "--", "->", "<!x>", "</ x>", "<?x>", "<script>", "</script>", "<title>", "<ab>", "<a/>", "<a\n>", "<img", "=", " ", "<!--", "-->", "<textarea>", "</p>", """<p '"=' "=">"""]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_quick_way_finds_what_the_tokenizer_finds(seed: int) -> None:
    rng = random.Random(seed)
    quick = 0
    for _ in range(20_000):
        source = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 9)))
        plain = [t for t in tokens(source) if t.kind == "comment" or (t.name in NAMES and t.kind in {"start", "end"})]
        assert list(tokens_of(source, NAMES)) == plain, source
        quick += bool(plain)
    assert quick > 5000


@pytest.mark.parametrize("seed", range(2))
def test_what_is_passed_over_is_paragraphs_of_text_alone(seed: int) -> None:
    rng = random.Random(seed)
    pieces = [
        "<p>text</p>",
        "<p></p>",
        "\n",
        "<p>",
        "</p>",
        "text",
        "<a>",
        "</a>",
        "<!-- x -->",
        "<div>",
        "</div>",
        "<p >",
        "<",
    ]
    passed = 0
    for _ in range(3000):
        source = "".join(rng.choice(pieces) for _ in range(rng.randint(1, 9)))
        found = list(tokens_of(source, None, plain=True))
        over = [t for t in found if not t.name and source.startswith("<p>", t.start)]
        assert [one for t in found for one in (tokens(source, t.start, t.end) if t in over else (t,))] == list(
            tokens_of(source, None)
        ), source
        passed += bool(over)
    assert passed > 500
