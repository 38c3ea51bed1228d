"""python -m gapcheck."""

from gapcheck.cli import run

if __name__ == "__main__":  # the processes that `gapcheck serve` starts import this module too
    run()
