/** `<trust-results>`: charts and tables of releases. Attributes, events and parts: `www/README.md`. */

import { ElementHost, once } from "./element-host.js";

const KIND = {
  style: new URL("./results.css", import.meta.url).href,
  load: once(
    (again) => (again ? import(`./results_element.js?${again}`) : import("./results_element.js")),
    new URL("./results_element_bg.wasm", import.meta.url),
  ),
};

/** Runs a `<trust-results>`. */
export class Host extends ElementHost {
  /** @param {HTMLElement} element */
  constructor(element) {
    super(element, KIND);
  }
}
