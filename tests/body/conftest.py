"""The helpers beside the tests (bodies, fuzz, oracle) are modules of their own: fuzz.py runs alone, too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
