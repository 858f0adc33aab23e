"""The types of keyword options, as they are shown in the keyword documentation."""

from __future__ import annotations

from typing import Literal

EngineName = Literal["auto", "embedded", "openai"] | str
"""Who answers, or the name of a profile: see the section Engines of the library documentation."""

ApiName = Literal["chat", "responses", "completions"]
"""Which endpoint of the server is called: see the section Engines of the library documentation."""

OnOffName = Literal["off", "on"]
"""Whether something is done at all."""

RecordingModeName = Literal["off", "record", "replay", "auto"]
"""What happens to answers: see the section Recordings of the library documentation."""

LearnedModeName = Literal["heal", "learn", "replay", "off"]
"""What happens to learned plans of forms: see the section Learned plans of the library documentation."""

HealChangesName = Literal["auto", "allow", "recommend"]
"""Whether a heal is used and kept or only told: see the section Learned plans of the library documentation."""

MissingName = Literal["fail", "skip", "generate", "ask"]
"""What a required field without data does: fail the step, stay empty, get a value from the engine, or be asked of a person."""

UnusedName = Literal["fail", "warn", "ignore"]
"""What a name that fits no field does: fail the step, log a warning, or nothing."""

PagesName = Literal["auto"]
"""All pages of a wizard, in the place of a number of pages."""

RedactionModeName = Literal["off", "on", "required"]
"""Whether personal data goes out as placeholders: see the section Redaction of the library documentation."""

DetectorName = Literal["patterns", "presidio"]
"""What finds personal data: see the section Redaction of the library documentation."""
