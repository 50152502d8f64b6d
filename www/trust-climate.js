/**
 * The one script that a page embeds:
 *
 *     <script type="module" src="…/trust-climate.js"></script>
 *     <trust-survey …>Text shown until the survey is here.</trust-survey>
 *
 * It registers <trust-survey>, <trust-results> and <trust-console> and nothing else: no style, no
 * global name, nothing read from the page. What an element needs is loaded when the first of its
 * kind is connected. This file's name stays the same for ever; all it loads is named by content.
 */

const hosts = {
  "trust-survey": () => import("__ASSETS__/survey-host.js"),
  "trust-results": () => import("__ASSETS__/results-host.js"),
  "trust-console": () => import("__ASSETS__/console-host.js"),
};

for (const [tag, load] of Object.entries(hosts)) {
  // A page assembled from parts may hold the script twice, in two versions too: the first one wins.
  if (!customElements.get(tag)) customElements.define(tag, elementOf(load));
}

/** The custom element: a thin shell, so that an unused kind costs a page nothing. */
function elementOf(load) {
  return class extends HTMLElement {
    /** @type {Promise<import("./element-host.js").ElementHost | null> | undefined} */
    #host;

    connectedCallback() {
      this.#host ??= load().then(({ Host }) => new Host(this), () => this.#unavailable());
      this.#host.then((host) => host?.connected());
    }

    disconnectedCallback() {
      this.#host?.then((host) => host?.disconnected());
    }

    /** Leaves the text between the tags as it is, and tries again when the element is put back. */
    #unavailable() {
      this.#host = undefined;
      return null;
    }
  };
}
