import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ConceptNames } from "../../api/generated/ConceptNames";
import { Reconcile, type ReconcileData } from "../../api/generated/Reconcile";
import type { ConceptKind } from "../../api/generated/schema";
import type { Problem } from "../../api/problem";
import { useApi, useQuery } from "../../api/query";
import { Label } from "../../concepts/concept-link";
import { useAppState, useParams } from "../../state/context";
import { useTexts } from "../../texts/define";
import { useAnnounce } from "../../ui/announce";
import { Failed } from "../../ui/states";
import { KEPT } from "./lists";
import { COVERAGE } from "./texts";

type Candidate = NonNullable<ReconcileData["reconcile"]>[number]["candidates"][number];

const MOST = 8;
const LEVELS: readonly ConceptKind[] = ["SSYK_LEVEL_4", "SSYK_LEVEL_3", "SSYK_LEVEL_2", "SSYK_LEVEL_1"];

/** What the group is called that the lists are narrowed to; its id until that is known, "" for none. */
export function useGroupName(): string {
  const { language } = useAppState();
  const [{ group }] = useParams(KEPT);
  const found = useQuery(ConceptNames, group === "" ? null : { ids: [group], locale: language === "sv" ? "SV" : "EN" });
  const [node] = found.status === "ready" ? (found.data.nodes ?? []) : [];
  return node?.label === undefined ? group : `${node.code ?? ""} ${node.label}`.trim();
}

/** Narrows the lists to an SSYK group of any level, by its code or name. */
export function GroupFilter(): JSX.Element {
  const t = useTexts(COVERAGE);
  const { language } = useAppState();
  const { client, release } = useApi();
  const announce = useAnnounce();
  const [{ group }, change] = useParams(KEPT);
  const [text, setText] = useState("");
  const [offered, setOffered] = useState<readonly Candidate[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = useGroupName();
  const choose = (id: string): void => {
    setText("");
    setOffered(null);
    change({ group: id });
    document.getElementById("coverage-group")?.focus();
  };
  /** The group that the text means is taken; where several may be meant, they are offered. */
  const submit = async (): Promise<void> => {
    const typed = text.trim();
    if (typed === "") return;
    const found = await client.ask(Reconcile, { texts: [typed], kinds: LEVELS, first: MOST, locale: language === "sv" ? "SV" : "EN" }, { release });
    setProblem(found.ok ? null : found.problem);
    if (!found.ok) return;
    const [answer] = found.data.reconcile ?? [];
    if (answer?.match) return choose(answer.match.concept.id);
    setOffered(answer?.candidates ?? []);
    announce(answer?.candidates.length ? t.whichGroup : t.noGroup);
  };
  return (
    <div class="group-filter">
      <form class="filters" onSubmit={(event) => (event.preventDefault(), void submit())}>
        <label class="field">
          {t.group}
          <input id="coverage-group" type="text" maxLength={200} autocomplete="off" placeholder={t.groupPlaceholder} value={text} onInput={(event) => (setText(event.currentTarget.value), setOffered(null))} />
        </label>
        <button type="submit" class="button">{t.narrow}</button>
        {group !== "" && (
          <p>
            <strong>{t.within(name)}</strong>{" "}
            <button type="button" class="button quiet" onClick={() => choose("")}>{t.everywhere}</button>
          </p>
        )}
      </form>
      {problem !== null && <Failed problem={problem} again={() => void submit()} />}
      {offered !== null && (
        <div class="offered">
          <p>{offered.length > 0 ? t.whichGroup : t.noGroup}</p>
          {offered.length > 0 && (
            <ul class="inline">
              {offered.map(({ concept }) => (
                <li key={concept.id}><button type="button" class="button" onClick={() => choose(concept.id)}>{concept.code} <Label of={concept} /></button></li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
