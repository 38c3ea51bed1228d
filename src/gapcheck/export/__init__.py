"""The matrix, the evidence and the lawbook as tidy tables, with a data dictionary."""
