"""Language below the stages: sentences, and the one place where the tagging model is loaded."""
