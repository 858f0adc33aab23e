"""The page: a small port, its SeleniumLibrary adapter, and the scripts that see and set. Selenium is imported in the adapter alone."""
