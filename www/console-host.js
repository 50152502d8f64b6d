/** `<trust-console>`: the rooms of HR. Attributes, events and parts: `www/README.md`. */

import { ElementHost, once } from "./element-host.js";

const KIND = {
  style: new URL("./console.css", import.meta.url).href,
  load: once(
    (again) => (again ? import(`./console.js?${again}`) : import("./console.js")),
    new URL("./console_bg.wasm", import.meta.url),
  ),
};

/** Runs a `<trust-console>`. */
export class Host extends ElementHost {
  /** @param {HTMLElement} element */
  constructor(element) {
    super(element, KIND);
  }
}
