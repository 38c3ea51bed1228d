"""What is said of a role profile and of a single act: data, documents, rows, waivers."""
