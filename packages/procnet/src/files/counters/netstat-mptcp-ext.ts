import type { Counters } from "../../form/mib.ts";
import type { Counter } from "../../form/options.ts";

/**
 * Counters of MPTCP (RFC 8684): `MPTcpExt:` of `/proc/net/netstat`, since Linux 5.7. All 0 while nobody uses it.
 * Kernels before the release that a counter names lack it.
 */
export type MPTcpExtMib<Value extends Counter = number> = Counters<Value> & {
  /** Connections that a peer asked to be MPTCP. */
  readonly MPCapableSYNRX: Value;
  /** Those of them that became MPTCP. */
  readonly MPCapableACKRX: Value;
  /** Connections here accepted that fell back to TCP: the last step of the handshake lacked the option. */
  readonly MPCapableFallbackACK: Value;
  /** Connections here opened that fell back to TCP: the peer does not speak MPTCP. */
  readonly MPCapableFallbackSYNACK: Value;
  /** Segments sent again, perhaps over another subflow. */
  readonly MPTCPRetrans: Value;
  /** Further subflows refused: no such connection. */
  readonly MPJoinNoTokenFound: Value;
  /** Further subflows that a peer asked for. */
  readonly MPJoinSynRx: Value;
  /** Answers to the SYN of further subflows. */
  readonly MPJoinSynAckRx: Value;
  /** Answers to the SYN of further subflows that were not authentic. */
  readonly MPJoinSynAckHMacFailure: Value;
  /** Further subflows that the peer completed. */
  readonly MPJoinAckRx: Value;
  /** Completions of further subflows that were not authentic. */
  readonly MPJoinAckHMacFailure: Value;
  /** Mappings that contradict those before. */
  readonly DSSNotMatching: Value;
  /** Connections that the peer made fall back to TCP. */
  readonly InfiniteMapRx: Value;
  /** Packets put at the end of the queue of those out of order. */
  readonly OFOQueueTail: Value;
  /** Packets that came out of order. */
  readonly OFOQueue: Value;
  /** Packets out of order that were joined to their neighbour. */
  readonly OFOMerge: Value;
  /** Packets outside of the window of the connection. */
  readonly NoDSSInWindow: Value;
  /** Packets that came twice, over two subflows say. */
  readonly DuplicateData: Value;
  /** Addresses that peers announced. */
  readonly AddAddr: Value;
  /** Confirmations of announced addresses that were received. */
  readonly EchoAdd: Value;
  /** Addresses that peers took back. */
  readonly RmAddr: Value;
  /** Subflows closed. */
  readonly RmSubflow: Value;
  /** In Linux 5.15 and later. Connections that this side asked to be MPTCP. */
  readonly MPCapableSYNTX?: Value;
  /** In Linux 5.15 and later. */
  readonly MPCapableSYNACKRX?: Value;
  /** In Linux 5.15 and later. */
  readonly MPFallbackTokenInit?: Value;
  /** In Linux 5.15 and later. */
  readonly DSSNoMatchTCP?: Value;
  /** In Linux 5.15 and later. Data with a wrong checksum. */
  readonly DataCsumErr?: Value;
  /** In Linux 5.15 and later. */
  readonly PortAdd?: Value;
  /** In Linux 5.15 and later. */
  readonly AddAddrDrop?: Value;
  /** In Linux 5.15 and later. */
  readonly MPJoinPortSynRx?: Value;
  /** In Linux 5.15 and later. */
  readonly MPJoinPortSynAckRx?: Value;
  /** In Linux 5.15 and later. */
  readonly MPJoinPortAckRx?: Value;
  /** In Linux 5.15 and later. */
  readonly MismatchPortSynRx?: Value;
  /** In Linux 5.15 and later. */
  readonly MismatchPortAckRx?: Value;
  /** In Linux 5.15 and later. */
  readonly RmAddrDrop?: Value;
  /** In Linux 5.15 and later. */
  readonly MPPrioTx?: Value;
  /** In Linux 5.15 and later. */
  readonly MPPrioRx?: Value;
  /** In Linux 5.15 and later. */
  readonly MPFailTx?: Value;
  /** In Linux 5.15 and later. */
  readonly MPFailRx?: Value;
  /** In Linux 5.15. Gone by Linux 6.18. */
  readonly RcvPruned?: Value;
  /** In Linux 5.15 and later. */
  readonly SubflowStale?: Value;
  /** In Linux 5.15 and later. */
  readonly SubflowRecover?: Value;
  /** In Linux 6.1 and later. */
  readonly MPCapableEndpAttempt?: Value;
  /** In Linux 6.1 and later. */
  readonly MPJoinSynBackupRx?: Value;
  /** In Linux 6.1 and later. */
  readonly MPJoinSynAckBackupRx?: Value;
  /** In Linux 6.1 and later. */
  readonly DSSCorruptionFallback?: Value;
  /** In Linux 6.1 and later. */
  readonly DSSCorruptionReset?: Value;
  /** In Linux 6.1 and later. */
  readonly InfiniteMapTx?: Value;
  /** In Linux 6.1 and later. */
  readonly MPFastcloseTx?: Value;
  /** In Linux 6.1 and later. */
  readonly MPFastcloseRx?: Value;
  /** In Linux 6.1 and later. */
  readonly MPRstTx?: Value;
  /** In Linux 6.1 and later. */
  readonly MPRstRx?: Value;
  /** In Linux 6.1 and later. */
  readonly SndWndShared?: Value;
  /** In Linux 6.1 and later. */
  readonly RcvWndShared?: Value;
  /** In Linux 6.1 and later. */
  readonly RcvWndConflictUpdate?: Value;
  /** In Linux 6.1 and later. */
  readonly RcvWndConflict?: Value;
  /** In Linux 6.12 and later. */
  readonly MPCapableSYNTXDrop?: Value;
  /** In Linux 6.12 and later. */
  readonly MPCapableSYNTXDisabled?: Value;
  /** In Linux 6.12 and later. */
  readonly MPJoinSynTx?: Value;
  /** In Linux 6.12 and later. */
  readonly MPJoinSynTxCreatSkErr?: Value;
  /** In Linux 6.12 and later. */
  readonly MPJoinSynTxBindErr?: Value;
  /** In Linux 6.12 and later. */
  readonly MPJoinSynTxConnectErr?: Value;
  /** In Linux 6.12 and later. */
  readonly AddAddrTx?: Value;
  /** In Linux 6.12 and later. */
  readonly AddAddrTxDrop?: Value;
  /** In Linux 6.12 and later. */
  readonly EchoAddTx?: Value;
  /** In Linux 6.12 and later. */
  readonly EchoAddTxDrop?: Value;
  /** In Linux 6.12 and later. */
  readonly RmAddrTx?: Value;
  /** In Linux 6.12 and later. */
  readonly RmAddrTxDrop?: Value;
  /** In Linux 6.12 and later. MPTCP connections now established: a gauge. */
  readonly MPCurrEstab?: Value;
  /** In Linux 6.12 and later. */
  readonly Blackhole?: Value;
  /** In Linux 6.12 and later. */
  readonly MPCapableDataFallback?: Value;
  /** In Linux 6.12 and later. */
  readonly MD5SigFallback?: Value;
  /** In Linux 6.12 and later. */
  readonly DssFallback?: Value;
  /** In Linux 6.12 and later. */
  readonly SimultConnectFallback?: Value;
  /** In Linux 6.12 and later. */
  readonly FallbackFailed?: Value;
  /** In Linux 6.18 and later. */
  readonly MPJoinRejected?: Value;
  /** In Linux 6.18 and later. */
  readonly WinProbe?: Value;
};
