"""The version of gapcheck."""

__version__ = "0.1.0"
