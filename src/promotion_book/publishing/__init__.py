"""From notebooks to a published site: parameters, execution, the book, the editions.

Notebooks are files here. Nothing in this room imports a statistic.
"""
