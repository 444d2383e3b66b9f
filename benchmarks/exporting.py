"""Exports of a large archive in every form."""

from archives import make
from harness import Found, finews, scratch

from crawler.data.forms import FORMS


def measure(found: Found) -> None:
    with scratch() as top:
        output, number = top / "output", found.size(100_000, 2_000)
        make(output, number)
        finews("export", top / "first.jsonl", output=output)  # makes the index of reprints
        for form in FORMS:
            done = finews("export", top / form, "--as", form, output=output)
            found.figure(f"export of {number:,} as {form}", number / done.cpu, "posts/s of a processor")
            found.figure(f"export of {number:,} as {form}, memory", done.peak, "MB")
