import type { DatagramSocket, TcpInfo, TcpSocket } from "../../../packages/procnet/src/index.ts";

/*
 * What `ss -tuwanieomOH --tos --inet-sockopt` of iproute2 6.1 says of a socket, word by word, and the same of our rows: tcp_stats_print and
 * its kin in misc/ss.c.
 */

/** Words of a line of ss by their name; a word without a value has the value "". */
export type Words = ReadonlyMap<string, string>;

/** What runs from one moment to the next, and `send`, which ss works out itself. */
const MOVING = ["lastsnd", "lastrcv", "lastack", "timer", "send", "busy", "rwnd_limited", "sndbuf_limited"];

/** Words that are followed by their value as a word of its own. */
const TWO = [
  ...["pacing_rate", "delivery_rate", "send", "inet-sockopt:"],
  ...["version:", "cipher:", "rxconf:", "txconf:"],
];

export function wordsOfLine(line: string): Words {
  const [protocol = "", state = "", received = "", sent = "", local = "", remote = "", ...rest] = line
    .trim()
    .split(/ +/);
  const words = new Map<string, string>(Object.entries({ protocol, state, received, sent, local, remote }));
  // Lists in parentheses are one word.
  const joined = rest.join(" ").replaceAll(/\(([^)]*)\)/g, (all) => all.replaceAll(" ", "_"));
  const parts = joined.split(" ");
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    if (TWO.includes(part)) words.set(part.replace(":", ""), parts[++at]!);
    else if (/^[<-]-[->]$/.test(part)) words.set("shutdown", part);
    else {
      const colon = part.indexOf(":");
      words.set(colon < 0 ? part : part.slice(0, colon), colon < 0 ? "" : part.slice(colon + 1));
    }
  }
  for (const name of MOVING) words.delete(name);
  return words;
}

const STATES: Readonly<Record<string, string>> = {
  ESTABLISHED: "ESTAB",
  CLOSE: "UNCONN",
  FIN_WAIT1: "FIN-WAIT-1",
  FIN_WAIT2: "FIN-WAIT-2",
};

/** The same words of a row. `interfaces` are names by number. */
export function wordsOfRow(row: TcpSocket | DatagramSocket, interfaces: ReadonlyMap<number, string>): Words {
  const words = new Map<string, string>();
  const put = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) words.set(name, String(value));
  };
  put("protocol", row.protocol.replace(/6$/, ""));
  put("state", STATES[row.state] ?? row.state.replaceAll("_", "-"));
  put("received", row.rxQueue);
  put("sent", row.backlog ?? row.txQueue);
  const isSix = row.protocol.endsWith("6");
  const device = row.ifIndex === undefined ? "" : `%${interfaces.get(row.ifIndex)}`;
  put("local", endpoint(row.localAddress, row.localPort, isSix, device, row.v6only === false));
  put("remote", endpoint(row.remoteAddress, row.remotePort, isSix, "", row.v6only === false));
  if (row.uid > 0) put("uid", row.uid);
  put("ino", row.inode);
  put("sk", row.cookie);
  if (row.mark !== undefined && row.mark !== 0) put("fwmark", `0x${row.mark.toString(16)}`);
  if (row.cgroupId !== undefined) put("cgroup", `unreachable:${row.cgroupId.toString(16)}`);
  put("v6only", row.v6only === undefined ? undefined : Number(row.v6only));
  if (row.shutdown !== undefined)
    put("shutdown", `${(row.shutdown & 1) !== 0 ? "-" : "<"}-${(row.shutdown & 2) !== 0 ? "-" : ">"}`);
  const hex = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : value === 0 ? "0" : `0x${value.toString(16)}`;
  put("tos", hex(row.tos));
  put("tclass", hex(row.tclass));
  put("class_id", hex(row.classId));
  if (row.sockOpt !== undefined) put("inet-sockopt", optionsText(row.sockOpt));
  if (row.skMem !== undefined) {
    const {
      rmem_alloc: r,
      rcvbuf,
      wmem_alloc: t,
      sndbuf,
      fwd_alloc: f,
      wmem_queued: w,
      optmem: o,
      backlog,
      drops,
    } = row.skMem;
    put("skmem", `(r${r},rb${rcvbuf},t${t},tb${sndbuf},f${f},w${w},o${o},bl${backlog},d${drops})`);
  }
  if ("congestion" in row || "tcpInfo" in row) tcpWords(row as TcpSocket, put);
  return words;
}

