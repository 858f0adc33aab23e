"""The error tree. Every message is one sentence: what was expected, what was found, what to do.

    GenFlowError
    ├── SettingsError          a setting is missing, unknown or contradicts another
    ├── InputError             a keyword argument cannot be worked with
    │   ├── PromptError        a prompt file is unknown, broken, or lacks an input
    │   ├── SchemaError        an answer schema cannot be parsed
    │   └── DocumentError      a document cannot be read for what it says
    ├── EngineError            no completion came back
    │   ├── EngineUnavailable  nobody there, overloaded, or cut off: trying later may help
    │   ├── EngineRejected     the server said no: key, permission, quota, model, size, filter
    │   ├── EngineProtocolError the server answered something that is not a completion
    │   └── NeedsLanguageModel the embedded engine was asked for what only a language model can do
    ├── AnswerError            a completion came back, and it is not the answer asked for
    ├── AbstainedError         no option was clear enough, and the step may not go on without one
    ├── UnsatisfiedError       a text does not satisfy a criterion that it should
    ├── BudgetExceeded         a limit set by the user would be passed by the next call
    ├── RecordingError         a recording is missing, stale or damaged
    └── PageError              the page cannot be worked with: no browser, nothing found, page changed
        └── FormError          a form was not (completely) filled; carries what was done
            └── PlanError      a learned plan is missing, does not fit the page, or its file is damaged

Errors carry evidence as attributes, never in the class name: Robot Framework shows the message alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.core.completion import Usage

if TYPE_CHECKING:
    from GenFlowLibrary.core.completion import Completion
    from GenFlowLibrary.core.outcome import FillOutcome


class GenFlowError(Exception):
    """Everything this library raises on purpose."""

    ROBOT_SUPPRESS_NAME = True


class SettingsError(GenFlowError):
    """A setting is missing, unknown, or contradicts another one."""


class InputError(GenFlowError):
    """A keyword argument cannot be worked with."""


class PromptError(InputError):
    """A prompt file is unknown, broken, or lacks an input."""


class SchemaError(InputError):
    """An answer schema cannot be parsed."""


class DocumentError(InputError):
    """A document cannot be read for what it says: missing, broken, encrypted, or a picture of text."""


class EngineError(GenFlowError):
    """No completion came back.

    ``attempts`` counts the requests that were made for it, ``usage`` is what the server said they cost, and ``elsewhere`` tells
    whether another engine may answer the same prompt: the fault lies with the server and not with what was asked.
    """

    elsewhere = False

    def __init__(self, message: str, *, attempts: int = 0) -> None:
        super().__init__(message)
        self.attempts = attempts
        self.usage = Usage()


class EngineUnavailable(EngineError):
    """Nobody answered, the server is overloaded, or the connection was cut: trying later may help.

    ``retry_after`` is the number of seconds the server asked to wait, where it did.
    """

    elsewhere = True

    def __init__(self, message: str, *, attempts: int = 0, retry_after: float | None = None) -> None:
        super().__init__(message, attempts=attempts)
        self.retry_after = retry_after


class EngineRejected(EngineError):
    """The server said no: wrong key, no permission, no quota, unknown model, too long, filtered."""

    def __init__(self, message: str, *, attempts: int = 0, elsewhere: bool = False) -> None:
        super().__init__(message, attempts=attempts)
        self.elsewhere = elsewhere


class EngineProtocolError(EngineError):
    """The server answered something that is not a completion, such as a log-in page."""


class NeedsLanguageModel(EngineError):
    """The embedded engine was asked for something that only a language model can do honestly."""


class AnswerError(GenFlowError):
    """A completion came back, and it is not the answer that was asked for. ``completion`` is the last one."""

    def __init__(self, message: str, *, completion: Completion | None = None) -> None:
        super().__init__(message)
        self.completion = completion


class AbstainedError(GenFlowError):
    """No option was clear enough, and the step may not go on without one."""


class UnsatisfiedError(GenFlowError):
    """A text does not satisfy a criterion that it should."""


class BudgetExceeded(GenFlowError):
    """The next call would pass a limit that the user set."""


class RecordingError(GenFlowError):
    """A recording is missing, stale or damaged."""


class PageError(GenFlowError):
    """The page cannot be worked with: no open browser, nothing found, or it changed under us."""


class FormError(PageError):
    """A form was not, or not completely, filled. ``outcome`` says what was done to each field."""

    def __init__(self, message: str, *, outcome: FillOutcome | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome


class PlanError(FormError):
    """A learned plan is missing, does not fit the page, or its file is damaged. Nothing was typed."""
