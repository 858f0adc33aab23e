"""What a server refuses is found out once, remembered, and told."""

from __future__ import annotations

import json

import httpx2
import pytest

from GenFlowLibrary.core.errors import EngineRejected

REFUSES_SCHEMA = {"error": {"message": "This response_format type is unavailable now"}}
REFUSES_OBJECT = {"error": "'response_format.type' must be 'text'"}
REFUSES_LIMIT = {
    "error": {
        "message": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        "code": "unsupported_parameter",
    }
}


class PickyServer:
    """Takes only some formats and names of the limit, and remembers what it was asked."""

    def __init__(
        self, *, formats=("json_schema", "json_object", None), limits=("max_tokens", "max_completion_tokens")
    ) -> None:
        self.formats, self.limits, self.asked = formats, limits, []

    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=httpx2.MockTransport(self.handle))

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        self.asked.append(body)
        form = (body.get("response_format") or {}).get("type")
        if form not in self.formats:
            return httpx2.Response(422, json=REFUSES_SCHEMA if form == "json_schema" else REFUSES_OBJECT)
        if any(name in body and name not in self.limits for name in ("max_tokens", "max_completion_tokens")):
            return httpx2.Response(400, json=REFUSES_LIMIT)
        message = {"role": "assistant", "content": "{}"}
        return httpx2.Response(200, json={"choices": [{"message": message, "finish_reason": "stop"}]})

    @property
    def formats_asked(self) -> list[str | None]:
        return [(body.get("response_format") or {}).get("type") for body in self.asked]


@pytest.mark.parametrize(
    ("formats", "asked_first", "note"),
    [
        (("json_schema", None), ["json_schema"], None),
        (("json_object", None), ["json_schema", "json_object"], "takes no json_schema"),
        ((None,), ["json_schema", "json_object", None], "takes no response_format"),
    ],
)
def test_the_ladder_is_climbed_down_once(make_engine, ask, choice_type, formats, asked_first, note) -> None:
    server = PickyServer(formats=formats)
    engine = make_engine(http_client=server.client, max_attempts=1)
    completion = ask(engine, answer_type=choice_type)
    assert server.formats_asked == asked_first
    assert completion.usage.requests == len(asked_first)
    assert [note in told for told in completion.notes] == ([] if note is None else [True])
    assert ask(engine, answer_type=choice_type).notes == ()
    assert server.formats_asked == [*asked_first, asked_first[-1]]
    assert engine.slept == []


@pytest.mark.parametrize("formats", [("json_object", None), (None,)])
def test_the_schema_goes_into_the_prompt_where_it_cannot_be_enforced(
    make_engine, ask, choice_type, formats
) -> None:
    server = PickyServer(formats=formats)
    ask(make_engine(http_client=server.client), text="Choose.", answer_type=choice_type)
    system, user = server.asked[-1]["messages"]
    assert system["content"] == "Be brief."
    said, _, schema = user["content"].partition("with nothing else:\n")
    assert said.startswith("Choose.\n\nAnswer with one JSON object")
    assert json.loads(schema)["required"] == ["reason", "choice"]


def test_free_text_is_asked_for_without_a_format(make_engine, ask) -> None:
    server = PickyServer(formats=(None,))
    ask(make_engine(http_client=server.client), text="Say hello.")
    assert server.formats_asked == [None]
    assert server.asked[0]["messages"][-1] == {"role": "user", "content": "Say hello."}


def test_one_model_of_a_server_says_nothing_about_another(make_engine, ask, choice_type) -> None:
    server = PickyServer(formats=(None,))
    engine = make_engine(http_client=server.client)
    ask(engine, answer_type=choice_type)
    ask(engine, answer_type=choice_type, model="m-2")
    assert server.formats_asked == ["json_schema", "json_object", None] * 2


def test_an_unrelated_refusal_that_echoes_the_request_is_not_remembered(
    make_engine, ask, choice_type
) -> None:
    asked = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        asked.append(json.loads(request.content))
        return httpx2.Response(
            422, json={"error": {"message": "temperature is too high", "input": asked[-1]}}
        )

    engine = make_engine(http_client=lambda: httpx2.Client(transport=httpx2.MockTransport(handle)))
    for _ in range(2):
        with pytest.raises(EngineRejected, match="temperature is too high"):
            ask(engine, answer_type=choice_type, temperature=9.0)
    assert len(asked) == 6
    assert asked[3]["response_format"]["type"] == "json_schema"


def test_the_limit_goes_by_its_older_name_until_that_is_refused(make_engine, ask) -> None:
    server = PickyServer(limits=("max_completion_tokens",))
    engine = make_engine(http_client=server.client, max_attempts=1)
    notes = [ask(engine, max_tokens=50).notes for _ in range(2)]
    sent = [{name: body[name] for name in body if name.startswith("max")} for body in server.asked]
    assert sent == [{"max_tokens": 50}, {"max_completion_tokens": 50}, {"max_completion_tokens": 50}]
    assert notes == [("The model 'm-1' takes the length limit as max_completion_tokens.",), ()]


def test_a_server_can_be_picky_about_both(make_engine, ask, choice_type) -> None:
    server = PickyServer(formats=(None,), limits=("max_completion_tokens",))
    engine = make_engine(http_client=server.client)
    completion = ask(engine, max_tokens=50, answer_type=choice_type)
    assert completion.usage.requests == 4
    assert len(completion.notes) == 2


def test_the_parameters_of_the_prompt_go_before_those_of_the_settings(make_engine, ask) -> None:
    server = PickyServer()
    engine = make_engine(http_client=server.client, temperature=0.0, max_tokens=9, seed=1)
    ask(engine, temperature=0.7, top_p=0.5, stop=("END", "\n"), model="m-2")
    sent = {name: value for name, value in server.asked[0].items() if name != "messages"}
    assert sent == {
        "model": "m-2",
        "temperature": 0.7,
        "max_tokens": 9,
        "seed": 1,
        "top_p": 0.5,
        "stop": ["END", "\n"],
    }


def test_the_name_of_a_schema_keeps_to_the_letters_that_servers_take(make_engine, ask) -> None:
    from pydantic import create_model

    server = PickyServer()
    ask(
        make_engine(http_client=server.client),
        answer_type=create_model("Refund: Größe?", amount=(float, ...)),
    )
    assert server.asked[0]["response_format"]["json_schema"]["name"] == "Refund__Gr__e_"
