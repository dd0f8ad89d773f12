/** What a view keeps in the URL, as text; each view reads it through fields of its own. */
export type Params = Readonly<Record<string, string>>;

/** How one value is written in a URL: null stands for its default, which is not written. */
export interface Field<T> {
  read(text: string | undefined): T;
  write(value: T): string | null;
}

export interface Codec<T> {
  readonly names: readonly string[];
  read(params: Params): T;
  write(values: T): Params;
}

/** The values of a view, each under its name; what a URL holds beside them is ignored, what is wrong is the default. */
export function params<T extends object>(fields: { readonly [K in keyof T]: Field<T[K]> }): Codec<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return {
    names,
    read: (given) => Object.fromEntries(names.map((name) => [name, fields[name].read(given[name])])) as T,
    write(values) {
      const written = names.map((name) => [name, fields[name].write(values[name])] as const);
      return Object.fromEntries(written.filter((pair): pair is [typeof pair[0], string] => pair[1] !== null));
    },
  };
}

/** The parameters with other values of one codec; what other codecs keep there stays. */
export function changed<T extends object>(codec: Codec<T>, given: Params, part: Partial<T>): Params {
  const others = Object.entries(given).filter(([name]) => !codec.names.includes(name));
  return { ...Object.fromEntries(others), ...codec.write({ ...codec.read(given), ...part }) };
}

/** Free text. */
export function text(otherwise = ""): Field<string> {
  return { read: (found) => found ?? otherwise, write: (value) => (value === otherwise ? null : value) };
}

/** One of a few words. */
export function oneOf<const T extends string>(known: readonly T[], otherwise: T): Field<T> {
  return {
    read: (found) => known.find((one) => one === found) ?? otherwise,
    write: (value) => (value === otherwise ? null : value),
  };
}

/** Some of a few words, in the order of `known`, each once. */
export function someOf<const T extends string>(known: readonly T[]): Field<readonly T[]> {
  return {
    read(found) {
      const given = new Set(found?.split(","));
      return known.filter((one) => given.has(one));
    },
    write: (values) => (values.length === 0 ? null : known.filter((one) => values.includes(one)).join(",")),
  };
}

/** Identifiers in the order given, each once. */
export function ids(): Field<readonly string[]> {
  return {
    read: (found) => [...new Set((found ?? "").split(",").filter((id) => id !== ""))],
    write: (values) => (values.length === 0 ? null : values.join(",")),
  };
}

/** Yes or no; no is not written. */
export function flag(): Field<boolean> {
  return { read: (found) => found === "1", write: (value) => (value ? "1" : null) };
}

/** A whole number in a range. */
export function whole(least: number, most: number, otherwise: number): Field<number> {
  return {
    read(found) {
      const value = Number(found);
      return found !== undefined && Number.isInteger(value) && value >= least && value <= most ? value : otherwise;
    },
    write: (value) => (value === otherwise ? null : String(value)),
  };
}
