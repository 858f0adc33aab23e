"""The words of the library as frozen dataclasses, the settings, and the error tree.

Imports nothing of ours, and neither Robot Framework nor Selenium nor an engine's client. Every other room speaks in these types:

    Task -> Prompt -> Completion -> Answer -> FillPlan | Action -> Outcome -> StepRecord
"""
