"""Passwords and the desk's key: Argon2id through PyNaCl; the signing key is wrapped with its owner's password.

19 MiB and two passes (OWASP's first choice for Argon2id) fit an old PC; one derivation gives both the verifier
and the wrapping key, so that signing in costs it once.
"""

from dataclasses import dataclass

from nacl.bindings import sodium_memcmp
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.signing import SigningKey

from villagedesk.kernel.ids import Chance

_MEMORY = 19 * 1024 * 1024
_PASSES = 2
_HALF = 32
SHORTEST_PASSWORD = 6


@dataclass(frozen=True, slots=True)
class Sealed:
    """A password as it is stored: salt, verifier and the wrapped key in hexadecimal ("" when there is no key)."""

    salt: str
    verifier: str
    wrapped_key: str


def seal(password: str, seed: bytes | None, chance: Chance) -> Sealed:
    """Return what to store for a password, with the desk's signing ``seed`` (32 bytes) wrapped under it."""
    salt = chance.getrandbits(8 * argon2id.SALTBYTES).to_bytes(argon2id.SALTBYTES, "big")
    verifier, wrapping = _derive(password, salt)
    wrapped = ""
    if seed is not None:
        nonce = chance.getrandbits(8 * SecretBox.NONCE_SIZE).to_bytes(SecretBox.NONCE_SIZE, "big")
        wrapped = bytes(SecretBox(wrapping).encrypt(seed, nonce)).hex()
    return Sealed(salt.hex(), verifier.hex(), wrapped)


def unseal(password: str, sealed: Sealed) -> tuple[bool, bytes | None]:
    """Tell whether the password fits, and return the signing seed it unlocks (None when it holds none)."""
    verifier, wrapping = _derive(password, bytes.fromhex(sealed.salt))
    if not sodium_memcmp(verifier, bytes.fromhex(sealed.verifier)):
        return False, None
    if not sealed.wrapped_key:
        return True, None
    try:
        return True, SecretBox(wrapping).decrypt(bytes.fromhex(sealed.wrapped_key))
    except CryptoError:
        return False, None


def new_seed(chance: Chance) -> bytes:
    """Return a fresh signing seed of 32 bytes."""
    return chance.getrandbits(256).to_bytes(32, "big")


def public_key(seed: bytes) -> str:
    """Return the Ed25519 public key of a signing seed in hexadecimal."""
    return bytes(SigningKey(seed).verify_key).hex()


def _derive(password: str, salt: bytes) -> tuple[bytes, bytes]:
    both = argon2id.kdf(2 * _HALF, password.encode(), salt, opslimit=_PASSES, memlimit=_MEMORY)
    return both[:_HALF], both[_HALF:]
