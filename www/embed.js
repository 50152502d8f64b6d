/** The page for HR: the lines to copy, with this server's addresses, and the two elements live. */

import { followLanguage, lang, words } from "./page.js";
import { sha256Hex, isSecure } from "./seal.js";
import { setAttributes, surveyAttributes } from "./survey-source.js";

const SITE = new URL("../", location.href);

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", () => copy(button));
}
const survey = await surveyAttributes();
setAttributes(document.querySelector("trust-survey[data-source]"), survey);
await import("../../trust-climate.js");
const sealed = await waveHash();
followLanguage(showSnippets);

async function showSnippets() {
  const results = { src: new URL("releases/releases.json", SITE).href };
  show("survey-snippet", script() + "\n" + tag("trust-survey", { lang, ...survey, ...sealed }));
  show("results-snippet", script() + "\n" + tag("trust-results", { lang, ...results }));
  const frame = { src: new URL("answer/", SITE).href, title: (await words())["answer.title"] };
  show("frame-snippet", tag("iframe", frame));
}

/** With a wave file of its own, the snippet fixes its rules: the element checks the hash. */
async function waveHash() {
  if (survey.wave === undefined || !isSecure()) return {};
  const response = await fetch(survey.wave);
  if (!response.ok) return {};
  return { "wave-hash": await sha256Hex(new Uint8Array(await response.arrayBuffer())) };
}

function script() {
  return tag("script", { type: "module", src: new URL("trust-climate.js", SITE).href });
}

function tag(name, attributes) {
  const written = Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`);
  // Few on one line, many under each other, so that no address is broken.
  const before = written.length > 2 ? "\n  " : " ";
  return `<${name}${before}${written.join(before)}></${name}>`;
}

function escaped(value) {
  return value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

function show(id, text) {
  document.querySelector(`#${id} code`).textContent = text;
}

async function copy(button) {
  const snippet = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  const texts = await words();
  try {
    await navigator.clipboard.writeText(snippet.textContent);
    status.textContent = texts["embed.copied"];
  } catch {
    // No clipboard on plain http: leave the text selected for the keyboard.
    getSelection().selectAllChildren(snippet);
    status.textContent = texts["embed.not_copied"];
  }
}
