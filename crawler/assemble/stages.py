"""The stages between merge and store: steps on a post, each made from the settings."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias

from crawler import body, kline
from crawler.assemble import ORDER
from crawler.items import Post, changed

Settings: TypeAlias = Mapping[str, Any]


class Stage(Protocol):
    """A step on a post; counts of what it did go into ``counts`` under the names that reports show."""

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post after the step."""


class Clean:
    """Cleaning of title, category, tag, digest and body by a profile (FINEWS_CLEANING)."""

    def __init__(self, profile: body.Profile) -> None:
        self._profile = profile

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post safe to publish; what no rule names is as it was."""
        cleaned = body.clean(post.body, self._profile, base_url=post.page or post.link or "")
        for name, number in cleaned.counts.items():
            counts[f"clean/{name}"] += number
        if cleaned.fallback:
            counts[f"clean/fallback/{cleaned.fallback}"] += 1
        title, tag = body.safe_title(post.title), body.safe_name(post.tag)
        category = post.category.replace('"', "")  # a path, which can hold no reference in its place
        digest = None if post.digest is None else body.clean_digest(post.digest)
        said = (post.title, post.category, post.tag, post.digest, post.body)
        if (title, category, tag, digest, cleaned.body) == said:
            return post
        return changed(post, title=title, category=category, tag=tag, digest=digest, body=cleaned.body)


class FindKLines:
    """K-line references, found and understood."""

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post with its ``klines`` known."""
        klines, unresolved, links = kline.find_all(post.body)
        found = {"resolved": len(klines), "unknown_market": 0, "conflicting": 0, "unresolved": len(unresolved)}
        for one in klines:
            found["unknown_market"] += not one.exchange
            found["conflicting"] += bool(one.conflicts)
        counts.update({f"klines/{name}": number for name, number in found.items()})
        return changed(post, klines=klines, links=links)


class RemotePictures:
    """FINEWS_KLINE_IMAGES=remote: references given an address that a reader's browser can load."""

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post with addresses of the current generation; what an earlier run stored points to its source again.

        So does a picture inside a saved page, where its tag tells the security.
        """
        body = kline.restore(post.body)
        klines = post.klines if body is post.body else kline.find(body)
        if inside := [k for k in klines if k.foreign and not k.guessed and k.spelling.lstrip()[:5].lower() == "data:"]:
            counts["klines/addressed"] += len(inside)
            klines = kline.find(body := kline.addressed(body, inside))
        resolved = kline.resolve(body, klines)
        return post if resolved == post.body else kline.referring(post, resolved)


def cleaning_profile(settings: Settings) -> body.Profile:
    """The cleaning profile that the FINEWS_CLEANING settings want; raises ValueError for an unknown name or rule."""
    add, remove = (_names(settings.get(name)) for name in ("FINEWS_CLEANING_ADD", "FINEWS_CLEANING_REMOVE"))
    return body.profile(settings["FINEWS_CLEANING"], add, remove)


def settings_fingerprint(settings: Settings) -> str:
    """The settings that posts depend on, in one line: when it changes, known articles are made anew."""
    names = ("CLEANING", "CLEANING_ADD", "CLEANING_REMOVE", "KLINE_IMAGES", "KLINE_CHARTS")
    values = (settings.get(f"FINEWS_{name}") for name in names)  # from the environment and `-s` they come as text
    told = (",".join(sorted(_names(v))) if isinstance(v, (str, list)) else str(int(bool(v))) for v in values)
    return " ".join(f"{name}={value}" for name, value in zip(names, told, strict=True))


def removes_more(before: str, now: str) -> bool:
    """Whether settings with the first fingerprint take out what those with the second keep; yes if one is not ours.

    Then what the first made of a page is no source for the second.
    """
    told = (dict(word.split("=", 1) for word in one.split(" ") if "=" in word) for one in (before, now))
    try:
        first, second = (
            cleaning_profile({f"FINEWS_{name}": value for name, value in one.items()}).rules for one in told
        )
    except (KeyError, ValueError):
        return True
    return not first <= second


def stores_pictures(settings: Settings) -> bool:
    """Whether pictures are stored (FINEWS_KLINE_IMAGES=local) or stay where they are (remote); raises ValueError."""
    wish = settings["FINEWS_KLINE_IMAGES"]
    if wish not in {"local", "remote"}:
        raise ValueError(f"FINEWS_KLINE_IMAGES={wish!r}: say remote or local")
    return bool(wish == "local")


STAGES: Final[Mapping[str, Callable[[Settings], Stage | None]]] = {
    "clean": lambda settings: Clean(cleaning_profile(settings)),
    "klines": lambda _: FindKLines(),
    "addresses": lambda settings: None if stores_pictures(settings) else RemotePictures(),
}
"""How the stages of ORDER are made that need neither disk nor network; None where the settings want none."""


def stages(settings: Settings, pictures: Stage | None = None) -> tuple[Stage, ...]:
    """The stages that every post goes through, in their order; ``pictures``: the one of that name."""
    made = {name: make(settings) for name, make in STAGES.items()} | {"pictures": pictures}
    return tuple(stage for name in ORDER if (stage := made.get(name)))


def _names(value: str | list[str] | None) -> list[str]:
    return [name for name in (value.split(",") if isinstance(value, str) else value or []) if name]
