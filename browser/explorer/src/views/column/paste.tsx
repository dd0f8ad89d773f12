import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useTexts } from "../../texts/define";
import { change } from "./session";
import { parse, separatorOf } from "./sheet";
import { COLUMN } from "./texts";

/** Where a column comes in: pasted, typed, or out of a file. Nothing is sent yet. */
export function Paste(): JSX.Element {
  const t = useTexts(COLUMN);
  const [text, setText] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus({ preventScroll: true }), []);
  const take = (given: string, isFile = false): void => {
    const sheet = parse(given, separatorOf(given, isFile));
    if (sheet.rows.length > 0) change({ sheet, started: null });
  };
  const onFile = async (input: HTMLInputElement): Promise<void> => {
    const [file] = input.files ?? [];
    if (file) take(decoded(await file.arrayBuffer()), true);
  };
  return (
    <form class="paste" onSubmit={(event) => (event.preventDefault(), take(text))}>
      <p>{t.lead}</p>
      <label class="paste-field">
        <span>{t.paste}</span>
        <textarea
          ref={area}
          rows={10}
          value={text}
          spellcheck={false}
          autocomplete="off"
          placeholder={t.placeholder}
          onInput={(event) => setText(event.currentTarget.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData?.getData("text/plain") ?? "";
            if (text !== "" || !/[\r\n]/.test(pasted.trim())) return; // a word in a text that is typed
            event.preventDefault();
            take(pasted);
          }}
          onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && take(text)}
        />
      </label>
      <p class="paste-actions">
        <button type="submit" class="button main" disabled={text.trim() === ""}>{t.use}</button>
        <label class="button file">
          {t.file}
          <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values" onChange={(event) => void onFile(event.currentTarget)} />
        </label>
        <button type="button" class="button quiet" onClick={() => take(t.example_text)}>{t.example}</button>
      </p>
      <p class="soft">{t.privacy}</p>
    </form>
  );
}

/** UTF-8, or what a Swedish Excel saves as CSV. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
