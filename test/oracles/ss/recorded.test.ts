import { writeFileSync } from "node:fs";
import { endianness } from "node:os";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Writer } from "../../../packages/kernel/src/netlink/message.ts";
import { noCompiler } from "../../support/kernel/compiled.ts";
import { inetMessage, tcpInfo } from "../../support/kernel/inet-message.ts";
import { RECORDINGS, type Recording } from "../../support/kernel/recorded.ts";
import { Namespace } from "../../support/namespace.ts";
import { inside, runIn, type Wrapper } from "../../support/netstat/compare.ts";
import { type Between, between } from "../../support/ss/between.ts";
import { asTyped, makeEveryday, noDropIn } from "../../support/ss/everyday.ts";
import { MASKS } from "../../support/ss/masks.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * ss and procnet are given the same answers of a kernel, which were recorded once: no time goes by between them, and not a byte may differ.
 */

/** Names of the files, as the library looks for them: the family and the protocol of the question. */
const FILES = [
  ["tcp", "2-6"],
  ["tcp6", "10-6"],
  ["udp", "2-17"],
  ["udp6", "10-17"],
  ["unix", "1-0"],
] as const;

const skip = noDropIn() ?? noCompiler();
let answers: Between;
let namespace: Namespace;
let here: Wrapper;
beforeAll(() => {
  if (skip !== undefined) return;
  answers = between("recorded-answers");
  // What is not recorded is looked for where there is nothing else.
  namespace = new Namespace();
  here = [...inside(namespace.name), ...answers.with({ RECORDED_ANSWERS: answers.folder })] as unknown as Wrapper;
});
afterAll(() => {
  answers?.remove();
  namespace?.remove();
});
beforeEach((context) => skipIf(context, skip));

function expectEqual(
  line: string,
  columns: number | undefined,
  comparable = (text: string) => text,
  where: Wrapper = here,
): string {
  const run = asTyped(where, columns);
  const text = (out: string): string => (columns === undefined ? comparable(out) : MASKS.errors(out));
  const words = line.split(" ");
  const theirs = run(["ss", ...words]);
  const ours = run(["node", "procnet", "ss", ...words]);
  expect(ours.err).toBe("");
  expect(text(ours.out), line).toBe(text(theirs.out));
  expect(ours.code).toBe(theirs.code);
  return ours.out;
}

/** Puts what a kernel said where the library finds it. */
function answerBy({ scenes }: Recording, scene: keyof Recording["scenes"]): void {
  for (const [name, file] of FILES)
    writeFileSync(`${answers.folder}/${file}`, Buffer.from(scenes[scene].netlink[name]!, "base64"));
}

const LINES = ["-tan", "-ti", "-tm", "-to", "-tulpn", "-tano state time-wait", "-tuanieomO --tos --inet-sockopt"];

/** Programs of this machine read what kernels say in its order of bytes. */
const OWN = RECORDINGS.filter(({ littleEndian }) => littleEndian === (endianness() === "LE"));

describe.each(OWN.map((recording) => [recording.name, recording] as const))("Linux %s", (_, recording) => {
  it.each(["sockets", "states"] as const)("%s", (scene) => {
    answerBy(recording, scene);
    for (const line of LINES) expectEqual(line, undefined);
    for (const line of ["-tan", "-to"]) expectEqual(line, 120);
  });

  it("unix sockets, but for a name of two lines, which is escaped", () => {
    answerBy(recording, "sockets");
    const others = (text: string): string => MASKS.widths(text).replaceAll(/^.*\/no .*\n(?:new line .*\n)?/gm, "");
    for (const line of ["-xan", "-xanm"]) expect(expectEqual(line, undefined, others)).toContain("@abstract@with@NULs");
  });
});

