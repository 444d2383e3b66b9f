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
