"""How readers write: languages and their catalogues, numbers, dates, units, and what a text becomes where it is written."""
