"""Documents that the portal writes: tables for a spreadsheet."""
