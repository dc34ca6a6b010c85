import { parseUnix } from "procnet/parse";
import { expect, it } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { Page } from "./page.ts";
import { printUnix, type UnixView, unixHeading } from "./unix.ts";

function shown(rows: string, view: Partial<UnixView> = {}): string {
  const io = testIo();
  const page = new Page(io);
  const text = `Num       RefCount Protocol Flags    Type St Inode Path\n${rows}`;
  printUnix(parseUnix(Buffer.from(text)), { owner: undefined, all: true, listening: false, ...view }, page);
  page.flush();
  return io.printed.out;
}

it("names flags, types and states, known or not", () => {
  const row = (flags: string, type: string, state: string, protocol = "00000000"): string =>
    shown(`0000000000000000: 00000003 ${protocol} ${flags} ${type} ${state} 4242 @x\n`);
  expect(row("00010000", "0001", "01")).toBe("unix  3      [ ACC ]     STREAM     LISTENING     4242     @x\n");
  expect(row("00070000", "0002", "03")).toBe("unix  3      [ ACC W N ] DGRAM      CONNECTED     4242     @x\n");
  expect(row("00000000", "0003", "04")).toBe("unix  3      [ ]         RAW        DISCONNECTING 4242     @x\n");
  expect(row("00000000", "0004", "00")).toBe("unix  3      [ ]         RDM        FREE          4242     @x\n");
  expect(row("00000000", "0009", "09", "00000001")).toBe(
    "??    3      [ ]         UNKNOWN    UNKNOWN       4242     @x\n",
  );
});

it("shows a path as one word, and lets nothing steer the terminal", () => {
  const path = (name: string): string =>
    shown(`0000000000000000: 00000002 00000000 00010000 0001 01 1 ${name}\n`).slice(58);
  expect(path("/run/a b")).toBe(" /run/a\n");
  expect(path("  b c")).toBe(" b\n");
  expect(path("/a\tb")).toBe(" /a\n");
  expect(path("   ")).toBe(" \n");
  expect(path("C:\\x")).toBe(" C:\\x\n");
  expect(path("/\u202eab")).toBe(" /\\u{202e}ab\n");
  expect(path("/\u00fc\u00a0z")).toBe(" /\u00fc\\xa0z\n");
});

it("has the owner before the path", () => {
  const owner = (inode: number): string => `${inode}/me`;
  expect(unixHeading({ owner, all: false, listening: false }).split("\n")[1]).toBe(
    "Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path",
  );
  expect(shown("0000000000000000: 00000002 00000000 00000000 0001 01 7 /p\n", { owner })).toContain(
    " 7        7/me                 /p\n",
  );
});
