"""The entitlement pack: what the papers of a post or a team have to say, what is stated, and what somebody has to fill in."""
