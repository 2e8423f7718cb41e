"""What happens next under named assumptions, how likely a target is, and what it would take.

Pure functions on numpy arrays: no file, no clock, no picture; whatever is random takes its generator.
A scenario is named assumptions, a projection what follows from them; neither is a forecast. Low, base
and high are assumptions and not a probability. Each public function states its formula and where it
is from; `Worked cases` name the rows of `tests/cases.csv` that test it.
"""
