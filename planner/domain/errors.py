"""What stops a command: one line for the user, never a traceback."""


class UserError(Exception):
    """A wrong file, option or environment: `str(error)` is the line that is printed, the exit code is 2."""
