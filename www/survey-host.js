/** `<trust-survey>`: answers a survey. Attributes, events and parts: `www/README.md`. */

import { ElementHost, once } from "./element-host.js";

const KIND = {
  style: new URL("./survey.css", import.meta.url).href,
  load: once(
    (again) => (again ? import(`./survey_element.js?${again}`) : import("./survey_element.js")),
    new URL("./survey_element_bg.wasm", import.meta.url),
  ),
};

/** Runs a `<trust-survey>`. */
export class Host extends ElementHost {
  /** @param {HTMLElement} element */
  constructor(element) {
    super(element, KIND);
  }
}
