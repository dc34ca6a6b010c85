import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { escapeText } from "procnet/view";
import { type Line, lineSummary } from "./lines.ts";
import { clockText, Plot } from "./plot.tsx";

/** A graph over time. */
export interface ChartProps {
  readonly title: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  /** A value as it is written. */
  readonly text: (value: number) => string;
  readonly isBytes?: boolean;
  /** Said where there is no line. */
  readonly empty?: string;
}

const WAITING = "Not known yet: the first look is on its way.";

/** Lines over time with a legend, by which each can be hidden. */
export function Chart({ title, times, lines, text, isBytes = false, empty = WAITING }: ChartProps): JSX.Element {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [pointed, setPointed] = useState<number>();
  const at = pointed === undefined || pointed >= times.length ? undefined : pointed;
  const shown = lines.filter(({ name }) => !hidden.has(name));
  const toggle = (name: string): void => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };
  return (
    <figure class="chart">
      <figcaption>
        <h2>{escapeText(title)}</h2>
        {at !== undefined && <span class="dim mono">{clockText(times[at]!)}</span>}
      </figcaption>
      <Plot
        name={`${escapeText(title)}: times`}
        times={times}
        lines={shown}
        text={text}
        isBytes={isBytes}
        at={at}
        onPoint={setPointed}
        spoken={at === undefined ? "now" : spoken(clockText(times[at]!), shown, at, text)}
      />
      <ul class="legend" aria-label={`${escapeText(title)}: lines`}>
        {lines.map((line) => (
          <li key={line.name}>
            <LegendButton
              line={line}
              text={text}
              at={at}
              isShown={!hidden.has(line.name)}
              onToggle={() => toggle(line.name)}
            />
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p class="dim">{empty}</p>}
    </figure>
  );
}

/** What lines have at a time. */
function spoken(when: string, lines: readonly Line[], at: number, text: (value: number) => string): string {
  const values = lines.map(({ name, values }) => {
    const value = values[at];
    return `${name} ${value === null || value === undefined ? "not known" : text(value)}`;
  });
  return [when, ...values].join(", ");
}

interface LegendButtonProps {
  readonly line: Line;
  readonly text: (value: number) => string;
  readonly at: number | undefined;
  readonly isShown: boolean;
  readonly onToggle: () => void;
}

/** A line by its name, with its value; hides and shows it. */
function LegendButton({ line, text, at, isShown, onToggle }: LegendButtonProps): JSX.Element {
  const { name, look, dash, values } = line;
  const summary = lineSummary(values);
  const value = at === undefined ? summary?.last : values[at];
  return (
    <button type="button" aria-pressed={isShown} onClick={onToggle}>
      <svg class={look} width="24" height="8" aria-hidden="true">
        <path d="M0 4H24" stroke-dasharray={dash.join(" ")} />
      </svg>
      <span>{name}</span> <span class="mono">{value === null || value === undefined ? "?" : text(value)}</span>
      {summary && (
        <span class="unseen">
          , at least {text(summary.least)}, at most {text(summary.most)}
        </span>
      )}
    </button>
  );
}
