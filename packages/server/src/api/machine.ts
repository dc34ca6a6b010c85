import {
  type BaseProcFs,
  baseProcFs,
  describeNamespace,
  type Interface,
  interfaces,
  networkNamespacesAsync,
} from "procnet";
import { netOf, type Source } from "../collectors/collector.ts";
import { networkOf } from "../network.ts";
import type { Look } from "../sampler/sampler.ts";
import { eachInTurns } from "../turns.ts";
import { documentText } from "./documents.ts";
import type { Expose } from "./expose.ts";

/** Network namespaces with their first process. */
export async function namespacesDocument(procfs: BaseProcFs, expose: Expose): Promise<string> {
  const takenAt = new Date();
  const found: object[] = [];
  await eachInTurns(await networkNamespacesAsync({ procfs }), 0, (one) => {
    const { pid, comm, unit, ...rest } = describeNamespace(procfs, one);
    found.push(expose === "minimal" ? rest : { ...rest, pid, comm, unit });
  });
  return documentText("namespaces", { takenAt, namespaces: found });
}

/** Interfaces of the network namespace that is looked at. */
export function interfacesDocument(where: Pick<Source, "procfs" | "pid">, sysfs: string, expose: Expose): string {
  // A sysfs shows the namespace of whoever mounted it: it fits the procfs of this machine alone.
  const isOwn = where.procfs.root === baseProcFs().root;
  const found = interfaces({ net: netOf(where), sysfs: isOwn ? sysfs : false });
  return documentText("interfaces", {
    takenAt: new Date(),
    interfaces: found.map((one) => exposedInterface(one, expose)),
  });
}

function exposedInterface({ hwAddress, addresses, ...rest }: Interface, expose: Expose): object {
  if (expose !== "minimal") return { ...rest, hwAddress, addresses };
  return { ...rest, addresses: addresses.map((one) => ({ ...one, address: networkOf(one.address) })) };
}

/** Counters of the protocols, as they were read with a look. */
export function countersDocument({ item, sample }: Look): string {
  const { snmp, netstat, snmp6, sockstat, sockstat6 } = sample;
  const files = { snmp, netstat, snmp6, sockstat, sockstat6 };
  const stats = Object.entries(files).flatMap(([file, groups]) =>
    Object.entries(groups ?? {}).flatMap(([protocol, counters]) => statsOf(file, protocol, counters)),
  );
  return documentText("stats", { takenAt: item.at, stats });
}

function statsOf(file: string, protocol: string, counters: object | undefined): object[] {
  return Object.entries(counters ?? {}).flatMap(([counter, value]) =>
    typeof value === "number" ? [{ file, protocol, counter, value }] : [],
  );
}
