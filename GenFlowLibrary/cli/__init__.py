"""The ``genflow`` command, one file a sub-command."""
