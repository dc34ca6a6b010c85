import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { LinkState, staleFor, useNow } from "./parts/link.tsx";
import { feed } from "./state/data.ts";
import { go, place, placeAddress, placeOf, type ViewName } from "./state/location.ts";
import { useSignal } from "./state/signal.ts";
import { VIEW, type View } from "./views.ts";

/** The page: head, navigation, one view. */
export function App(): JSX.Element {
  const here = useSignal(place);
  const link = useSignal(feed.link);
  const heard = useSignal(feed.heard);
  const now = useNow();
  const [name, view] = viewOf(here.view);
  useEffect(() => feed.ask(view.ask(here)), [here, view]);
  useEffect(() => {
    document.title = `${view.title}, procnet at ${location.host}`;
  }, [view]);
  const isOld = staleFor(heard, link, now) !== undefined;
  const { Look } = view;
  return (
    <>
      <a class="skip" href="#view">
        Skip to the view
      </a>
      <header class="head">
        <strong>procnet</strong>
        <span class="about">{location.host}</span>
        <LinkState now={now} />
      </header>
      <nav class="views" aria-label="Views">
        <ul>
          {[...VIEW].map(([one, { title }]) => (
            <li key={one}>
              <ViewLink view={one} title={title} isHere={one === name} />
            </li>
          ))}
        </ul>
      </nav>
      <main id="view" class={isOld ? "old" : ""} tabIndex={-1}>
        <Look key={name} />
      </main>
    </>
  );
}

/** A view that is not built leads to the first that is. */
function viewOf(name: ViewName): [ViewName, View] {
  const view = VIEW.get(name);
  return view === undefined ? [...VIEW][0]! : [name, view];
}

interface ViewLinkProps {
  readonly view: ViewName;
  readonly title: string;
  readonly isHere: boolean;
}

/** A link that works as one in another tab, too. */
function ViewLink({ view, title, isHere }: ViewLinkProps): JSX.Element {
  const there = placeOf(view);
  const onClick = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(there);
  };
  return (
    <a href={placeAddress(there)} aria-current={isHere ? "page" : undefined} onClick={onClick}>
      {title}
    </a>
  );
}
