"""Second half: articles merged, sent through the stages, written. Runs in any process; books nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from crawler import post_format
from crawler.items import Article, Post
from crawler.merge import Incomplete, by_article, disagree, fault, merge
from crawler.stages import Stage
from crawler.store.posts import PostStore

_AT_ONCE, _FILES_AT_ONCE = 4 << 20, 64
"""Bytes of posts that wait in memory to be written together, and how many files."""

Ending = Literal["written", "unchanged", "quarantined", "out_of_scope"]


@dataclass(slots=True)
class Ended:
    """What became of an article: for the books, without its body."""

    code: str
    outcome: Ending
    reason: str = ""
    post: Post | None = None
    file: str = ""
    sha256: str = ""
    disagreeing: bool = False
    """Whether two pages of the same kind say different things of it."""
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Made:
    """A post about to be written."""

    post: Post
    data: bytes
    disagreeing: bool
    counts: Counter[str]


class Writer:
    """Turns what is said of articles into posts on disk."""

    def __init__(self, output: Path, stages: Sequence[Stage], share_host: str) -> None:
        self._posts = PostStore(output)
        self._stages = stages
        self._share_host = share_host

    def write(self, said: Iterable[list[Article]]) -> list[Ended]:
        """Write the posts of all these articles, usually one each. Raises OSError when the disk refuses.

        When this returns, everything that it names is durably in place.
        """
        ended: list[Ended] = []
        made: list[_Made] = []
        for articles in said:
            for group in by_article(articles):
                end = self._make(group)
                if isinstance(end, Ended):
                    ended.append(end)
                    continue
                made.append(end)
                if len(made) >= _FILES_AT_ONCE or sum(len(one.data) for one in made) > _AT_ONCE:
                    ended += self._put(made)
                    made = []
        return [*ended, *self._put(made)]

    def _make(self, group: list[Article]) -> _Made | Ended:
        code = group[0].code
        if all(article.source == "list" for article in group):
            return Ended(code, "out_of_scope", "only named on a list: no page of it was saved")
        counts: Counter[str] = Counter()
        try:
            post = merge(group, self._share_host)
            if post.kind == "site":
                return Ended(post.code, "out_of_scope", "the site's own notice, no article")
            for stage in self._stages:
                post = stage(post, counts)
            if reason := fault(post):
                return Ended(post.code, "quarantined", reason)
            counts[f"origin/{post.origin}"] += 1
            return _Made(post, post_format.render(post), disagree(group), counts)
        except Incomplete as incomplete:
            return Ended(code, "quarantined", str(incomplete))
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - one article of a batch must not end the others; it is kept
            return Ended(code, "quarantined", f"internal error: {type(error).__name__}: {error}"[:300])

    def _put(self, made: list[_Made]) -> Iterator[Ended]:
        outcomes = self._posts.write_all([(one.post, one.data) for one in made])
        for one, outcome in zip(made, outcomes, strict=True):
            short = replace(one.post, body="", digest=None)
            digest, file = hashlib.sha256(one.data).hexdigest(), post_format.file_name(one.post)
            yield Ended(one.post.code, outcome, "", short, file, digest, one.disagreeing, one.counts)
