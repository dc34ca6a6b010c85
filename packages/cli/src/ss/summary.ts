import { read } from "procnet";
import { snmp, sockstat, sockstat6 } from "procnet/tables";
import type { Page } from "../netstat/page.ts";
import { type Source, unlessAbsent } from "../netstat/source.ts";

/*
 * `-s`: how many sockets there are, from counters of the kernel.
 */

export function printSummary(of: Source, page: Page): void {
  const four = unlessAbsent(() => read(sockstat, { of }));
  const six = unlessAbsent(() => read(sockstat6, { of }));
  const mib = unlessAbsent(() => read(snmp, { of }));
  if (four === undefined) page.warn("ss: get_sockstat: No such file or directory");
  if (mib === undefined) page.warn("ss: get_snmpstat: No such file or directory");
  const { inuse = 0, orphan = 0, tw = 0, alloc = 0 } = four?.TCP ?? {};
  const tcp = [inuse, six?.TCP6?.inuse ?? 0] as const;
  const udp = [four?.UDP?.inuse ?? 0, six?.UDP6?.inuse ?? 0] as const;
  const raw = [four?.RAW?.inuse ?? 0, six?.RAW6?.inuse ?? 0] as const;
  const fragments = [four?.FRAG?.inuse ?? 0, six?.FRAG6?.inuse ?? 0] as const;
  // Sockets of the whole machine without those of this namespace that are hashed.
  const closed = alloc - (tcp[0] + tcp[1] - tw);
  const established = mib?.Tcp?.CurrEstab ?? 0;
  page.print(`Total: ${four?.sockets?.used ?? 0}\n`);
  page.print(`TCP:   ${alloc + tw} (estab ${established}, closed ${closed}, orphaned ${orphan}, timewait ${tw})\n\n`);
  page.print("Transport Total     IP        IPv6\n");
  page.print(line("RAW", raw));
  page.print(line("UDP", udp));
  page.print(line("TCP", tcp));
  page.print(line("INET", [raw[0] + udp[0] + tcp[0], raw[1] + udp[1] + tcp[1]]));
  page.print(line("FRAG", fragments));
  page.print("\n");
}

function line(name: string, [four, six]: readonly [number, number]): string {
  const numbers = [four + six, four, six].map((number) => String(number).padEnd(9));
  return `${name}\t  ${numbers.join(" ")}\n`;
}
