"""Archives to search: posts in an output folder, with the plainest reading of what a search must find."""

import os
import random
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from random_posts import EMNEWS, MEDIA

from crawler.items import Post
from crawler.post_format import file_name, render
from crawler.search.finder import Finder
from crawler.search.query import Found

WORDS = "联通 中国 公司 的 业绩 增长 5G 云 Cloud AI 12.5% 「报告」 ＡＢＣ １２３ 𠮷野 𝟓 é ß Ⅷ ﬁ 📈 -- OR NEAR( * \" ' ; % _ 、 。".split()


def post(number: int, **fields: object) -> Post:
    code = f"NW20220114{number:010}"
    return replace(MEDIA, code=code, link=f"http://x/?infoCode={code}", **fields)  # type: ignore[arg-type]


def put(output: Path, *posts: Post) -> list[Path]:
    """Write posts, their times long ago: files of this second are read twice."""
    (output / "_posts").mkdir(parents=True, exist_ok=True)
    files = [output / "_posts" / file_name(one) for one in posts]
    for file, one in zip(files, posts, strict=True):
        file.write_bytes(render(one))
    return files


def drawn(seed: int, count: int) -> list[Post]:
    """Posts of few words in any order, split by markup and blanks, so that every phrase stands in many of them."""
    rng = random.Random(seed)
    breaks = ["", "", "", " ", "\n", "\u3000", '<a href="x">', *"</p><p> <b> </b> <!--x--> </a> &nbsp; <br/>".split()]

    def text(length: int, between: list[str]) -> str:
        return "".join(escaped(rng.choice(WORDS)) + rng.choice(between) for _ in range(length))

    made = []
    for number in range(count):
        time = f"2022-01-{1 + number % 28:02} 10:00:{number % 60:02}"
        one = post(number, title=text(4, [""]), time=time, body=f"<p>{text(rng.randint(0, 60), breaks)}</p>")
        if not number % 7:
            one = replace(EMNEWS, code=one.code[2:], title=one.title, time=time, body=one.body, digest=text(5, [""]))
        made.append(one)
    return made


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def shown(one: Post) -> tuple[str, str]:
    """Title and text without tags and white space, as they stand."""
    text = re.sub(r"<[^<>]*>", "", f"{one.digest or ''}{one.body}")
    title, text = (part.replace("&nbsp;", " ").replace("&lt;", "<").replace("&amp;", "&") for part in (one.title, text))
    return "".join(title.split()), "".join(text.split())


def finder(output: Path, told: list[str] | None = None) -> Finder:
    return Finder(output, f"sqlite:///{output / 'state' / 'ledger.sqlite'}", ([] if told is None else told).append)


def codes(found: Found) -> set[str]:
    return {hit.code for hit in found.hits}


def alike(text: str) -> str:
    return "".join(unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", sign).casefold()) for sign in text)


def aged(output: Path) -> None:
    """As if the files were of long ago."""
    for file in (output / "_posts").iterdir():
        os.utime(file, (OLD, OLD))


RED = post(1, body="<p>红色</p>")
OLD = 1_600_000_000
