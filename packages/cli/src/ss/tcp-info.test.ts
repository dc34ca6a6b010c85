import type { TcpInfo, TcpSocket } from "procnet";
import { TcpState } from "procnet/parse";
import { describe, expect, it } from "vitest";
import type { Switch } from "./flags.ts";
import { Notes } from "./notes.ts";
import { infoOf } from "./tcp-info.ts";
import { duration, timerOf } from "./timer.ts";
import type { View } from "./view.ts";

/*
 * What sockets of the comparison with ss have not, by the rules of its tcp_stats_print. The line of a connection is one that ss 6.1 printed
 * on Linux 6.18, of one between two sockets of a machine whose peer did not read.
 */

type Row = Parameters<typeof infoOf>[1];

function shown(row: Partial<Row>, code: number = TcpState.ESTABLISHED, on: readonly Switch[] = []): string {
  const view = { on: new Set(on), notes: new Notes() } as Partial<View> as View;
  return infoOf(code, { cwnd: undefined, ssthresh: undefined, ...row } as Row, view);
}

const info = (given: TcpInfo): Partial<TcpSocket> => ({ tcpInfo: { reordering: 3, ...given } });

describe("figures", () => {
  it("of a connection", () => {
    const tcpInfo: TcpInfo = {
      ...{ options: 7, snd_wscale: 10, rcv_wscale: 10, rto: 204_000, rtt: 2, rttvar: 1, snd_mss: 32741, pmtu: 65535 },
      ...{
        rcv_mss: 536,
        advmss: 65483,
        snd_cwnd: 10,
        snd_ssthresh: 0x7fffffff,
        bytes_acked: 1,
        segs_out: 2,
        segs_in: 1,
      },
      ...{ last_data_sent: 5, last_data_recv: 6, last_ack_recv: 7, pacing_rate: 467_844_590_039, delivered: 1 },
      ...{
        delivery_rate_app_limited: 1,
        reordering: 3,
        rcv_space: 65495,
        rcv_ssthresh: 65495,
        min_rtt: 2,
        snd_wnd: 65483,
      },
    };
    expect(shown({ tcpInfo, congestion: "cubic" }, TcpState.ESTABLISHED, ["n", "o"])).toBe(
      " ts sack cubic wscale:10,10 rto:204 rtt:0.002/0.001 mss:32741 pmtu:65535 rcvmss:536 advmss:65483 cwnd:10" +
        " bytes_acked:1 segs_out:2 segs_in:1 send 1309640000000bps lastsnd:5 lastrcv:6 lastack:7" +
        " pacing_rate 3742756720312bps delivered:1 app_limited rcv_space:65495 rcv_ssthresh:65495 minrtt:0.002 snd_wnd:65483",
    );
  });

  it.each<[string, TcpInfo, string]>([
    [
      "losses",
      { retrans: 1, total_retrans: 5, lost: 2, unacked: 9, reordering: 7 },
      " unacked:9 retrans:1/5 lost:2 reordering:7",
    ],
    [
      "limits",
      { busy_time: 8000, rwnd_limited: 4000, sndbuf_limited: 1000 },
      " busy:8ms rwnd_limited:4ms(50.0%) sndbuf_limited:1ms(12.5%)",
    ],
    ["a threshold", { snd_ssthresh: 7 }, " ssthresh:7"],
    ["no minimum", { min_rtt: 0xffffffff }, ""],
    ["the first timeout", { rto: 3_000_000 }, ""],
  ])("of %s", (_, tcpInfo, text) => {
    expect(shown(info(tcpInfo))).toBe(text);
  });

  it("of single algorithms", () => {
    const dctcp = { enabled: 1, ce_state: 0, alpha: 1024, ab_ecn: 3, ab_tot: 4 };
    expect(shown({ ...info({}), congestion: "dctcp", dctcp })).toBe(
      " dctcp dctcp:(ce_state:0,alpha:1024,ab_ecn:3,ab_tot:4)",
    );
    expect(shown({ ...info({}), dctcp: { ...dctcp, enabled: 0 } })).toBe(" dctcp:fallback_mode");
    const vegas = { enabled: 1, rttcnt: 1, rtt: 1000, minrtt: 900 };
    const measured = info({ rtt: 4000, rttvar: 2000, snd_cwnd: 10, snd_mss: 1000 });
    expect(shown({ ...measured, vegas })).toBe(" rtt:4/2 mss:1000 cwnd:10 send 80Mbps");
    const bbr = { bw: 125_000, min_rtt: 500, pacing_gain: 739, cwnd_gain: 739 };
    expect(shown({ ...info({}), bbr })).toBe(" bbr:(bw:1Mbps,mrtt:0.5,pacing_gain:2.88672,cwnd_gain:2.88672)");
  });

  it("of a listener leave out how many may wait", () => {
    expect(shown(info({ sacked: 128, snd_cwnd: 10 }), TcpState.LISTEN)).toBe(" cwnd:10");
    expect(shown(info({ sacked: 128, snd_cwnd: 10 }))).toBe(" cwnd:10 sacked:128");
  });

  it("of procfs are what it tells as exactly", () => {
    expect(shown({ cwnd: 10, ssthresh: 7 })).toBe(" cwnd:10 ssthresh:7");
    expect(shown({ cwnd: 10, ssthresh: -1 })).toBe(" cwnd:10");
  });
});

describe("timers", () => {
  it.each([
    [204, "204ms"],
    [1000, "1sec"],
    [1632, "1.632ms"],
    [9999, "9.999ms"],
    [12_345, "12sec"],
    [60_000, "1min"],
    [119_999, "1min59sec"],
    [599_000, "9min59sec"],
    [7_199_000, "119min"],
    [0, ""],
  ])("%d ms are %s", (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it.each([
    [1, " timer:(on,200ms,3)"],
    [2, " timer:(keepalive,200ms,5)"],
    [4, " timer:(persist,200ms,5)"],
    [5, " timer:(unknown,200ms,5)"],
    [0, ""],
  ])("of kind %d count what they do again", (timer, text) => {
    expect(timerOf({ timer, timerExpires: 20, retransmits: 3, probes: 5 })).toBe(text);
  });
});
