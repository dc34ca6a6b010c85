import { expect, it } from "vitest";
import { bytes, utf8Bytes } from "../../../../../test/support/tables/broken.ts";
import { parsePktgen } from "./pktgen.ts";

it("gives the text as it is", () => {
  const text = "Running: \n\nStopped: eth0@0 é \nResult: OK: max_before_softirq=10000\n";
  expect(parsePktgen(utf8Bytes(text))).toBe(text);
  expect(parsePktgen(bytes("eth\u00ff\n"))).toBe("eth\ufffd\n");
  expect(parsePktgen(bytes(""))).toBe("");
});
