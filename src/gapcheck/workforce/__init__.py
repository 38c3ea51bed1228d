"""A whole workforce at once: a table of posts in, a table of findings out, each distinct question asked once."""
