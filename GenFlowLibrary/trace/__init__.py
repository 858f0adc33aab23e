"""One step record a step, handed to every sink: log.html, JSONL, the summary. Imports core alone."""
