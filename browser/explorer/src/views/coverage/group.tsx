import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ConceptNames } from "../../api/generated/ConceptNames";
import type { ConceptKind } from "../../api/generated/schema";
import { Search } from "../../api/generated/Search";
import { useApi, useQuery } from "../../api/query";
import { ConceptSearch } from "../../concepts/concept-search";
import { useAppState, useParams } from "../../state/context";
import { useTexts } from "../../texts/define";
import { useAnnounce } from "../../ui/announce";
import { KEPT } from "./lists";
import { COVERAGE } from "./texts";

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
  const [unknown, setUnknown] = useState("");
  const name = useGroupName();
  const choose = (id: string): void => {
    setText("");
    setUnknown("");
    change({ group: id });
  };
  /** Enter without a choice: a code, or whatever is found first. */
  const submit = async (typed: string): Promise<void> => {
    if (typed === "") return;
    const found = await client.ask(Search, { text: typed, kinds: LEVELS, first: 10, locale: language === "sv" ? "SV" : "EN" }, { release });
    const hits = found.ok ? (found.data.search?.nodes ?? []) : [];
    const hit = hits.find(({ concept }) => concept.code === typed) ?? hits[0];
    if (hit !== undefined) choose(hit.concept.id);
    else {
      setUnknown(typed);
      announce(t.noGroup(typed));
    }
  };
  return (
    <div class="filters">
      <div class="group-search">
        <span aria-hidden="true">{t.group}</span>
        <ConceptSearch label={t.group} placeholder={t.groupPlaceholder} text={text} onText={(typed) => (setText(typed), setUnknown(""))} kinds={LEVELS} onChoose={({ id }) => choose(id)} onSubmit={(typed) => void submit(typed)} />
      </div>
      {unknown !== "" && <span class="soft">{t.noGroup(unknown)}</span>}
      {group !== "" && (
        <p>
          <strong>{t.within(name)}</strong>{" "}
          <button type="button" class="button quiet" onClick={() => (change({ group: "" }), document.getElementById("view-title")?.focus())}>{t.everywhere}</button>
        </p>
      )}
    </div>
  );
}
