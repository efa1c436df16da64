"""Words, verdicts and rights of the screening. Nothing here fetches or writes."""
