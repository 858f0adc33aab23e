"""The embedded engine: no network, no account, deterministic. One file an ability; it never pretends to be a language model."""
