import type { Problem } from "../../api/problem";

/** What is known of many things that are asked for some at a time; the service takes no more at once. */
export interface Batched<T> {
  readonly size: number;
  /** How many requests are under way together. */
  readonly together: number;
  readonly ask: (some: readonly string[]) => Promise<{ readonly ok: true; readonly found: readonly T[] } | { readonly ok: false; readonly problem: Problem }>;
  readonly keep: (key: string, found: T) => void;
  /** After each batch, with how many of all have been asked. */
  readonly onProgress: (done: number) => void;
}

/** Ask for all; what is there stays when a request fails or is cancelled. Gives why it stopped, or null when all is there. */
export async function inBatches<T>(keys: readonly string[], { size, together, ask, keep, onProgress }: Batched<T>): Promise<Problem | null> {
  const batches = Array.from({ length: Math.ceil(keys.length / size) }, (_, number) => keys.slice(number * size, (number + 1) * size));
  let done = 0;
  let problem: Problem | null = null;
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined && problem === null; batch = batches.shift()) {
      const answer = await ask(batch);
      if (!answer.ok) {
        problem ??= answer.problem;
        return;
      }
      batch.forEach((key, place) => {
        const found = answer.found[place];
        if (found !== undefined) keep(key, found);
      });
      done += batch.length;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return problem;
}
