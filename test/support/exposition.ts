/** A metric as Prometheus reads it. */
export interface ReadFamily {
  readonly type: string;
  readonly help: string;
  /** Values by their labels, these in order and written as in the text. */
  readonly samples: ReadonlyMap<string, number>;
}

const NAME = /^[a-zA-Z_:][\w:]*/;
const LABEL = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|(?=\}))/;

/**
 * Reads the text format 0.0.4 without histograms and summaries. Throws at what Prometheus would not take: a sample of a metric without
 * a type, a label or series given twice, a metric in two pieces.
 */
export function readExposition(text: string): Map<string, ReadFamily> {
  if (!text.endsWith("\n")) throw new Error("the text does not end in a newline");
  const families = new Map<string, { type: string; help: string; samples: Map<string, number> }>();
  let last = "";
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, kind, about = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    const name = kind === undefined ? (NAME.exec(line)?.[0] ?? "") : about;
    if (name !== last && families.has(name)) throw new Error(`in two pieces: ${name}`);
    const family = families.get(name) ?? { type: "", help: "", samples: new Map<string, number>() };
    families.set(name, family);
    last = name;
    if (kind === "TYPE") family.type = rest;
    else if (kind === "HELP") family.help = rest;
    else if (line.startsWith("#")) throw new Error(`neither HELP nor TYPE: ${line}`);
    else addSample(family, line, line.slice(name.length));
  }
  return families;
}

function addSample(
  { type, samples }: { type: string; samples: Map<string, number> },
  line: string,
  text: string,
): void {
  if (type === "") throw new Error(`a sample without a type: ${line}`);
  const labels = new Map<string, string>();
  let rest = text;
  if (rest.startsWith("{")) {
    rest = rest.slice(1);
    while (!rest.startsWith("}")) {
      const [whole, label = "", value = ""] = LABEL.exec(rest) ?? [];
      if (whole === undefined || labels.has(label)) throw new Error(`labels: ${line}`);
      labels.set(label, value);
      rest = rest.slice(whole.length);
    }
    rest = rest.slice(1);
  }
  const number = /^ (\S+)$/.exec(rest)?.[1] ?? "";
  const value = number === "NaN" ? Number.NaN : Number(number.replace(/^([+-]?)Inf$/, "$1Infinity"));
  const key = [...labels]
    .sort()
    .map(([label, of]) => `${label}="${of}"`)
    .join(",");
  if (number === "" || (Number.isNaN(value) && number !== "NaN")) throw new Error(`value: ${line}`);
  if (samples.has(key)) throw new Error(`given twice: ${line}`);
  samples.set(key, value);
}
