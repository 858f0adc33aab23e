"""Engines answer prompts, and the gateway is the only one who asks them.

    redact -> budget -> recording? -> engine (+ retry) -> charge -> validate (+ one bounded repair) -> trace

``openai`` is imported in ``openai_compatible`` alone, and only when the first call is made.
"""
