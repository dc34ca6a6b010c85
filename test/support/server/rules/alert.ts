/** A rule that alerts, as Prometheus reads it. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: "warning" | "critical" };
  readonly annotations: Readonly<Record<"summary" | "description" | "runbook_url", string>>;
}

/** Series of a test, each with values a minute apart as promtool writes them: `0+60x180`. */
export type SeriesOf = Readonly<Record<string, string>>;

/** A rule with a case in which it fires, and one like it in which it does not. */
export interface TestedAlert {
  readonly rule: Alert;
  readonly fires: SeriesOf;
  /** Labels that it has when it fires, besides its severity, the job and the instance. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What `{{ $value ... }}` is shown as when it fires. */
  readonly value?: string;
  readonly silent: SeriesOf;
  /** When it is looked at: after 150 minutes, unless it is said. */
  readonly at?: string;
}

/** Where the documentation is read. */
export const DOCS = "https://procnet.example/procnet/blob/main/docs";

/** What all series of a test have. */
export const HOST = 'instance="web1:9909",job="procnet"';

/** A series of that host: its name, and labels besides. */
export const series = (name: string, labels = ""): string => `${name}{${HOST}${labels === "" ? "" : `,${labels}`}}`;
