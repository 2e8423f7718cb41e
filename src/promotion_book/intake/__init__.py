"""The reporting round: a form goes out to a department, its figures come back as rows of the tables.

Nothing is taken in while anything is wrong with a file: everything wrong is said at once, by sheet and cell, in the
language of whoever filled it in. Nothing here computes a statistic, and no page reads it.
"""
