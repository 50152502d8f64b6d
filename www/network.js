/**
 * What the elements ask of the network, in the shape their modules want: each question is one
 * promise. Here and not in Rust, because a browser's own script says it in a tenth of the bytes.
 */

/**
 * What a server said.
 *
 * @typedef {object} Reply
 * @property {number} status HTTP status
 * @property {unknown} json the body, `undefined` when it is not JSON
 * @property {string | undefined} hash SHA-256 of the body in lowercase hexadecimal, where the page
 *   may hash
 */

import { isSecure, sha256Hex } from "./seal.js";

/**
 * Fetches a JSON file. Rejects without an answer: no network, no such host, or the page's policy
 * forbids it.
 *
 * @param {string} url
 * @param {RequestCache} cache
 * @returns {Promise<Reply>}
 */
export async function get(url, cache) {
  const response = await fetch(url, { cache });
  const bytes = await response.arrayBuffer();
  const hash = isSecure() ? await sha256Hex(bytes) : undefined;
  return { status: response.status, json: parsed(bytes), hash };
}

/**
 * Posts a message, without telling from which page. Rejects as {@link get}.
 *
 * @param {string} url
 * @param {string} type content type
 * @param {Uint8Array} body
 * @returns {Promise<Reply>}
 */
export async function post(url, type, body) {
  const headers = { "content-type": type };
  const referrerPolicy = "no-referrer";
  const response = await fetch(url, { method: "POST", headers, body, referrerPolicy });
  return { status: response.status, json: parsed(await response.arrayBuffer()) };
}

/**
 * Waits, or until the device is back on a network.
 *
 * @param {number} milliseconds
 * @returns {Promise<void>}
 */
export function pause(milliseconds) {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    addEventListener("online", over);
  });
}

/** Read strictly: bytes that are not UTF-8 are no JSON of ours. */
function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
