"""`python -m gapcheck`."""

from gapcheck.cli import run

run()
