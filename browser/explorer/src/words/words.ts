import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import type { ConceptKind, Direction, MatchKind, Necessity, NoteKind, Provenance, RelationKind, Scheme } from "../api/generated/schema";
import { useAppState } from "../state/context";
import type { Language } from "../state/state";

type Both = Readonly<Record<Language, string>>;

/** What the field's things are called: the server gives it with the page (taxonomy/web/words.py). */
export interface Vocabulary {
  readonly kinds: Readonly<Record<string, Both>>;
  readonly relations: Readonly<Record<string, Both>>;
  readonly matches: Readonly<Record<string, Both>>;
  readonly provenances: Readonly<Record<string, Both>>;
  readonly meanings: Readonly<Record<string, Both>>;
  readonly necessities: Readonly<Record<string, Both>>;
  readonly levels: Readonly<Record<string, Both>>;
  readonly notes: Readonly<Record<string, Both>>;
  readonly schemes: Readonly<Record<string, Both>>;
  readonly codes: Readonly<Record<string, string>>;
}

/** The words in one language. A value without a word, as new releases may bring, is named by itself. */
export interface Words {
  kind(kind: ConceptKind): string;
  relation(relation: RelationKind, direction: Direction): string;
  match(match: MatchKind): string;
  provenance(provenance: Provenance): string;
  meaning(provenance: Provenance): string;
  necessity(necessity: Necessity): string;
  level(level: number): string;
  note(note: NoteKind): string;
  scheme(scheme: Scheme): string;
  code(system: string): string;
}

export function wordsOf(vocabulary: Vocabulary, language: Language): Words {
  const word = (table: Readonly<Record<string, Both>>, key: string, name = key): string =>
    table[key]?.[language] ?? name.toLowerCase().replace(/_/g, " ").replace(/^./, (first) => first.toUpperCase());
  return {
    kind: (kind) => word(vocabulary.kinds, kind),
    relation: (relation, direction) => word(vocabulary.relations, `${relation} ${direction}`, relation),
    match: (match) => word(vocabulary.matches, match),
    provenance: (provenance) => word(vocabulary.provenances, provenance),
    meaning: (provenance) => word(vocabulary.meanings, provenance, ""),
    necessity: (necessity) => word(vocabulary.necessities, necessity),
    level: (level) => word(vocabulary.levels, String(level)),
    note: (note) => word(vocabulary.notes, note),
    scheme: (scheme) => word(vocabulary.schemes, scheme),
    code: (system) => vocabulary.codes[system] ?? system,
  };
}

export const VocabularyContext = createContext<Vocabulary | null>(null);

export function useWords(): Words {
  const vocabulary = useContext(VocabularyContext);
  const { language } = useAppState();
  if (vocabulary === null) throw new Error("there is no VocabularyContext above this component");
  return useMemo(() => wordsOf(vocabulary, language), [vocabulary, language]);
}
