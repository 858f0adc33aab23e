"""Engines answer prompts, and the gateway is the only one who asks them.

    redact -> budget -> recording? -> engine (+ retry) -> charge -> validate (+ at most two repairs) -> trace

``openai`` is imported by ``openai_wire`` and what it is made of alone, and only when the first call is made.
"""
