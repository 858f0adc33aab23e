"""The use cases, one a file, free of Robot Framework: each builds a Task, asks, checks, acts, and leaves one step record."""
