"""Every validator that a finished brief must pass, run on briefs and told as one table."""
