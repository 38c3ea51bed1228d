"""A team: who covers which task, what hangs on one person or one paper, what an absence or a change does."""
