/**
 * Style sheets of the shadow roots: each is fetched and parsed once per page and adopted by all, so
 * nothing is inserted into any page and no `style-src` is asked for.
 */

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();

/**
 * Gives a shadow root its style sheets, in this order.
 *
 * @param {ShadowRoot} shadow
 * @param {string[]} addresses
 * @throws when one cannot be fetched; the next call tries again
 */
export async function adopt(shadow, addresses) {
  const size = readersFontSize(shadow);
  shadow.adoptedStyleSheets = await Promise.all(addresses.map((address) => sheet(address, size)));
}

function sheet(address, size) {
  if (!sheets.has(address)) {
    const made = fetched(address, size);
    sheets.set(address, made);
    made.catch(() => sheets.delete(address));
  }
  return sheets.get(address);
}

async function fetched(address, size) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new CSSStyleSheet().replace(withOwnRem(await response.text(), size));
}

/**
 * `rem` belongs to the host page, and many pages set 62.5 % to count in tens: everything of ours
 * would shrink. In our sheets it means what the reader has set in the browser.
 */
function withOwnRem(css, size) {
  return css.replace(/(\d*\.?\d+)rem\b/g, (_, number) => `${Number(number) * size}px`);
}

/** The reader's own font size in CSS pixels, whatever the host page has made of it. */
function readersFontSize(shadow) {
  const probe = document.createElement("span");
  // Through the object model: a policy that forbids style attributes allows it.
  probe.style.fontFamily = "system-ui";
  probe.style.fontSize = "medium";
  shadow.append(probe);
  const size = Number.parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  // Nothing is computed in a document without a window.
  return Number.isFinite(size) ? size : 16;
}
