"""What the text of a job description means."""
