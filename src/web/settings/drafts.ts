import type { ModelName } from '../../contract/http/model-name.ts';
import { isRecord, type Part } from './model-shape.ts';

/** A model that is being edited: as it was read, and as it is written now, as text that may not be JSON yet. */
interface Draft {
  readonly base: string;
  readonly text: string;
}

/** What was written before one edit; edits under the same mark (one field being typed in) are one step. */
interface Step {
  readonly name: ModelName;
  readonly before: Draft | undefined;
  readonly mark: string | undefined;
}

export const textOf = (value: unknown): string => JSON.stringify(value, null, 2);

/** A text as a model; undefined where it is no JSON of one. */
export const parsedOf = (text: string): Part | undefined => {
  try {
    const part = JSON.parse(text) as Part;
    return isRecord(part) ? part : undefined;
  } catch {
    return undefined;
  }
};

/** Edits that are not saved yet, by model: they outlive a look at another page, and every form of a model shows them. */
export const openDrafts = () => {
  let drafts: ReadonlyMap<ModelName, Draft> = new Map();
  let steps: readonly Step[] = [];
  const heard = new Set<() => void>();
  const set = (name: ModelName, draft: Draft | undefined): void => {
    const next = new Map(drafts);
    if (draft === undefined || draft.text === draft.base) next.delete(name);
    else next.set(name, draft);
    drafts = next;
    for (const tell of heard) tell();
  };
  return {
    subscribe: (tell: () => void): (() => void) => {
      heard.add(tell);
      return () => void heard.delete(tell);
    },
    /** Changes with every edit. */
    all: (): ReadonlyMap<ModelName, Draft> => drafts,
    /** Writes a model anew; `read` is how it was read, which counts where nothing was written before. */
    edit: (name: ModelName, read: string, text: string, mark?: string): void => {
      const before = drafts.get(name);
      const last = steps.at(-1);
      const goesOn = mark !== undefined && last?.name === name && last.mark === mark;
      if (!goesOn) steps = [...steps.slice(-99), { name, before, mark }];
      set(name, { base: before?.base ?? read, text });
    },
    /** Whether an edit of one of these models can be taken back. */
    canUndo: (names: readonly ModelName[]): boolean => steps.some(({ name }) => names.includes(name)),
    /** Takes back the last edit of these models. */
    undo: (names: readonly ModelName[]): void => {
      const at = steps.findLastIndex(({ name }) => names.includes(name));
      const step = steps[at];
      if (step === undefined) return;
      steps = steps.toSpliced(at, 1);
      set(step.name, step.before);
    },
    /** Forgets all edits of these models: they were saved, or are not wanted. */
    forget: (names: readonly ModelName[]): void => {
      steps = steps.filter(({ name }) => !names.includes(name));
      for (const name of names) set(name, undefined);
    },
  };
};

export const drafts = openDrafts();
