"""The posts of an output folder, read as data: beside whoever writes to it, each article whole."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from crawler import post_format, sites
from crawler.data.article import ArchivedArticle
from crawler.data.as_of import first_seen_of, of_then, revised_by
from crawler.data.reading import Beside, article_of
from crawler.data.wish import ALL, Wish
from crawler.store import places
from crawler.store.engine import LedgerError
from crawler.store.history import NOTHING_KNOWN, Bytes, Known
from crawler.store.ledger import ledger_to_read
from crawler.store.revisions import of_files
from crawler.store.versions import Kept, Versions, read

AT_ONCE = 500
"""Posts for which the ledger is asked together."""
MOST_LOOKS = 20


class _Post(NamedTuple):
    """An article's post: the bytes that are there, and what the ledger knows."""

    name: str
    data: bytes | None
    known: Known

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data or b"").hexdigest()

    def is_known(self) -> bool:
        """Whether the ledger knows these bytes."""
        return self.data is not None and self.sha256 in {one.sha256 for one in self.known.bytes}


class Archive:
    """The articles of an output folder. Nothing is written, and nothing waits for a run that is under way."""

    def __init__(self, output: Path, ledger_url: str) -> None:
        self._posts, self._versions = output / "_posts", Versions(output)
        self._ledger_url = ledger_url
        self.faults: dict[str, str] = {}
        """By file, why a post that was met could not be read."""
        self.untold = 0
        """Articles that were left out since nothing tells what was there at the time that was asked for."""

    def articles(
        self, wish: Wish = ALL, codes: Collection[str] | None = None, files: Collection[str] = ()
    ) -> Iterator[ArchivedArticle]:
        """The wanted articles, in the order of their files' names: by day, then code.

        ``codes``: these alone, by the names of their files; ``files``: theirs that have other names.
        Raises LedgerError, and OSError for a folder that cannot be read.
        """
        kept = dict(self._versions.all(codes))
        names = self._names(wish, codes, files, kept)
        have = {code_of_file(name) for name in names if post_format.is_named(name)}
        for start in range(0, len(names), AT_ONCE):
            for post in self._look_again(names[start : start + AT_ONCE]):
                article = self._article(post, kept.get(code_of_file(post.name), []), wish)
                if article and wish.wants(article) and self._is_first(article, have):
                    yield article

    def _is_first(self, article: ArchivedArticle, have: set[str]) -> bool:
        """Whether no other file has the article: people, and what keeps folders alike, leave copies under other names.

        ``have``: codes of those that are named as posts, and of others that came before.
        """
        if not post_format.is_named(article.file):
            if article.code in have:
                self.faults[article.file] = f"the same article as {article.code}"
                return False
            have.add(article.code)
        return True

    def _names(
        self, wish: Wish, codes: Collection[str] | None, files: Collection[str], kept: Mapping[str, object]
    ) -> list[str]:
        """The files of the posts that may be wanted; and of articles that had some at an earlier time."""
        named = {name: code_of_file(name) for name in places.listed(self._posts)}
        if wish.as_of:
            gone = kept.keys() - named.values()
            named |= {post_format.name_of(sites.day_of(code), code): code for code in gone}
        wanted = None if codes is None else frozenset(codes)
        return sorted(
            name
            for name, code in named.items()
            if (wanted is None or code in wanted or name in files) and (code in kept or _may_be_of_a_day(name, wish))
        )

    def _look_again(self, names: Sequence[str]) -> Iterator[_Post]:
        """The posts in the files of these names: again where disk and ledger differ, until both say the same as before.

        While a run writes a post they differ for a moment; where somebody edited one, they go on to.
        """
        found = {post.name: post for post in self._look(names)}
        odd = [name for name, post in found.items() if post.known is not NOTHING_KNOWN and not post.is_known()]
        for _ in range(MOST_LOOKS):
            again = {post.name: post for post in self._look(odd)}
            odd = [name for name, post in again.items() if not post.is_known() and post != found[name]]
            found |= again
        return iter(found.values())

    def _look(self, names: Sequence[str]) -> Iterator[_Post]:
        read = {name: self._bytes(name) for name in names}
        known = self._known([code_of_file(name) for name in names]) if names else {}
        for name, data in read.items():
            told = known.get(code_of_file(name), NOTHING_KNOWN)
            if data is None and told.file and told.file != name:  # it got another name meanwhile
                data = self._bytes(told.file)  # noqa: PLW2901
            yield _Post(name, data, told)

    def _known(self, codes: Sequence[str], *, is_last: bool = False) -> dict[str, Known]:
        try:
            with ledger_to_read(self._ledger_url) as ledger:
                return ledger.known(codes) if ledger else {}
        except LedgerError:  # a run that began to write meanwhile may have been in the way
            if is_last:
                raise
            return self._known(codes, is_last=True)

    def _bytes(self, name: str) -> bytes | None:
        """What the file holds; None for one that is gone meanwhile, or cannot be read."""
        try:
            return places.read(self._posts, name)[1]
        except FileNotFoundError:
            return None
        except OSError as error:
            self.faults[name] = f"cannot be read: {error.strerror}"
            return None

    def _article(self, post: _Post, kept: list[tuple[Kept, Path]], wish: Wish) -> ArchivedArticle | None:
        """The article as it is, or was at the time that is wished for; None where there is none, or it is no post."""
        there = _there(post, [one for one, _ in kept])
        try:
            if wish.as_of:
                return self._of_then(post, there, kept, wish)
            return None if post.data is None else article_of(post.name, post.data, _now(post, there))
        except (ValueError, OSError) as error:
            self.faults[post.name] = f"is no post: {error}"
            return None

    def _of_then(
        self, post: _Post, there: Bytes | None, files: list[tuple[Kept, Path]], wish: Wish
    ) -> ArchivedArticle | None:
        """The article in the version of then. Raises ValueError, OSError."""
        assert wish.as_of
        moment = wish.as_of
        seen = first_seen_of([one for one, _ in files], there)
        if seen and seen > moment:
            return None
        then = of_then([one for one, _ in files], there, moment)
        if then is None:  # one may have been put aside since they were listed
            files = self._versions.of(code_of_file(post.name))
            then = of_then([one for one, _ in files], there, moment)
        if then is None or (isinstance(then, Bytes) and post.data is None):
            is_gone = post.data is None and files and files[-1][0].until <= moment
            self.untold += not is_gone
            return None
        data = read(dict(files)[then]) if isinstance(then, Kept) else post.data
        assert data is not None
        known = post.known
        beside = Beside(
            first_seen=seen,
            revised=revised_by([one for one, _ in files], there, moment),
            withdrawn=known.withdrawn if known.withdrawn and f"{known.withdrawn}" <= f"{moment:%Y-%m-%d}" else None,
            origin=then.origin if isinstance(then, Kept) else known.origin if post.is_known() else None,
            version=then.version,
            listed=[one for one, time in known.listed if time and time <= moment],
        )
        return article_of(post.name, data, beside)


def code_of_file(name: str) -> str:
    """The code in the name of a post's file."""
    named = post_format.FILE_NAME.fullmatch(name)
    return named["code"] if named else name


def _may_be_of_a_day(name: str, wish: Wish) -> bool:
    """Whether the file may hold what was published on a wanted day, as far as its name tells."""
    named = post_format.FILE_NAME.fullmatch(name)
    return not (named and named["day"]) or wish.wants_day(named["day"])


def _there(post: _Post, kept: Sequence[Kept]) -> Bytes | None:
    """What is known of the bytes that are there: of what a run put there, if somebody edited that."""
    if post.data is None:
        return None
    told = [one for one in post.known.bytes if one.sha256 == post.sha256] or post.known.bytes[:1]
    if told:
        return told[0]
    return of_files(kept, post.sha256) if kept else None


def _now(post: _Post, there: Bytes | None) -> Beside:
    known = post.known
    return Beside(
        first_seen=there and there.first_seen,
        revised=there and there.revised,
        withdrawn=known.withdrawn,
        origin=known.origin if post.is_known() else None,
        version=there.version if there else 1,
        listed=[one for one, _ in known.listed],
    )
