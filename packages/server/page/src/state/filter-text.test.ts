import { parseFilter } from "procnet/query";
import { describe, expect, it } from "vitest";
import { readFilter } from "./filter-text.ts";

describe("a filter that is written on the page", () => {
  it("is nothing where nothing is written", () => {
    expect(readFilter("  ", "inet", "full")).toEqual({});
  });

  it("is read as the command reads it", () => {
    expect(readFilter("state established", "inet", "owners")).toEqual({ tree: parseFilter("state established") });
  });

  it("has the same error, with the column", () => {
    expect(readFilter("state establishd", "inet", "owners").problem).toEqual({
      message: 'filter, column 7: there is no state "establishd" (did you mean established?)',
      column: 7,
    });
  });

  it.each([["src unix:/run/x"], ["not ( pid = 1 or path /run/x )"]])(
    "may not ask for what the server does not tell: %s",
    (text) => {
      expect(readFilter(text, "unix", "owners").problem?.message).toMatch("this server does not tell path");
      expect(readFilter(text, "unix", "full").problem).toBeUndefined();
    },
  );

  it("may not ask for what no such socket has", () => {
    expect(readFilter("dport = :22", "unix", "full").problem?.message).toBe(
      "nothing is known of port of sockets of unix",
    );
  });
});
