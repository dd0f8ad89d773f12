import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ConceptSearch } from "../../concepts/concept-search";
import { Label, type Named } from "../../concepts/concept-link";
import { useAppState } from "../../state/context";
import { grouped, useTexts } from "../../texts/define";
import { useWords } from "../../words/words";
import { commonGroup, type Candidate, type Choice, type Outcome } from "./outcome";
import { MEANINGS, type Meaning } from "./settings";
import { COLUMN } from "./texts";

/** A value to decide, in how many rows it is, and what is known of it. */
export interface Open {
  readonly text: string;
  readonly rows: number;
  readonly outcome: Outcome;
}

interface Props {
  readonly open: Open;
  /** Its place among those that are to be decided, from 1; 0 for one that is decided already. */
  readonly place: number;
  readonly of: number;
  readonly meaning: Meaning;
  readonly onChoose: (choice: Choice | null) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One value after the other, each decided by a key: a digit for a candidate, 0 for none, N and P for the next and the previous. */
export function Decide({ open, place, of, meaning, onChoose, onMove, onClose }: Props): JSX.Element {
  const t = useTexts(COLUMN);
  const { language } = useAppState();
  const panel = useRef<HTMLElement>(null);
  const { text, rows, outcome } = open;
  const candidates = "candidates" in outcome ? outcome.candidates : [];
  const group = outcome.status === "ambiguous" ? commonGroup(candidates) : null;
  // What took the keys is gone with the value before.
  useEffect(() => panel.current?.focus({ preventScroll: true }), [text]);

  const choose = (candidate: Candidate | undefined): void => {
    if (candidate) onChoose({ concept: candidate.concept, how: candidate.matchedBy });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") onClose();
    else if (event.target instanceof HTMLInputElement) return;
    else if (/^[1-9]$/.test(event.key)) choose(candidates[Number(event.key) - 1]);
    else if (event.key === "0") onChoose({ concept: null, how: "SEARCHED" });
    else if (event.key === "n" || event.key === "N") onMove(1);
    else if (event.key === "p" || event.key === "P") onMove(-1);
    else return;
    event.preventDefault();
  };
  return (
    <section ref={panel} class="decide" aria-label={t.decide} tabIndex={-1} onKeyDown={onKeyDown}>
      <div class="decide-head">
        <h2><q>{text}</q> <span class="soft">{t.timesInColumn(grouped(rows, language))}</span></h2>
        {place > 0 && <p class="soft">{t.left(place, of)}</p>}
        <button type="button" class="button quiet" onClick={onClose}>{t.close}</button>
      </div>
      <p>{outcome.status === "matched" ? t.isNow(outcome.concept.label) : outcome.status === "ambiguous" ? t.several : candidates.length > 0 ? t.suggestions : t.noSuggestions}</p>
      {candidates.length > 0 && (
        <ol class="candidates">
          {candidates.map((candidate, number) => (
            <li key={candidate.concept.id}>
              <button type="button" class="candidate" {...(number < 9 && { "aria-keyshortcuts": String(number + 1) })} onClick={() => choose(candidate)}>
                <Kbd>{number < 9 ? String(number + 1) : ""}</Kbd>
                <Described candidate={candidate} />
              </button>
            </li>
          ))}
          {group !== null && (
            <li>
              <button type="button" class="candidate" onClick={() => onChoose({ concept: group, how: "COMMON_GROUP" })}>
                <Kbd>{""}</Kbd>
                <span class="candidate-name">{t.group(`${group.code ?? ""} ${group.label}`)}</span>
              </button>
            </li>
          )}
        </ol>
      )}
      <Own key={text} meaning={meaning} onChoose={(concept) => onChoose({ concept, how: "SEARCHED" })} />
      <p class="decide-actions">
        {outcome.status === "matched" ? (
          outcome.chosen && <button type="button" class="button" onClick={() => onChoose(null)}>{t.undo}</button>
        ) : (
          <button type="button" class="button" aria-keyshortcuts="0" onClick={() => onChoose({ concept: null, how: "SEARCHED" })}>{t.none}</button>
        )}
        <button type="button" class="button" aria-keyshortcuts="P" onClick={() => onMove(-1)}>{t.previous}</button>
        <button type="button" class="button" aria-keyshortcuts="N" onClick={() => onMove(1)}>{t.next}</button>
        <span class="soft hint">{t.keys}</span>
      </p>
    </section>
  );
}

function Kbd({ children }: { children: string }): JSX.Element {
  return <kbd aria-hidden="true">{children}</kbd>;
}

function Described({ candidate }: { candidate: Candidate }): JSX.Element {
  const t = useTexts(COLUMN);
  const words = useWords();
  const { concept, via, matchedBy, matchedText } = candidate;
  const why = via?.kind === "JOB_TITLE" ? t.as_jobTitle(via.label)
    : matchedBy === "MAPPED" ? t.as_mapped(matchedText)
    : via !== null ? t.as_was(via.label)
    : matchedBy === "OTHER_LABEL" ? t.as_found(matchedText)
    : (matchedBy === "SEARCH" || matchedBy === "RESEMBLANCE") && matchedText !== concept.label ? t.as_like(matchedText)
    : "";
  return (
    <>
      <span class="candidate-name">
        {concept.code !== null && <span class="code">{concept.code} </span>}
        <Label of={concept} />
        {concept.deprecated && ` (${t.deprecated})`}
        {why !== "" && <span class="soft"> · {why}</span>}
      </span>
      <span class="candidate-kind">{concept.group ? `${concept.group.code ?? ""} ${concept.group.label}` : words.kind(concept.kind)}</span>
    </>
  );
}

/** Another concept than those that are offered. */
function Own({ meaning, onChoose }: { meaning: Meaning; onChoose: (concept: Named) => void }): JSX.Element {
  const t = useTexts(COLUMN);
  const [text, setText] = useState("");
  return <ConceptSearch label={t.search} placeholder={t.searchPlaceholder} text={text} onText={setText} kinds={MEANINGS[meaning]} onChoose={onChoose} />;
}
