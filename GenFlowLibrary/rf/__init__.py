"""Robot Framework itself: secrets, variables, the listener, log.html blocks, finding SeleniumLibrary."""
