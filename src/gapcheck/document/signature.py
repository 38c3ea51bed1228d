"""Signatures beside a file, made and checked by the user's own `ssh-keygen`: a receipt shows that a report agrees with itself, a
signature shows who vouches for it."""

from __future__ import annotations

import os
import shutil
import subprocess

from gapcheck.document.output import write
from gapcheck.errors import problem

PURPOSE = "gapcheck"  # what the signature is for: ssh-keygen calls it the namespace
ENDING = ".sig"
_LONGEST = 120  # seconds; a key may ask for its passphrase, or to be touched


def _program() -> str:
    """Where ssh-keygen is. Raises InputError where it is not."""
    found = shutil.which("ssh-keygen")
    if found is None:
        help = "install OpenSSH 8.2 or later; it comes with Windows, macOS and most of Linux"
        raise problem("ssh-keygen", "signatures need this program, and it is not here", None, help)
    return found


def check_key(key: str, output: str | None) -> None:
    """Raises InputError where nothing can be signed: without ssh-keygen, a key or a file to sign."""
    if output in (None, "-"):
        raise problem("--sign", "a signature stands beside a file", None, "name a file: -o FILE")
    if not os.path.isfile(key):
        raise problem("--sign", f"there is no key `{key}`", None, "give the private key, as in ~/.ssh/id_ed25519")
    _program()


def sign(path: str, key: str) -> None:
    """Put the signature of a file beside it, under its name and `.sig`. Raises InputError where that cannot be done."""
    try:
        with open(path, "rb") as stream:
            done = subprocess.run(  # noqa: S603 - the user's own program and key
                [_program(), "-Y", "sign", "-n", PURPOSE, "-f", key],
                stdin=stream,
                capture_output=True,
                check=False,
                timeout=_LONGEST,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise problem("--sign", f"`{path}` could not be signed: {error}") from None
    if done.returncode:
        raise problem("--sign", f"`{path}` was not signed: {_said(done.stderr)}", None, "is this a private key?")
    write(done.stdout, f"{path}{ENDING}")


def signer(raw: bytes, signature: str, signers: str) -> str:
    """Who of the allowed signers (a file as ssh-keygen reads it) signed these bytes; "" where none did.

    Raises InputError where a file cannot be read.
    """
    for name in (signature, signers):
        try:
            with open(name, "rb"):
                pass
        except (OSError, ValueError) as error:
            raise problem(name, f"cannot be read: {(getattr(error, 'strerror', '') or str(error)).lower()}") from None
    names = _run(["-Y", "find-principals", "-s", signature, "-f", signers], raw)
    for name in (names or "").splitlines():
        one = name.strip()
        if one and _run(["-Y", "verify", "-n", PURPOSE, "-s", signature, "-f", signers, "-I", one], raw) is not None:
            return one
    return ""


def _run(arguments: list[str], raw: bytes) -> str | None:
    """What ssh-keygen says, None where it refuses."""
    try:
        done = subprocess.run([_program(), *arguments], input=raw, capture_output=True, check=False, timeout=_LONGEST)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _said(error: bytes) -> str:
    lines = error.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else "ssh-keygen gave no reason"
