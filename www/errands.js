/**
 * What the survey's app cannot do at once: it asks here, and hears of the outcome as words. Here and
 * not in Rust, because a browser's own script waits in a quarter of the bytes.
 *
 * Nothing is said to an app that is gone, nor about what it no longer wants.
 */

import { count, deliver, deliverEarlier, prepare } from "./deliver.js";
import { load, LoadProblem } from "./load.js";
import { pauses } from "./network.js";
import { languageOf, texts } from "./texts.js";

export { randomId } from "./seal.js";

/** The errands of one app. */
export class Errands {
  /** @type {(topic: string, outcome: unknown) => void} */
  #hear;
  /** Whether the element is still in the page. */
  #alive = true;
  /** How often loading was asked for: only the last attempt is of interest. */
  #attempt = 0;
  /** The language that texts were last asked for in. @type {string | undefined} */
  #lang;
  /** @type {import("./load.js").Open | undefined} */
  #open;

  /** @param {(topic: string, outcome: unknown) => void} hear */
  constructor(hear) {
    this.#hear = hear;
    // What waits from earlier visits is nobody's errand but the device's.
    deliverEarlier((outcome) => this.#say("earlier", outcome));
  }

  /** The app is gone. */
  end() {
    this.#alive = false;
  }

  /**
   * Loads the texts in a language, however long it takes: without words there is nothing to show
   * instead. Says `texts`: the language that they are really in, and the words.
   *
   * @param {string} lang
   */
  async texts(lang) {
    this.#lang = lang;
    const pause = pauses();
    while (this.#alive && this.#lang === lang) {
      const words = await texts(lang, "survey").catch(() => undefined);
      if (this.#lang !== lang) return;
      if (words !== undefined) {
        this.#say("texts", { lang: languageOf(lang), words });
        return;
      }
      await pause();
    }
  }

  /**
   * Loads what the attributes name. Says `open` with a survey, or `shut` with a problem.
   *
   * @param {string | undefined} src
   * @param {string | undefined} wave
   * @param {string | undefined} waveHash
   * @param {string | undefined} collector
   */
  async load(src, wave, waveHash, collector) {
    this.#attempt += 1;
    const attempt = this.#attempt;
    try {
      const open = await load(src, wave, waveHash, collector);
      if (attempt !== this.#attempt) return;
      this.#open = open;
      this.#say("open", open);
      if (open.url === undefined) prepare();
    } catch (problem) {
      if (!(problem instanceof LoadProblem)) throw problem;
      if (attempt === this.#attempt) this.#say("shut", problem);
    }
  }

  /**
   * Sends the answers to what was loaded last. Says `sent`: `counted`; `kept`, perhaps several times
   * before another; or why they are not counted.
   *
   * @param {string} text the submission's JSON
   */
  async send(text) {
    const open = this.#open;
    // What becomes of answers to another wave is nothing to whoever is answering this one.
    const say = (sent) => (open === this.#open ? this.#say("sent", sent) : this.#alive);
    const waits = () => say("kept");
    say(await (open.url === undefined ? count(open, text) : deliver(open, text, waits)));
  }

  #say(topic, outcome) {
    if (this.#alive) this.#hear(topic, outcome);
    return this.#alive;
  }
}

/**
 * A submission's JSON: the very message that leaves the device.
 *
 * @param {string} id
 * @param {string} edition
 * @param {string} wave
 * @param {string} unit
 * @param {string | undefined} code left out where the wave has none
 * @param {Uint8Array} answers points; 0 for blank, 255 for *not applicable*
 * @returns {string}
 */
export function submission(id, edition, wave, unit, code, answers) {
  const format = "trust-climate-submission/1";
  const words = { 0: "blank", 255: "na" };
  const said = Array.from(answers, (answer) => words[answer] ?? answer);
  return JSON.stringify({ format, id, edition, wave, unit, code, answers: said });
}
