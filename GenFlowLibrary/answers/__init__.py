"""The flat answer types a small model can emit, the schema line an analyst writes, parsing and checking. Imports policy, trace and core."""
