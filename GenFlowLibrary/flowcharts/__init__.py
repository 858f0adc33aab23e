"""Flow charts: procedures that are written as lists become typed graphs, and graphs become pictures and files for modellers."""
