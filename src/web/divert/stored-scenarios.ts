import { contractProblem } from '../../contract/contract-findings.ts';
import { z } from 'zod';
import { parseDocument } from '../../contract/parse-document.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { scenarioSchema, type ScenarioModel } from '../../contract/models/scenario-model.ts';

const storageKey = 'huawu-scenarios';
/** Most that stand side by side. */
export const mostScenarios = 12;

const several = z.array(scenarioSchema);

/** Something kept as a scenario that is none, as it lies there: whoever drew it may still want it. */
export interface UnreadableScenario {
  readonly value: unknown;
  /** Its name, where it has one. */
  readonly name?: string;
  readonly issues: readonly Problem[];
}

/** What this browser keeps. */
export interface StoredScenarios {
  readonly scenarios: readonly ScenarioModel[];
  readonly unreadable: readonly UnreadableScenario[];
}

/** Scenarios kept in this browser, and what of them cannot be read: one bad entry takes none of the others with it. */
export const readScenarios = (storage: Pick<Storage, 'getItem'>): StoredScenarios => {
  const entries = storedEntries(storage);
  const scenarios: ScenarioModel[] = [];
  const unreadable: UnreadableScenario[] = [];
  for (const value of entries) {
    const read = parsed(scenarioSchema, value);
    if ('found' in read) scenarios.push(read.found);
    else unreadable.push({ value, ...nameOf(value), issues: read.issues });
  }
  return { scenarios: scenarios.reduce(withScenario, []), unreadable };
};

/** A text that is no JSON is kept as an entry that cannot be read. */
const storedEntries = (storage: Pick<Storage, 'getItem'>): readonly unknown[] => {
  let stored: string | null;
  try {
    stored = storage.getItem(storageKey);
  } catch {
    return [];
  }
  if (stored === null) return [];
  try {
    const value: unknown = JSON.parse(stored);
    return Array.isArray(value) ? value : [value];
  } catch {
    return [stored];
  }
};

const named = z.object({ scenario: z.string().min(1) });

const nameOf = (value: unknown): { readonly name?: string } => {
  const found = named.safeParse(value);
  return found.success ? { name: found.data.scenario } : {};
};

/** Keeps both: what cannot be read stays until it is removed. */
export const keepScenarios = (
  storage: Pick<Storage, 'setItem'>,
  { scenarios, unreadable }: StoredScenarios,
): void =>
  storage.setItem(storageKey, JSON.stringify([...scenarios, ...unreadable.map(({ value }) => value)]));

/** An entry that cannot be read as the text of a file, to be mended by hand. */
export const fileOfUnreadable = ({ value }: UnreadableScenario): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);

/** The list with a scenario added or, under the same name, replaced; the oldest gives way. */
export const withScenario = (kept: readonly ScenarioModel[], scenario: ScenarioModel): ScenarioModel[] =>
  [...kept.filter((each) => each.scenario !== scenario.scenario), scenario].slice(-mostScenarios);

/** A name that none of the kept has: the one wanted, or it with the next number. */
export const freeName = (kept: readonly ScenarioModel[], wanted: string): string => {
  const taken = new Set(kept.map(({ scenario }) => scenario));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \(\d+\)$/, '');
  let number = 2;
  while (taken.has(`${stem} (${number})`)) number += 1;
  return `${stem} (${number})`;
};

export type Imported =
  { readonly scenarios: readonly ScenarioModel[] } | { readonly issues: readonly Problem[] };

/** Scenarios of a JSON file: one, or a list of them; else every issue with its path. */
export const importScenarios = (json: string): Imported => {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return { issues: [contractProblem('not-json')] };
  }
  const read = parsed(several, Array.isArray(value) ? value : [value]);
  return 'found' in read ? { scenarios: read.found } : read;
};

/** What a schema makes of a value, or every issue. */
const parsed = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly found: z.output<Schema> } | { readonly issues: readonly Problem[] } => {
  try {
    return { found: parseDocument(schema, value) };
  } catch (error) {
    if (error instanceof BadInputError) return { issues: error.problems };
    throw error;
  }
};
