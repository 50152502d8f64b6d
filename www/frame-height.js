/**
 * In an iframe, tells the page around how high this page is, so that it needs no second scroll bar:
 * `postMessage({ type: "trust-climate:height", height })`, height in CSS pixels. Nothing else is
 * told, so any page may hear it.
 */
export function reportHeight() {
  if (window.parent === window) return;
  // The style sheet then drops what fills a window: the height is that of the content.
  document.documentElement.classList.add("framed");
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ type: "trust-climate:height", height }, "*");
  });
  observer.observe(document.body);
}
