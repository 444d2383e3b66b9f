"""Pairs of U+3000: what the source site cuts, everywhere, and all that it cuts; a single one stays."""

from crawler.body.rule import CharacterRule

PAIRS = CharacterRule("pairs", "every pair of U+3000", (("<p>　　a　　　b　</p>", "<p>a　b　</p>"),), "\u3000\u3000")
