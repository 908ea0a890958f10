import { useMemo, useState, useSyncExternalStore } from 'react';
import { modelVersion } from '../../contract/http/model-version.ts';
import type { ModelName } from '../../contract/http/model-name.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import type { Problem } from '../../kernel/errors.ts';
import { inLanguage } from '../../kernel/text.ts';
import { sayProblem } from '../../words/problems.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { useSpeech, withMinus } from '../words/words.tsx';
import { drafts, parsedOf, textOf } from './drafts.ts';
import type { ModelMeanwhile } from './merge-models.tsx';
import type { Part } from './fields/model-shape.ts';
import { useUnsaved } from '../ui/use-unsaved.ts';
import { wrongParts } from './wrong-parts.ts';

/** Models as they were read, by name. */
export type ReadModels = Readonly<Partial<Record<ModelName, unknown>>>;

export const readModel = (name: ModelName, signal?: AbortSignal): Promise<unknown> =>
  callApi('model', { params: { model: name }, ...(signal === undefined ? {} : { signal }) });

/** What became of saving. */
type Outcome =
  | { readonly state: 'saved'; readonly models: ReadModels }
  | { readonly state: 'stale'; readonly meanwhile: readonly ModelMeanwhile[] }
  | { readonly state: 'wrong' }
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
  const { language } = useSpeech();
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
  const changed = names.filter((name) => written.has(name));
  useUnsaved(changed.length > 0);
  const editText = (name: ModelName, text: string, mark?: string): void => {
    setOutcome(undefined);
    drafts.edit([{ name, read: textOf(read[name]), text }], mark);
  };
  /** Saves what is written by now, decided on models as they were read. */
  const attempt = async (read: ReadModels): Promise<Outcome> => {
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
    try {
      const versions = names.map((name) => modelVersion(name, baseOf(name)));
      const version = (await Promise.all(versions)).join('", "');
      const answered = (await callApi('putModels', { body: bodies, version })) as ReadModels;
      return { state: 'saved', models: { ...read, ...answered } };
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
  const keep = async (read: ReadModels): Promise<void> => {
    setSaving(true);
    const became = await attempt(read).catch((error: unknown): Outcome => ({
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
    problems: names.flatMap((name) => problems.get(name) ?? []),
    /** What is wrong at a path of a model, in words; nothing where it can be kept. */
    wrong: (name: ModelName, path: string): string | undefined => {
      const found = problems.get(name)?.find((problem) => problem.path === path);
      if (found === undefined) return undefined;
      const { message, remedy } = sayProblem(found, 'page');
      return withMinus([message, remedy].map((said) => inLanguage(said, language)).join(' · '));
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
    save: (): Promise<void> => keep(read),
    /** Saves both sides' edits, put together, on top of what somebody else saved. */
    saveMerged: (
      meanwhile: readonly ModelMeanwhile[],
      merged: ReadonlyMap<ModelName, unknown>,
    ): Promise<void> => {
      for (const { name, theirs } of meanwhile) drafts.rebase(name, textOf(theirs), textOf(merged.get(name)));
      return keep(Object.fromEntries(meanwhile.map(({ name, theirs }) => [name, theirs])));
    },
  };
};
export type EditedModels = ReturnType<typeof useModels>;
