"""Runs whose reports have something of everything, hostile where it is foreign."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from store.samples import POST, made

from crawler.items import Page
from crawler.store.run import Run

HOSTILE = (
    "<script>document.title='ran'</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</style></title></svg><svg onload=alert(1)>",
    "&lt;b&gt; {title} %s",
    "前\u202e后\x9b31m\x1b[2J\u2066\ufeff",
    "字" * 300,
    "x" * 300,
    "\uffff\ufffe",
)
EXCHANGES = ("SH", "SZ", "HK", "NYSE", "999")


def filled(output: Path, number: int, exit_code: int = 5) -> dict[str, Any]:
    """The report of a run that wrote so many articles, left as many as they were, and failed at some; its page, too.

    Their files are not written: the page tells of them, and asks for none.
    """
    with Run(output) as run:
        for n in range(number):
            foreign = HOSTILE[n % len(HOSTILE)]
            code = f"NW{202201142248170578 + n}"
            link = (f"http://finews.zning.xyz/?infoCode={code}", f"javascript:alert(1)//{code}", "", foreign + code)[
                n % 4
            ]
            post = replace(
                POST, code=code, title=f"{n} {foreign}\ud800", link=link, category=f"{foreign[:40]}{n % 50}", tag=foreign,
                time=f"2022-{n % 9 + 1:02}-{n % 28 + 1:02} 13:02:46",
            )  # fmt: skip
            one = made(replace(POST, code=code))
            one.post, one.exchanges = post, (EXCHANGES[n % 5],) * (n % 3)
            run.figures.wrote(one)
            run.book(code, "written")
            run.book(f"NW1{n}", "unchanged")
        for n, foreign in enumerate(HOSTILE):
            run.quarantined(
                f"NW2{n}", f"no title: {foreign}", Page(url=f"https://a.example/{foreign}", body=b"<script>")
            )
            run.lost_list(f"http://b.example/{n}{foreign}", foreign, Page(url=foreign, body=b""))
            run.given_up[f"{foreign}.example"] = foreign
            run.notes["wrong_lines"].append(foreign)
            run.figures.answers.add(str(200 + n))
            run.figures.waiting[foreign].pause(n * 1.7)
        return run.report(exit_code)
