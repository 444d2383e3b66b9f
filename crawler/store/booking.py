"""What becomes of articles: posts in place, pages put aside, and the ledger's word for each. In steps, for a crawl."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawler import sites
from crawler.assemble.assembler import taken_for_edited
from crawler.assemble.merge import worse_origins
from crawler.assemble.outcome import UNREADABLE, Assembled
from crawler.assemble.versions import is_proved, tells_kind
from crawler.exits import RunError
from crawler.items import Page, changed
from crawler.store.engine import LedgerError
from crawler.store.ledger import Ledger
from crawler.store.lock import not_writable
from crawler.store.looking import is_file
from crawler.store.on_disk import EarlierRuns, look
from crawler.store.places import place, stamp_of
from crawler.store.posts import PostStore
from crawler.store.quarantine import Quarantine
from crawler.store.tables import LOST
from crawler.store.tally import Tally


class Booking(Tally):
    """The part of a run that writes what became of articles."""

    ledger: Ledger
    earlier: EarlierRuns

    def __init__(self, output: Path, *, keep_edited: bool, by: str) -> None:
        super().__init__()
        self.output = output
        self.worse = worse_origins(None)
        """Origins of bodies in whose place a later run puts a better one."""
        self.posts = PostStore(output, keep_edited=keep_edited, by=by)
        self.quarantine = Quarantine(output)
        self.fatal: RunError | None = None
        self.made_with = ""
        """The settings that posts are made with, where no spider's run notes them."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Whatever touches disk or ledger happens in here: their refusal becomes the one error that ends the run."""
        try:
            yield
        except OSError as error:
            self.fatal = self.fatal or not_writable(self.output, error)
            raise self.fatal from error
        except LedgerError as error:
            self.fatal = self.fatal or RunError(str(error), error.exit_code)
            raise self.fatal from error

    def store(self, done: Sequence[Assembled]) -> None:
        """Book rejections with their reasons; put posts durably in place and book them. Raises RunError.

        A code that stands for a rejection and a post is the post's. The ledger comes last: what it lacks is made again.
        """
        for step in (self.prepare, self.book_rejected, self.put, self.book_stored, self.book_posts, self.forget):
            step(done)

    def prepare(self, done: Sequence[Assembled]) -> None:
        """The first step: posts are written to where they wait, and the ledger knows that they come. Raises RunError.

        A step may be taken once more where it failed; ``book_rejected`` and ``book_posts`` by who failed in them.
        """
        with self.writing():
            for one in done:
                self.posts.prepare(one)
            self.ledger.keep({one.code: one.unused for one in done if one.unused and not one.post})
            if self.made_with and any(one.prepared for one in done):
                self.ledger.also_made_with(self.made_with)
                self.made_with = ""
            if posts := _posts(done):
                self.posts.revisions.begin(posts, self.ledger)

    def book_rejected(self, done: Sequence[Assembled]) -> None:
        """The second step: what no post is made of. Raises RunError."""
        for one in done:
            self.counts.update(one.counts)
            if one.outcome == "quarantined":
                self.quarantined(one.code, one.reason, one.page)
            elif one.outcome == "out_of_scope":
                self.out_of_scope(one.code, one.reason)
        self._leave_alone([one for one in done if one.outcome == "unchanged" and not one.post])

    def put(self, done: Sequence[Assembled]) -> None:
        """The third step: the posts durably in their places. It waits for the disk, and for nothing else of the run.

        Raises RunError.
        """
        with self.writing():
            self.posts.commit(_posts(done))
            for one in done:
                self.posts.write_stub(one)

    def book_stored(self, done: Sequence[Assembled]) -> None:
        """The next step: the ledger knows of the posts, and what was put aside of them is resolved. Raises RunError."""
        if told := [one for one in done if one.post]:
            posts = _posts(done)
            with self.writing():
                for one in told:
                    self.resolved(one.code)
                self._replace_gone(posts)
                moved = self.posts.remove_moved(posts, self.ledger, self.outcomes, self.earlier.records)
                self.tell_late(self.ledger.written(posts, self.worse, asked=self.asked))
                self.ledger.keep({one.code: one.unused for one in posts})
                self.ledger.take_in(self.earlier.unknown(sites.other_spelling(one.code) for one in posts))
                self.ledger.doubt(one.code for one in posts)
            self.counts["posts/moved"] += moved

    def _replace_gone(self, posts: Sequence[Assembled]) -> None:
        """Let posts take the places of those under the other spelling that are gone, or edited and not to be kept."""
        for one in posts:
            other = sites.other_spelling(one.code)
            gone = self.earlier.lost(other)
            if gone and one.post and not gone.listed and not tells_kind(gone.sources):
                one.post = changed(one.post, replaces=(*one.post.replaces, other))

    def forget(self, done: Sequence[Assembled]) -> None:
        """The last step: what was put aside under other codes of the articles goes, if no list names these.

        Raises RunError.
        """
        others = [sites.other_spelling(one.code) for one in done]
        with self.writing():
            kept = self.ledger.kept(others)
            for code in others:
                aside = (code in kept or code in self.quarantine) and code not in self.outcomes
                if aside and not self.ledger.shown(code)[1]:
                    self.resolved(code)
                    self.ledger.replaced([code])
                    self.ledger.keep({code: ()})

    def take_in_second(self) -> None:
        """Know of posts that the ledger did not know, and of which it knows the other spelling. Raises RunError."""
        with self.writing():
            second = self.earlier.unknown_second()
            self.ledger.take_in(second)
            self.ledger.doubt(post.code for post, _ in second)

    def is_second(self, code: str) -> bool:
        """Whether the site names the article under the other spelling, has its post, and is not known to have this one.

        Raises RunError.
        """
        with self.writing():
            known = self.ledger.records(sites.spellings([code]))
        mine, its = known.get(code), known.get(sites.other_spelling(code))
        if not (mine and its and its.listed and its.settled) or is_proved(mine.sources):
            return False
        there = [bool(stamp_of(place(self.posts.posts, one.file))) for one in (mine, its)]
        return there[1] and (there[0] or mine.doubted)

    def gives_way(self, code: str, made: Assembled | None = None) -> bool:
        """Put a post aside that the site does not have: what it has under the other spelling stays alone.

        ``made``: what this run would write in its place. A post of other bytes is somebody's, and stays, if such are
        kept. False: without ``made`` nothing tells whose it is. Raises RunError.
        """
        with self.writing():
            record = self.ledger.records([code])[code]
            there = next(iter(look(self.posts.posts, [record])), None)  # else a killed run, or somebody, removed it
            is_ours = there is None or there.status == "written" or not self.posts.keep_edited
            if is_ours or (there and made and there.data == made.data):
                self.posts.remove([record], self.ledger)
                self.ledger.forget([code])
                self.resolved(code)
                self.has_another_code([code])
                self.counts["posts/moved"] += there is not None
                return True
        if there and there.status == "unknown" and not made:
            return False
        if there and there.status != "unreadable":  # told when the run began
            self.store([taken_for_edited(there, made or Assembled(code, "unchanged"))])
        return True

    def _leave_alone(self, edited: Sequence[Assembled]) -> None:
        if not edited:
            return
        for one in edited:
            self.resolved(one.code)
            self.notes["edited_by_hand"] += {one.file} - self.earlier.edited
            self.book(one.code, "unchanged")
        with self.writing():
            self.ledger.left_alone(edited, self.worse, asked=self.asked)

    def quarantined(self, code: str, reason: str, page: Page | None = None) -> None:
        """Put the article aside with the reason and the page it was read from."""
        reason = f"{LOST}{reason}" if reason == UNREADABLE or code in self.earlier.missing else reason
        with self.writing():
            title, url = self.ledger.shown(code)
            entry = self.quarantine.add(code, reason, page or Page(url=url, body=b""), title)
            self.ledger.failed(code, reason, self.asked)
        self.book(code, "quarantined", reason, entry.title, entry.where)
        self.tell_failed(entry)

    def lost_page(self, url: str, reason: str, page: Page) -> None:
        """Put aside a page that names no single article (a list page): articles only it names may be missing."""
        self.reasons[reason] += 1
        with self.writing():
            self.tell_failed(self.quarantine.add(url, reason, page))

    def lost_list(self, url: str, reason: str, page: Page) -> None:
        """Put aside a list page of the site."""
        self.no_list(url)
        self.lost_page(url, reason, page)

    def lost_article(self, code: str, reason: str, page: Page) -> None:
        """Put aside the file of an article that nothing else tells of: it is found, and cannot be read."""
        self.lost_page(code, reason, page)
        self.book(code, "quarantined", address=page.source)
        self.article_reasons[code] = reason

    def out_of_scope(self, code: str, reason: str) -> None:
        """Book an article that is none of ours, with the reason."""
        with self.writing():
            self.ledger.left_out(code, reason, self.asked)
        self.book(code, "out_of_scope", reason)

    def withdrawn(self, words: str, *codes: str, whole: bool | None = None) -> None:
        """Book that the site, as it says, no longer has the article of these codes, which are spellings of one.

        A post that there is stays; nothing is missing. It is told in the first run that meets it. ``whole``: others
        gave it, with all that the site had of it or with less, and it is booked when it is stored.
        """
        if whole is None and (lost := [code for code in codes if code in self.earlier.missing]):
            self.quarantined(lost[0], words)
            return
        with self.writing():
            files = {code: one.file for code, one in self.earlier.records(codes).items()}
            kept = {code: file for code, file in files.items() if is_file(place(self.posts.posts, file))}
            is_news = self.ledger.withdrawn(words, codes, kept, self.asked)
        self.notes["withdrawn"] += [*(kept or codes[:1])] if is_news else []
        for code in (kept or codes[:1]) if whole is None else ():
            self.notes["edited_still"] += self.earlier.to_overwrite & {kept.get(code)}
            self.resolved(code)
            self.book(code, "unchanged" if kept else "out_of_scope", f"withdrawn: {words}" if is_news else "")
        self.counts.update({"articles/withdrawn": 1, "articles/withdrawn_unseen": is_news and not (kept or whole)})

    def resolved(self, name: str) -> None:
        """What was put aside under the code, address or path is readable now."""
        with self.writing():
            self.counts["quarantine/resolved"] += self.quarantine.remove(name)


def _posts(done: Sequence[Assembled]) -> list[Assembled]:
    """The posts that no earlier run has put in place and booked as they are."""
    return [one for one in done if one.post and not one.booked]
