"""Who may do what: professions by acts, or by tasks."""
