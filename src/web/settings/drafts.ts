import type { ModelName } from '../../contract/http/model-name.ts';
import { isRecord, type Part } from './fields/model-shape.ts';

/** A model that is being edited: as it was read, and as it is written now, as text that may not be JSON yet. */
interface Draft {
  readonly base: string;
  readonly text: string;
}

/** What was written before one edit; edits under the same mark (one field being typed in) are one step. */
interface Step {
  readonly before: ReadonlyMap<ModelName, Draft | undefined>;
  readonly mark: string | undefined;
}

/** A model written anew; `read` is how it was read, which counts where nothing was written before. */
export interface Edit {
  readonly name: ModelName;
  readonly read: string;
  readonly text: string;
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

const touches = ({ before }: Step, names: readonly ModelName[]): boolean =>
  names.some((name) => before.has(name));

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
    /** Writes models anew, as one step. */
    edit: (edits: readonly Edit[], mark?: string): void => {
      const last = steps.at(-1);
      const goesOn =
        mark !== undefined && last?.mark === mark && edits.every(({ name }) => last.before.has(name));
      const before = new Map(edits.map(({ name }) => [name, drafts.get(name)]));
      if (!goesOn) steps = [...steps.slice(-99), { before, mark }];
      for (const { name, read, text } of edits) set(name, { base: before.get(name)?.base ?? read, text });
    },
    /** What is written of a model, on top of what it says by now: others have saved it meanwhile. */
    rebase: (name: ModelName, base: string, text: string): void => set(name, { base, text }),
    /** Whether an edit of one of these models can be taken back. */
    canUndo: (names: readonly ModelName[]): boolean => steps.some((step) => touches(step, names)),
    /** Takes back the last step that touched one of these models. */
    undo: (names: readonly ModelName[]): void => {
      const at = steps.findLastIndex((step) => touches(step, names));
      const step = steps[at];
      if (step === undefined) return;
      steps = steps.toSpliced(at, 1);
      for (const [name, before] of step.before) set(name, before);
    },
    /** Forgets all edits of these models: they were saved, or are not wanted. */
    forget: (names: readonly ModelName[]): void => {
      steps = steps.flatMap(({ before, mark }) => {
        const left = new Map([...before].filter(([name]) => !names.includes(name)));
        return left.size === 0 ? [] : [{ before: left, mark }];
      });
      for (const name of names) set(name, undefined);
    },
  };
};

export const drafts = openDrafts();
