"""Conformance: questions of law with the answers that the law gives, put to any program that answers them."""
