"""What is known: a place's data package, read as it was known on a day.

`read(place)` gives the corrected tables, `Known(package, day)` what was public on that day.
Nothing here computes a statistic or draws a picture.
"""

from promotion_book.facts.calendar import Edition, edition
from promotion_book.facts.known import Known
from promotion_book.facts.package import Package, PackageError, read
from promotion_book.facts.periods import Period, parse

__all__ = ["Edition", "Known", "Package", "PackageError", "Period", "edition", "parse", "read"]
