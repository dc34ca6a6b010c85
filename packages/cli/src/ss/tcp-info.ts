import type { TcpInfo, TcpSocket } from "procnet";
import { TcpState } from "procnet/parse";
import { fixed, general, rate } from "./figures.ts";
import type { InetKind, InetRow } from "./inet-row.ts";
import type { View } from "./view.ts";

/*
 * The figures of TCP: ` cubic wscale:7,7 rto:204 rtt:0.5/0.25 ...`. A figure of 0 says nothing and is left out.
 */

type TcpRow = Pick<
  TcpSocket,
  | ("tcpInfo" | "congestion" | "vegas" | "dctcp" | "bbr" | "cwnd" | "ssthresh")
  | ("ulp" | "tlsInfo" | "mptcpInfo" | "mptcpSubflow")
>;

export function isTcpRow({ service }: InetKind, _row: InetRow): _row is InetRow & TcpRow {
  return service === "tcp" || service === "mptcp";
}

export function infoOf(code: number, row: TcpRow, view: View): string {
  const { tcpInfo } = row;
  if (tcpInfo === undefined) return fromProcfs(row, view);
  const figures = [...options(tcpInfo, row, view), ...path(tcpInfo), ...bytes(tcpInfo), ...control(row, view)];
  figures.push(...rates(tcpInfo, row, view), ...losses(tcpInfo, code), ...receiving(tcpInfo));
  return figures.map((figure) => ` ${figure}`).join("");
}

/** What procfs tells exactly as netlink does; its times are rounded to hundredths of a second. */
function fromProcfs({ cwnd, ssthresh }: TcpRow, { notes }: View): string {
  notes.lacks("info");
  let text = cwnd === undefined || cwnd === 0 ? "" : ` cwnd:${cwnd}`;
  if (ssthresh !== undefined && ssthresh > 0 && ssthresh < 0xffff) text += ` ssthresh:${ssthresh}`;
  return text;
}

/** Bits of `options`, in ss's order; shown with `-o` or `-e`. */
const OPTIONS = [
  [1, "ts"],
  [2, "sack"],
  [8, "ecn"],
  [16, "ecnseen"],
  [32, "fastopen"],
] as const;
const WINDOW_SCALE = 4;

function* options({ options = 0, snd_wscale = 0, rcv_wscale = 0 }: TcpInfo, row: TcpRow, { on }: View): Figures {
  if (on.has("o")) for (const [bit, word] of OPTIONS) if ((options & bit) !== 0) yield word;
  if (row.congestion) yield row.congestion;
  if ((options & WINDOW_SCALE) !== 0) yield `wscale:${snd_wscale},${rcv_wscale}`;
}

type Figures = Generator<string, void>;

/** Names and figures that stand behind each other, without those that are 0 or not known. */
function* present(figures: readonly (readonly [name: string, value: number | undefined])[]): Figures {
  for (const [name, value] of figures) if (value) yield `${name}:${value}`;
}

/** The timeout of a connection of which nothing was measured, which says nothing: microseconds. */
const FIRST_TIMEOUT = 3_000_000;

/** Segments from which on a threshold is none. */
const NO_THRESHOLD = 0xffff;

function* path(info: TcpInfo): Figures {
  const { rto = 0, rtt = 0, rttvar = 0, ato = 0, snd_ssthresh } = info;
  if (rto !== 0 && rto !== FIRST_TIMEOUT) yield `rto:${general(rto / 1000)}`;
  yield* present([["backoff", info.backoff]]);
  if (rtt !== 0) yield `rtt:${general(rtt / 1000)}/${general(rttvar / 1000)}`;
  if (ato !== 0) yield `ato:${general(ato / 1000)}`;
  yield* present([
    ["mss", info.snd_mss],
    ["pmtu", info.pmtu],
    ["rcvmss", info.rcv_mss],
    ["advmss", info.advmss],
    ["cwnd", info.snd_cwnd],
    ["ssthresh", (snd_ssthresh ?? NO_THRESHOLD) < NO_THRESHOLD ? snd_ssthresh : undefined],
  ]);
}

function bytes(info: TcpInfo): Figures {
  return present([
    ["bytes_sent", info.bytes_sent],
    ["bytes_retrans", info.bytes_retrans],
    ["bytes_acked", info.bytes_acked],
    ["bytes_received", info.bytes_received],
    ["segs_out", info.segs_out],
    ["segs_in", info.segs_in],
    ["data_segs_out", info.data_segs_out],
    ["data_segs_in", info.data_segs_in],
  ]);
}

