/**
 * What every page does: another language than the markup's Danish, when the address asks for it
 * with `?lang=`, or when the switch is pressed. Nothing is remembered: no cookie, no storage. The
 * address and the links between the pages carry the language on.
 */

import { languageOf, texts } from "./texts.js";

const MARKUP = "da";
const OTHER = { da: "en", en: "da" };
const ELEMENTS = "trust-survey, trust-results, trust-console";

const query = new URLSearchParams(location.search);
/** Not on the page to answer on: the survey has a switch of its own, with the wave's languages. */
const link = document.querySelector("a[data-switch]");
const followers = [];

/** The language of the page. */
export let lang = languageOf(query.get("lang") ?? "");

/** The language that is on screen; the texts of another one may still be on their way. */
let onScreen = MARKUP;

tell();
link?.addEventListener("click", switchHere);
translate();

/**
 * Calls `follow` now, and again whenever the language changes.
 *
 * @param {() => void} follow
 */
export function followLanguage(follow) {
  followers.push(follow);
  follow();
}

/**
 * The texts of the pages in the language of the page.
 *
 * @returns {Promise<Record<string, string>>}
 */
export function words() {
  return texts(lang, "pages");
}

/** Switches without loading the page again: what people have done in an element stays. */
function switchHere(event) {
  // A click for another tab or window is the browser's.
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.replaceState(history.state, "", link.href);
  lang = OTHER[lang];
  tell();
  translate();
  for (const follow of followers) follow();
}

/** Tells elements and links at once, before anything is awaited: elements are registered next. */
function tell() {
  for (const element of document.querySelectorAll(ELEMENTS)) element.lang = lang;
  for (const page of document.querySelectorAll("a[data-page]")) {
    page.href = withLanguage(page.href, lang);
  }
  if (link === null) return;
  link.href = withLanguage(location.href, OTHER[lang]);
  link.lang = OTHER[lang];
  link.hreflang = OTHER[lang];
}

async function translate() {
  if (lang === onScreen) return;
  const wanted = lang;
  // Without its texts the page stays as it is; that is no reason not to show the survey.
  const translated = await words().catch(() => null);
  if (translated === null || wanted !== lang) return;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = translated[element.dataset.text];
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", translated[element.dataset.label]);
  }
  document.documentElement.lang = lang;
  onScreen = lang;
}

/** Without what is after `#`: a one-time code must not spread. */
function withLanguage(address, language) {
  const url = new URL(address);
  url.hash = "";
  if (language === MARKUP) url.searchParams.delete("lang");
  else url.searchParams.set("lang", language);
  return url.href;
}
