import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Pressed, press, type Surroundings } from "./press.ts";
import { firstState, type TopState, tableOf } from "./state.ts";

const COLUMNS = ["proto", "state", "recvq", "local"];
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  total: 100,
  height: 10,
  textLines: 0,
  idAt: (place) => (place < 100 ? `row ${place}` : undefined),
  columns: COLUMNS,
  shown: ["proto", "state", "local"],
  order: undefined,
  isNumber: (key) => key === "recvq",
  ...more,
});
const named = (name: string): { name: string; text: string } => ({ name, text: [...name].length === 1 ? name : "" });

/** What is chosen after keys, and the last thing that was asked for. */
function after(keys: readonly string[], begin: TopState = firstState("sockets", ""), how = around()): Pressed {
  let pressed: Pressed = { state: begin };
  for (const key of keys) pressed = press(pressed.state, named(key), how);
  return pressed;
}
const table = (keys: readonly string[], how = around()) => tableOf(after(keys, undefined, how).state);

describe("a key", () => {
  it.each([
    ["1", "sockets"],
    ["2", "processes"],
    ["3", "listeners"],
    ["4", "destinations"],
    ["5", "interfaces"],
    ["6", "health"],
  ])("%s shows %s", (key, view) => expect(after([key]).state.view).toBe(view));

  it("6 leads from what is wrong to counters and back", () => {
    expect(after(["6", "6"]).state.view).toBe("counters");
    expect(after(["6", "6", "6"]).state.view).toBe("health");
  });

  it("Tab goes round all views, Shift-Tab the other way", () => {
    expect(after(["tab"]).state.view).toBe("processes");
    expect(after(["backtab"]).state.view).toBe("counters");
    expect(after(Array(7).fill("tab")).state.view).toBe("sockets");
  });

  it.each([
    [["down"], 1, "row 1"],
    [["down", "down", "up"], 1, "row 1"],
    [["up"], 0, undefined],
    [["pagedown"], 9, "row 9"],
    [["end"], 99, "row 99"],
    [["end", "pageup", "pageup"], 81, "row 81"],
    [["end", "down"], 99, "row 99"],
    [["down", "home"], 0, undefined],
  ])("%j selects a row", (keys, place, selected) => expect(table(keys)).toMatchObject({ place, selected }));

  it("selects nothing where there is no row", () => {
    expect(table(["down", "end"], around({ total: 0 }))).toMatchObject({ place: 0, selected: undefined });
  });

  it.each([
    ["q", "quit"],
    ["?", "help"],
    ["return", "explain"],
    ["k", "kill"],
    ["e", "export"],
    ["+", "slower"],
    ["-", "faster"],
    ["n", "namespaces"],
    ["ctrl-c", "quit"],
    ["ctrl-z", "suspend"],
    ["ctrl-l", "redraw"],
  ])("%s asks to %s", (key, wish) => expect(after([key]).wish).toBe(wish));

  it("freezes rows, leaves out closed ones, shows all tables", () => {
    expect(after([" "]).state.isFrozen).toBe(true);
    expect(after([" ", " "]).state.isFrozen).toBe(false);
    expect(after(["c"]).state.showsClosed).toBe(false);
    expect(after(["a"]).state.showsAll).toBe(true);
  });

  it("takes the last message away", () => {
    const told = { ...firstState("sockets", ""), message: "done" };
    expect(after(["down"], told).state.message).toBeUndefined();
  });
});

describe("a filter", () => {
  it("is written letter by letter, and letters are no commands meanwhile", () => {
    const { state, wish } = after(["/", "q", "k", " ", "1"]);
    expect(wish).toBeUndefined();
    expect(state).toMatchObject({ filter: "qk 1", view: "sockets", mode: { kind: "filter", cursor: 4 } });
    expect(after(["/", "a", "return", "q"]).wish).toBe("quit");
    expect(after(["/", "a", "return"]).state.filter).toBe("a");
  });

  it("is that of before after Esc, and gone after another one", () => {
    const begin = firstState("sockets", "state listen");
    expect(after(["/", "x", "escape"], begin).state.filter).toBe("state listen");
    expect(after(["/", "x", "escape", "escape"], begin).state.filter).toBe("");
  });
});

describe("an order", () => {
  it("is chosen of all columns, of numbers the largest first, and turned round when it is chosen again", () => {
    expect(table(["s", "down", "return"]).order).toEqual({ key: "proto", isDescending: false });
    expect(table(["s", "down", "down", "down", "return"]).order).toEqual({ key: "recvq", isDescending: true });
    const sorted = around({ order: { key: "recvq", isDescending: true } });
    expect(table(["s", "return"], sorted).order).toEqual({ key: "recvq", isDescending: false });
    expect(table(["s", "home", "return"], sorted).order).toBeUndefined();
    expect(table(["s", "down", "escape"]).order).toBeUndefined();
  });

  it("is turned round by r, also where none was chosen", () => {
    const sorted = around({ order: { key: "recvq", isDescending: true } });
    expect(table(["r"], sorted).order).toEqual({ key: "recvq", isDescending: false });
    expect(after(["r"]).state.message).toMatch(/^s chooses a column/);
  });
});

describe("columns", () => {
  it("are shown or not, in their own order, and never none", () => {
    expect(table(["o", "down", "down", " "]).columns).toEqual(COLUMNS);
    expect(table(["o", " "]).columns).toEqual(["state", "local"]);
    expect(table(["o", " "], around({ shown: ["proto"] })).columns).toBeUndefined();
    expect(table(["o", " ", "d"]).columns).toBeUndefined();
    expect(after(["o", "return"]).state.mode.kind).toBe("table");
  });
});

describe("a question", () => {
  const asked: TopState = { ...firstState("sockets", ""), mode: { kind: "question", question: "Kill? [y/N]" } };
  it("has one letter for yes, and all else is a no", () => {
    expect(after(["y"], asked).wish).toBe("agree");
    for (const key of ["n", "return", " ", "q", "escape", "down"]) expect(after([key], asked).wish).toBe("refuse");
    expect(after(["n"], asked).state.mode.kind).toBe("table");
  });
});

describe("a text", () => {
  const read: TopState = {
    ...firstState("sockets", ""),
    mode: { kind: "text", first: 0, text: { title: "keys", lines: () => [] } },
  };
  const first = (...keys: string[]): unknown => after(keys, read, around({ textLines: 25 })).state.mode;

  it("is moved within its lines, and left", () => {
    expect(first("down", "down", "up")).toMatchObject({ first: 1 });
    expect(first("pagedown")).toMatchObject({ first: 9 });
    expect(first("end")).toMatchObject({ first: 15 });
    expect(first("up")).toMatchObject({ first: 0 });
    for (const key of ["escape", "q", "return"]) expect(first(key)).toEqual({ kind: "table" });
  });
});

it("whatever is pressed, what is chosen stays possible", () => {
  const key = fc.constantFrom(
    ..."123456/sorc anhek+-?qxy",
    "up",
    "down",
    "end",
    "pagedown",
    "home",
    "return",
    "escape",
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), fc.nat(30), (keys, total) => {
      const { state } = after(keys, undefined, around({ total, textLines: total }));
      const { place, first } = tableOf(state);
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThan(Math.max(1, total));
      expect(first).toBeGreaterThanOrEqual(0);
      if ("at" in state.mode) expect(state.mode.at).toBeLessThanOrEqual(COLUMNS.length);
      if (state.mode.kind === "filter") expect(state.mode.cursor).toBeLessThanOrEqual(state.filter.length);
    }),
  );
});
