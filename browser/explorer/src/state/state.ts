import type { Params } from "./params";

export type Language = "sv" | "en";
export const LANGUAGES: readonly Language[] = ["sv", "en"];

/** All that decides what is seen; the URL holds the whole of it, and nothing else does. */
export interface AppState {
  readonly view: string;
  /** What the view keeps for itself: its filters, its sorting. */
  readonly params: Params;
  /** The concept whose card is open. */
  readonly concept: string | null;
  /** Concepts that were put aside, in that order; they stay from view to view. */
  readonly selection: readonly string[];
  /** The release asked; null for the current one. */
  readonly release: string | null;
  readonly language: Language;
}

/** A URL must hold them, and `nodes(ids:)` answers them at once. */
export const MOST_SELECTED = 100;

export function openCard(state: AppState, concept: string | null): AppState {
  return { ...state, concept };
}

export function isSelected(state: AppState, id: string): boolean {
  return state.selection.includes(id);
}

/** With these concepts put aside as well; the state itself when they are already, or when there is no room. */
export function select(state: AppState, added: readonly string[]): AppState {
  const fresh = [...new Set(added)].filter((id) => !isSelected(state, id));
  const selection = [...state.selection, ...fresh].slice(0, MOST_SELECTED);
  return selection.length === state.selection.length ? state : { ...state, selection };
}

export function deselect(state: AppState, id: string): AppState {
  return isSelected(state, id) ? { ...state, selection: state.selection.filter((other) => other !== id) } : state;
}

export function toggleSelected(state: AppState, id: string): AppState {
  return isSelected(state, id) ? deselect(state, id) : select(state, [id]);
}

export function clearSelection(state: AppState): AppState {
  return state.selection.length === 0 ? state : { ...state, selection: [] };
}

/** In another view, with what that view keeps; card and selection stay. */
export function toView(state: AppState, view: string, params: Params = {}): AppState {
  return { ...state, view, params };
}

/** Of another release: what was found in one need not be in another, but ids and filters mean the same. */
export function toRelease(state: AppState, release: string | null): AppState {
  return { ...state, release };
}
