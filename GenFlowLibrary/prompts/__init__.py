"""Prompts are files: ``files/*.md`` and the analyst's own ``prompts/`` folder.

    file -> PromptFile -> (with a Task) Prompt: messages for a language model, the inputs as data, the draft with
    its facts

What a template may not do is settled in `environment`; nothing outside this room knows Jinja.
"""
