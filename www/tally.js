/**
 * What this device counts, in the database of `device.js`: the running tally of a survey without a
 * collector, the hand-in files made from it, and the releases made here. Never an answer: the tally
 * holds counts.
 *
 * Tallies are sealed under an AES-GCM key that this browser made and cannot export: a copy of the
 * profile's files is not enough to read them. IndexedDB transactions end as soon as one awaits
 * WebCrypto, so a change is made outside and written only when nothing has changed meanwhile
 * (`swap`), and tried again otherwise. Two tabs on a shared tablet therefore never lose a count.
 *
 * Every function rejects when the browser allows no storage; the caller says so to the respondent.
 */

import { read, write } from "./device.js";
import { randomId } from "./seal.js";

const KEY = "device";
const IV_BYTES = 12;

/** How often a change is tried when other tabs keep changing the same tally. */
const TRIES = 100;

// ---- the running tally ----

/**
 * Changes the tally of a wave.
 *
 * @param {string} waveHash SHA-256 of the wave file
 * @param {(tally: Uint8Array | null) => Uint8Array | Promise<Uint8Array>} change from the tally so
 *   far, `null` for none, to the new one. Called again when another tab was faster: it must only
 *   compute.
 */
export async function tallyUpdate(waveHash, change) {
  await untilWritten(async () => {
    const before = await sealedTally(waveHash);
    const after = await change(await opened(before));
    const record = await sealed(waveHash, after);
    return swap(before, record, ["tally"], (stores) => stores.tally.put(record));
  });
}

/**
 * The tally of a wave, or `null` when nothing is counted (or all of it is handed in).
 *
 * @param {string} waveHash
 * @returns {Promise<Uint8Array | null>}
 */
export async function tallyRead(waveHash) {
  return opened(await sealedTally(waveHash));
}

// ---- hand-in files ----

/**
 * Turns the tally into this device's next hand-in file. File and emptied tally are written in one
 * transaction: every count is in exactly one of them, whatever happens.
 *
 * @param {string} waveHash
 * @param {(tally: Uint8Array, device: string, number: number) => Uint8Array | Promise<Uint8Array>}
 *   make writes the file, sealed to the wave's key. May be called again: it must only compute.
 * @returns {Promise<{wave: string, device: string, number: number, file: Uint8Array} | null>}
 *   `null` when there is nothing to hand in. `wave` is the wave's hash.
 */
export async function handInTake(waveHash, make) {
  return untilWritten(async () => {
    const before = await sealedTally(waveHash);
    if (before === null) return { written: null };
    const earlier = await handInAll(waveHash);
    const device = earlier[0]?.device ?? randomId();
    const number = (earlier.at(-1)?.number ?? 0) + 1;
    const file = await make(await opened(before), device, number);
    const record = { wave: waveHash, device, number, file };
    return swap(before, record, ["tally", "handed-in"], (stores) => {
      stores.tally.delete(waveHash);
      // `add`, not `put`: a number is given once.
      stores["handed-in"].add(record);
    });
  });
}

/**
 * The hand-in files made on this device, by number: a lost copy can be saved once more.
 *
 * @param {string} waveHash
 * @returns {Promise<{wave: string, device: string, number: number, file: Uint8Array}[]>}
 */
export async function handInAll(waveHash) {
  const ofWave = IDBKeyRange.bound([waveHash, 0], [waveHash, Infinity]);
  return read("handed-in", (store) => store.getAll(ofWave));
}

// ---- releases made here ----

/**
 * Releases made in this browser, by wave.
 *
 * @returns {Promise<{wave: string, json: string}[]>}
 */
export async function releasesAll() {
  return read("releases", (store) => store.getAll());
}

/**
 * Keeps a release for the results page of this browser.
 *
 * @param {string} wave id of the wave
 * @param {string} json the release file
 */
export async function releasePut(wave, json) {
  await write(["releases"], (stores) => stores.releases.put({ wave, json }));
}

/**
 * Forgets a release on this device.
 *
 * @param {string} wave
 */
export async function releaseRemove(wave) {
  await write(["releases"], (stores) => stores.releases.delete(wave));
}

// ---- sealing what lies here ----

/** The stored record of a tally, or `null`. */
async function sealedTally(waveHash) {
  return (await read("tally", (store) => store.get(waveHash))) ?? null;
}

/** A record to store: a new mark, a new iv, the bytes sealed and bound to their wave. */
async function sealed(waveHash, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const algorithm = { name: "AES-GCM", iv, additionalData: label(waveHash) };
  const body = await crypto.subtle.encrypt(algorithm, await deviceKey(), bytes);
  return { wave: waveHash, mark: randomId(), iv, body: new Uint8Array(body) };
}

async function opened(record) {
  if (record === null) return null;
  const algorithm = { name: "AES-GCM", iv: record.iv, additionalData: label(record.wave) };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, await deviceKey(), record.body));
}

function label(waveHash) {
  return new TextEncoder().encode(`trust-climate tally\0${waveHash}`);
}

/** This browser's key, made on first use. When two tabs make one, the first stored one stays. */
async function deviceKey() {
  const kept = await read("keys", (store) => store.get(KEY));
  if (kept !== undefined) return kept;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  let key = fresh;
  await write(["keys"], (stores) => {
    stores.keys.get(KEY).onsuccess = (event) => {
      if (event.target.result === undefined) stores.keys.put(fresh, KEY);
      else key = event.target.result;
    };
  });
  return key;
}

// ---- changes ----

/**
 * Does `change` only when the tally is still the one that was read: the same mark, or still none.
 * The answer's `written` is missing when it is not.
 */
async function swap(before, record, names, change) {
  let same = false;
  await write(names, (stores) => {
    stores.tally.get(before?.wave ?? record.wave).onsuccess = (event) => {
      same = event.target.result?.mark === before?.mark;
      if (same) change(stores);
    };
  });
  return same ? { written: record } : {};
}

async function untilWritten(attempt) {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const outcome = await attempt();
    if ("written" in outcome) return outcome.written;
  }
  throw new Error("device: another tab keeps changing the same tally");
}
