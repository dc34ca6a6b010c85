import type { LinkStatistics } from "procnet";
import type { Counter } from "procnet/parse";
import type { AttributeValue } from "../netlink/value.ts";

/** `struct rtnl_link_stats64`, include/uapi/linux/if_link.h: 23 numbers, since Linux 4.6 24, since 5.19 25. */
export function linkStatistics<Value extends Counter>(
  value: AttributeValue,
  read: (value: AttributeValue, at: number) => Value | undefined,
): LinkStatistics<Value> | undefined {
  if (value.length < 23 * 8) return undefined;
  const one = (place: number): Value => read(value, place * 8)!;
  return {
    rx_packets: one(0),
    tx_packets: one(1),
    rx_bytes: one(2),
    tx_bytes: one(3),
    rx_errors: one(4),
    tx_errors: one(5),
    rx_dropped: one(6),
    tx_dropped: one(7),
    multicast: one(8),
    collisions: one(9),
    rx_length_errors: one(10),
    rx_over_errors: one(11),
    rx_crc_errors: one(12),
    rx_frame_errors: one(13),
    rx_fifo_errors: one(14),
    rx_missed_errors: one(15),
    tx_aborted_errors: one(16),
    tx_carrier_errors: one(17),
    tx_fifo_errors: one(18),
    tx_heartbeat_errors: one(19),
    tx_window_errors: one(20),
    rx_compressed: one(21),
    tx_compressed: one(22),
    rx_nohandler: read(value, 23 * 8),
    rx_otherhost_dropped: read(value, 24 * 8),
  };
}
