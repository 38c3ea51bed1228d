"""The second engine (durable-rules, the extra `cross-check`) as a program for `gapcheck conform`."""

from gapcheck.conform.engines import second, serve

serve(second)
