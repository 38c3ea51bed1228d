"""Reports: findings as JSON, table and Markdown. Each face says what the JSON says, in the same words."""
