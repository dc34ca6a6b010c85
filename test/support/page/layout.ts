import type { Page } from "playwright-core";

/** What of the page is wider than the window, by how much. */
const WIDER = `(() => {
  const { scrollWidth } = document.documentElement;
  const wide = [];
  if (scrollWidth > innerWidth) {
    for (const element of document.body.querySelectorAll("*")) {
      const { right, width } = element.getBoundingClientRect();
      if (right > innerWidth + 1 && width > 0) wide.push(element.tagName + "." + element.className + " " + Math.round(right));
    }
    wide.push("the page is " + scrollWidth + " wide");
  }
  return wide.slice(-5);
})()`;

/**
 * Ends of an address whose port cannot be read: cut off by a box that does not scroll. A box that scrolls shows all of it to who scrolls.
 * The text of the element counts, however many parts it is made of.
 */
const CUT = `(() => {
  const cut = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const port = /:(\\d+|\\*)$/.exec(node.data);
    if (port === null) continue;
    const range = document.createRange();
    range.setStart(node, port.index);
    range.setEnd(node, node.data.length);
    const shown = range.getBoundingClientRect();
    if (shown.width === 0) continue;
    for (let box = node.parentElement; box !== null; box = box.parentElement) {
      const { overflowX } = getComputedStyle(box);
      const { left, right } = box.getBoundingClientRect();
      const isCut = shown.right > right + 1 || shown.left < left - 1;
      if (overflowX === "auto" || overflowX === "scroll") break;
      if (overflowX !== "visible" && isCut) cut.push(node.data + " in " + box.tagName + "." + box.className);
    }
  }
  return cut;
})()`;

/** What is too wide for the window, and which ports cannot be read. */
export async function layoutFaults(page: Page): Promise<string[]> {
  const wider = await page.evaluate<string[]>(WIDER);
  const cut = await page.evaluate<string[]>(CUT);
  return [...wider.map((one) => `too wide: ${one}`), ...cut.map((one) => `port cut: ${one}`)];
}
