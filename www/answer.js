/** The page where staff answer: gives the element its survey, then registers it. */

import { reportHeight } from "./frame-height.js";
import { setAttributes, surveyAttributes } from "./survey-source.js";

const element = document.querySelector("trust-survey[data-source]");
takeCode(element);
setAttributes(element, await surveyAttributes());
// Only now: the element reads its attributes when it is registered.
await import("../../trust-climate.js");
reportHeight();

/**
 * A one-time code comes after `#`, which no server sees, and leaves the address bar at once: it
 * must stay neither in the history of a shared device nor in a copied link.
 */
function takeCode(survey) {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const code = fragment.get("kode") ?? fragment.get("code");
  if (code === null) return;
  survey.setAttribute("code", code);
  history.replaceState(history.state, "", location.pathname + location.search);
}
