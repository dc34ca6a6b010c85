import type { JSX } from "preact";
import { ageText, countText } from "procnet/view";
import { Drawer } from "../parts/drawer.tsx";
import { FindingExplained } from "../parts/explained.tsx";
import { FindingCard } from "../parts/finding-card.tsx";
import { aboutText, findingKey } from "../parts/finding-places.ts";
import { NotJudged } from "../parts/not-judged.tsx";
import { PlaceLink } from "../parts/place-link.tsx";
import { judgedText, nothingText } from "../parts/wrong.tsx";
import type { HealthDocument } from "../state/documents.ts";
import { go, place, placeOf } from "../state/location.ts";
import { useSignal } from "../state/signal.ts";
import { useDocument } from "../state/use-document.ts";

/** What is wrong with its evidence, what is in order, and what could not be judged. */
export function HealthView(): JSX.Element {
  const { open } = useSignal(place);
  const health = useDocument("health");
  const opened = health?.findings.find((one) => findingKey(one) === open);
  const title = opened === undefined ? open : `${opened.id}: ${aboutText(opened)}`;
  return (
    <div class="beside">
      <div class="health">
        <div class="bar">
          <h1>Health</h1>
          {health !== undefined && <span class="dim">{spanText(health)}</span>}
        </div>
        {health === undefined ? (
          <p class="empty">Not known yet: the first look is on its way.</p>
        ) : (
          <Judged health={health} />
        )}
      </div>
      {open !== "" && (
        <Drawer title={title} onClose={() => go({ open: "" })}>
          <FindingExplained id={open.split(" ", 1)[0]!} found={opened} />
        </Drawer>
      )}
    </div>
  );
}

function spanText({ window, samples, findings, ...rest }: HealthDocument): string {
  const found = findings.length === 1 ? "1 finding" : `${countText(findings.length)} findings`;
  return `${found}, ${judgedText(rest)}; over ${countText(samples)} looks of the last ${ageText(window)}`;
}

function Judged({ health }: { readonly health: HealthDocument }): JSX.Element {
  const { findings, unknown, ok } = health;
  return (
    <>
      {findings.length === 0 && <p class="nothing">{nothingText(health)}</p>}
      {findings.map((finding) => (
        <FindingCard key={findingKey(finding)} finding={finding} />
      ))}
      <NotJudged unknown={unknown} />
      {ok.length > 0 && (
        <section aria-labelledby="in-order">
          <h2 id="in-order">
            <span class="is-ok">✔</span> In order <span class="dim">{countText(ok.length)}</span>
          </h2>
          <ul class="ids">
            {ok.map((id) => (
              <li key={id}>
                <PlaceLink to={placeOf("health", { open: id })}>{id}</PlaceLink>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
