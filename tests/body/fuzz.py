"""Mutated bodies by the million: no exception, nothing dangerous, the same on a second cleaning.

Run ``python tests/body/fuzz.py [COUNT] [SEED]``; the tests run a small fixed number of the same. Seeds are the made-up
bodies below, the hostile rows of ``data/hostile.json``, and the real bodies of ``shared/posts`` when they are there.
"""

import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from bodies import MADE_UP, real_bodies  # noqa: E402
from oracle import dangers  # noqa: E402

from crawler.body import clean, is_safe, profile  # noqa: E402
from crawler.body.document import Document  # noqa: E402
from crawler.body.judge import is_harmless  # noqa: E402
from crawler.body.prefilter import rules_that_may_act  # noqa: E402
from crawler.body.register import RULES  # noqa: E402
from crawler.body.safety import SAFETY  # noqa: E402

HOSTILE: list[str] = json.loads((Path(__file__).parent / "data" / "hostile.json").read_text("ascii"))
PIECES = (
    *"<>/=\"'`&;:#!-?\\()[]{}%*_|~^$ \t\n\r\0\u3000\u00a0中a",
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br />", "<span ", "<a href=", "<img src=", "<table>", "<tr><td>", "</table>",
    "<!--", "-->", "--!>", "<!-- EM_StockImg_Start -->", "<!-- EM_StockImg_End -->", "<!", "<?", "</", "/>", " />", "\n\n", "\r\n ",
    "<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "<mtext>", "<title>", "<textarea>", "<noscript>",
    "<template>", "<select>", "<form>", "<xmp>", "<plaintext>", "<iframe", " onerror=alert(1)", ' onclick="alert(1)"', ' style="',
    "position:fixed;", "expression(", "url(", "javascript:", "data:text/html,", "java&#10;script:", "&#x6a;", "&colon;", "&lt;", "&#0;",
    "{{", "}}", "{%", "%}", "{:", "{::", ' markdown="1"', "[x](javascript:alert(1))", "[x]: ", "```", "    ", "# ", "> ", "- ", "1. ",
    "<http://a.example/>", "<中", "\ud800", "\ufffe", "责任编辑：某", "郑重声明：x", "风险自担", "display:none", "</p >", "　　",
    "translate:0 -9px;", "calc(1px)", "inset:1px;", ";zoom:9;", "margin:-99px", "9999px", "/*", "*/", "\\70", "&quot;", "height:1px;", "overflow:hidden;",
    ' rel="opener"', "ms-msdt:", "search-ms:", "intent:", "color:red;", "font-family:'", "width:100%;", "var(--x)",
    ' srcdoc="', "<amp-iframe src=/a", "</amp-iframe>", "<amp-img src=/a>", "</amp-img>", "<image src=/a>", "background:url(/a);", ' data-bg="/a"', "data:text/html,",
    '<span class="katex-html">', '<span class="msupsub">', '<b class="vlist">', '<script type="math/tex">', '<span class="MathJax">', "<mfrac>", "</math>",
)  # fmt: skip
PROFILES = (profile("source"), profile("standard"))


def seeds() -> list[str]:
    """The bodies that mutations begin with."""
    real = [body for _, body in real_bodies()]
    if not real:
        print("NOTE: shared/posts is missing, only made-up bodies are mutated", file=sys.stderr)
    return [*MADE_UP, *(cut for body in real for cut in (body[:900], body[-700:])), *HOSTILE]


def mutated(rng: random.Random, pool: list[str]) -> str:
    """One body of the pool with a few things done to it."""
    body = rng.choice(pool)[:1500]
    for _ in range(rng.choice((1, 1, 2, 3, 5, 9))):
        at, kind = rng.randint(0, len(body)), rng.random()
        if kind < 0.45:
            body = body[:at] + rng.choice(PIECES) + body[at:]
        elif kind < 0.6:
            body = body[:at] + body[at + rng.choice((1, 1, 2, 5, 20)) :]
        elif kind < 0.75:
            other = rng.choice(pool)
            start = rng.randint(0, len(other))
            body = body[:at] + other[start : start + rng.choice((3, 10, 40, 200))] + body[at:]
        elif kind < 0.85:
            end = min(len(body), at + rng.randint(1, 30))
            body = body[:end] + body[at:end] + body[end:]
        elif kind < 0.95:
            signs = [i for i, c in enumerate(body) if c in "<>\"'=/"]
            at = rng.choice(signs) if signs else 0
            body = body[:at] + rng.choice(PIECES) + body[at + 1 :]
        else:
            body = rng.choice(HOSTILE) + body if rng.random() < 0.5 else body + rng.choice(HOSTILE)
    return body


def faults(body: str, counts: Counter[str] | None = None) -> list[str]:
    """What is wrong with the cleaning of one body, in words."""
    wrong = []
    document = Document(body)
    if (seen := rules_that_may_act(document)) is not None:
        if not is_harmless(body) or dangers(body) or any(edit.run(document) for edit in SAFETY):
            wrong.append("the prefilter spares what the judge would not")
        wrong += [
            f"{name} has something to do that was not seen"
            for name, rule in RULES.items()
            if name not in seen and name != "pairs" and rule.edits(document)
        ]
    for rules in PROFILES:
        cleaned = clean(body, rules)
        if counts is not None:
            counts[f"{rules.name} written by {cleaned.fallback or 'its spans'}"] += 1
        if not is_safe(cleaned.body) or not is_harmless(cleaned.body):
            wrong.append(f"{rules.name}: unsafe {cleaned.body!r}")
        if found := dangers(cleaned.body):
            wrong.append(f"{rules.name}: {found} in {cleaned.body!r}")
        if (again := clean(cleaned.body, rules).body) != cleaned.body:
            wrong.append(f"{rules.name}: {cleaned.body!r} becomes {again!r}")
    return wrong


def run(count: int, seed: int) -> int:
    """Mutate ``count`` bodies; the number of those that went wrong, each printed."""
    rng, pool, failed = random.Random(seed), seeds(), 0
    counts: Counter[str] = Counter()
    started = time.monotonic()
    for index in range(count):
        body = mutated(rng, pool)
        try:
            wrong = faults(body, counts)
        except Exception as error:  # noqa: BLE001 - the point is to find it
            wrong = [f"raised {error!r}"]
        if wrong:
            failed += 1
            print(json.dumps({"seed": seed, "index": index, "body": body, "wrong": wrong}), flush=True)
        if index % 50_000 == 49_999:
            print(
                f"{index + 1} bodies, {failed} failed, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True
            )
    print(f"{count} bodies from {len(pool)} seeds, {failed} failed; {dict(counts)}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1) > 0
    )
