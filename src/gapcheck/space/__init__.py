"""The whole fact space of a lawbook, for lint, prove and diff."""
