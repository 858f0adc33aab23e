"""The types of keyword options, as they are shown in the keyword documentation."""

from __future__ import annotations

from typing import Literal

EngineName = Literal["auto", "embedded", "openai"]
"""Who answers: see the section Engines of the library documentation."""

RecordingModeName = Literal["off", "record", "replay", "auto"]
"""What happens to answers: see the section Recordings of the library documentation."""
