"""The report book on industrial-promotion programmes: facts, statistics, pictures, editions."""

__version__ = "0.1.0"
