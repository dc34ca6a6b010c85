import type { MptcpSubflow, TlsInfo } from "procnet";
import { eachAttribute } from "../netlink/attributes.ts";
import { type KernelBytes, text } from "../netlink/bytes.ts";
import { mptcpSubflow } from "./mptcp-info.ts";

/** What is above a connection of TCP. */
export interface Above {
  name: string | undefined;
  tls: TlsInfo | undefined;
  subflow: MptcpSubflow | undefined;
}

/** The protocol above TCP: INET_ULP_INFO_* of include/uapi/linux/inet_diag.h; TLS and MPTCP have attributes of their own. */
export function ulpOf(of: KernelBytes, from: number, to: number): Above {
  const above: Above = { name: undefined, tls: undefined, subflow: undefined };
  eachAttribute(of, from, to, (type, start, end) => {
    if (type === 1) above.name = text(of, start, end);
    else if (type === 2) above.tls = tlsInfo(of, start, end);
    else if (type === 3) above.subflow = mptcpSubflow(of, start, end);
  });
  return above;
}

/** TLS_INFO_* that are numbers of 16 bits, by number. */
const NUMBERS = [undefined, "version", "cipher", "txconf", "rxconf"] as const;
const ZC_RO_TX = 5;
const RX_NO_PAD = 6;

/** TLS in the kernel: tls_get_info of net/tls/tls_main.c. Flags are there or not, and empty. */
function tlsInfo(of: KernelBytes, from: number, to: number): TlsInfo {
  const info: Record<string, number | boolean> = {};
  eachAttribute(of, from, to, (type, start, end) => {
    const name = NUMBERS[type];
    if (name !== undefined && end - start >= 2) info[name] = of.view.getUint16(start, of.littleEndian);
    else if (type === ZC_RO_TX) info.zc_ro_tx = true;
    else if (type === RX_NO_PAD) info.rx_no_pad = true;
  });
  return info;
}
