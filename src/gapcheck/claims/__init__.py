"""A submission's own statements, checked against the law and against each other."""
