import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { escapeText } from "procnet/view";
import { LinkState, useIsOld } from "./parts/link.tsx";
import { NotSeen } from "./parts/not-seen.tsx";
import { PlaceLink } from "./parts/place-link.tsx";
import { TokenForm } from "./parts/token.tsx";
import { announce, announced } from "./state/announce.ts";
import { type Counts, useCounts } from "./state/counts.ts";
import { feed } from "./state/data.ts";
import { type Place, place, placeOf, type ViewName } from "./state/location.ts";
import { useSignal } from "./state/signal.ts";
import { VIEW, type View } from "./views.ts";

/** The page: head, navigation, one view, and what it cannot see. */
export function App(): JSX.Element {
  const here = useSignal(place);
  const link = useSignal(feed.link);
  const isOld = useIsOld();
  const [name, view] = viewOf(here.view);
  const counts = useCounts();
  const machine = machineOf(counts);
  useEffect(() => {
    document.title = `${view.title} · ${machine} · procnet`;
  }, [view, machine]);
  useEffect(() => announce(SAID[link.state]), [link.state]);
  const { Look } = view;
  // What is the same is not drawn again: the view draws itself when there is something new.
  const look = useMemo(() => <Look key={name} />, [name]);
  return (
    <>
      <a class="skip" href="#view">
        Skip to the view
      </a>
      <header class="head">
        <strong>procnet</strong>
        <Machine />
        <LinkState />
      </header>
      <nav class="views" aria-label="Views">
        <ul>
          {[...VIEW].map(([one, { title }]) => (
            <li key={one}>
              <PlaceLink to={placeOf(one)} isHere={one === name}>
                {title}
              </PlaceLink>
            </li>
          ))}
        </ul>
      </nav>
      <main id="view" class={isOld ? "old" : ""} tabIndex={-1}>
        <Asking key={`ask ${name}`} view={view} place={here} />
        {link.state === "unauthorised" ? <TokenForm /> : look}
      </main>
      <NotSeen />
      <p class="unseen" role="status">
        {useSignal(announced)}
      </p>
    </>
  );
}

const SAID = {
  connecting: "connecting",
  live: "connected, live",
  hidden: "paused",
  disconnected: "the connection is lost; the last data stays",
  unauthorised: "this server needs a token",
  refused: "the server refuses the question",
} as const;

/** Asks the server what the view needs. */
function Asking({ view, place: here }: { readonly view: View; readonly place: Place }): null {
  const asked = view.useAsk(here);
  useEffect(() => feed.ask(asked));
  return null;
}

/** The name of the machine, as it says itself, and the address by which it is asked. */
function machineOf(counts: Counts | undefined): string {
  const host = counts?.host;
  return host === undefined ? location.host : `${escapeText(host)} at ${location.host}`;
}

/** Which machine this is, and how much of it is seen. */
function Machine(): JSX.Element {
  const counts = useCounts();
  const rights =
    counts === undefined ? "" : counts.rights.allProcesses ? "sees all processes" : "does not see all processes";
  return (
    <span class="about">
      <span class="mono">{machineOf(counts)}</span>
      {rights === "" ? "" : ` · ${rights}`}
      {counts !== undefined && counts.namespaces > 1 ? ` · ${counts.namespaces} network namespaces` : ""}
    </span>
  );
}

/** A view that is not built leads to the first that is. */
function viewOf(name: ViewName): [ViewName, View] {
  const view = VIEW.get(name);
  return view === undefined ? [...VIEW][0]! : [name, view];
}
