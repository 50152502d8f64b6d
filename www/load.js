/**
 * Loads what is answered: the wave file, then the survey it names, both checked by their hashes.
 *
 * With a collector the wave file is `{collector}/waves/current.json` and the survey
 * `{collector}/surveys/{edition}.json`, unless `wave` and `src` say otherwise. Without one, `wave`
 * must be given, and the survey is `../surveys/{edition}.json` seen from the wave file, unless
 * `src` says otherwise.
 *
 * Here only what the way to the next file needs is looked at; the element reads the rest, strictly.
 */

import { get } from "./network.js";
import { isSecure } from "./seal.js";

/**
 * A survey that can be answered now.
 *
 * @typedef {object} Open
 * @property {import("./network.js").Reply} wave the wave file
 * @property {import("./network.js").Reply} survey the edition document
 * @property {string} hash SHA-256 of the wave file
 * @property {string | undefined} url where submissions go; nowhere when they are counted on this
 *   device
 * @property {boolean} secure whether this page may seal; then both files were checked by their
 *   hashes as well
 */

/** Why there is nothing to answer: the key of a sentence, and the day that it names. */
export class LoadProblem {
  /**
   * @param {string} key
   * @param {string} [day]
   */
  constructor(key, day) {
    this.key = `load.${key}`;
    this.day = day;
  }
}

const WAVE_ID = /^[\w-]{1,40}$/;
const EDITION = /^[0-9a-f]{64}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Loads what the attributes name; one that is not there is `undefined`.
 *
 * @param {string | undefined} src
 * @param {string | undefined} wave
 * @param {string | undefined} waveHash
 * @param {string | undefined} collector without a slash at the end
 * @returns {Promise<Open>}
 * @throws {LoadProblem} the first thing that is in the way
 */
export async function load(src, wave, waveHash, collector) {
  const secure = isSecure();
  const here = collector === undefined;
  // Without a collector the counts must be sealed on the device, which plain http forbids.
  if (here && !secure) throw new LoadProblem("insecure");
  const waveUrl = address(wave ?? (here ? "" : `${collector}/waves/current.json`));
  const file = await fetched(waveUrl, "wave", wave === undefined);
  const { id, edition, opens, closes } = Object(file.json);
  const dated = DAY.test(opens) && DAY.test(closes) && opens <= closes;
  if (!WAVE_ID.test(id) || !EDITION.test(edition) || !dated) throw new LoadProblem("wave_unreadable");
  if (isOther(file, waveHash)) throw new LoadProblem("wave_other");
  const hash = here
    ? hashByDate(file, opens, closes)
    : hashByWord(file, await fetched(address(`${collector}/api/waves/${id}`), "wave"));
  const survey = await fetched(
    src === undefined && here
      ? address(`surveys/${edition}.json`, address("..", waveUrl))
      : address(src ?? `${collector}/surveys/${edition}.json`),
    "survey",
  );
  if (isOther(survey, edition)) throw new LoadProblem("survey_other");
  const url = here ? undefined : address(`${collector}/api/waves/${id}/submissions`);
  return { wave: file, survey, hash, url, secure };
}

/** The whole address of what an attribute names; not that of the page for nothing. */
function address(url, base = document.baseURI) {
  if (url === "" || !URL.canParse(url, base)) throw new LoadProblem("nothing_named");
  return new URL(url, base).href;
}

/**
 * One of the two files, or the collector's word on the wave.
 *
 * @param {string} url
 * @param {"wave" | "survey"} name
 * @param {boolean} [isCurrent] whether it is the collector's open wave, so that 404 means there is none
 */
async function fetched(url, name, isCurrent) {
  const reply = await get(url).catch(() => {
    throw new LoadProblem("offline");
  });
  if (reply.status === 404 && isCurrent) throw new LoadProblem("none_open");
  if (reply.status < 200 || reply.status > 299) throw new LoadProblem(`${name}_status`);
  return reply;
}

/** Whether a file is not the one that was promised. On plain http nobody can tell. */
function isOther(file, promised) {
  return file.hash !== undefined && promised !== undefined && file.hash !== promised;
}

/** The wave's hash, when the wave is open by today's date. Days of this form compare as they follow. */
function hashByDate(file, opens, closes) {
  const day = today();
  if (day < opens) throw new LoadProblem("planned", opens);
  if (day > closes) throw new LoadProblem("closed", closes);
  return file.hash;
}

/** The wave's hash, when the wave is open by the collector's word. */
function hashByWord(file, word) {
  const { opens, closes } = file.json;
  const { state, hash } = Object(word.json);
  switch (typeof hash === "string" && state) {
    case "planned":
      // People open waves, not dates: the first day may have come before they have.
      throw today() < opens ? new LoadProblem("planned", opens) : new LoadProblem("none_open");
    case "closed":
      throw new LoadProblem("closed", closes);
    case "released":
      throw new LoadProblem("released");
    case "open":
      // Sealed to another wave file, an answer could not be opened.
      if (isOther(file, hash)) throw new LoadProblem("wave_other");
      return hash;
    default:
      throw new LoadProblem("wave_unreadable");
  }
}

/** Today where the device is, as `2026-11-22`. */
function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}
