import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Operation } from "../api/operation";
import { useApi } from "../api/query";
import { useRelease } from "../release/context";
import { useAppState, useStore } from "../state/context";
import { toRelease, toView } from "../state/state";
import type { Value } from "../table/rows";
import { grouped, useTexts } from "../texts/define";
import { useAnnounce } from "../ui/announce";
import { Dialog } from "../ui/dialog";
import { Disclosure } from "../ui/disclosure";
import { StateLink } from "../ui/link";
import { fileName, type About } from "./about";
import { csv } from "./csv";
import { json } from "./json";
import { save } from "./save";
import { EXPORT } from "./texts";

/** A question that a view asked. */
export interface Question {
  readonly operation: Operation<unknown, unknown>;
  readonly variables: unknown;
}

export function question<D, V>(operation: Operation<D, V>, variables: V): Question {
  return { operation: operation as Operation<unknown, unknown>, variables };
}

/** A file that a view makes itself, of what is seen. */
export interface Picture {
  readonly name: string;
  readonly ending: string;
  readonly make: (about: About) => Promise<Blob>;
}

interface Props {
  readonly title: string;
  readonly cells: {
    readonly columns: readonly { readonly key: string; readonly title: string }[];
    readonly rows: readonly (readonly Value[])[];
  };
  readonly questions: readonly Question[];
  readonly cypher?: string;
  /** What the link of this view does not hold. */
  readonly note?: string;
  readonly pictures?: readonly Picture[];
}

/** What a view gives to take away: files of exactly what it shows, its link, its questions. */
export function Tools({ title, cells, questions, cypher, note, pictures = [] }: Props): JSX.Element {
  const t = useTexts(EXPORT);
  const { language } = useAppState();
  const about = useAbout(title);
  const [shown, setShown] = useState<"graphql" | "cypher" | null>(null);
  const titles = cells.columns.map((column) => column.title);
  const files = [
    [t.comma, "csv", "text/csv", () => csv({ titles, rows: cells.rows }, about(), "data")],
    [t.semicolon, "csv", "text/csv", () => csv({ titles, rows: cells.rows }, about(), "spreadsheet")],
    [t.json, "json", "application/json", () => json(cells.columns, cells.rows, about())],
  ] as const;
  return (
    <div class="tools" role="group" aria-label={t.tools}>
      <Disclosure label={t.download}>
        {(close) => (
          <>
            <p class="panel-lead">{t.rows(grouped(cells.rows.length, language))}</p>
            {files.map(([name, ending, type, text]) => (
              <button key={name} type="button" class="panel-item" onClick={() => (save(fileName(about(), ending), type, text()), close())}>
                {name}
              </button>
            ))}
            {pictures.map(({ name, ending, make }) => (
              <button key={name} type="button" class="panel-item" onClick={() => { const said = about(); void make(said).then((blob) => save(fileName(said, ending), blob.type, blob)); close(); }}>
                {name}
              </button>
            ))}
          </>
        )}
      </Disclosure>
      <Share {...(note === undefined ? {} : { note })} />
      {questions.length > 0 && <button type="button" class="button" onClick={() => setShown("graphql")}>{t.graphql}</button>}
      {cypher !== undefined && <button type="button" class="button" onClick={() => setShown("cypher")}>{t.cypher}</button>}
      {shown === "graphql" && <AsGraphQL questions={questions} onClose={() => setShown(null)} />}
      {shown === "cypher" && cypher !== undefined && (
        <Dialog title={t.cypher} close={t.close} onClose={() => setShown(null)}>
          <Code title={t.cypherLead} text={cypher} />
        </Dialog>
      )}
    </div>
  );
}

/** What files say of themselves; the address pins the release, or it would soon show something else. */
function useAbout(title: string): () => About {
  const { language } = useAppState();
  const address = usePinned();
  const { id, title: name, publishedAt, sources } = useRelease();
  return () => ({ title, url: address(), exported: new Date(), language, release: { id, title: name, publishedAt }, sources });
}

/** The address of what is seen, in the release that it is seen in, in the language that it is read in. */
export function usePinned(): () => string {
  const store = useStore();
  const { release } = useApi();
  return () => new URL(store.href((state) => toRelease(state, release)), window.location.href).href;
}

function Share({ note }: { note?: string }): JSX.Element {
  const t = useTexts(EXPORT);
  const announce = useAnnounce();
  const address = usePinned();
  const [failed, setFailed] = useState<string | null>(null);
  const [noted, setNoted] = useState(false);
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address());
      setDone(true);
      if (note !== undefined) setNoted(true);
      announce(note ?? t.shared);
      setTimeout(() => setDone(false), 2000);
    } catch {
      setFailed(address());
    }
  };
  return (
    <>
      <button type="button" class="button" onClick={() => void copy()}>{done ? t.copied : t.share}</button>
      {noted && note !== undefined && (
        <Dialog title={t.share} close={t.close} onClose={() => setNoted(false)}>
          <p>{note}</p>
          <pre class="code-block" tabIndex={0}>{address()}</pre>
        </Dialog>
      )}
      {failed !== null && (
        <Dialog title={t.share} close={t.close} onClose={() => setFailed(null)}>
          {note !== undefined && <p>{note}</p>}
          <p>{t.notShared}</p>
          <pre class="code-block" tabIndex={0}>{failed}</pre>
        </Dialog>
      )}
    </>
  );
}

function AsGraphQL({ questions, onClose }: { questions: readonly Question[]; onClose: () => void }): JSX.Element {
  const t = useTexts(EXPORT);
  return (
    <Dialog title={t.graphql} close={t.close} onClose={onClose}>
      <p>{t.graphqlLead}</p>
      {questions.map(({ operation, variables }) => (
        <div key={operation.name}>
          <Code title={operation.name} text={operation.text.trim()} />
          <Code title={t.variables} text={JSON.stringify(variables, null, 2)} />
          {operation.personal && <p class="soft">{t.personal}</p>}
          <p><GraphiqlLink operation={operation} variables={variables}>{t.open}</GraphiqlLink></p>
        </div>
      ))}
    </Dialog>
  );
}

/** Opens an operation in GraphiQL with its variables; a profile stays behind, for it would stand in the address and be kept by GraphiQL. */
export function GraphiqlLink({ operation, variables, children }: Question & { children: string }): JSX.Element {
  const given = operation.personal ? { ...(variables as object), profile: { skills: [] } } : variables;
  const params = { query: operation.text.trim(), variables: JSON.stringify(given, null, 2) };
  return <StateLink to={(state) => toView(state, "graphiql", params)}>{children}</StateLink>;
}

function Code({ title, text }: { title: string; text: string }): JSX.Element {
  const t = useTexts(EXPORT);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => setCopied(await navigator.clipboard.writeText(text).then(() => true, () => false));
  return (
    <div class="code-frame">
      <h3>{title}</h3>
      <button type="button" class="button quiet" aria-label={`${t.copy}: ${title}`} onClick={() => void copy()}>{copied ? t.copied : t.copy}</button>
      <pre class="code-block" tabIndex={0}>{text}</pre>
    </div>
  );
}
