"""From executed notebooks to HTML: the Sphinx extension, the languages, the methods."""
