"""What each calling style sends, and what it refuses to send."""

from __future__ import annotations

import json

import httpx2
import pytest

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.prompt import Message, Parameters, Prompt
from GenFlowLibrary.engines.calling_style import Request, Way, find_style
from tests.servers.replies import render

SCHEMA = {"type": "object", "properties": {"choice": {"type": "integer"}}}


class Answering:
    """A server with all three endpoints, which remembers what it was asked."""

    def __init__(self, answer="Hello!") -> None:
        self.answer, self.asked = answer, []

    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=httpx2.MockTransport(self.handle))

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        self.asked.append((request.url.path, body))
        return httpx2.Response(200, json=render(request.url.path, body, {"answer": self.answer}, "m"))


@pytest.mark.parametrize(
    ("api", "path", "prompt"),
    [
        (
            "chat",
            "/v1/chat/completions",
            {
                "messages": [
                    {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "Say hello."},
                ]
            },
        ),
        (
            "responses",
            "/v1/responses",
            {
                "input": [
                    {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "Say hello."},
                ],
                "store": False,
            },
        ),
        ("completions", "/v1/completions", {"prompt": "Be brief.\n\nSay hello."}),
    ],
)
def test_only_the_prompt_and_what_was_set_is_sent(make_engine, ask, api, path, prompt) -> None:
    server = Answering()
    completion = ask(make_engine(http_client=server.client, api=api), temperature=0.5, max_tokens=9)
    limit = {"responses": "max_output_tokens"}.get(api, "max_tokens")
    assert server.asked == [(path, {"model": "m-1", **prompt, "temperature": 0.5, limit: 9})]
    assert completion.text == "Hello!"
    assert completion.usage.prompt_tokens > 0
    assert completion.usage.completion_tokens > 0


@pytest.mark.parametrize("api", ["chat", "completions"])
def test_several_choices_and_stops_and_a_seed(make_engine, ask, api) -> None:
    server = Answering()
    engine = make_engine(http_client=server.client, api=api, seed=7)
    assert ask(engine, n=3, stop=("END",), top_p=0.5).texts == ("Hello!",) * 3
    sent = server.asked[0][1]
    assert (sent["n"], sent["stop"], sent["top_p"], sent["seed"]) == (3, ["END"], 0.5, 7)


@pytest.mark.parametrize(
    ("parameters", "name"), [({"n": 2}, "n"), ({"stop": ("END",)}, "stop"), ({"seed": 7}, "seed")]
)
def test_a_parameter_that_responses_lack_is_refused_before_anybody_is_asked(
    make_engine, ask, parameters, name
) -> None:
    server = Answering()
    with pytest.raises(
        InputError, match=f"but {name} is set, which it lacks; leave out {name}, or set api=chat"
    ):
        ask(make_engine(http_client=server.client, api="responses"), **parameters)
    assert server.asked == []


def test_one_choice_is_what_responses_give_anyway(make_engine, ask) -> None:
    server = Answering()
    assert ask(make_engine(http_client=server.client, api="responses"), n=1).texts == ("Hello!",)


def test_responses_are_asked_for_the_form_of_the_answer_in_their_own_place(
    make_engine, ask, choice_type
) -> None:
    server = Answering({"reason": "r", "choice": 1})
    ask(make_engine(http_client=server.client, api="responses"), answer_type=choice_type)
    form = server.asked[0][1]["text"]["format"]
    assert (form["type"], form["name"], form["strict"]) == ("json_schema", "Choice", True)
    assert form["schema"]["required"] == ["reason", "choice"]


def test_a_plain_prompt_holds_the_schema_and_the_answer_to_put_right() -> None:
    messages = (
        Message("system", "Be brief."),
        Message("user", "Choose."),
        Message("assistant", "two"),
        Message("user", "A number."),
    )
    prompt = Prompt("test", "1", "0", "classify", messages, {})
    body = find_style("completions").body(
        Request(prompt, "m-1", Parameters(), SCHEMA), Way("prompt", "max_tokens")
    )
    text, _, schema = body["prompt"].partition("\n\nAnswer with one JSON object")
    assert text == "Be brief.\n\nChoose.\n\nYour answer was:\ntwo\n\nA number."
    assert schema.endswith(json.dumps(SCHEMA))


def test_a_single_message_is_sent_as_it_is() -> None:
    prompt = Prompt("test", "1", "0", "complete", (Message("user", "Once upon a time "),), {})
    body = find_style("completions").body(
        Request(prompt, "m-1", Parameters(), None), Way("prompt", "max_tokens")
    )
    assert body == {"model": "m-1", "prompt": "Once upon a time "}
