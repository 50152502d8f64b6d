/**
 * What this device keeps, in IndexedDB "trust-climate": the database, and in it the submissions that
 * wait for a network. They are ciphertext to the wave's key. Counts are in `tally.js`.
 *
 * Every function rejects when the browser allows no storage; the caller says so to the respondent.
 */

import { randomId } from "./seal.js";

const NAME = "trust-climate";
const VERSION = 1;

// ---- submissions that wait ----

/**
 * Keeps a sealed submission until it is acknowledged.
 *
 * @param {string} wave id of the wave
 * @param {string} url where it is to be posted
 * @param {Uint8Array} body ciphertext to the wave's key
 * @returns {Promise<string>} its key in the queue
 */
export async function queueAdd(wave, url, body) {
  const key = randomId();
  await write(["queue"], (stores) => stores.queue.add({ key, wave, url, body }));
  return key;
}

/**
 * All that waits. The order is that of the random keys, so it says nothing about who came first.
 *
 * @returns {Promise<{key: string, wave: string, url: string, body: Uint8Array}[]>}
 */
export async function queueAll() {
  return read("queue", (store) => store.getAll());
}

/**
 * Forgets a submission: it is acknowledged, or can never be.
 *
 * @param {string} key
 */
export async function queueRemove(key) {
  await write(["queue"], (stores) => stores.queue.delete(key));
}

// ---- transactions ----

/** One request's result. */
export async function read(name, request) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const asked = request(db.transaction(name, "readonly").objectStore(name));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** Resolves when the transaction is durable, not already when its requests have succeeded. */
export async function write(names, change) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(names, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    change(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])));
  });
}

/** @type {Promise<IDBDatabase> | undefined} */
let connection;

function database() {
  connection ??= open();
  return connection;
}

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => create(asked.result);
    asked.onsuccess = () => {
      forgetWhenClosed(asked.result);
      resolve(asked.result);
    };
    asked.onerror = () => {
      connection = undefined;
      reject(asked.error);
    };
  });
}

function create(db) {
  db.createObjectStore("keys");
  db.createObjectStore("queue", { keyPath: "key" });
  db.createObjectStore("tally", { keyPath: "wave" });
  db.createObjectStore("handed-in", { keyPath: ["wave", "number"] });
  db.createObjectStore("releases", { keyPath: "wave" });
}

/** A newer version in another tab, or the browser itself, may close the connection. */
function forgetWhenClosed(db) {
  const forget = () => {
    connection = undefined;
  };
  db.onclose = forget;
  db.onversionchange = () => {
    db.close();
    forget();
  };
}
