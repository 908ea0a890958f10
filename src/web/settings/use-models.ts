import { useMemo, useState, useSyncExternalStore } from 'react';
import { type ModelName, modelVersion } from '../../contract/http/model-name.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import { mendPair, checkPairs, oddChanges } from '../../contract/models/check-pairs.ts';
import type { ContractFindings, Issue } from '../../contract/contract-findings.ts';
import { modelDocuments } from '../../contract/models/model-schemas.ts';
import { problemOfIssue } from '../../contract/parse-document.ts';
import type { Problem } from '../../kernel/errors.ts';
import { inLanguage, type Language, type Text } from '../../kernel/text.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { problemOnPage } from '../ui/problems-table.tsx';
import { useUnsaved } from '../ui/use-place.ts';
import { useSpeech, withMinus } from '../words/words.tsx';
import { isRecord, type Part, useFieldWords } from './fields/model-shape.ts';

/** Models as they were read, by name. */
export type ReadModels = Readonly<Partial<Record<ModelName, unknown>>>;

export const readModel = (name: ModelName, signal?: AbortSignal): Promise<unknown> =>
  callApi('model', { params: { model: name }, ...(signal === undefined ? {} : { signal }) });

/** A model that somebody else saved while it was being edited here. */
export interface ModelMeanwhile {
  readonly name: ModelName;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

interface OddChange {
  readonly model: ModelName;
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** What became of saving. */
type Outcome =
  | { readonly state: 'saved'; readonly models: ReadModels; readonly isSame: boolean }
  | { readonly state: 'stale'; readonly meanwhile: readonly ModelMeanwhile[] }
  | { readonly state: 'wrong' }
  /** Figures that may have been mistyped: asked for before anything is saved. */
  | { readonly state: 'odd'; readonly changes: readonly OddChange[] }
  | { readonly state: 'not-json'; readonly said: string }
  | { readonly state: 'refused'; readonly problem: ProblemDetails };

/**
 * Some models being edited together: as they are written now, what is wrong in them, and keeping them. Saved is only what
 * was read: a model that has changed since then is not overwritten.
 */
export const useModels = (loaded: ReadModels, saved: () => void) => {
  const [kept, setKept] = useState<{ readonly on: ReadModels; readonly models: ReadModels }>();
  // What was just saved stands until it has been read again.
  const read = kept?.on === loaded ? kept.models : loaded;
  const { language, say } = useSpeech();
  const { nameOf } = useFieldWords();
  const written = useSyncExternalStore(drafts.subscribe, drafts.all);
  const [outcome, setOutcome] = useState<Outcome>();
  const [saving, setSaving] = useState(false);
  const names = Object.keys(read) as ModelName[];
  const textNow = (name: ModelName): string => written.get(name)?.text ?? textOf(read[name]);
  const texts = names.map(textNow).join('\n');
  const parts = useMemo(() => new Map(names.map((name) => [name, parsedOf(textNow(name))])), [texts]);
  const problems = useMemo(
    () =>
      new Map<ModelName, readonly Problem[]>(
        [...parts].map(([name, part]) => [
          name,
          part === undefined ? [] : wrongParts(name, part, read[name]),
        ]),
      ),
    [parts, read],
  );
  const pairOf = (name: ModelName, problem: Problem) => {
    const mended = mendPair(parts.get(name), read[name], problem);
    if (mended === undefined) return undefined;
    const { low, high, first, last, other, document } = mended;
    return {
      said: say(typeof first === 'number' ? 'models.pairBelow' : 'models.pair', {
        high: nameOf(high),
        last,
        low: nameOf(low),
        first,
      }),
      offer: say('models.movePair', { field: nameOf(other), to: other === low ? last : first }),
      mend: (): void => editText(name, textOf(document)),
    };
  };
  const changed = names.filter((name) => written.has(name));
  useUnsaved(changed.length > 0);
  const editText = (name: ModelName, text: string, mark?: string): void => {
    setOutcome(undefined);
    drafts.edit([{ name, read: textOf(read[name]), text }], mark);
  };
  /** Saves what is written by now, decided on models as they were read. */
  const attempt = async (read: ReadModels, isMeant: boolean): Promise<Outcome> => {
    const written = drafts.all();
    const textOfNow = (name: ModelName): string => written.get(name)?.text ?? textOf(read[name]);
    const changed = names.filter((name) => written.has(name));
    const bodies: Partial<Record<ModelName, unknown>> = {};
    for (const name of changed.length === 0 ? names : changed) {
      try {
        bodies[name] = JSON.parse(textOfNow(name));
      } catch (error) {
        return { state: 'not-json', said: error instanceof Error ? error.message : String(error) };
      }
      const part = parsedOf(textOfNow(name));
      if (part !== undefined && wrongParts(name, part, read[name]).length > 0) return { state: 'wrong' };
    }
    const baseOf = (name: ModelName): unknown => JSON.parse(written.get(name)?.base ?? textOf(read[name]));
    const odd = changed.flatMap((model) =>
      oddChanges(baseOf(model), bodies[model]).map((change) => ({ model, ...change })),
    );
    if (odd.length > 0 && !isMeant) return { state: 'odd', changes: odd };
    try {
      const versions = names.map((name) => modelVersion(name, baseOf(name)));
      const version = (await Promise.all(versions)).join('", "');
      const answered = (await callApi('putModels', { body: bodies, version })) as ReadModels;
      const isSame = changed.every((name) => textOf(bodies[name]) === textOf(baseOf(name)));
      return { state: 'saved', models: { ...read, ...answered }, isSame };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status !== 412) return { state: 'refused', problem };
      const meanwhile = names.map(async (name) => ({
        name,
        base: baseOf(name),
        mine: bodies[name] ?? baseOf(name),
        theirs: await readModel(name),
      }));
      return { state: 'stale', meanwhile: await Promise.all(meanwhile) };
    }
  };
  const keep = async (read: ReadModels, isMeant = false): Promise<void> => {
    setSaving(true);
    const became = await attempt(read, isMeant).catch((error: unknown): Outcome => ({
      state: 'refused',
      problem: problemOf(error),
    }));
    setSaving(false);
    setOutcome(became);
    if (became.state !== 'saved') return;
    setKept({ on: loaded, models: became.models });
    drafts.forget(names);
    saved();
  };
  return {
    /** A model as it is written now; undefined while that is no JSON. */
    part: (name: ModelName): Part | undefined => parts.get(name),
    text: textNow,
    edit: (name: ModelName, part: unknown, mark?: string): void => editText(name, textOf(part), mark),
    editText,
    /** Several models as one step. */
    editSeveral: (changed: Readonly<Partial<Record<ModelName, unknown>>>, mark: string): void => {
      setOutcome(undefined);
      const edits = (Object.keys(changed) as ModelName[]).map((name) => ({
        name,
        read: textOf(read[name]),
        text: textOf(changed[name]),
      }));
      drafts.edit(edits, mark);
    },
    /** What is wrong, each where the form has it; of two ends the wrong way round, what moves the other one along. */
    problems: names.flatMap((name) =>
      (problems.get(name) ?? []).map((problem) => ({
        problem: { ...problem, path: placeWords(parts.get(name), problem.path ?? '', nameOf, language) },
        pair: pairOf(name, problem),
      })),
    ),
    /** What is wrong at a path of a model, in words; nothing where it can be kept. */
    wrong: (name: ModelName, path: string): string | undefined => {
      const found = problems.get(name)?.find((problem) => problem.path === path);
      if (found === undefined) return undefined;
      const pair = pairOf(name, found);
      if (pair !== undefined) return withMinus(pair.said);
      const { message, remedy } = problemOnPage(found, language);
      return `${message} · ${remedy}`;
    },
    /** How much is wrong at a path of a model and below it. */
    wrongsIn: (name: ModelName, path: string): number =>
      (problems.get(name) ?? []).filter((problem) => `${problem.path}.`.startsWith(`${path}.`)).length,
    isChanged: changed.length > 0,
    canUndo: drafts.canUndo(names),
    undo: (): void => {
      setOutcome(undefined);
      drafts.undo(names);
    },
    discard: (): void => {
      setOutcome(undefined);
      drafts.forget(names);
    },
    saving,
    outcome,
    /** `isMeant`: figures that looked mistyped were confirmed. */
    save: (isMeant = false): Promise<void> => keep(read, isMeant),
    /** Saves both sides' edits, put together, on top of what somebody else saved. */
    saveMerged: (
      meanwhile: readonly ModelMeanwhile[],
      merged: ReadonlyMap<ModelName, unknown>,
    ): Promise<void> => {
      for (const { name, theirs } of meanwhile) drafts.rebase(name, textOf(theirs), textOf(merged.get(name)));
      return keep(Object.fromEntries(meanwhile.map(({ name, theirs }) => [name, theirs])), true);
    },
  };
};
export type EditedModels = ReturnType<typeof useModels>;

/** A place in a model as its form names it: "Shifts › Night › Latest start". */
const placeWords = (
  model: Part | undefined,
  path: string,
  nameOf: (name: string, within?: string) => string,
  language: Language,
): string => {
  let part: unknown = model;
  let within: string | undefined;
  return path
    .split('.')
    .map((key) => {
      const isEntry = Array.isArray(part);
      part = isEntry || isRecord(part) ? (part as Readonly<Record<string, unknown>>)[key] : undefined;
      if (!isEntry) {
        const called = nameOf(key, within);
        within = key;
        return called;
      }
      const own = isRecord(part) ? part['name'] : undefined;
      if (typeof own === 'string') return own;
      return isRecord(own) ? inLanguage(own as unknown as Text, language) : String(Number(key) + 1);
    })
    .join(' › ');
};

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

/** A model written again; `read` is how it was read, which counts where nothing was written before. */
interface Edit {
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
    /** Writes models again, as one step. */
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

const drafts = openDrafts();

/** What is wrong in a model beside what is stored of it, each with its path, as it will be found when it is saved. */
export const wrongParts = (name: ModelName, part: Part, standing?: unknown): readonly Problem[] => {
  const { document, problems } = checkPairs(part, standing);
  const parsed = modelDocuments[name].safeParse(document, { reportInput: true });
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => inPercent(problemOfIssue(issue, part)));
  return [...wrong, ...problems];
};

/** A share beyond what it may be, in percent as it was typed: nothing else has a limit of one or below. */
const inPercent = (problem: Problem): Problem => {
  const { rule, value, values } = problem;
  const said = values as Partial<Issue> | undefined;
  const wanted = said?.wanted;
  if (rule !== 'too-big' || value === undefined || wanted === undefined || !('code' in wanted))
    return problem;
  if (wanted.code !== 'give-size') return problem;
  const size = wanted.values as ContractFindings['give-size'];
  const limit = Number(size.limit);
  if (size.of !== 'value' || limit > 1 || !Number.isFinite(Number(value))) return problem;
  return {
    ...problem,
    value: `${percentOf(Number(value))}%`,
    values: { ...said, wanted: { ...wanted, values: { ...size, limit: `${percentOf(limit)}%` } } },
  };
};

/** A fraction in percent, and back, without the dust of multiplication. */
export const percentOf = (fraction: number): number => Number((100 * fraction).toFixed(6));
export const fractionOf = (percent: number): number => Number((percent / 100).toFixed(8));