/** Sockets with all that TLS_INFO_* may be, and more: kernels with devices that encrypt are not recorded. */
function everyTls(): Uint8Array {
  const isLow = endianness() === "LE";
  const u16 = (value: number): Uint8Array =>
    isLow ? Uint8Array.of(value, value >> 8) : Uint8Array.of(value >> 8, value);
  const [VERSION, CIPHER, TXCONF, RXCONF, ZC_RO_TX, RX_NO_PAD] = [1, 2, 3, 4, 5, 6];
  const numbers = [0, 1, 2, 3, 4, 5, 300];
  const infos = [
    [],
    ...[0x0300, 0x0303, 0x0304, 0x0305].map((version) => [[VERSION, u16(version)]] as const),
    ...Array.from({ length: 10 }, (_, at) => [[CIPHER, u16(50 + at)]] as const),
    ...numbers.map(
      (who) =>
        [
          [TXCONF, u16(who)],
          [RXCONF, u16(2)],
        ] as const,
    ),
    ...numbers.map((who) => [[RXCONF, u16(who)]] as const),
    [
      [VERSION, u16(0x0304)],
      [CIPHER, u16(52)],
      [TXCONF, u16(3)],
      [RXCONF, u16(1)],
      [ZC_RO_TX, Uint8Array.of()],
    ],
    [
      [RXCONF, u16(2)],
      [ZC_RO_TX, Uint8Array.of()],
      [RX_NO_PAD, Uint8Array.of()],
    ],
  ] as const;
  const messages = infos.map((info, at) => {
    const tls = new Writer(isLow);
    for (const [type, value] of info) tls.attribute(type!, value);
    const ulp = new Writer(isLow).attribute(1, Buffer.from("tls\0")).attribute(2, tls.bytes()).bytes();
    const attributes = [
      [2, tcpInfo([[80, 4, 10]], isLow)],
      [19, ulp],
    ] as const;
    return message(20, inetMessage({ localPort: 1000 + at, remotePort: 443, inode: 7 + at, attributes }, isLow), isLow);
  });
  return Buffer.concat([...messages, message(3, new Uint8Array(4), isLow)]);
}

/** With the head of netlink, as one of several. */
function message(type: number, payload: Uint8Array, isLow: boolean): Uint8Array {
  const head = new Writer(isLow)
    .u32(16 + payload.length)
    .u16(type)
    .u16(2)
    .u32(1)
    .u32(0);
  return head.raw(payload).bytes();
}

it("every word of ss about TLS", () => {
  for (const [, file] of FILES) writeFileSync(`${answers.folder}/${file}`, "");
  writeFileSync(`${answers.folder}/2-6`, everyTls());
  const out = expectEqual("-tani", undefined);
  expect(out.match(/ tcp-ulp-tls/g)).toHaveLength(31);
  for (const words of [
    "version: unknown(773)",
    "cipher: aes-gcm-256 rxconf: none txconf: hw zc_ro_tx",
    "rxconf: unknown(300)",
  ])
    expect(out).toContain(words);
});

it("what ss records of this kernel: timers, figures and times of the same moment", async () => {
  const { namespace: scene, remove } = await makeEveryday();
  const fresh = between("recorded-answers");
  try {
    const inScene = inside(scene.name);
    for (const [flag, file] of [
      ["-4", "2-6"],
      ["-6", "10-6"],
    ] as const)
      runIn(inScene, ["ss", flag, "-tanim", "--tos", "-D", `${fresh.folder}/${file}`]);
    const there = [...inScene, ...fresh.with({ RECORDED_ANSWERS: fresh.folder })] as unknown as Wrapper;
    for (const columns of [undefined, 80, 120, 200])
      for (const line of ["-tan", "-to", "-ti", "-tm"]) expectEqual(line, columns, undefined, there);
    const out = expectEqual("-tuanieomO", undefined, undefined, there);
    expect(out).toMatch(/ timer:\(keepalive,\d+min,0\)/);
    expect(out).toMatch(/ lastsnd:\d+ lastrcv:\d+ lastack:\d+ /);
    expect(out).toMatch(/ timer:\(on,(?:\d\.)?\d\d[1-9]ms,\d+\)/);
  } finally {
    fresh.remove();
    remove();
  }
});
