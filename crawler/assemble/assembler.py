"""All stages one after the other, for whoever has no pipelines; and their end, which pipelines share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler import post_format
from crawler.assemble.fault import fault, unsafe_text
from crawler.assemble.merge import by_article, disagree, merge
from crawler.assemble.outcome import Assembled, Rejected, of_post
from crawler.assemble.stages import Settings, Stage, stages
from crawler.items import Article, Post


class Assembler:
    """The stages as the settings want them; ``pictures`` is the one that stores pictures, where they are stored."""

    def __init__(self, settings: Settings, pictures: Stage | None = None) -> None:
        self._stages = stages(settings, pictures)
        self._share_host: str = settings["FINEWS_SHARE_HOST"]

    def __call__(self, articles: Iterable[Article]) -> list[Assembled]:
        """What becomes of all that pages say under one code: usually one post. Raises OSError when a stage does."""
        return [self._assemble(group) for group in by_article(articles)]

    def _assemble(self, group: list[Article]) -> Assembled:
        code, counts = group[0].code, Counter[str]()
        try:
            post = join(group, self._share_host, counts)
            for stage in self._stages:
                post = stage(post, counts)
            return replace(finish(post), counts=counts)
        except Rejected as rejected:
            return Assembled(code, rejected.outcome, str(rejected))
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - one article of a batch must not end the others; it is kept
            return Assembled(code, "quarantined", f"internal error: {type(error).__name__}: {error}"[:300])


def join(articles: Sequence[Article], share_host: str, counts: Counter[str]) -> Post:
    """The first stage: one post of what pages say of one article. Raises Rejected."""
    post = merge(articles, share_host)
    counts["merge/disagreeing"] += disagree(articles)
    return post


def finish(post: Post) -> Assembled:
    """The last stage but for the disk: the post's bytes, or why it must not be written."""
    if reason := fault(post) or unsafe_text(post):
        return Assembled(post.code, "quarantined", reason)
    return of_post(post, post_format.render(post))
