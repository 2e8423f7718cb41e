"""What the figures themselves must obey: one function a rule, by what the rules ask, all of a module in its `RULES`.

Each rule takes the tables (texts, as printed, with the corrections applied) and yields findings.
Rules look only at cells that are well formed; malformed cells are `structure`'s findings. To add a
rule: write the function, add it to `RULES` of its module, break a table on purpose in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from promotion_book.facts.findings import Finding

Tables = dict[str, pd.DataFrame]
Rule = Callable[[Tables], Iterable[Finding]]
FIGURES = ("observations", "targets")
