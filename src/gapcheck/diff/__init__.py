"""What changes between two laws: for whom, which act, by which route; and which findings of a profile."""
