"""What the author of a notebook imports: the page, its parameters, its tables and figures."""