/** What single algorithms of congestion control keep. */
function* control({ dctcp, bbr }: TcpRow, { on }: View): Figures {
  if (dctcp !== undefined) {
    const { enabled, ce_state, alpha, ab_ecn, ab_tot } = dctcp;
    yield enabled === 0
      ? "dctcp:fallback_mode"
      : `dctcp:(ce_state:${ce_state},alpha:${alpha},ab_ecn:${ab_ecn},ab_tot:${ab_tot})`;
  }
  if (bbr === undefined) return;
  const { bw, min_rtt, pacing_gain, cwnd_gain } = bbr;
  let text = `bw:${rate(bw * 8, on.has("n"))}bps,mrtt:${general(min_rtt / 1000)}`;
  if (pacing_gain !== 0) text += `,pacing_gain:${general(pacing_gain / 256)}`;
  if (cwnd_gain !== 0) text += `,cwnd_gain:${general(cwnd_gain / 256)}`;
  yield `bbr:(${text})`;
}

/** What Vegas has as long as it has measured nothing. */
const NO_RTT = 0x7fffffff;

function* rates(info: TcpInfo, { vegas }: TcpRow, { on }: View): Figures {
  const isNumeric = on.has("n");
  const { rtt = 0, snd_mss = 0, snd_cwnd = 0, pacing_rate = 0, max_pacing_rate = 0, delivery_rate = 0 } = info;
  const hasVegas = vegas !== undefined && vegas.enabled !== 0 && vegas.rtt !== 0 && vegas.rtt !== NO_RTT;
  const trip = hasVegas ? vegas.rtt : rtt;
  if (trip > 0 && snd_mss > 0 && snd_cwnd > 0) {
    yield `send ${rate((snd_cwnd * snd_mss * 8_000_000) / trip, isNumeric)}bps`;
  }
  yield* present([
    ["lastsnd", info.last_data_sent],
    ["lastrcv", info.last_data_recv],
    ["lastack", info.last_ack_recv],
  ]);
  if (pacing_rate !== 0) {
    const most = max_pacing_rate === 0 ? "" : `/${rate(max_pacing_rate * 8, isNumeric)}bps`;
    yield `pacing_rate ${rate(pacing_rate * 8, isNumeric)}bps${most}`;
  }
  if (delivery_rate !== 0) yield `delivery_rate ${rate(delivery_rate * 8, isNumeric)}bps`;
  yield* present([
    ["delivered", info.delivered],
    ["delivered_ce", info.delivered_ce],
  ]);
  if (info.delivery_rate_app_limited) yield "app_limited";
  yield* busy(info);
}

/** Milliseconds, and how much of them something stood in the way. */
function* busy({ busy_time = 0, rwnd_limited = 0, sndbuf_limited = 0 }: TcpInfo): Figures {
  if (busy_time === 0) return;
  yield `busy:${Math.floor(busy_time / 1000)}ms`;
  const limits = [
    ["rwnd_limited", rwnd_limited],
    ["sndbuf_limited", sndbuf_limited],
  ] as const;
  for (const [name, time] of limits) {
    if (time !== 0) yield `${name}:${Math.floor(time / 1000)}ms(${fixed((100 * time) / busy_time, 1)}%)`;
  }
}

/** Segments by which order may differ in a connection that has seen none differ. */
const USUAL_REORDERING = 3;

function* losses(info: TcpInfo, code: number): Figures {
  const { retrans = 0, total_retrans = 0, reordering = 0 } = info;
  yield* present([["unacked", info.unacked]]);
  if (retrans !== 0 || total_retrans !== 0) yield `retrans:${retrans}/${total_retrans}`;
  yield* present([
    ["lost", info.lost],
    // Of a listener it is how many connections may wait.
    ["sacked", code === TcpState.LISTEN ? undefined : info.sacked],
    ["dsack_dups", info.dsack_dups],
    ["fackets", info.fackets],
  ]);
  if (reordering !== USUAL_REORDERING) yield `reordering:${reordering}`;
  yield* present([["reord_seen", info.reord_seen]]);
}

/** What there is before a round-trip time was seen. */
const NO_MINIMUM = 0xffffffff;

function* receiving(info: TcpInfo): Figures {
  const { rcv_rtt = 0, min_rtt = 0 } = info;
  if (rcv_rtt !== 0) yield `rcv_rtt:${general(rcv_rtt / 1000)}`;
  yield* present([
    ["rcv_space", info.rcv_space],
    ["rcv_ssthresh", info.rcv_ssthresh],
    ["notsent", info.notsent_bytes],
  ]);
  if (min_rtt !== 0 && min_rtt !== NO_MINIMUM) yield `minrtt:${general(min_rtt / 1000)}`;
  yield* present([
    ["rcv_ooopack", info.rcv_ooopack],
    ["snd_wnd", info.snd_wnd],
  ]);
}