function endpoint(address: string, port: number, isSix: boolean, device: string, isDual: boolean): string {
  const number = port === 0 ? "*" : String(port);
  if (isDual && address === "::") return `*:${number}`;
  return isSix ? `[${address}]${device}:${number}` : `${address}${device}:${number}`;
}

/** Names of ss, in its order. */
const OPTIONS = {
  recverr: "recverr",
  is_icsk: "is_icsk",
  freebind: "freebind",
  hdrincl: "hdrincl",
  mc_loop: "mc_loop",
  transparent: "transparent",
  mc_all: "mc_all",
  nodefrag: "nodefrag",
  bind_address_no_port: "bind_addr_no_port",
  recverr_rfc4884: "recverr_rfc4884",
  defer_connect: "defer_connect",
} as const;

function optionsText(options: NonNullable<TcpSocket["sockOpt"]>): string {
  const set = Object.entries(OPTIONS).flatMap(([name, word]) =>
    options[name as keyof typeof OPTIONS] ? [`_${word}`] : [],
  );
  return `(${set.join("")})`;
}

/** Numbers that are printed where they are not 0, by the names of ss. */
const NUMBERS: Readonly<Record<string, keyof TcpInfo>> = {
  ...{ backoff: "backoff", mss: "snd_mss", pmtu: "pmtu", rcvmss: "rcv_mss", advmss: "advmss", cwnd: "snd_cwnd" },
  ...{
    bytes_sent: "bytes_sent",
    bytes_retrans: "bytes_retrans",
    bytes_acked: "bytes_acked",
    bytes_received: "bytes_received",
  },
  ...{ segs_out: "segs_out", segs_in: "segs_in", data_segs_out: "data_segs_out", data_segs_in: "data_segs_in" },
  ...{ delivered: "delivered", delivered_ce: "delivered_ce", unacked: "unacked", lost: "lost", sacked: "sacked" },
  ...{ rcv_space: "rcv_space", rcv_ssthresh: "rcv_ssthresh", notsent: "notsent_bytes", snd_wnd: "snd_wnd" },
  ...{ dsack_dups: "dsack_dups", reord_seen: "reord_seen", rcv_ooopack: "rcv_ooopack" },
};

type Put = (name: string, value: string | number | undefined) => void;

