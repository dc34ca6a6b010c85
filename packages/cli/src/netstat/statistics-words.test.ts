import { expect, it } from "vitest";
import { WORDS } from "./statistics-words.ts";

it("describes each counter in one short line of plain words", () => {
  for (const [section, words] of Object.entries(WORDS)) {
    expect(new Set(Object.values(words)).size, section).toBe(Object.keys(words).length);
    for (const text of Object.values(words)) expect(text).toMatch(/^[A-Za-z].{8,71}[^.]$/);
  }
});

it.each([
  ["Tcp", "RetransSegs", "retransmitted"],
  ["Tcp", "EstabResets", "reset"],
  ["Tcp", "OutRsts", "resets sent"],
  ["Tcp", "ActiveOpens", "active connection openings"],
  ["Tcp", "PassiveOpens", "passive connection openings"],
  ["Tcp", "AttemptFails", "failed connection attempts"],
  ["TcpExt", "ListenOverflows", "overflowed"],
  ["TcpExt", "ListenDrops", "dropped"],
  ["TcpExt", "TCPFastRetrans", "fast retransmits"],
  ["TcpExt", "TCPAbortOnData", "connections reset"],
  ["TcpExt", "PruneCalled", "receive queues pruned"],
  ["TcpExt", "SyncookiesSent", "SYN cookies sent"],
  ["TcpExt", "TW", "TIME_WAIT"],
  ["Udp", "RcvbufErrors", "receive buffer errors"],
  ["Udp", "NoPorts", "unknown port"],
  ["Ip", "InDelivers", "delivered"],
  ["Ip", "ForwDatagrams", "forwarded"],
  ["Ip", "OutNoRoutes", "missing route"],
  ["Ip", "ReasmFails", "reassemblies failed"],
  ["Icmp", "InDestUnreachs", "destination unreachable"],
  ["Icmp6", "Icmp6OutNeighborSolicits", "neighbour solicitation"],
  ["Sctp", "SctpAborteds", "associations aborted"],
])("%s.%s is found by the term of the field: %s", (section, name, term) => {
  expect(WORDS[section]![name]).toContain(term);
});
