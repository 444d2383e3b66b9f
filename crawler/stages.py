"""The stages between merge and store, in their order: what both doors call, and nothing else."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from crawler import body, kline
from crawler.items import Post


class Stage(Protocol):
    """A step on a post; counts of what it did go into ``counts`` under the names that reports show."""

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post after the step."""


class Clean:
    """Cleaning of title, digest and body by a profile (FINEWS_CLEANING)."""

    def __init__(self, profile: body.Profile) -> None:
        self._profile = profile

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post safe to publish; what no rule names is as it was."""
        cleaned = body.clean(post.body, self._profile, base_url=post.page or post.link or "")
        for name, number in cleaned.counts.items():
            counts[f"clean/{name}"] += number
        if cleaned.fallback:
            counts[f"clean/fallback/{cleaned.fallback}"] += 1
        title = body.safe_title(post.title)
        digest = None if post.digest is None else body.clean_digest(post.digest)
        if (title, digest, cleaned.body) == (post.title, post.digest, post.body):
            return post
        return replace(post, title=title, digest=digest, body=cleaned.body)


class FindKLines:
    """K-line references, found and understood."""

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post with its ``klines`` known; pictures that an earlier run stored point to their source again."""
        body = kline.restore(post.body)
        klines, unresolved = kline.find_all(body)
        counts["klines/resolved"] += len(klines)
        counts["klines/unknown_market"] += sum(not k.exchange for k in klines)
        counts["klines/conflicting"] += sum(bool(k.conflicts) for k in klines)
        counts["klines/unresolved"] += len(unresolved)
        return replace(post, body=body, klines=klines)


class RemotePictures:
    """FINEWS_KLINE_IMAGES=remote: references given an address that a reader's browser can load."""

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post with addresses of the current generation."""
        resolved = kline.resolve(post.body, post.klines)
        return post if resolved == post.body else replace(post, body=resolved, klines=kline.find(resolved))


def cleaning_profile(settings: Mapping[str, Any]) -> body.Profile:
    """The cleaning profile that the FINEWS_CLEANING settings want; raises ValueError for an unknown name or rule."""
    add, remove = (_names(settings.get(f"FINEWS_CLEANING_{which}")) for which in ("ADD", "REMOVE"))
    return body.profile(settings["FINEWS_CLEANING"], add, remove)


def stages(settings: Mapping[str, Any]) -> tuple[Stage, ...]:
    """The stages that every post goes through, in their order, before its pictures are seen to."""
    return Clean(cleaning_profile(settings)), FindKLines()


def making(settings: Mapping[str, Any]) -> str:
    """The settings that posts depend on, in one line: when they change, known articles are made anew."""
    names = ("CLEANING", "CLEANING_ADD", "CLEANING_REMOVE", "KLINE_IMAGES", "KLINE_CHARTS")
    return " ".join(f"{name}={settings.get(f'FINEWS_{name}')}" for name in names)


def stores_pictures(settings: Mapping[str, Any]) -> bool:
    """Whether pictures are stored (FINEWS_KLINE_IMAGES=local) or stay where they are (remote); raises ValueError."""
    wish = settings["FINEWS_KLINE_IMAGES"]
    if wish not in {"local", "remote"}:
        raise ValueError(f"FINEWS_KLINE_IMAGES={wish!r}: say remote or local")
    return bool(wish == "local")


def _names(value: str | list[str] | None) -> list[str]:
    return [name for name in (value.split(",") if isinstance(value, str) else value or []) if name]
