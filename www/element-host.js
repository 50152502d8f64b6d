/**
 * What the three elements share between the custom element and its wasm module: a shadow root with
 * the style sheets, one module per kind and page, mounting and unmounting, and what is shown when
 * loading fails.
 *
 * The host page is not styled, and only its language is read. Until the module is there, the text
 * between the tags shows through a slot.
 */

import { LoadFailure } from "./load-failure.js";
import { adopt } from "./styles.js";

/** Adopted before the sheet of the kind. */
const COMMON_STYLE = new URL("./reset.css", import.meta.url).href;

/**
 * One kind of element: where its parts lie.
 *
 * @typedef {object} Kind
 * @property {string} style address of its style sheet
 * @property {() => Promise<Module>} load loads and initialises its wasm module
 */

/**
 * What a wasm module offers.
 *
 * @typedef {object} Module
 * @property {(host: HTMLElement, root: HTMLElement) => {unmount(): void}} mount
 */

/** Runs one element on a page. */
export class ElementHost {
  /** @type {HTMLElement} */
  #element;
  /** @type {Kind} */
  #kind;
  /** @type {ShadowRoot} */
  #shadow;
  /** The mounted app. @type {{unmount(): void} | null} */
  #app = null;
  #starting = false;
  /** @type {LoadFailure} */
  #failure;

  /**
   * @param {HTMLElement} element
   * @param {Kind} kind
   */
  constructor(element, kind) {
    this.#element = element;
    this.#kind = kind;
    // Open, so that assistive technology, tests and the page's own tools can look inside.
    this.#shadow = element.attachShadow({ mode: "open" });
    this.#shadow.append(document.createElement("slot"));
    this.#failure = new LoadFailure(() => this.connected());
  }

  /** The element is in a document. */
  connected() {
    if (this.#app === null && !this.#starting) this.#start();
  }

  /**
   * The element has left its place. Moving an element in the page looks the same as removing it,
   * so the app lives on until the task is over: the answers in it survive a move.
   */
  disconnected() {
    setTimeout(() => {
      if (!this.#element.isConnected) this.#stop();
    });
  }

  async #start() {
    this.#starting = true;
    this.#failure.prepare(this.#element);
    try {
      const styled = adopt(this.#shadow, [COMMON_STYLE, this.#kind.style]);
      const [module] = await Promise.all([this.#kind.load(), styled]);
      // When it was removed meanwhile, connecting it again starts it.
      if (this.#element.isConnected) this.#mount(module);
    } catch (error) {
      console.error(`<${this.#element.localName}> could not be loaded`, error);
      await this.#failure.show(this.#shadow);
    } finally {
      this.#starting = false;
    }
  }

  #mount(module) {
    const root = document.createElement("div");
    root.setAttribute("part", "root");
    this.#shadow.replaceChildren(root);
    this.#app = module.mount(this.#element, root);
    this.#failure.handFocusTo(root);
  }

  #stop() {
    this.#app?.unmount();
    this.#app = null;
  }
}

/**
 * Loads a wasm module once per page; a failed attempt is forgotten, so that the next one is real.
 *
 * @param {(again: number) => Promise<{default: Function}>} glue imports
 *   wasm-bindgen's script; `again` is 0 the first time. After that the address must differ, because
 *   browsers remember that an import failed.
 * @param {URL} wasm
 * @returns {() => Promise<Module>}
 */
export function once(glue, wasm) {
  let loading = null;
  let again = 0;
  return () => {
    loading ??= initialised(glue(again), wasm).catch((error) => {
      loading = null;
      again += 1;
      throw error;
    });
    return loading;
  };
}

async function initialised(glue, wasm) {
  // Both at once: on a slow network the wasm does not wait for the script that starts it.
  const [module, fetched] = await Promise.all([glue, fetchedOk(wasm)]);
  await module.default({ module_or_path: fetched });
  return module;
}

async function fetchedOk(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}
