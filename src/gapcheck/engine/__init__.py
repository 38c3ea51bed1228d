"""The engine: conditions, routes, acts, tasks, remedies. Pure: no input, no output, no clock."""
