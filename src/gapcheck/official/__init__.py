"""Is the law still what the lawbook says? Its provisions, compared with the official text in machine form."""
