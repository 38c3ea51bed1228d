"""What the lawbook holds under an id, in plain words."""
