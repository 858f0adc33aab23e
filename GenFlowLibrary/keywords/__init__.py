"""Keywords, one class a noun: a body translates Robot's arguments and calls one step, nothing else."""
