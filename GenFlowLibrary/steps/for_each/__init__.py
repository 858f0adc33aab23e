"""Generate For Each: one prompt a row of a table, side by side and resumable. `run.py` shows the order of the work."""
