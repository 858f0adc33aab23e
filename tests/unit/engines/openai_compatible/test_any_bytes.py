"""Any bytes that a server can send end in a completion or in one of our errors, through the client and all that lies around it."""

from __future__ import annotations

import gzip
import json
import time

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from GenFlowLibrary.core.completion import Completion
from GenFlowLibrary.core.deadline import Deadline
from GenFlowLibrary.core.errors import EngineError
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.core.secret import SecretHandle
from GenFlowLibrary.core.settings import Settings
from GenFlowLibrary.engines.openai_compatible import OpenAICompatibleEngine
from tests.servers.replies import render

KEY = "sk-test-7f3a91c2d4e8b605"
APIS = ["chat", "responses", "completions"]
PROMPT = Prompt("test", "1", "0", "generate", (Message("user", "Hello?"),), {}, parameters=Parameters())

# Some words of the protocol at any place, so that the reading gets beyond its first question.
_WORDS = [
    "choices",
    "message",
    "content",
    "finish_reason",
    "text",
    "output",
    "type",
    "status",
    "refusal",
    "error",
    "code",
    "usage",
    "model",
    "incomplete_details",
    "tool_calls",
]
_VALUES = ["stop", "length", "completed", "incomplete", "message", "output_text", "content_filter", KEY]
_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from(_VALUES)
)
ANY_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_WORDS), inner, max_size=5),
    max_leaves=20,
)


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """A good body with one value of it, at any depth, replaced by any other."""
    path = {"chat": "/chat/completions"}.get(api := draw(st.sampled_from(APIS)), f"/{api}")
    body = render(path, {}, {"answer": "Hello!"}, "m")
    place: list | dict = body
    while True:
        key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], (dict, list)) or not place[key] or draw(st.booleans()):
            place[key] = draw(ANY_JSON)
            return json.dumps(body).encode()
        place = place[key]


BODIES = st.binary(max_size=300) | ANY_JSON.map(lambda data: json.dumps(data).encode()) | bent()
STATUSES = st.sampled_from([200] * 6 + [201, 204, 302, 400, 401, 404, 422, 429, 500, 503]) | st.integers(
    200, 599
)
HEADERS = st.dictionaries(
    st.sampled_from(["Content-Type", "Retry-After", "retry-after-ms", "Date", "Location", "Content-Length"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    max_size=3,
)
PACKING = st.sampled_from(["", "", "gzip", "deflate", "gzip, gzip", "br", "nonsense"])


def asked_of(api: str, handle) -> Completion | EngineError:
    engine = OpenAICompatibleEngine(
        Settings(
            model="m-1",
            base_url="http://model.example/v1",
            api_key=SecretHandle("api_key", KEY),
            api=api,
            max_attempts=2,
        ),
        http_client=lambda: httpx2.Client(transport=httpx2.MockTransport(handle)),
        sleep=lambda _: None,
    )
    try:
        return engine.complete(PROMPT, Deadline.after(30.0, time.monotonic))
    except EngineError as error:
        return error
    finally:
        engine.close()


@pytest.mark.parametrize("api", APIS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(content=BODIES, status=STATUSES, headers=HEADERS, packing=PACKING, truly=st.booleans())
def test_any_bytes_end_in_a_completion_or_in_one_of_our_errors(
    api, content, status, headers, packing, truly
) -> None:
    body = gzip.compress(content) if packing == "gzip" and truly else content

    def handle(_request: httpx2.Request) -> httpx2.Response:
        stated = {**headers, **({"Content-Encoding": packing} if packing else {})}
        return httpx2.Response(status, headers=stated, stream=httpx2.ByteStream(body))

    outcome = asked_of(api, handle)
    if isinstance(outcome, Completion):
        assert outcome.texts
        assert all(isinstance(text, str) and text.strip() for text in outcome.texts)
        assert all(text.encode("utf-8") for text in (*outcome.texts, outcome.model))
        assert outcome.usage.total_tokens >= 0
    else:
        assert str(outcome).startswith("Expected a completion from http://model.example/v1")
        assert "\n" not in str(outcome)
        assert KEY not in str(outcome)
        assert str(outcome).encode("utf-8")


@pytest.mark.parametrize("api", APIS)
def test_a_good_body_is_a_completion_so_that_the_bent_ones_mean_something(api) -> None:
    def handle(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=render(request.url.path, {}, {"answer": "Hello!"}, "m"))

    outcome = asked_of(api, handle)
    assert isinstance(outcome, Completion)
    assert outcome.text == "Hello!"
