"""All that is said, in Chinese: the English words as the code has them, and the Chinese ones; ``{}`` holds a value."""

from typing import Final

from crawler.chinese.checks import CHECKS
from crawler.chinese.help import HELP
from crawler.chinese.reasons import REASONS
from crawler.chinese.spoken import SPOKEN
from crawler.chinese.wrong_words import WRONG_WORDS

CHINESE: Final[dict[str, str]] = SPOKEN | WRONG_WORDS | CHECKS | REASONS | HELP
