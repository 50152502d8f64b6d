/**
 * Where the surveys on our own pages come from: the collector that serves the page, or, on a plain
 * file server, the demo wave that lies beside the pages.
 */

const QUERY = new URLSearchParams(location.search);
/** Pages lie one folder down, and so does everything of the site seen from them. */
const SITE = new URL("../", location.href);

/**
 * The attributes of `<trust-survey>` for this page. Addresses are whole, so that they can be copied
 * to another page.
 *
 * `?unit=` names the unit, `?wave=` another wave (its id at the collector, or a wave file on this
 * server), `?wave-hash=` the SHA-256 that the wave file must have.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function surveyAttributes() {
  const wave = QUERY.get("wave");
  const attributes = (await hasCollector()) ? fromCollector(wave) : fromFiles(wave);
  for (const name of ["unit", "wave-hash"]) {
    if (QUERY.has(name)) attributes[name] = QUERY.get(name);
  }
  return attributes;
}

/**
 * Sets attributes on an element.
 *
 * @param {HTMLElement} element
 * @param {Record<string, string>} attributes
 */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/**
 * A collector says `ok`. On a file server lies a file that says otherwise (`pages/api/status`), or
 * nothing. No answer at all, or a server error, may be a collector in trouble: then the element says
 * so and tries again, rather than count on the device what the collector should have counted.
 */
async function hasCollector() {
  const asked = fetch(new URL("api/status", SITE), { cache: "no-store" });
  const response = await asked.catch(() => null);
  if (response === null || response.status >= 500) return true;
  if (!response.ok) return false;
  const word = await response.json().catch(() => null);
  return word?.status === "ok";
}

function fromCollector(wave) {
  const collector = SITE.href;
  if (wave === null) return { collector };
  return { collector, wave: new URL(`waves/${encodeURIComponent(wave)}.json`, SITE).href };
}

function fromFiles(wave) {
  const path = wave !== null && isOurs(wave) ? wave : "demo/wave.json";
  return { wave: new URL(path, SITE).href };
}

/** A link must not make our page show a survey from somewhere else. */
function isOurs(wave) {
  return URL.canParse(wave, SITE) && new URL(wave, SITE).origin === SITE.origin;
}
