"""Output folders with any number of posts: written as files, and the ledger made from them, as after a loss."""

import random
from pathlib import Path

from corpus import body
from harness import finews

from crawler import post_format
from crawler.items import Post

TEXT = 2000
"""Bytes of a post's body."""


def make(output: Path, number: int) -> None:
    """An archive of so many posts; the disk is not waited for: what is measured is what comes afterwards."""
    rng = random.Random(number)
    bodies = [body(rng, TEXT) for _ in range(50)]
    folder = output / "_posts"
    folder.mkdir(parents=True)
    for one in range(number):
        made = _post(one, f"<p>{_words(one)}</p>{bodies[one % len(bodies)]}")
        (folder / post_format.file_name(made)).write_bytes(post_format.render(made))
    finews("verify", "--rebuild", folder / post_format.file_name(_post(0, "")), output=output)


def _post(number: int, text: str) -> Post:
    day = f"{2000 + number // 28 // 12 % 22}-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
    code = f"NW{day.replace('-', '')}{number:010}"
    return Post(
        code=code, kind="media", title=f"题 {_words(number)}", time=f"{day} 13:02:46", category="jia", tag="甲报新闻",
        link=f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode={code}", origin="share", body=text,
    )  # fmt: skip


def _words(number: int) -> str:
    """A text of its own for each post."""
    rng = random.Random(number)
    return "".join(chr(rng.randrange(0x4E00, 0x5E00)) for _ in range(60))
