/*
 * What the C library tells of IPv4 addresses, and procfs does not: which of several comes first, and the label that one was
 * given (`eth0:1`).
 */

/** An address, under the interface's name or its own label. */
export interface ToldAddress {
  readonly label: string;
  readonly address: string;
  readonly netmask: string;
}

interface ReportHeader {
  readonly networkInterfaces?: readonly {
    readonly name: string;
    readonly family: string;
    readonly address: string;
    readonly netmask: string;
  }[];
}

/**
 * Addresses of running interfaces of this process's namespace, each interface's first one first; empty where the runtime
 * does not tell. They come from Node's diagnostic report, which lists them: `node:os` has an object by name, and
 * where an interface is called `__proto__` Node writes its addresses into `Object.prototype`.
 */
export function toldAddresses(): readonly ToldAddress[] {
  return headerOf().networkInterfaces?.flatMap(addressOf) ?? [];
}

function headerOf(): ReportHeader {
  try {
    const { header } = process.report.getReport() as { readonly header?: ReportHeader };
    return header ?? {};
  } catch {
    return {}; // another runtime, or a name that the report cannot hold
  }
}

function addressOf(told: NonNullable<ReportHeader["networkInterfaces"]>[number]): ToldAddress[] {
  const { name: label, family, address, netmask } = told;
  return family === "IPv4" ? [{ label, address, netmask }] : [];
}
