"""The types of keyword options, as they are shown in the keyword documentation."""

from __future__ import annotations

from typing import Literal

EngineName = Literal["auto", "embedded", "openai"]
"""Who answers: see the section Engines of the library documentation."""

RecordingModeName = Literal["off", "record", "replay", "auto"]
"""What happens to answers: see the section Recordings of the library documentation."""

LearnedModeName = Literal["heal", "learn", "replay", "off"]
"""What happens to learned plans of forms: see the section Learned plans of the library documentation."""

HealChangesName = Literal["auto", "allow", "recommend"]
"""Whether a heal is used and kept or only told: see the section Learned plans of the library documentation."""

MissingName = Literal["fail", "skip"]
"""What a required field without data does: fail the step, or stay empty."""

UnusedName = Literal["fail", "warn", "ignore"]
"""What a name that fits no field does: fail the step, log a warning, or nothing."""
