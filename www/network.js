/**
 * What the survey asks of the network: each question is one promise.
 */

import { isSecure, sha256Hex } from "./seal.js";

/**
 * What a server said.
 *
 * @typedef {object} Reply
 * @property {number} status HTTP status
 * @property {unknown} json the body, `undefined` when it is not JSON
 * @property {Uint8Array} bytes the body
 * @property {string | undefined} hash SHA-256 of the body in lowercase hexadecimal, where the page
 *   may hash and something was asked for
 */

/**
 * Fetches a JSON file. Rejects without an answer: no network, no such host, or the page's policy
 * forbids it.
 *
 * @param {string} url
 * @returns {Promise<Reply>}
 */
export async function get(url) {
  const reply = await said(fetch(url));
  return { ...reply, hash: isSecure() ? await sha256Hex(reply.bytes) : undefined };
}

/**
 * Posts a message, without telling from which page. Rejects as {@link get}.
 *
 * @param {string} url
 * @param {string} type content type
 * @param {Uint8Array} body
 * @returns {Promise<Reply>}
 */
export function post(url, type, body) {
  const headers = { "content-type": type };
  return said(fetch(url, { method: "POST", headers, body, referrerPolicy: "no-referrer" }));
}

/** The first pause. Short: most failures are a lift or a tunnel. */
const FIRST_MS = 2_000;
/**
 * The longest pause. A minute is what people wait for; with some thousand waiting devices it is
 * tens of requests a second, which the collector takes.
 */
const LONGEST_MS = 60_000;

/**
 * Pauses that double, from two seconds to a minute. Each ends sooner when the device is back on a
 * network.
 *
 * @returns {() => Promise<void>}
 */
export function pauses() {
  let next = FIRST_MS;
  return () => {
    const milliseconds = next;
    next = Math.min(milliseconds * 2, LONGEST_MS);
    return pause(milliseconds);
  };
}

function pause(milliseconds) {
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

async function said(asked) {
  const response = await asked;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, json: parsed(bytes), bytes };
}

/** Read strictly: bytes that are not UTF-8 are no JSON of ours. */
function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
