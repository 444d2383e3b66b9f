"""Second half: articles merged, sent through the stages, written. Runs in any process; books nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from crawler import post_format
from crawler.items import Article, Post
from crawler.merge import Incomplete, by_article, disagree, fault, merge
from crawler.stages import Stage
from crawler.store.posts import PostStore

Ending = Literal["written", "unchanged", "quarantined", "out_of_scope"]


@dataclass(slots=True)
class Ended:
    """What became of an article: for the books, without its body."""

    code: str
    outcome: Ending
    reason: str = ""
    post: Post | None = None
    file: str = ""
    prepared: str = ""
    """Where the post waits to be put in place."""
    sha256: str = ""
    disagreeing: bool = False
    """Whether two pages of the same kind say different things of it."""
    counts: Counter[str] = field(default_factory=Counter)


class Writer:
    """Turns what is said of articles into posts on disk."""

    def __init__(self, output: Path, stages: Sequence[Stage], share_host: str) -> None:
        self._posts = PostStore(output)
        self._stages = stages
        self._share_host = share_host

    def prepare(self, said: list[Article]) -> list[Ended]:
        """Prepare all posts of one article, usually one; they count once ``commit`` is through. Raises OSError."""
        return [self._prepare(group) for group in by_article(said)]

    def commit(self, ended: Iterable[Ended]) -> None:
        """Put what was prepared, by any process, durably in place. Raises OSError."""
        self._posts.commit([(end.prepared, end.file) for end in ended if end.prepared])

    def _prepare(self, group: list[Article]) -> Ended:
        code = group[0].code
        if all(article.origin == "list" for article in group):
            return Ended(code, "out_of_scope", "only named on a list: no page of it was read")
        counts: Counter[str] = Counter()
        try:
            post = merge(group, self._share_host)
            if post.kind == "site":
                return Ended(post.code, "out_of_scope", "the site's own notice, no article")
            for stage in self._stages:
                post = stage(post, counts)
            if reason := fault(post):
                return Ended(post.code, "quarantined", reason)
            data = post_format.render(post)
        except Incomplete as incomplete:
            return Ended(code, "quarantined", str(incomplete))
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - one article of a batch must not end the others; it is kept
            return Ended(code, "quarantined", f"internal error: {type(error).__name__}: {error}"[:300])
        prepared = self._posts.prepare(post, data)
        counts[f"origin/{post.origin}"] += 1
        short = replace(post, body="", digest=None)
        digest = hashlib.sha256(data).hexdigest()
        file = post_format.file_name(post)
        outcome: Ending = "written" if prepared else "unchanged"
        return Ended(post.code, outcome, "", short, file, prepared, digest, disagree(group), counts)
