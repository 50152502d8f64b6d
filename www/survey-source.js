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
 * A collector says `ok`. On a file server lies a file that says no (`pages/api/status`), so that the
 * question leaves no error in the console; where it is missing, an error means no as well.
 */
async function hasCollector() {
  try {
    const response = await fetch(new URL("api/status", SITE), { cache: "no-store" });
    return response.ok && (await response.json()).ok === true;
  } catch {
    return false;
  }
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
