"""Widgets: the controls that a page draws itself, each set in its own small file and found by its kind on the ladder."""
