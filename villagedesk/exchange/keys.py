"""A desk's key at work: it signs (Ed25519), and only it opens what is sealed to it (X25519, libsodium's sealed box)."""

import hashlib

_PURPOSE = b"VillageDesk-seal"  # 16 bytes, BLAKE2b's "person"


def sign(seed: bytes, content: bytes) -> str:
    """Return the signature of content by the desk with this signing seed, in hexadecimal."""
    from nacl.signing import SigningKey

    return SigningKey(seed).sign(content).signature.hex()


def is_signed(content: bytes, signature: str, public_key: str) -> bool:
    """Tell whether the signature is the key's own for this content. Nonsense of any kind is simply not signed."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(public_key)).verify(content, bytes.fromhex(signature))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return signature == signature.lower()


def is_key(public_key: str) -> bool:
    """Tell whether this is an Ed25519 key that can also be sealed to."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(public_key)).to_curve25519_public_key()
    except (CryptoError, RuntimeError, ValueError, TypeError):
        return False
    return public_key == public_key.lower()


def seal(content: bytes, public_key: str, seed: bytes) -> bytes:
    """Return content that only the owner of ``public_key`` can open.

    A sealed box as libsodium makes it, but its one-time key comes from the sender's secret seed and the content, so
    that the same content gives the same bytes and a package written twice is the same file.
    """
    from nacl.public import Box, PrivateKey
    from nacl.signing import VerifyKey

    recipient = VerifyKey(bytes.fromhex(public_key)).to_curve25519_public_key()
    drawn = hashlib.blake2b(
        hashlib.sha256(content).digest() + bytes(recipient), key=seed, digest_size=32, person=_PURPOSE
    )
    once = PrivateKey(drawn.digest())
    nonce = hashlib.blake2b(bytes(once.public_key) + bytes(recipient), digest_size=Box.NONCE_SIZE).digest()
    return bytes(once.public_key) + Box(once, recipient).encrypt(content, nonce).ciphertext


def unseal(sealed: bytes, seed: bytes) -> bytes | None:
    """Return what was sealed to the desk with this signing seed; None when it was not, or is not whole."""
    from nacl.exceptions import CryptoError
    from nacl.public import SealedBox
    from nacl.signing import SigningKey

    try:
        return SealedBox(SigningKey(seed).to_curve25519_private_key()).decrypt(sealed)
    except (CryptoError, ValueError, TypeError):
        return None
