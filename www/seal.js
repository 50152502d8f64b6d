/**
 * Sealing to a wave's key on the respondent's device: HPKE (RFC 9180) in base mode with
 * DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM, one message per key.
 *
 * Everything heavy is the browser's own WebCrypto, so sealing costs no download. HKDF is spelt out
 * with HMAC because WebCrypto's HKDF cannot stop after "extract", which HPKE needs.
 */

const utf8 = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** Bytes of a P-256 point, uncompressed: the public key and the encapsulated key. */
const POINT_BYTES = 65;
/** Bytes of a P-256 x coordinate: what both sides agree on. */
const SHARED_BITS = 256;
const HASH_BYTES = 32;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;

/** Names of the algorithms as RFC 9180 (section 7) numbers them; part of every label. */
const KEM = concat(utf8.encode("KEM"), Uint8Array.of(0x00, 0x10));
const SUITE = concat(utf8.encode("HPKE"), Uint8Array.of(0x00, 0x10, 0x00, 0x01, 0x00, 0x01));
/** The first byte of the key schedule's context: base mode, no sender key, no shared secret. */
const BASE_MODE = Uint8Array.of(0);

/**
 * Seals a message so that only the holder of the private key can read it.
 *
 * @param {string} publicKeyBase64url the wave's key: an uncompressed P-256 point
 * @param {Uint8Array} info what the message is and for which wave; opening needs the same bytes
 * @param {Uint8Array} plaintext
 * @returns {Promise<Uint8Array>} encapsulated key (65 bytes), then ciphertext and tag
 * @throws when the key is no P-256 point, or outside a secure context
 */
export async function seal(publicKeyBase64url, info, plaintext) {
  const recipient = bytesFromBase64url(publicKeyBase64url);
  if (recipient.length !== POINT_BYTES) throw new Error("seal: the public key is no P-256 point");
  const { enc, secret } = await encapsulate(recipient);
  const { key, nonce } = await schedule(secret, info);
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, aes, plaintext);
  return concat(enc, new Uint8Array(sealed));
}

/**
 * Whether this page may seal at all. On plain http browsers withhold WebCrypto and device storage
 * keys; the survey then says so instead of pretending.
 *
 * @returns {boolean}
 */
export function isSecure() {
  return globalThis.isSecureContext === true && globalThis.crypto?.subtle !== undefined;
}

/**
 * SHA-256 in lowercase hexadecimal, as in wave hashes.
 *
 * @param {Uint8Array} bytes
 * @returns {Promise<string>}
 * @throws outside a secure context
 */
export async function sha256Hex(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A random name that says nothing: 16 bytes in base64url. Works on plain http too.
 *
 * @returns {string}
 */
export function randomId() {
  return base64urlFromBytes(crypto.getRandomValues(new Uint8Array(16)));
}

/** RFC 9180, 4.1 `Encap`: a fresh key pair, and the secret it shares with the recipient. */
async function encapsulate(recipient) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  // WebCrypto refuses points that are not on the curve.
  const publicKey = await crypto.subtle.importKey("raw", recipient, curve, false, []);
  const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const agreed = await crypto.subtle.deriveBits(
    { name: "ECDH", public: publicKey },
    own.privateKey,
    SHARED_BITS,
  );
  const prk = await labeledExtract(KEM, NOTHING, "eae_prk", new Uint8Array(agreed));
  const context = concat(enc, recipient);
  return { enc, secret: await labeledExpand(KEM, prk, "shared_secret", context, HASH_BYTES) };
}

/** RFC 9180, 5.1 `KeySchedule` without a pre-shared key; the nonce is that of message 0. */
async function schedule(shared, info) {
  const context = concat(
    BASE_MODE,
    await labeledExtract(SUITE, NOTHING, "psk_id_hash", NOTHING),
    await labeledExtract(SUITE, NOTHING, "info_hash", info),
  );
  const secret = await labeledExtract(SUITE, shared, "secret", NOTHING);
  return {
    key: await labeledExpand(SUITE, secret, "key", context, KEY_BYTES),
    nonce: await labeledExpand(SUITE, secret, "base_nonce", context, NONCE_BYTES),
  };
}

/** RFC 9180, 4 `LabeledExtract`. */
function labeledExtract(suite, salt, label, ikm) {
  // No salt means a hash's length of zeros (RFC 5869, 2.2); WebCrypto refuses an empty HMAC key.
  const key = salt.length === 0 ? new Uint8Array(HASH_BYTES) : salt;
  return hmac(key, concat(labelled(suite, label), ikm));
}

/** RFC 9180, 4 `LabeledExpand`, for at most one hash's length: one round of HKDF's expand. */
async function labeledExpand(suite, prk, label, info, length) {
  const size = Uint8Array.of(0, length);
  const round = await hmac(prk, concat(size, labelled(suite, label), info, Uint8Array.of(1)));
  return round.slice(0, length);
}

function labelled(suite, label) {
  return concat(utf8.encode("HPKE-v1"), suite, utf8.encode(label));
}

async function hmac(key, message) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bytesFromBase64url(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function base64urlFromBytes(bytes) {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
