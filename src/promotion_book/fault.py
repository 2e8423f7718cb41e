"""What a person can mend: its message says what is wrong, and a command ends with it."""


class Fault(Exception):
    """The call, the content or the setup is at fault."""
