"""A question in plain words: what is meant by it, and the answer."""
