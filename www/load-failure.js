/**
 * What an element shows when its parts cannot be fetched: a sentence and a button. Without even the
 * texts, the text between the tags stays.
 */

import { texts } from "./texts.js";

/** The message of one element; made once, shown when needed. */
export class LoadFailure {
  #tryAgain;
  #sentence = document.createElement("p");
  #button = document.createElement("button");
  #root = document.createElement("div");
  #pressed = false;
  /** @type {Promise<Record<string, string> | null>} */
  #words = Promise.resolve(null);

  /** @param {() => void} tryAgain */
  constructor(tryAgain) {
    this.#tryAgain = tryAgain;
    this.#sentence.setAttribute("role", "alert");
    this.#button.type = "button";
    this.#button.addEventListener("click", () => this.#press());
    this.#root.setAttribute("part", "root failure");
    this.#root.append(this.#sentence, this.#button);
  }

  /**
   * Fetches the texts while there is a network: when the rest fails it is too late.
   *
   * @param {HTMLElement} element
   */
  prepare(element) {
    const lang = element.closest("[lang]")?.lang ?? "";
    this.#words = texts(lang, "load").catch(() => null);
  }

  /** @param {ShadowRoot} shadow */
  async show(shadow) {
    const words = await this.#words;
    if (words === null) return;
    // Only when it is not there yet: the button keeps its focus when a second attempt fails.
    if (!this.#root.isConnected) shadow.replaceChildren(this.#root);
    this.#button.textContent = words["load.again"];
    // Emptied first, so that screen readers say it again.
    this.#sentence.textContent = "";
    setTimeout(() => {
      this.#sentence.textContent = words["load.failed"];
    });
  }

  #press() {
    this.#pressed = true;
    this.#tryAgain();
  }

  /** Whoever pressed the button continues where it was; nobody else's focus moves. */
  handFocusTo(root) {
    if (!this.#pressed) return;
    this.#pressed = false;
    root.tabIndex = -1;
    root.focus({ preventScroll: true });
  }
}
