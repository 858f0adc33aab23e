"""Redaction: placeholders go out, values come back, and what cannot be put right is an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from GenFlowLibrary.answers.schema_line import parse_schema
from GenFlowLibrary.core.completion import Completion
from GenFlowLibrary.core.errors import AnswerError, InputError
from GenFlowLibrary.core.outcome import FieldOutcome, FillOutcome
from GenFlowLibrary.core.settings import Resolved, Settings
from GenFlowLibrary.engines.gateway import Gateway, Reply
from GenFlowLibrary.engines.recording import Recording
from GenFlowLibrary.policy.budget import Budget
from GenFlowLibrary.policy.detectors import make_redactor
from GenFlowLibrary.policy.redaction import Redaction
from GenFlowLibrary.policy.redactor import Redactor
from GenFlowLibrary.policy.secrets import Secrets
from GenFlowLibrary.trace.jsonl import JsonlSink
from GenFlowLibrary.trace.trace import Trace
from tests.fakes.engine import FakeEngine
from tests.fakes.prompts import make_prompt

LETTER = "Ada Brook (ada.brook@example.org, +358 40 123 4567) wants 25.90 EUR for GF-10442 on DE89 3704 0044 0532 0130 00."
PERSONAL = ("ada.brook@example.org", "+358 40 123 4567", "DE89 3704 0044 0532 0130 00", "Ada", "Brook")


def redactor(**settings: Any) -> Redactor:
    return make_redactor(Resolved().overlay({"redaction": "on", **settings}, "test").settings)


def redaction(content: str, inputs: dict[str, Any] | None = None, **settings: Any) -> Redaction:
    prompt = make_prompt("reply", ability="generate", content=content, inputs=inputs or {"text": content})
    return redactor(**settings).redact(prompt)


def sent(done: Redaction) -> str:
    return done.prompt.messages[1].content


# What goes out ---------------------------------------------------------------------------------------------------------


def test_placeholders_go_out_and_the_rest_stays() -> None:
    done = redaction(LETTER, {"text": LETTER, "customer": "Ada Brook"}, personal="customer")
    assert sent(done) == "[CUSTOMER_1] ([EMAIL_1], [PHONE_1]) wants 25.90 EUR for GF-10442 on [IBAN_1]."
    assert done.prompt.inputs["customer"] == "[CUSTOMER_1]"
    assert done.prompt.inputs["text"] == sent(done)


def test_the_same_value_has_the_same_placeholder_everywhere_and_another_another() -> None:
    done = redaction("a@x.org b@x.org a@x.org", {"list": ["b@x.org", {"deep": "a@x.org"}]})
    assert sent(done) == "[EMAIL_2] [EMAIL_1] [EMAIL_2]"
    assert done.prompt.inputs == {"list": ["[EMAIL_1]", {"deep": "[EMAIL_2]"}]}


def test_redaction_that_is_off_changes_nothing_and_imports_nothing() -> None:
    prompt = make_prompt(content=LETTER)
    done = make_redactor(Settings()).redact(prompt)
    assert done.prompt is prompt
    assert done.hide(LETTER) == LETTER
    assert done.problem("[EMAIL_1]") is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ADA BROOK called.", "[CUSTOMER_2] called."),
        ("Ada\n  Brook called.", "[CUSTOMER_2] called."),
        ("Ms Brook, or Ada.", "Ms [CUSTOMER_3], or [CUSTOMER_2]."),
        ("ada and the brook", "ada and the brook"),
        ("Adam Brookside", "Adam Brookside"),
        ("给Ada Brook先生", "给[CUSTOMER_1]先生"),
    ],
)
def test_a_name_is_found_in_any_case_and_spacing_and_by_its_words(text: str, written: str) -> None:
    assert sorted(sent(redaction(text, {"customer": "Ada Brook"}, personal="customer"))) == sorted(written)


@pytest.mark.parametrize("value", ['Ada "Ace" Brook', "Ada & Söhne <GmbH>", "O'Brien\nLtd", "C:\\Ada"])
def test_a_value_is_found_as_json_and_html_write_it(value: str) -> None:
    import html

    content = f"{json.dumps({'name': value})} {json.dumps(value, ensure_ascii=False)} {html.escape(value)}"
    done = redaction(content, {"name": value}, personal="name")
    assert sent(done) == '{"name": "[NAME_1]"} "[NAME_1]" [NAME_1]'
    assert done.restore("[NAME_1]") == value


def test_keys_are_personal_at_any_depth_and_in_any_spelling() -> None:
    inputs = {
        "facts": {"Customer-Name": "Li Wei", "address": ["Main Road 5", "20100 Turku"]},
        "order": "NB-48213",
    }
    done = redaction("x", inputs, personal="customer name, ADDRESS")
    assert done.prompt.inputs == {
        "facts": {"Customer-Name": "[CUSTOMER_NAME_1]", "address": ["[ADDRESS_1]", "[ADDRESS_2]"]},
        "order": "NB-48213",
    }


def test_the_users_own_patterns_are_found() -> None:
    done = redaction("No. KD-123456 and KD-12", redaction_patterns='{"customer_no": "KD-[0-9]{6}"}')
    assert sent(done) == "No. [CUSTOMER_NO_1] and KD-12"


def test_a_value_that_something_beside_it_gave_away_is_replaced_everywhere() -> None:
    for content, text in (("Number: 4155552671!", "call 4155552671"), ("Phone: 4155552671", "4155552671")):
        done = redaction(content, {"text": text})
        assert "4155552671" not in sent(done) + str(done.prompt.inputs)


def test_names_for_one_request_alone() -> None:
    prompt = make_prompt(content="Dear Li Wei", inputs={"customer": "Li Wei"})
    assert redactor().redact(prompt, ["customer"]).prompt.messages[1].content == "Dear [CUSTOMER_1]"
    assert redactor().redact(prompt).prompt.messages[1].content == "Dear Li Wei"


def test_stop_texts_and_drafts_are_replaced_too() -> None:
    prompt = make_prompt(content="x", draft="Write to a@x.org", stop=("a@x.org",))
    done = redactor().redact(prompt)
    assert done.prompt.draft == "Write to [EMAIL_1]"
    assert done.prompt.parameters.stop == ("[EMAIL_1]",)


# What must stay --------------------------------------------------------------------------------------------------------


def test_nothing_in_our_sixty_four_enquiries_is_taken_for_personal_data() -> None:
    lines = (Path(__file__).parents[2] / "evaluation" / "enquiries.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) == 64
    assert [text for text in texts if sent(redaction(text)) != text] == []


# What comes back -------------------------------------------------------------------------------------------------------


def test_values_come_back_in_a_text_and_in_json() -> None:
    done = redaction('name "Q" <x>', {"name": 'Ada "Q" <x>'}, personal="name")
    assert done.restore("Dear [NAME_1]!") == 'Dear Ada "Q" <x>!'
    assert json.loads(done.restore('{"to": "[NAME_1]"}', as_json=True)) == {"to": 'Ada "Q" <x>'}


@pytest.mark.parametrize(
    "answer",
    [
        *(
            "[EMAIL_2]",
            "[PHONE_1]",
            "[NAME_1]",
            "[email_1]",
            "[Email 1]",
            "[EMAIL 1]",
            "[EMAIL-1]",
            "EMAIL_1",
            "email_1",
        ),
        *(
            "<EMAIL_1>",
            "{{EMAIL_1}}",
            "【EMAIL_1】",
            "(EMAIL_1)",
            "[EMAIL_1",
            "EMAIL_1]",
            "[EMAIL]",
            "EMAIL 1",
            "EMAIL1",
        ),
        *("[EMAIL\\_1]", "\\[EMAIL_1\\]", "[E_MAIL_1]", "[EMAIL_01]", "[EMAIL_1_]", "[ EMAIL_1 ]"),
    ],
)
def test_a_placeholder_that_was_made_up_or_mangled_is_a_problem(answer: str) -> None:
    done = redaction("Write to ada@example.org")
    assert "exactly as they are ([EMAIL_1])" in (done.problem(f"I wrote to {answer} today.") or "")


@pytest.mark.parametrize(
    "answer",
    [
        "[EMAIL_1]",
        "[EMAIL_1][EMAIL_1]",
        "([EMAIL_1])",
        "mailto:[EMAIL_1]",
        "your email 1 of 3",
        "an email",
        "[1]",
        "[Your name]",
    ],
)
def test_other_words_are_no_problem(answer: str) -> None:
    assert redaction("Write to ada@example.org").problem(answer) is None


def test_what_stood_in_the_prompt_is_not_made_up() -> None:
    done = redaction("ada@example.org; fill email_1 and [PHONE_7]")
    assert done.problem("email_1 is filled") is None
    assert sent(done) == "[EMAIL_1]; fill email_1 and [LITERAL_1]"
    assert done.restore("[LITERAL_1]") == "[PHONE_7]"


def test_a_text_that_looks_like_a_placeholder_comes_back_as_it_was_and_never_as_a_value() -> None:
    done = redaction("[EMAIL_1] is my joke, ada@example.org my address")
    assert "ada@example.org" not in done.restore(done.prompt.messages[1].content).partition(" is")[0]
    assert done.restore(sent(done)) == "[EMAIL_1] is my joke, ada@example.org my address"


texts = st.lists(
    st.sampled_from(
        [*"ab <>&\"'\\[]_1\n", "[EMAIL_1]", "[NAME_1]", "a@x.org", "Ada Brook", "Ada", "EMAIL_1", "王"]
    ),
    max_size=12,
).map("".join)


@given(text=texts, name=texts)
def test_whatever_is_replaced_comes_back_as_it_was(text: str, name: str) -> None:
    done = redaction(text, {"text": text, "name": name}, personal="name")
    assert done.restore(sent(done)) == text
    assert done.restore(done.prompt.inputs["text"]) == text
    assert done.restore(done.hide(text)) == text
    assert done.hide_rest(sent(done)) == sent(done)
    assert "a@x.org" not in sent(done)


# Required --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "inputs", "why"),
    [
        ("x", {"age": 42}, "'age' is too short"),
        ("x", {"age": True, "name": "A"}, "'name' is too short"),
        ("Mail to AdaBrook.", {"name": "Ada Brook"}, "'name' stands in the prompt in some other writing"),
    ],
)
def test_what_cannot_be_replaced_stops_a_call_where_it_is_required_and_is_noted_else(
    content: str, inputs: dict[str, Any], why: str
) -> None:
    with pytest.raises(InputError, match=f"redaction=required is set, but the value of {why}"):
        redaction(content, inputs, redaction="required", personal="age, name")
    assert any(why in note for note in redaction(content, inputs, personal="age, name").notes)


def test_a_personal_value_in_the_schema_stops_a_call_where_it_is_required() -> None:
    answer_type = parse_schema("who: Literal['Ada Brook', 'other']").answer_type()
    prompt = make_prompt(content="x", inputs={"name": "Ada Brook"}, answer_type=answer_type)
    with pytest.raises(InputError, match="what the answer must look like"):
        redactor(redaction="required", personal="name").redact(prompt)


def test_required_lets_a_call_pass_whose_values_are_all_replaced() -> None:
    done = redaction(
        LETTER, {"customer": "Ada Brook", "note": None}, redaction="required", personal="customer, note"
    )
    assert done.notes == []


# Through the gateway ---------------------------------------------------------------------------------------------------


class Rig:
    """Gateway, recording and trace as a run wires them."""

    def __init__(
        self, folder: Path, *, needs_network: bool = True, mode: Any = "auto", **settings: Any
    ) -> None:
        self.files = (folder / "recording.jsonl", folder / "trace.jsonl")
        self.engine = FakeEngine(needs_network=needs_network)
        redacts, secrets = redactor(**settings), Secrets()
        self.trace = Trace([JsonlSink(self.files[1], str)], str, conceal=redacts.conceal)
        self.recording = Recording(self.files[0], mode, str)
        self.gateway = Gateway(
            budget=Budget(), secrets=secrets, recording=self.recording, engine=self.engine, redactor=redacts
        )

    def ask(self, prompt: Any, check: Any = None) -> Reply:
        with self.trace.step("Generate Text") as record:
            try:
                reply = self.gateway.ask(prompt, record, check=check)
            except AnswerError as error:
                record.notes.append(f"It was about {LETTER}")
                raise AnswerError(f"{error} {LETTER}") from None
            record.answer = {"text": reply.completion.text}
            record.notes.append(f"It was about {LETTER}")
            return reply

    def seen(self) -> str:
        """Everything that left the machine or is in a file."""
        asked = [repr(asked.prompt) for asked in self.engine.history] if self.engine.needs_network else []
        return "".join((*asked, *(file.read_text("utf-8") for file in self.files if file.exists())))


def assert_nothing_personal(text: str) -> None:
    assert [value for value in PERSONAL if value in text] == []


FACTS = {"text": LETTER, "customer": "Ada Brook"}
WRITE = make_prompt("reply", ability="generate", content=LETTER, inputs=FACTS)
EXTRACT = make_prompt(
    "extract_data",
    ability="extract",
    content=LETTER,
    inputs=FACTS,
    answer_type=parse_schema("email: str\nphone: str | None").answer_type(),
)


def test_free_text_comes_back_with_values_and_files_hold_placeholders(tmp_path: Path) -> None:
    rig = Rig(tmp_path, personal="customer")
    rig.engine.enqueue("Dear [CUSTOMER_1], we wrote to [EMAIL_1].")
    assert rig.ask(WRITE).completion.text == "Dear Ada Brook, we wrote to ada.brook@example.org."
    assert_nothing_personal(rig.seen())
    assert rig.seen().count("[CUSTOMER_1]") > 4


def test_a_structured_answer_comes_back_with_values_and_is_checked_with_them(tmp_path: Path) -> None:
    rig, checked = Rig(tmp_path, personal="customer"), []
    rig.engine.enqueue({"email": "[EMAIL_1]", "phone": "[PHONE_1]"})
    answer = rig.ask(EXTRACT, check=checked.append).answers[0]
    assert answer.model_dump() == {"email": "ada.brook@example.org", "phone": "+358 40 123 4567"}
    assert checked == [answer]
    assert_nothing_personal(rig.seen())


def test_a_replay_needs_no_engine_and_gives_the_values_of_today(tmp_path: Path) -> None:
    first = Rig(tmp_path, personal="customer")
    first.engine.enqueue("Dear [CUSTOMER_1]")
    first.ask(WRITE)
    other = (
        "Mr Li Wei (li@example.org, +49 30 901820) wants 25.90 EUR for GF-10442 on FI21 1234 5600 0007 85."
    )
    prompt = make_prompt(
        "reply", ability="generate", content=other, inputs={"text": other, "customer": "Mr Li Wei"}
    )
    assert Rig(tmp_path, mode="replay", personal="customer").ask(prompt).completion.text == "Dear Mr Li Wei"


def test_a_made_up_placeholder_is_asked_for_again_and_then_an_error(tmp_path: Path) -> None:
    rig = Rig(tmp_path, personal="customer")
    rig.engine.enqueue("Dear [CUSTOMER_9]", "Dear [CUSTOMER_1]")
    assert rig.ask(WRITE).completion.text == "Dear Ada Brook"
    assert "but the answer has '[CUSTOMER_9]'" in rig.engine.history[1].prompt.messages[-1].content
    rig = Rig(tmp_path / "again", personal="customer")
    rig.engine.enqueue(*["Dear [CUSTOMER_9]"] * 5)
    with pytest.raises(AnswerError, match=r"but the answer has '\[CUSTOMER_9\]', which is none of them"):
        rig.ask(WRITE)
    assert_nothing_personal(rig.seen())


def test_no_repair_quotes_a_value_not_even_a_part_of_it(tmp_path: Path) -> None:
    long = "ada.brook" + "x" * 90 + "@example.org"
    prompt = make_prompt(
        "extract_data",
        ability="extract",
        content=long,
        inputs={"text": long},
        answer_type=parse_schema("n: int").answer_type(),
    )
    rig = Rig(tmp_path)
    rig.engine.enqueue({"n": "[EMAIL_1]"}, {"n": 1}, {"n": 2})
    rig.ask(prompt, check=lambda answer: f"Expected no {long}." if answer.n == 1 else None)
    assert len(rig.engine.history) == 3
    assert "ada.brook" not in rig.seen()


def test_an_engine_on_this_machine_reads_the_values_and_files_hold_placeholders(tmp_path: Path) -> None:
    rig = Rig(tmp_path, needs_network=False, personal="customer")

    def answer(prompt: Any, deadline: Any) -> Completion:
        assert prompt.messages[1].content == LETTER
        assert prompt.inputs == FACTS
        return Completion(("Dear Ada Brook, [EMAIL_1] is ada.brook@example.org.",), "embedded", "1")

    rig.engine.enqueue(answer)
    assert rig.ask(WRITE).completion.text == "Dear Ada Brook, [EMAIL_1] is ada.brook@example.org."
    assert_nothing_personal(rig.seen())


def test_a_failed_step_leaves_no_values_in_its_record_either(tmp_path: Path) -> None:
    rig = Rig(tmp_path, personal="customer")
    rig.engine.enqueue(*["[EMAIL_5]"] * 5)
    with pytest.raises(AnswerError):
        rig.ask(WRITE)
    assert '"status": "FAIL"' in rig.files[1].read_text("utf-8")
    assert_nothing_personal(rig.seen())


def test_the_table_of_a_form_is_concealed_though_no_engine_was_asked(tmp_path: Path) -> None:
    rig = Rig(tmp_path, personal="customer, age")
    rows = (
        FieldOutcome("customer", "Name", "Ada Brook", "Ada Brook", "label", "filled"),
        FieldOutcome("age", "Age", "42", "42", "label", "filled"),
        FieldOutcome("Amount", "Amount", "42", "42", "label", "filled"),
    )
    with rig.trace.step("Fill Form") as record:
        record.table = FillOutcome(rows, message="Thank you, Ada Brook: ada.brook@example.org")
    table = json.loads(rig.files[1].read_text("utf-8"))["table"]
    assert [row["wanted"] for row in table["fields"]] == ["[CUSTOMER_1]", "[AGE_1]", "42"]
    assert table["message"] == "Thank you, [CUSTOMER_1]: [EMAIL_1]"
