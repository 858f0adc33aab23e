"""The names of OpenTelemetry's semantic conventions for generative AI, in one place, for they still change.

As of semantic conventions 1.41 ("Semantic conventions for generative client AI spans", status: development). They are
written down here, for the packages that carry them mark them as unstable and move them. ``genflow.*`` are our own.
"""

from __future__ import annotations

OPERATION = "gen_ai.operation.name"
PROVIDER = "gen_ai.provider.name"
PROMPT_NAME = "gen_ai.prompt.name"
OUTPUT_TYPE = "gen_ai.output.type"
REQUEST_MODEL = "gen_ai.request.model"
RESPONSE_MODEL = "gen_ai.response.model"
FINISH_REASONS = "gen_ai.response.finish_reasons"
INPUT_TOKENS = "gen_ai.usage.input_tokens"
OUTPUT_TOKENS = "gen_ai.usage.output_tokens"
ERROR_TYPE = "error.type"

PARAMETERS = {
    "temperature": "gen_ai.request.temperature",
    "max_tokens": "gen_ai.request.max_tokens",
    "top_p": "gen_ai.request.top_p",
    "seed": "gen_ai.request.seed",
    "stop": "gen_ai.request.stop_sequences",
    "n": "gen_ai.request.choice.count",
}
"""Our parameters, and what the conventions call them."""

SYSTEM_INSTRUCTIONS = "gen_ai.system_instructions"
INPUT_MESSAGES = "gen_ai.input.messages"
OUTPUT_MESSAGES = "gen_ai.output.messages"
"""Content, which the conventions want to be asked for."""

CHAT, TEXT_COMPLETION = "chat", "text_completion"
TEXT, JSON = "text", "json"
OTHER_ERROR = "_OTHER"

STEP, SUITE, TASK = "genflow.step", "genflow.suite", "genflow.task"
FROM_RECORDING, REQUESTS, ERROR = "genflow.from_recording", "genflow.requests", "genflow.error"
