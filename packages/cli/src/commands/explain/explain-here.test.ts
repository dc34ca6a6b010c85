import { expect, it } from "vitest";
import { tcpSocket } from "../../../../../test/support/sockets/tcp-socket.ts";
import { helpFor } from "../hidden-owners.ts";
import { explainHere } from "./explain-here.ts";

it("says of an owner that could not be looked at what other commands say to this reader", () => {
  const { text } = explainHere(tcpSocket({ owners: [], ownerless: "no-permission" }));
  expect(text).toContain(`some processes may not be looked at (${helpFor("no-permission")[1]})`);
  // Root needs no advice to be root.
  if (process.geteuid?.() === 0) expect(text).not.toContain("(as root)");
  expect(explainHere(tcpSocket({ owners: [], ownerless: "kernel" })).text).not.toContain("not be looked at");
});
