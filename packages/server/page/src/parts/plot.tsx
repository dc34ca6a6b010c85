import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Line } from "./lines.ts";
import { linePath, nearest, timeTicks, valueAxis } from "./scale.ts";

interface PlotProps {
  /** What it is of. */
  readonly name: string;
  readonly times: readonly number[];
  /** Those that are shown. */
  readonly lines: readonly Line[];
  /** A value as the axis has it. */
  readonly text: (value: number) => string;
  readonly isBytes: boolean;
  /** Index of the time at which the pointer is. */
  readonly at: number | undefined;
  readonly onPoint: (at: number | undefined) => void;
  /** What there is at this time, for who cannot see it. */
  readonly spoken: string;
}

const HEIGHT = 160;
const LEFT = 84;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 24;
/** Room of a time on the axis. */
const TIME = 80;
/** A graph that has just begun is not drawn as if it filled its time. */
const LEAST_SECONDS = 60;

/** Lines over time, along which the pointer or the arrow keys go. What is drawn is not for who cannot see it: that is spoken, and in the legend. */
export function Plot({ name, times, lines, text, isBytes, at, onPoint, spoken }: PlotProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = useSeenWidth(box);
  const right = Math.max(LEFT + 40, width - RIGHT);
  const bottom = HEIGHT - BOTTOM;
  const to = times.at(-1) ?? 0;
  const from = Math.min(times[0] ?? 0, to - LEAST_SECONDS);
  const most = lines.reduce((found, { values }) => values.reduce<number>((a, b) => Math.max(a, b ?? 0), found), 0);
  const { ticks, end } = valueAxis(most, isBytes);
  const x = (time: number): number => LEFT + ((time - from) / (to - from)) * (right - LEFT);
  const y = (value: number): number => bottom - (value / end) * (bottom - TOP);
  const point = (event: PointerEvent): void => {
    const { left } = box.current!.getBoundingClientRect();
    onPoint(nearest(times, from + ((event.clientX - left - LEFT) / (right - LEFT)) * (to - from)));
  };
  const last = times.length - 1;
  const go = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = goal(event.key, at ?? last, last);
    if (next === undefined || last < 0) return;
    event.preventDefault();
    onPoint(next);
  };
  return (
    <div
      ref={box}
      class="plot"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={Math.max(last, 0)}
      aria-valuenow={Math.max(at ?? last, 0)}
      aria-valuetext={spoken}
      onPointerMove={point}
      onPointerLeave={() => onPoint(undefined)}
      onKeyDown={go}
      onBlur={() => onPoint(undefined)}
    >
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <g class="grid">
            {ticks.map((value) => (
              <g key={value}>
                <line x1={LEFT} x2={right} y1={y(value)} y2={y(value)} />
                <text x={LEFT - 8} y={y(value) + 4} text-anchor="end">
                  {text(value)}
                </text>
              </g>
            ))}
            {times.length > 0 &&
              timeTicks(from, to, (right - LEFT) / TIME).map((time) => (
                <g key={time}>
                  <line x1={x(time)} x2={x(time)} y1={bottom} y2={bottom + 4} />
                  {x(time) < width - TIME / 2 + 8 && (
                    <text x={x(time)} y={HEIGHT - 6} text-anchor="middle">
                      {clockText(time)}
                    </text>
                  )}
                </g>
              ))}
          </g>
          {lines.map(({ name, look, dash, values }) => (
            <path
              key={name}
              class={look}
              d={linePath(times, values, x, y)}
              stroke-dasharray={dash.join(" ")}
              stroke-linecap={dash.length === 0 ? "round" : "butt"}
            />
          ))}
          {at !== undefined && <line class="pointer" x1={x(times[at]!)} x2={x(times[at]!)} y1={TOP} y2={bottom} />}
        </svg>
      )}
    </div>
  );
}

/** Times that a page is. */
const PAGE = 10;

/** The time that a key of a slider goes to (WAI-ARIA Authoring Practices); `undefined` where it goes nowhere. */
function goal(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, at - 1);
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(last, at + 1);
    case "PageDown":
      return Math.max(0, at - PAGE);
    case "PageUp":
      return Math.min(last, at + PAGE);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}

/** The width of an element; 0 while it cannot be seen, so that nothing is drawn then. */
function useSeenWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current!;
    let isSeen = false;
    const measure = (): void => setWidth(isSeen ? element.clientWidth : 0);
    const sizes = new ResizeObserver(measure);
    const seen = new IntersectionObserver((entries) => {
      isSeen = entries.at(-1)?.isIntersecting ?? false;
      measure();
    });
    sizes.observe(element);
    seen.observe(element);
    return () => {
      sizes.disconnect();
      seen.disconnect();
    };
  }, []);
  return width;
}

/** A time of day, of seconds since 1970, as the clock on the wall has it. */
export function clockText(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB");
}
