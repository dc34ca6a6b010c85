import { expect, it } from "vitest";
import { Machine } from "../support/page/machine.ts";
import { usePage } from "../support/page/use-page.ts";

/* Nothing is wrong with a page that a test opens: that what could be wrong would be seen. */

const tests = usePage(async () => {
  const machine = await Machine.start("idle");
  return { machine, remove: () => machine.remove() };
});

const WRONG: ReadonlyMap<RegExp, string> = new Map([
  [/^console error: told/, "console.error('told')"],
  [/^console warning: told/, "console.warn('told')"],
  [/^error: .*thrown/, "setTimeout(() => { throw new Error('thrown'); })"],
  [/^dialog: asked/, "alert('asked')"],
  [
    /^forbidden: script-src-elem inline/,
    "document.body.append(Object.assign(document.createElement('script'), { text: '1' }))",
  ],
  [/^forbidden: style-src-attr inline/, "document.body.setAttribute('style', 'color: red')"],
  [/^forbidden: script-src-attr inline/, "document.body.setAttribute('onclick', '1')"],
  [/^forbidden: img-src http:\/\/127.0.0.1:9910/, "new Image().src = 'http://127.0.0.1:9910/'"],
  [/^forbidden: connect-src http:\/\/127.0.0.1:9910/, "fetch('http://127.0.0.1:9910/').catch(() => {})"],
  [/^answer: 404/, "fetch('/nothing')"],
  [/^to others: http:\/\/127.0.0.1:9910\/other/, "void open('http://127.0.0.1:9910/other')"],
]);

it.each([...WRONG])("%s", async (problem, code) => {
  const { page, allow, problems } = await tests().open();
  expect(await problems()).toEqual([]);
  await page.evaluate(`${code}; undefined`);
  await expect.poll(async () => (await problems()).join("\n")).toMatch(new RegExp(problem.source, "m"));
  allow(/./s);
});
