"""gapcheck's own engine as a program for `gapcheck conform`: a question a line in, an answer a line out."""

from gapcheck.conform.engines import own, serve

serve(own)
