"""Keywords over raw prompts."""

from __future__ import annotations

from robot.api.deco import keyword

from GenFlowLibrary.keywords.component import KeywordComponent, ask_options
from GenFlowLibrary.keywords.option_types import EngineName
from GenFlowLibrary.rf.secrets import refuse_secrets


class PromptKeywords(KeywordComponent):
    """Complete Prompt."""

    @keyword
    def complete_prompt(
        self,
        prompt: str | None,
        *,
        engine: EngineName | None = None,
        model: str | None = None,
        temperature: float | None = None,
        max_tokens: int | None = None,
        top_p: float | None = None,
        n: int | None = None,
        stop: list[str] | str | None = None,
        stream: bool = False,
    ) -> str | list[str]:
        """Sends a prompt as it is and returns what the model writes.

        Args:
            prompt: The whole prompt.
            engine: Another engine for this step alone.
            model: Another model for this step alone.
            temperature: Sampling temperature, 0 to 2. Not sent unless set.
            max_tokens: Longest completion in tokens. The server's own limit unless set; a text which that cuts short is asked for once
                more with more room.
            top_p: Nucleus sampling, 0 to 1. Not sent unless set.
            n: Number of choices to return. Not sent unless set.
            stop: Text, or list of up to four texts, at which the completion ends. Not sent unless set.
            stream: Whether the text is to come in pieces, with its length on the console every five seconds.

        Returns:
            The completion as a text; a list of texts when `n` is above 1.

        The other keywords check what comes back; this one returns it as it came. It needs a language model: the embedded engine
        refuses it. The prompt goes to the endpoint that the setting `api` names, see [Engines]; with `completions` it is the whole
        request and no message of a chat. `responses` has neither `n` nor `stop`.

        Examples:
        ```robotframework
        *** Tasks ***
        Find A Slogan
            ${slogans} =    Complete Prompt    Write a slogan for a reading lamp.
            ...    temperature=0.9    max_tokens=40    n=3    engine=openai
            Log Many    @{slogans}
        ```
        """
        from GenFlowLibrary.steps.complete import complete  # noqa: PLC0415

        refuse_secrets({"prompt": prompt})
        options = ask_options(
            engine,
            model=model,
            temperature=temperature,
            max_tokens=max_tokens,
            top_p=top_p,
            n=n,
            stop=[stop] if isinstance(stop, str) else stop,
            stream=stream,
        )
        texts = complete(self.library.runtime, prompt, options=options)
        return list(texts) if n is not None and n > 1 else texts[0]
