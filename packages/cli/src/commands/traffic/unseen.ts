import type { TrafficLook } from "@procnet/kernel";
import { bytesText, countText } from "procnet/view";

/*
 * The line below the table: what is not among it, and the kernel's own numbers of all.
 */

/** `not among it: UDP, 120 datagrams sent, 80 received; ... In all: interfaces but lo 1.2 MiB sent, ...` */
export function unseenText(look: Pick<TrafficLook, "lost" | "totals">): string {
  const { lost, totals } = look;
  const unseen: string[] = [];
  if (totals === undefined) unseen.push("UDP");
  else {
    const { udpDatagramsOut, udpDatagramsIn } = totals;
    unseen.push(`UDP, ${countText(udpDatagramsOut)} datagrams sent and ${countText(udpDatagramsIn)} received`);
  }
  if (lost > 0) unseen.push(`the end of ${countText(lost)} ${lost === 1 ? "connection" : "connections"}`);
  const text = `not among it: ${unseen.join("; ")}`;
  if (totals === undefined) return text;
  const { interfaceBytesOut, interfaceBytesIn, tcpSegmentsOut, tcpSegmentsIn, tcpRetransmitted, tcpOpened } = totals;
  const all = [
    `interfaces but lo ${bytesText(interfaceBytesOut)} sent and ${bytesText(interfaceBytesIn)} received`,
    `TCP ${countText(tcpSegmentsOut)} segments sent, ${countText(tcpSegmentsIn)} received, ${countText(tcpRetransmitted)} sent again`,
    `${countText(tcpOpened)} connections opened`,
  ];
  return `${text}\nin all: ${all.join("; ")}`;
}
