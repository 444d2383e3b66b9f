"""The helpers beside the tests (bodies, edit_rows, fuzz, oracle) are modules of their own: fuzz.py runs alone, too."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
pytest.register_assert_rewrite("edit_rows")
