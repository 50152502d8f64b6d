/**
 * What every page does: another language than the markup's Danish, when the address asks for it
 * with `?lang=`. Nothing is remembered: no cookie, no storage. Links between the pages carry the
 * language on.
 */

import { languageOf, texts } from "./texts.js";

const MARKUP = "da";
const OTHER = { da: "en", en: "da" };
const ELEMENTS = "trust-survey, trust-results, trust-console";

/** The language that the address asks for. */
export const lang = languageOf(new URLSearchParams(location.search).get("lang") ?? "");

// At once, before anything is awaited: the elements read it when they are registered, which is
// what the next script does.
for (const element of document.querySelectorAll(ELEMENTS)) element.lang = lang;
keepLanguage();
offerOther();
// Without its texts the page stays in Danish; that is no reason not to show the survey.
if (lang !== MARKUP) await translate().catch((error) => console.error(error));

/**
 * The texts of the pages in the language of the page.
 *
 * @returns {Promise<Record<string, string>>}
 */
export function words() {
  return texts(lang, "pages");
}

async function translate() {
  const translated = await words();
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = translated[element.dataset.text];
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", translated[element.dataset.label]);
  }
  document.documentElement.lang = lang;
}

function keepLanguage() {
  if (lang === MARKUP) return;
  for (const link of document.querySelectorAll("a[data-page]")) {
    link.href = withLanguage(link.href, lang);
  }
}

/** The switch keeps the rest of the address, a one-time code after `#` too. */
function offerOther() {
  const link = document.querySelector("a[data-switch]");
  link.href = withLanguage(location.href, OTHER[lang]);
  link.lang = OTHER[lang];
  link.hreflang = OTHER[lang];
}

function withLanguage(address, language) {
  const url = new URL(address);
  if (language === MARKUP) url.searchParams.delete("lang");
  else url.searchParams.set("lang", language);
  return url.href;
}
