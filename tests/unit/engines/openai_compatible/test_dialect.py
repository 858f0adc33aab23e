"""What a server refuses is found out once, remembered, and told."""

from __future__ import annotations

import json

import httpx2
import pytest

from GenFlowLibrary.core.errors import EngineRejected
from GenFlowLibrary.engines.server_memory import ServerMemory

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

    content = '{"reason": "r", "choice": 1}'

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
        message = {"role": "assistant", "content": self.content}
        return httpx2.Response(200, json={"choices": [{"message": message, "finish_reason": "stop"}]})

    @property
    def formats_asked(self) -> list[str | None]:
        return [(body.get("response_format") or {}).get("type") for body in self.asked]


class ShortServer:
    """Stops after a number of tokens unless it is told another limit; its answer needs 40."""

    needed = 40

    def __init__(self, default: int) -> None:
        self.default, self.limits = default, []

    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=httpx2.MockTransport(self.handle))

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        self.limits.append(json.loads(request.content).get("max_tokens"))
        limit = self.limits[-1] or self.default
        written, reason = (self.needed, "stop") if self.needed <= limit else (limit, "length")
        choice = {"message": {"content": "text"}, "finish_reason": reason}
        return httpx2.Response(200, json={"choices": [choice], "usage": {"completion_tokens": written}})


@pytest.mark.parametrize(
    ("formats", "asked_first", "note"),
    [
        (("json_schema", None), ["json_schema"], None),
        (("json_object", None), ["json_schema", "json_object"], "takes no json_schema"),
        ((None,), ["json_schema", "json_object", "json_object", None], "takes no response_format"),
    ],
)
def test_the_ladder_is_climbed_down_once(make_engine, ask, choice_type, formats, asked_first, note) -> None:
    server = PickyServer(formats=formats)
    engine = make_engine(http_client=server.client, max_attempts=1)
    completion = ask(engine, answer_type=choice_type)
    assert server.formats_asked == asked_first
    assert completion.usage.requests == len(asked_first)
    assert len(completion.notes) == (note is not None)
    assert all(note in told for told in completion.notes)
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


def test_the_second_rung_holds_the_schema_and_the_third_does_not(make_engine, ask, choice_type) -> None:
    server = PickyServer(formats=(None,))
    ask(make_engine(http_client=server.client), answer_type=choice_type)
    with_schema, without = (body["response_format"] for body in server.asked[1:3])
    assert with_schema["schema"]["required"] == ["reason", "choice"]
    assert without == {"type": "json_object"}


def test_what_is_found_out_holds_for_every_engine_of_the_run_at_that_address(
    make_engine, ask, choice_type
) -> None:
    server, memory = PickyServer(formats=(None,)), ServerMemory()
    for temperature in (0.0, 1.0):
        engine = make_engine(http_client=server.client, memory=memory, temperature=temperature)
        ask(engine, answer_type=choice_type)
    ask(
        make_engine("http://other.example/v1", http_client=server.client, memory=memory),
        answer_type=choice_type,
    )
    ladder = ["json_schema", "json_object", "json_object", None]
    assert server.formats_asked == [*ladder, None, *ladder]


def test_a_schema_that_is_ignored_goes_into_the_prompt_from_then_on(make_engine, ask, choice_type) -> None:
    server = PickyServer()
    server.content = "I would choose the first one."
    engine = make_engine(http_client=server.client)
    told = [ask(engine, answer_type=choice_type).notes for _ in range(2)]
    assert told == [
        ("The model 'm-1' ignores json_schema: the schema is put into the prompt as well.",),
        (),
    ]
    assert server.formats_asked == ["json_schema", "json_object"]
    assert "satisfies this JSON Schema" not in server.asked[0]["messages"][-1]["content"]
    assert "satisfies this JSON Schema" in server.asked[1]["messages"][-1]["content"]


def test_an_answer_that_was_cut_says_nothing_about_the_schema(make_engine, ask, choice_type) -> None:
    server = ShortServer(16)
    completion = ask(make_engine(http_client=server.client), answer_type=choice_type, max_tokens=9)
    assert (completion.finish_reason, completion.notes) == ("length", ())


def test_a_way_that_was_refused_is_not_tried_again_after_a_fault(make_engine, ask, choice_type) -> None:
    server = PickyServer(formats=("json_object", None))
    asked = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(503) if len(asked) == 2 else server.handle(request)

    engine = make_engine(http_client=lambda: httpx2.Client(transport=httpx2.MockTransport(handle)))
    assert ask(engine, answer_type=choice_type).usage.requests == len(asked) == 3
    assert server.formats_asked == ["json_schema", "json_object"]


def test_more_room_that_helped_is_asked_for_from_the_start(make_engine, ask) -> None:
    server = ShortServer(16)
    engine = make_engine(http_client=server.client)
    first = ask(engine)
    assert first.usage.requests == 2
    assert first.usage.completion_tokens == 16 + 40
    assert first.notes == (
        "The server cuts answers of 'm-1' short unless a limit is set: max_tokens=4096 is sent.",
    )
    assert ask(engine).usage.requests == 1
    assert ask(engine, max_tokens=99).usage.requests == 1
    assert server.limits == [None, 4096, 4096, 99]


def test_more_room_is_four_times_what_came_and_not_without_end(make_engine, ask) -> None:
    server = ShortServer(3000)
    server.needed = 10**6
    assert ask(make_engine(http_client=server.client)).finish_reason == "length"
    assert server.limits == [None, 12000]
    server = ShortServer(40_000)
    server.needed = 10**6
    assert ask(make_engine(http_client=server.client)).finish_reason == "length"
    assert server.limits == [None]


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
    assert server.formats_asked == ["json_schema", "json_object", "json_object", None] * 2


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
    assert len(asked) == 8
    assert asked[4]["response_format"]["type"] == "json_schema"


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
    assert completion.usage.requests == 5
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
