import { HOST, type SeriesOf, type TestedAlert } from "./alert.ts";
import { RECORDINGS, type TestedRecording } from "./recording-rules.ts";
import { ALERTS } from "./rule-files.ts";

/** Long enough for each `for` and each range. */
const AT = "150m";

const valuesOf = (given: SeriesOf): object[] =>
  Object.entries(given).map(([name, values]) => ({ series: name, values }));

const hostLabels = Object.fromEntries(
  [...HOST.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
);

/** An annotation as Prometheus expands it. */
function expanded(text: string, labels: Readonly<Record<string, string>>, value: string | undefined): string {
  return text
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, name: string) => labels[name] ?? "")
    .replaceAll(/\{\{ \$value(?: \| \w+)? \}\}/g, () => value ?? "no value was said");
}

function firing({ rule, labels = {}, value }: TestedAlert): object {
  const all: Record<string, string> = { ...hostLabels, ...labels };
  const texts = Object.entries(rule.annotations).map(([name, text]) => [name, expanded(text, all, value)]);
  return { exp_labels: { ...all, ...rule.labels }, exp_annotations: Object.fromEntries(texts) };
}

/** What is said of one alert: all that fire of its name must be those. */
const alertTest = ({ rule, at = AT }: TestedAlert, given: SeriesOf, alerts: readonly object[]): object => {
  const name = `${rule.alert} ${rule.labels.severity} ${alerts.length === 0 ? "is silent" : "fires"}`;
  return {
    name,
    interval: "1m",
    input_series: valuesOf(given),
    alert_rule_test: [{ eval_time: at, alertname: rule.alert, exp_alerts: alerts }],
  };
};

/** One that is worse than a warning leaves the warning of the same name in its silent case. */
function silentTest(tested: TestedAlert): object {
  const { rule, silent } = tested;
  const milder = ALERTS.find((one) => one.rule.alert === rule.alert && one.rule.labels.severity === "warning");
  const isCritical = rule.labels.severity === "critical";
  return alertTest(tested, silent, isCritical && milder !== undefined ? [firing(milder)] : []);
}

function recordingTest({ rule, given, gives }: TestedRecording): object {
  return {
    name: rule.record,
    interval: "1m",
    input_series: valuesOf(given),
    promql_expr_test: [
      {
        expr: rule.record,
        eval_time: AT,
        exp_samples: Object.entries(gives).map(([labels, value]) => ({
          labels: `${rule.record}{${HOST}${labels === "" ? "" : `,${labels}`}}`,
          value,
        })),
      },
    ],
  };
}

/** A file for `promtool test rules`: each alert fires in one case and is silent in another, each recording is made. */
export function promtoolTests(files: readonly string[]): object {
  const alerts = ALERTS.flatMap((tested) => [alertTest(tested, tested.fires, [firing(tested)]), silentTest(tested)]);
  return { rule_files: files, evaluation_interval: "1m", tests: [...alerts, ...RECORDINGS.map(recordingTest)] };
}
