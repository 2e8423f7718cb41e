"""Statistics on what is known: progress to target, growth, shares, concentration, revisions.

Pure functions: no file, no clock, no picture. Each public function states its formula and where it
is from; `Worked cases` name the rows of `tests/cases.csv` that test it and that the methods page
prints, so that page, code and test cannot drift apart.
"""
