"""Charts without scripts: SVG that a template tag draws, with the numbers in a table beside it."""
