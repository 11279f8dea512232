"""What is measured of the project's own output, and how: see README.md in this folder."""
