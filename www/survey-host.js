/** `<trust-survey>`: answers a survey. Attributes, events and parts: `www/README.md`. */

import { ElementHost, once } from "./element-host.js";

const KIND = {
  style: new URL("./survey.css", import.meta.url).href,
  load: once(glue, new URL("./survey_element_bg.wasm", import.meta.url)),
};

function glue(again) {
  if (again) return import(`./survey_element.js?${again}`);
  // What it imports in turn, asked for at once rather than one after the other.
  Promise.allSettled([
    import("./errands.js"),
    import("./load.js"),
    import("./deliver.js"),
    import("./network.js"),
    import("./device.js"),
    import("./seal.js"),
  ]);
  return import("./survey_element.js");
}

/** Runs a `<trust-survey>`. */
export class Host extends ElementHost {
  /** @param {HTMLElement} element */
  constructor(element) {
    super(element, KIND);
  }
}
