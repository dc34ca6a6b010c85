import { expect, it } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { Screen } from "./screen.ts";

it.each([
  [1, ["title"]],
  [2, ["title", "… 3 more lines"]],
  [3, ["title", "a", "… 2 more lines"]],
  [4, ["title", "a", "b", "c"]],
  [9, ["title", "a", "b", "c", ""]],
])("fills a terminal of %i rows and no more", (rows, expected) => {
  const io = testIo({ columns: 80, rows });
  const screen = new Screen(io);
  const before = io.printed.out.length;
  screen.draw("title", ["a", "b", "c"]);
  const drawn = io.printed.out.slice(before).replaceAll(/\u001b\[[HKJ]/g, "");
  screen.close();
  expect(drawn.split("\r\n")).toEqual(expected);
});

it("listens to signals once, however often it is told to go on, and no more at the end", () => {
  const before = process.listenerCount("SIGTSTP");
  const screen = new Screen(testIo({ columns: 80, rows: 24 }));
  for (let times = 0; times < 20; times++) process.emit("SIGCONT");
  expect(process.listenerCount("SIGTSTP")).toBe(before + 1);
  screen.close();
  expect(process.listenerCount("SIGTSTP")).toBe(before);
  expect(process.listenerCount("SIGCONT")).toBe(0);
});
