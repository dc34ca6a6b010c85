import { describe, expect, it } from "vitest";
import { checkOptions, optionNames, renamed } from "./check-options.ts";
import { isProcfsError } from "./errors.ts";

const KNOWN = optionNames<{ protocol?: string; state?: string; localPort?: number; pid?: number; procfs?: object }>({
  protocol: true,
  state: true,
  localPort: true,
  pid: true,
  procfs: true,
});

function complaint(options: unknown, known: readonly string[] = KNOWN, bare?: string): string | undefined {
  try {
    checkOptions("look", options, known, bare === undefined ? {} : { bare });
    return undefined;
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    expect(error.code).toBe("ERR_INVALID_ARG");
    return error.message;
  }
}

describe("an option that does not exist", () => {
  it.each([
    ["protocols", "protocol"],
    ["Protocol", "protocol"],
    ["protcol", "protocol"],
    ["states", "state"],
    ["stats", "state"],
    ["port", "localPort"],
    ["localport", "localPort"],
    ["pids", "pid"],
    ["root", "procfs"],
  ])("%s: did you mean %s", (name, meant) => {
    expect(complaint({ [name]: 1 })).toContain(`look has no option "${name}": did you mean "${meant}"`);
  });

  it.each(["x", "toString", "__proto__x", "", "color", "o".repeat(1_000_000)])("%s is like nothing", (name) => {
    const message = complaint({ [name]: 1 })!;
    expect(message).toContain("look has no option");
    expect(message).not.toContain("did you mean");
    expect(message.length).toBeLessThan(200);
  });

  it("is refused when its value is undefined too, and when it stands behind good ones", () => {
    expect(complaint({ pid: 1, states: undefined })).toContain('"states"');
  });

  it("is told by own names only: constructor and __proto__ are names like others", () => {
    expect(complaint(Object.create({ inherited: 1 }))).toBeUndefined();
    expect(complaint(JSON.parse('{"__proto__": 1}'))).toContain('"__proto__"');
    expect(complaint({ constructor: 1 })).toContain('"constructor"');
    expect(complaint(Object.defineProperty({}, "hidden", { value: 1, enumerable: false }))).toBeUndefined();
  });

  it("cannot steer a terminal", () => {
    expect(complaint({ "\u001b[2J": 1 })).toContain('"\\x1b[2J"');
  });

  it("is told what there is", () => {
    expect(complaint({ x: 1 })).toContain("it has protocol, state, localPort, pid, procfs");
    expect(complaint({ x: 1 }, [])).toContain("it has none");
  });
});

describe("an option that had another name", () => {
  it("is taken by it, and not told of", () => {
    expect(() => checkOptions("look", { protocols: "tcp" }, KNOWN, { former: ["protocols"] })).not.toThrow();
    expect(() => checkOptions("look", { x: 1 }, KNOWN, { former: ["protocols"] })).toThrow(/has protocol, state(?!s)/);
  });

  it("says by which name it was given, and cannot be given by both", () => {
    expect(renamed("look", ["state", "A"], ["states", undefined])).toEqual(["state", "A"]);
    expect(renamed("look", ["state", undefined], ["states", "B"])).toEqual(["states", "B"]);
    expect(renamed("look", ["state", undefined], ["states", undefined])).toEqual(["state", undefined]);
    expect(() => renamed("look", ["state", "A"], ["states", "B"])).toThrow(
      expect.objectContaining({
        code: "ERR_INVALID_ARG",
        message: 'look: "state" and "states" are the same option: leave out "states"',
      }),
    );
  });
});

describe("options", () => {
  it.each([undefined, {}, { pid: 1 }, { pid: undefined }, Object.create(null)])("may be %j", (options) => {
    expect(complaint(options)).toBeUndefined();
  });

  it.each([
    [null, "not null"],
    ["tcp", 'not "tcp"'],
    [["tcp"], "not an array"],
    [7, "not 7"],
    [7n, "not 7"],
    [true, "not true"],
    [Symbol("x"), "not Symbol(x)"],
    [() => {}, "not a function"],
    [new AbortController().signal, "{ signal }"],
    [new Map(), "not Map"],
    ["\u001b[2J", '"\\x1b[2J"'],
  ])("must not be %s", (options, words) => {
    expect(complaint(options)).toContain(words);
  });

  it("given as a mere string are shown as they should be", () => {
    expect(complaint("/host/proc", ["root"], "root")).toContain('{ root: "/host/proc" }');
  });
});
