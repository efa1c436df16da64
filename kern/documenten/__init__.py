"""What the portal writes for people and programs: PDF, QR codes, calendars, feeds, tables for a spreadsheet."""
