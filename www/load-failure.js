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
   * @param {ShadowRoot} shadow
   * @param {string} lang the element's language
   */
  async show(shadow, lang) {
    const words = await texts(lang, "load").catch(() => null);
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
