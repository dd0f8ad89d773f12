/** A public named operation of graphql/operations, with what it answers and takes. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  /** It takes a profile or a column, which is personal: asked by POST only, never kept. */
  readonly personal: boolean;
  /** Never there: they carry the types. */
  readonly data?: Data;
  readonly variables?: Variables;
}
