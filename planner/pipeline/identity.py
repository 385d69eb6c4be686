"""Who runs this, and how that is known: the operating system's account, a signature by git, or a typed name."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from planner.domain.errors import UserError
from planner.domain.governance import Identity, Proof

SECONDS = 60
"""For a signature: a passphrase may have to be typed."""


def account() -> str:
    """The account that the operating system runs us under; not what the environment says, which anybody can set."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # no name for the user id, as in some containers
        return f"uid {os.getuid()}"


def identity(typed: str = "", signs: str = "") -> Identity:
    """Who acts: the signer of `signs` where it is given, else the typed name (asserted), else the account.

    Raises
    ------
    UserError
        If git cannot sign, or does not vouch for its own signature.
    """
    if signs:
        return _signer(signs)
    if typed.strip():
        return Identity(typed.strip(), Proof.ASSERTED, account())
    return Identity(account(), Proof.ACCOUNT, account())


def _signer(message: str) -> Identity:
    """Let git sign a message as a commit of its own, and take the name that git then reads from the signature."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _git(place, "init", "--quiet")
        tree = _git(place, "mktree")
        commit = _git(place, "commit-tree", "-S", tree, "-m", message)
        good, name, key = _git(place, "log", "-1", "--format=%G?%n%GS%n%GF", commit).split("\n")[:3]
        if good != "G" or not name:
            raise UserError(
                "git has signed, and does not vouch for the signature: for keys of ssh set "
                "gpg.ssh.allowedSignersFile, for gpg trust your own key"
            )
        return Identity(name, Proof.SIGNED, account(), key, _git(place, "cat-file", "commit", commit))


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            input="",
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UserError(f"git cannot sign here ({error}); approve without --sign, under your own account") from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word why"])[-1]
        raise UserError(
            f"git cannot sign here: {last}. Set user.name, user.email and user.signingkey, or approve without --sign"
        )
    return done.stdout.strip()
