/*
 * What the C library tells of interfaces and procfs does not: which of several IPv4 addresses comes first, the label that one was given
 * (`eth0:1`), and hardware addresses.
 */

/** An IPv4 address, under the interface's name or its own label. */
export interface ToldAddress {
  readonly label: string;
  readonly address: string;
  readonly netmask: string;
}

/** What is told of the interfaces of this process's namespace that run and have an address. */
export interface ToldInterfaces {
  /** Their IPv4 addresses, each interface's first one first. */
  readonly addresses: readonly ToldAddress[];
  readonly names: ReadonlySet<string>;
  /** Where each address of both families stands among all, by `eth0 192.0.2.1`: the kernel's own order. */
  readonly order: ReadonlyMap<string, number>;
  /** Six bytes of each that has one. */
  readonly hwAddresses: ReadonlyMap<string, string>;
}

interface ReportHeader {
  readonly networkInterfaces?: readonly {
    readonly name: string;
    readonly family: string;
    readonly address: string;
    readonly netmask: string;
    readonly mac?: string;
  }[];
}

const NO_ADDRESS = "00:00:00:00:00:00";

/**
 * `undefined` where the runtime does not tell. It comes from Node's diagnostic report, which lists them: `node:os` has an object by name, and
 * where an interface is called `__proto__` Node writes its addresses into `Object.prototype`.
 */
export function toldInterfaces(): ToldInterfaces | undefined {
  const told = headerOf().networkInterfaces;
  if (told === undefined) return undefined;
  const addresses = told
    .filter(({ family }) => family === "IPv4")
    .map(({ name: label, address, netmask }) => ({ label, address, netmask }));
  const names = new Set(told.map(({ name }) => name.split(":")[0]!));
  const hwAddresses = new Map(
    told.flatMap(({ name, mac }) => (mac === undefined || mac === NO_ADDRESS ? [] : [[name, mac] as const])),
  );
  const order = new Map(told.map(({ name, address }, at) => [`${name.split(":")[0]} ${address}`, at]));
  return { addresses, names, order, hwAddresses };
}

function headerOf(): ReportHeader {
  try {
    const { header } = process.report.getReport() as { readonly header?: ReportHeader };
    return header ?? {};
  } catch {
    return {}; // another runtime, or a name that the report cannot hold
  }
}
