"""The lawbook: load it, link it, date it."""
