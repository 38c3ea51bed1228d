"""New pieces of a lawbook: files that lint accepts at once, with what is theirs to say left to fill in."""
