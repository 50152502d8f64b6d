/**
 * The compiled language files, one per language and area, beside this script.
 */

/** The language of the markup, and of whatever nobody has translated yet. */
const DEFAULT = "da";
const LANGUAGES = ["da", "en"];

/** @type {Map<string, Promise<Record<string, string>>>} */
const loaded = new Map();

/**
 * The language that is shown for a `lang` attribute: `da-DK` is Danish, and so is nothing at all.
 *
 * @param {string} lang a language tag, or empty
 * @returns {string} a language that has files
 */
export function languageOf(lang) {
  const primary = lang.toLowerCase().split("-")[0];
  return LANGUAGES.includes(primary) ? primary : DEFAULT;
}

/**
 * The texts of an area, flat: dotted key to text with `{placeholders}`. Fetched once per page.
 *
 * @param {string} lang a language tag, or empty
 * @param {string} area `survey`, `results`, `console`, `pages` or `load`
 * @returns {Promise<Record<string, string>>}
 * @throws when the file cannot be fetched; the next call tries again
 */
export function texts(lang, area) {
  const name = `texts/${languageOf(lang)}.${area}.json`;
  if (!loaded.has(name)) {
    const fetching = fetched(new URL(name, import.meta.url));
    loaded.set(name, fetching);
    fetching.catch(() => loaded.delete(name));
  }
  return loaded.get(name);
}

async function fetched(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
