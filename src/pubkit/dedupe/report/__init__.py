"""What was found, as a file: JSON for programs, CSV for a spreadsheet, HTML for a reader who decides."""
