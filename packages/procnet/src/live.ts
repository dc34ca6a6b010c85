/**
 * What is wrong, how fast, and why, from what was seen at two times or more: findings with evidence, rates, histories. Opens nothing
 * and runs anywhere, also in a browser: samples come from `takeSample` of the main door, or from elsewhere.
 *
 * @packageDocumentation
 */

export { type Rate, type RateEvent, type Rates, ratesBetween, seriesKey } from "./live/counters/between.ts";
export { type Series, type SeriesOf, seriesKind, seriesOf } from "./live/counters/series.ts";
export { type Destination, digestSockets, type Holder, type SocketDigest } from "./live/digest.ts";
export { type CounterExplanation, counterNames, explainCounter } from "./live/explain/counter.ts";
export type { CounterBits } from "./live/explain/counters/groups.ts";
export { type Explanation, explain } from "./live/explain/explain.ts";
export type { Actor, ExplanationBase, Fact, NotKnown } from "./live/explain/explanation.ts";
export { explainFinding, type FindingExplanation } from "./live/explain/finding.ts";
export { type ExplainSocketOptions, explainSocket, type SocketExplanation } from "./live/explain/socket.ts";
export { type EvaluateOptions, evaluateHealth } from "./live/health/evaluate.ts";
export { FINDINGS } from "./live/health/facts.ts";
export type {
  Evidence,
  Finding,
  FindingLimit,
  FindingOwner,
  Health,
  Severity,
  UnknownFinding,
  UnknownReason,
} from "./live/health/finding.ts";
export { HealthMonitor, type MonitorOptions } from "./live/health/monitor.ts";
export { type LocalPortUse, localPortUse } from "./live/health/port-use.ts";
export { healthSinceBoot } from "./live/health/since-boot.ts";
export type { FindingFacts, Thresholds } from "./live/health/spec.ts";
export type {
  CpuSubject,
  DestinationSubject,
  InterfaceSubject,
  ListenerSubject,
  MachineSubject,
  NamespaceSubject,
  ProcessSubject,
  SocketSubject,
  Subject,
  TableSubject,
  UnixListenerSubject,
} from "./live/health/subject.ts";
export {
  type UseCell,
  type UseCheck,
  type UseColumn,
  type UseRow,
  type UseTableOptions,
  useTable,
} from "./live/health/use.ts";
export { History, type HistoryOptions, type HistoryPoints } from "./live/history.ts";
export { type HistoryValue, historyValues } from "./live/history-series.ts";
export type { Limit, LimitName, LimitScope, Limits, LimitUnknown } from "./live/limit-names.ts";
export { intervalPhase, untilPhase } from "./live/phase.ts";
export type { BondSample, DeviceSample, Missing, ProcessSample, Sample } from "./live/sample.ts";
export {
  type ChangedSocket,
  type MissedConnections,
  type MissedUnknown,
  QUEUE_FIELDS,
  type SeenBefore,
  type SocketChanges,
  type WatchBatch,
  type WatchCount,
  type WatchedOwner,
  type WatchedSocket,
  type WatchField,
  type WatchItem,
  type WatchRound,
  type WatchSnapshot,
} from "./live/watch/batch.ts";
export { type Difference, type DifferenceOptions, difference } from "./live/watch/difference.ts";
export { socketKey } from "./live/watch/identity.ts";
export { LookCosts } from "./live/watch/look-costs.ts";
export { SocketList, type SocketListOptions } from "./live/watch/socket-list.ts";