function tcpWords(row: TcpSocket, put: Put): void {
  const { tcpInfo: info = {}, congestion, bbr, ulp } = row;
  if (congestion !== undefined) put(congestion, "");
  if (ulp !== undefined) put(`tcp-ulp-${ulp}`, "");
  if (row.tlsInfo !== undefined) tlsWords(row.tlsInfo, put);
  if (row.mptcpSubflow !== undefined) subflowWords(row.mptcpSubflow, put);
  const { options = 0 } = info;
  for (const [bit, word] of [
    [1, "ts"],
    [2, "sack"],
    [8, "ecn"],
    [16, "ecnseen"],
    [32, "fastopen"],
  ] as const)
    if ((options & bit) !== 0) put(word, "");
  if ((options & 4) !== 0) put("wscale", `${info.snd_wscale},${info.rcv_wscale}`);
  for (const [word, name] of Object.entries(NUMBERS)) {
    // Of a listener this is the limit of its queue.
    if (row.state === "LISTEN" && word === "sacked") continue;
    if ((info[name] ?? 0) > 0) put(word, info[name]);
  }
  const milli = (value: number): string => String(Number((value / 1000).toPrecision(6)));
  if ((info.rto ?? 0) > 0 && info.rto !== 3000000) put("rto", milli(info.rto!));
  if ((info.rtt ?? 0) > 0) put("rtt", `${milli(info.rtt!)}/${milli(info.rttvar!)}`);
  if ((info.ato ?? 0) > 0) put("ato", milli(info.ato!));
  if ((info.rcv_rtt ?? 0) > 0) put("rcv_rtt", milli(info.rcv_rtt!));
  if ((info.min_rtt ?? 0) > 0 && info.min_rtt !== 4294967295) put("minrtt", milli(info.min_rtt!));
  if ((info.snd_ssthresh ?? 0) > 0 && info.snd_ssthresh! < 0xffff) put("ssthresh", info.snd_ssthresh);
  if ((info.retrans ?? 0) + (info.total_retrans ?? 0) > 0) put("retrans", `${info.retrans}/${info.total_retrans}`);
  if ((info.reordering ?? 3) !== 3 && row.state !== "LISTEN") put("reordering", info.reordering);
  const rate = (value: number): string => `${BigInt(value) * 8n}bps`;
  if (info.pacing_rate !== undefined && info.pacing_rate > 0 && row.state !== "LISTEN") {
    const most = info.max_pacing_rate;
    put("pacing_rate", rate(info.pacing_rate) + (most === undefined ? "" : `/${rate(most)}`));
  }
  if ((info.delivery_rate ?? 0) > 0) put("delivery_rate", rate(info.delivery_rate!));
  if (info.delivery_rate_app_limited === 1) put("app_limited", "");
  if (bbr !== undefined) {
    const gain = (value: number): string => (value === 0 ? "" : String(Number((value / 256).toPrecision(6))));
    const parts = [`bw:${rate(bbr.bw)}`, `mrtt:${milli(bbr.min_rtt)}`];
    if (bbr.pacing_gain !== 0) parts.push(`pacing_gain:${gain(bbr.pacing_gain)}`);
    if (bbr.cwnd_gain !== 0) parts.push(`cwnd_gain:${gain(bbr.cwnd_gain)}`);
    put("bbr", `(${parts.join(",")})`);
  }
}

/** tcp_tls_* of ss: of ciphers it knows two. */
function tlsWords({ version, cipher, rxconf, txconf }: NonNullable<TcpSocket["tlsInfo"]>, put: Put): void {
  put("version", version && `1.${version - 0x301}`);
  if (cipher === 51 || cipher === 52) put("cipher", `aes-gcm-${cipher === 51 ? 128 : 256}`);
  put("rxconf", ["", "none", "sw"][rxconf ?? 0]);
  put("txconf", ["", "none", "sw"][txconf ?? 0]);
}

/** mptcp_subflow_info of ss: hexadecimal, where it is not 0. */
function subflowWords(subflow: NonNullable<TcpSocket["mptcpSubflow"]>, put: Put): void {
  const { token_rem = 0, token_loc = 0, id_rem = 0, id_loc = 0, flags = 0, map_seq = "0" } = subflow;
  const letters = [..."MmJjBbecv"].filter((_, bit) => (flags & (1 << bit)) !== 0).join("");
  if (letters !== "") put("flags", letters);
  const four = (value: number): string => value.toString(16).padStart(4, "0");
  if (token_rem !== 0 || token_loc !== 0 || id_rem !== 0 || id_loc !== 0)
    put("token", `${four(token_rem)}(id:${id_rem})/${four(token_loc)}(id:${id_loc})`);
  if (map_seq !== "0") put("seq", map_seq);
  for (const [word, value] of [
    ["sfseq", subflow.map_sfseq],
    ["ssnoff", subflow.ssn_offset],
    ["maplen", subflow.map_datalen],
  ] as const)
    if ((value ?? 0) !== 0) put(word, value!.toString(16));
}
