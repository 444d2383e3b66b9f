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
        cleaned = body.clean(post.body, self._profile, base_url=post.link or "")
        for name, number in cleaned.counts.items():
            counts[f"clean/{name}"] += number
        if cleaned.fallback:
            counts[f"clean/fallback/{cleaned.fallback}"] += 1
        return replace(
            post,
            title=body.safe_title(post.title),
            digest=None if post.digest is None else body.clean_digest(post.digest),
            body=cleaned.body,
        )


class ResolveKLines:
    """K-line references: found, understood, and given an address that a reader's browser can load."""

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post with its ``klines`` known and their addresses of the current generation."""
        if not (klines := kline.find(post.body)):
            return post
        resolved = kline.resolve(post.body, klines)
        klines = klines if resolved == post.body else kline.find(resolved)
        counts["klines/resolved"] += len(klines)
        counts["klines/unknown_market"] += sum(not k.exchange for k in klines)
        counts["klines/conflicting"] += sum(bool(k.conflicts) for k in klines)
        return replace(post, body=resolved, klines=klines)


def cleaning_profile(settings: Mapping[str, Any]) -> body.Profile:
    """The cleaning profile that the FINEWS_CLEANING settings want; raises ValueError for an unknown name or rule."""
    add, remove = (_names(settings.get(f"FINEWS_CLEANING_{which}")) for which in ("ADD", "REMOVE"))
    return body.profile(settings["FINEWS_CLEANING"], add, remove)


def stages(settings: Mapping[str, Any]) -> tuple[Stage, ...]:
    """The stages, in their order, as the settings want them."""
    return Clean(cleaning_profile(settings)), ResolveKLines()


def _names(value: str | list[str] | None) -> list[str]:
    return [name for name in (value.split(",") if isinstance(value, str) else value or []) if name]
