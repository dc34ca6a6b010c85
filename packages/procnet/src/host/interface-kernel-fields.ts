/*
 * What the kernel tells of interfaces and their addresses by rtnetlink and not in procfs.
 */

/**
 * Counters of an interface since it was made, as the kernel keeps them: `struct rtnl_link_stats64` of include/uapi/linux/if_link.h by its
 * own names. `/proc/net/dev` adds some of them up. Above 2^53 numbers are rounded.
 */
export interface LinkStatistics<Value = number> {
  /** Packets that came. */
  readonly rx_packets: Value;
  /** Packets that were sent. */
  readonly tx_packets: Value;
  /** Bytes that came. */
  readonly rx_bytes: Value;
  /** Bytes that were sent. */
  readonly tx_bytes: Value;
  /** Bad packets that came, of all kinds. */
  readonly rx_errors: Value;
  /** What could not be sent, of all kinds. */
  readonly tx_errors: Value;
  /** Dropped on receipt by the machine; `recvDrop` adds `rx_missed_errors`. */
  readonly rx_dropped: Value;
  /** Dropped before sending. */
  readonly tx_dropped: Value;
  /** Packets to groups that came. */
  readonly multicast: Value;
  /** Collisions. */
  readonly collisions: Value;
  /** Packets of a wrong length. */
  readonly rx_length_errors: Value;
  /** Packets that did not fit into the device's buffers. */
  readonly rx_over_errors: Value;
  /** Packets with a wrong checksum. */
  readonly rx_crc_errors: Value;
  /** Packets that are not aligned. */
  readonly rx_frame_errors: Value;
  /** Receive FIFO overruns. */
  readonly rx_fifo_errors: Value;
  /** Dropped by the device, which had no room. */
  readonly rx_missed_errors: Value;
  /** Sending that was given up. */
  readonly tx_aborted_errors: Value;
  /** Sending without a carrier. */
  readonly tx_carrier_errors: Value;
  /** Transmit FIFO underruns. */
  readonly tx_fifo_errors: Value;
  /** No heartbeat, of old devices. */
  readonly tx_heartbeat_errors: Value;
  /** Late collisions. */
  readonly tx_window_errors: Value;
  /** Compressed packets that came. */
  readonly rx_compressed: Value;
  /** Compressed packets that were sent. */
  readonly tx_compressed: Value;
  /** Dropped as nobody takes packets from this interface: a part of a bond that waits. Since Linux 4.6. */
  readonly rx_nohandler: Value | undefined;
  /** Dropped as they are for another hardware address. Since Linux 5.19. */
  readonly rx_otherhost_dropped: Value | undefined;
}

/** What the kernel tells of interfaces by rtnetlink and not in procfs and sysfs as here. Absent where nothing was asked of it. */
export interface InterfaceKernelFields {
  /** Kind of a virtual interface: `bridge`, `veth`, `vlan`; absent of a device. */
  readonly kind?: string;
  /** Name of its master: the bridge, bond or VRF that it is part of. */
  readonly master?: string;
  /** Name of the interface below, or of the other end of a veth, where it is in the same namespace. */
  readonly lower?: string;
  /** Number of the namespace of the interface below, as this one counts others (`ip netns list-id`). */
  readonly lowerNamespace?: number;
  /** Other names. */
  readonly altNames?: readonly string[];
  /** What somebody wrote of it. */
  readonly alias?: string;
  /** Number of a group of interfaces. */
  readonly group?: number;
  /** Most packets that wait to be sent. */
  readonly txQueueLength?: number;
  /** How packets that are to be sent are kept. */
  readonly queueDiscipline?: string;
  /** How many want all packets: above 0 it takes those for others too. */
  readonly promiscuity?: number;
  /** Whether there is a cable. */
  readonly carrier?: boolean;
  /** How often that changed. */
  readonly carrierChanges?: number;
  /** Hardware address that was built in. */
  readonly permanentHwAddress?: string;
  /** Counters one by one. */
  readonly statistics?: LinkStatistics;
}

/** What the kernel tells of addresses by rtnetlink and not in procfs. */
export interface AddressKernelFields {
  /** Address of the other end. */
  readonly peer?: string;
  /** Address of all machines of the network. */
  readonly broadcast?: string;
  /** IPv4: name of the interface, of old with a colon and more. */
  readonly label?: string;
  /** How far it reaches, of both families: `universe`, `site`, `link`, `host`. */
  readonly routeScope?: string;
  /** Seconds that it can be used; absent where for ever. */
  readonly validLifetime?: number;
  /** Seconds that new connections use it; absent where for ever. */
  readonly preferredLifetime?: number;
}
