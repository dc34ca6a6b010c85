import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CELLS, STATES, tcp } from "../../../../../test/support/sockets/explain-cells.ts";
import type { Socket, TcpSocket } from "../../sockets/types.ts";
import { explainSocket, type SocketExplanation } from "./socket.ts";

/*
 * Each cell of the state table with its text, which was read by a person beside the kernel's source: what get_tcp4_sock and its like
 * print proves it. WRITE_EXPLAINED=1 writes them anew, for the difference to be read.
 */
const GOLDEN = new URL("../../../../../test/golden/explain/sockets.txt", import.meta.url);

function shownAs(socket: Socket): string {
  const { subject, text, waitingFor, actor, facts, unknown } = explainSocket(socket);
  const told = `${facts.length} facts, ${unknown.length} unknown, ${actor}: ${waitingFor ?? "nothing"}`;
  return `${subject}\n  ${told}\n  ${text}`;
}

describe("the explanation of a socket", () => {
  const golden = CELLS.map(([name, socket]) => `## ${name}\n${shownAs(socket)}\n`).join("\n");
  if (process.env.WRITE_EXPLAINED !== undefined) writeFileSync(GOLDEN, golden);
  const stored = new Map(
    readFileSync(GOLDEN, "utf8")
      .split("## ")
      .slice(1)
      .map((cell) => [cell.slice(0, cell.indexOf("\n")), cell.slice(cell.indexOf("\n") + 1).trimEnd()]),
  );

  it.each(CELLS)("of %s is as it was read", (name, socket) => {
    expect(shownAs(socket)).toBe(stored.get(name));
  });

  it("has what would show the owner to who asks, where rights are missing alone", () => {
    const hidden = (ownerless: "no-permission" | "kernel"): string =>
      explainSocket({ ...tcp({}), owners: [], ownerless }, { ownersSeen: "with a key" }).text;
    expect(hidden("no-permission")).toContain("some processes may not be looked at (with a key)");
    expect(hidden("kernel")).not.toContain("with a key");
  });

  it("has no text for a cell that is gone", () => {
    expect([...stored.keys()]).toEqual(CELLS.map(([name]) => name));
  });
});

/** Numbers that a text may have: those of the row, ticks as seconds, a queue without the one that a SYN or FIN counts. */
function allowed(socket: TcpSocket): Set<string> {
  const { localPort, remotePort, rxQueue, txQueue, retransmits, probes, timerExpires, owners } = socket;
  const own = [
    localPort,
    remotePort,
    rxQueue,
    rxQueue - 1,
    txQueue,
    txQueue - 1,
    retransmits,
    probes,
    timerExpires / 100,
  ];
  return new Set([...own, ...(owners ?? []).map(({ pid }) => pid)].map(String));
}

/** All that is said but addresses and names of protocols. */
function numbersIn({ facts, waitingFor, unknown }: SocketExplanation): string[] {
  const texts = [...facts.map(({ statement }) => statement), waitingFor ?? "", ...unknown.map(({ what }) => what)];
  return texts.flatMap((text) => text.replace(/IPv[46]|UNKNOWN\(14\)/g, "").match(/\d+(?:\.\d+)?/g) ?? []);
}

describe("every state with every queue, timer, repeat, probe and owner", () => {
  const all = [...everyRow()];

  it("is explained without a number that is not of the row", () => {
    expect(all.length).toBeGreaterThan(5000);
    for (const socket of all) {
      const found = explainSocket(socket);
      const known = allowed(socket);
      expect(numbersIn(found).filter((number) => !known.has(number))).toEqual([]);
    }
  });

  it("is the same each time, in whole sentences, each resting on fields of the row", () => {
    for (const socket of all) {
      const found = explainSocket(socket);
      expect(explainSocket({ ...socket })).toEqual(found);
      expect(found.text).toMatch(/^[A-Z].*\.$/);
      expect(found.text).not.toMatch(/undefined|NaN|\.\.| {2}/);
      expect(
        found.facts.every(({ statement }) => /^[A-Z0-9].*\.$/.test(statement) && found.text.includes(statement)),
      ).toBe(true);
      expect(found.facts.flatMap(({ fields }) => fields).filter((field) => !(field in socket))).toEqual([]);
      expect(found.waitingFor === undefined).toBe(found.actor === "nobody");
    }
  });

  it("says of every queue, repeat and unanswered probe that the row has", () => {
    for (const socket of all) {
      const { state, rxQueue, txQueue, retransmits, timer, probes } = socket;
      const used = new Set(explainSocket(socket).facts.flatMap(({ fields }) => fields));
      if (rxQueue > 0) expect(used).toContain("rxQueue");
      if (txQueue > 0 && state !== "LISTEN") expect(used).toContain("txQueue");
      if (retransmits > 0 && timer === 1) expect(used).toContain("retransmits");
      if (probes > 0 && (timer === 4 || (timer === 2 && state === "ESTABLISHED"))) expect(used).toContain("probes");
    }
  });
});

function* everyRow(): Generator<TcpSocket> {
  for (const state of STATES) {
    for (const rxQueue of [0, 1, 707]) {
      for (const txQueue of [0, 1, 808]) {
        for (const timer of [0, 1, 2, 3, 4, 9]) {
          for (const retransmits of [0, 1, 5]) {
            for (const probes of [0, 1, 6]) {
              for (const inode of [0, 4242]) {
                yield tcp({
                  state,
                  rxQueue,
                  txQueue,
                  timer,
                  timerExpires: timer === 0 ? 0 : 1234,
                  retransmits,
                  probes,
                  inode,
                });
              }
            }
          }
        }
      }
    }
  }
}
