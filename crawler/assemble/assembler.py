"""All stages one after the other, for whoever has no pipelines; and their end, which pipelines share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from crawler import post_format, sites
from crawler.assemble.fault import fault, unsafe_text
from crawler.assemble.merge import BODY_TRUST, body_trust, by_article, merge
from crawler.assemble.outcome import UNREADABLE, Assembled, Edited, Rejected, of_post, of_rejected
from crawler.assemble.parts import PagesMissing
from crawler.assemble.rolling import is_item
from crawler.assemble.sift import sift, text_fault
from crawler.assemble.stages import Settings, Stage, stages
from crawler.assemble.versions import read_anew
from crawler.items import WHOLE, Article, OnDisk, Origin, Post, PostKind, changed
from crawler.pages import AnothersPage


class Assembler:
    """The stages as the settings want them; ``pictures`` is the one that stores pictures, where they are stored."""

    def __init__(self, settings: Settings, pictures: Stage | None = None) -> None:
        self._stages = stages(settings, pictures)
        self._share_host: str = settings["FINEWS_SHARE_HOST"]
        self._trust = body_trust(settings.get("FINEWS_ORIGINS"))

    def __call__(self, articles: Iterable[Article], on_disk: Sequence[OnDisk] = ()) -> list[Assembled]:
        """What becomes of all that pages say under one code: usually one post. Raises OSError when a stage does.

        ``on_disk``: the posts of that code from earlier runs. They take part, and alone are no reason for a post.
        """
        copies = [
            changed(copy, kind=copy.kind or sites.post_kind(one.code, None)) if len(on_disk) > 1 else copy
            for one in on_disk
            for copy in one.articles
        ]
        groups = by_article([*articles, *copies])
        return [self._assemble(group, on_disk) for group in groups if any(a.version is None for a in group)]

    def _assemble(self, group: list[Article], on_disk: Sequence[OnDisk]) -> Assembled:
        code, counts = code_of_rejected(group), Counter[str]()
        try:
            post = join(group, self._share_host, counts, on_disk, self._trust)
            for stage in self._stages:
                post = stage(post, counts)
            made = finish(post)
            made.counts = counts
            made.unused = tuple(group) if made.outcome == "quarantined" else made.unused
            return made
        except Rejected as rejected:
            return of_rejected(code, rejected, unused=group)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - one article of a batch must not end the others; it is kept
            reason = f"internal error: {type(error).__name__}: {error}"[:300]
            return Assembled(code, "quarantined", reason, unused=tuple(group))


def join(
    articles: Sequence[Article],
    share_host: str,
    counts: Counter[str],
    on_disk: Sequence[OnDisk] = (),
    trust: Sequence[Origin] = BODY_TRUST,
) -> Post:
    """The first stage: one post of what pages say of one article. Raises Rejected."""
    known, refused = sift(read_anew(articles))
    if refused and all(article.origin == "list" for article in known):
        raise Rejected(str(AnothersPage(refused[0][0])))
    try:
        post = merge(known, share_host, trust)
    except PagesMissing as cut:
        raise Rejected(str(AnothersPage(refused[0][0])) if refused else str(cut)) from None
    if reason := text_fault(post):
        raise Rejected(reason)
    counts["text/undone"] += any(article.undone for article in known)
    parts = (article for article in known if article.part != WHOLE)  # another one may come, or another version
    lacks = post.origin == "none" or "medium_unknown" in post.notes
    items = (one for one in known if lacks and is_item(one) and not one.version)
    if unused := (*parts, *items, *(article for _, article in refused)):
        post = changed(post, unused=unused, notes=(*post.notes, "pages_refused") if refused else post.notes)
    counts["merge/disagreeing"] += "versions" in post.notes
    before = next((one for one in on_disk if one.code == post.code), None)
    if before and before.status == "unreadable":
        raise Rejected(UNREADABLE)
    replaced = tuple(one.code for one in on_disk if one.code != post.code and is_same(one, {post.kind}))
    return changed(post, on_disk=before, replaces=replaced) if before or replaced else post


def code_of_rejected(group: Iterable[Article]) -> str:
    """The code by which an article of which there is no post is known, whatever the order of its pages: the longer."""
    return max((article.code for article in group), key=len)


def is_same(on_disk: OnDisk, kinds: AbstractSet[PostKind]) -> bool:
    """Whether what an earlier run wrote under the other spelling of a code may be the same article, of these kinds."""
    told = {copy.kind for copy in on_disk.articles if copy.kind}
    return on_disk.status == "written" and told <= kinds


def finish(post: Post) -> Assembled:
    """The last stage but for the disk: the post's bytes, or why it must not be written.

    A file that looks edited and holds these bytes was written by a run of which the ledger does not know.
    """
    before, reason = post.on_disk, fault(post) or unsafe_text(post)
    made = Assembled(post.code, "quarantined", reason) if reason else of_post(post, post_format.render(post))
    is_theirs = before and (before.status == "edited" or (before.status == "unknown" and not reason))
    if before and is_theirs and (before.file, before.data) != (made.file, made.data):
        return taken_for_edited(before, made)
    return made


def taken_for_edited(on_disk: OnDisk, made: Assembled) -> Assembled:
    """The end of an article whose file nothing vouches for, and that holds something else than what is made of it."""
    left, post = of_rejected(on_disk.code, Edited(on_disk)), made.post
    left.sha256 = made.sha256
    left.instead = post and changed(post, body="", digest=None, on_disk=None, klines=(), links=(), unused=())
    return left
