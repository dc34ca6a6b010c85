import type { TlsInfo } from "procnet";

/*
 * What the kernel does of TLS on a connection.
 */

const VERSIONS: Readonly<Record<number, string>> = { 771: "1.2", 772: "1.3" };

/** ss 6.1 has no words for the others, and prints nothing of them. */
const CIPHERS: Readonly<Record<number, string>> = { 51: "aes-gcm-128", 52: "aes-gcm-256" };

/** Who encrypts, by TLS_CONF_* of include/uapi/linux/tls.h. */
const WHO: Readonly<Record<number, string>> = { 1: "none", 2: "sw", 3: "hw", 4: "hw-record" };

/** ` version: 1.2 cipher: aes-gcm-128 rxconf: sw txconf: sw` */
export function tlsOf({ version, cipher, rxconf, txconf, zc_ro_tx }: TlsInfo): string {
  let text = version === undefined ? "" : ` version: ${VERSIONS[version] ?? unknown(version)}`;
  if (cipher !== undefined && CIPHERS[cipher] !== undefined) text += ` cipher: ${CIPHERS[cipher]}`;
  if (rxconf !== undefined) text += ` rxconf: ${WHO[rxconf] ?? unknown(rxconf)}`;
  if (txconf !== undefined) text += ` txconf: ${WHO[txconf] ?? unknown(txconf)}`;
  return zc_ro_tx ? `${text} zc_ro_tx` : text;
}

function unknown(value: number): string {
  return `unknown(${value})`;
}
