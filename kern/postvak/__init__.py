"""The demo's mail box: every mail the portal sends, kept and shown at /postvak/. Not installed in production."""
