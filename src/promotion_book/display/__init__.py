"""How figures look to a reader: numbers, sentences, tables and charts in each language.

Everything here takes data that is already known and computed, and gives text, HTML or a drawing;
nothing here reads or writes a file.
"""
