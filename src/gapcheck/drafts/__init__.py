"""A draft submission, read: the sentences that state law and the figures, put into the engine's terms for a person to confirm."""
