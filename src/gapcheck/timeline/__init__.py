"""What a profession may do, and since when: over all dates on which the law changed."""
