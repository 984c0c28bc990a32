"""Train the tagging model that briefgen ships, from labelled documents."""
