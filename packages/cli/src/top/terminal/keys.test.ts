import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { type Key, onKeys } from "./keys.ts";

/** What is told of keys when a terminal sends this. */
async function keysOf(...sent: string[]): Promise<Key[]> {
  const input = new PassThrough();
  const keys: Key[] = [];
  const stop = onKeys(input, (key) => keys.push(key));
  for (const one of sent) input.write(one);
  // A lone escape is a key when nothing has come behind it for a while.
  await new Promise((resolve) => setTimeout(resolve, 100));
  stop();
  input.write("x");
  return keys;
}
const names = async (...sent: string[]): Promise<string[]> => (await keysOf(...sent)).map(({ name }) => name);

it("names keys that print nothing, whichever way a terminal sends them", async () => {
  expect(await names("\x1b[A\x1bOA\x1b[B\x1b[C\x1b[D")).toEqual(["up", "up", "down", "right", "left"]);
  expect(await names("\x1b[5~\x1b[6~\x1b[H\x1b[1~\x1b[F\x1b[4~\x1b[3~")).toEqual([
    "pageup",
    "pagedown",
    "home",
    "home",
    "end",
    "end",
    "delete",
  ]);
  expect(await names("\r\n\t\x1b[Z\x7f\x08")).toEqual(["return", "return", "tab", "backtab", "backspace", "backspace"]);
  expect(await names("\x1bOP\x1b[11~")).toEqual(["f1", "f1"]);
});

it("tells letters as they are", async () => {
  expect(await keysOf("aZ/ ?é漢")).toEqual(["a", "Z", "/", " ", "?", "é", "漢"].map((text) => ({ name: text, text })));
});

it("knows an escape from what begins with one", async () => {
  expect(await names("\x1b")).toEqual(["escape"]);
  expect(await names("\x1b[", "A")).toEqual(["up"]);
});

it("names letters with Ctrl", async () => {
  expect(await names("\x03\x1a\x0c\x15\x17")).toEqual(["ctrl-c", "ctrl-z", "ctrl-l", "ctrl-u", "ctrl-w"]);
});

it("takes nothing that could steer for a letter", async () => {
  for (const key of await keysOf("\x00\x1b[200~\x9b31m\u009d\x1b]0;t\x07")) {
    if (key.text !== "") expect(key.text).toMatch(/^[\x20-\x7e]$/);
  }
});
