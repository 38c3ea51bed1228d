"""Prove the properties of a lawbook over its whole fact space."""
