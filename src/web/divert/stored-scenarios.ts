import { z } from 'zod';
import { scenarioSchema, type ScenarioModel } from '../../contract/models/scenario-model.ts';

const storageKey = 'huawu-scenarios';
/** Most that stand side by side. */
export const mostScenarios = 6;

const several = z.array(scenarioSchema);

/** Scenarios kept in this browser; what cannot be read is left out. */
export const readScenarios = (storage: Pick<Storage, 'getItem'>): ScenarioModel[] => {
  try {
    return several.parse(JSON.parse(storage.getItem(storageKey) ?? '[]')).slice(0, mostScenarios);
  } catch {
    return [];
  }
};

export const keepScenarios = (storage: Pick<Storage, 'setItem'>, scenarios: readonly ScenarioModel[]): void =>
  storage.setItem(storageKey, JSON.stringify(scenarios));

/** The list with a scenario added or, under the same name, replaced; the oldest gives way. */
export const withScenario = (kept: readonly ScenarioModel[], scenario: ScenarioModel): ScenarioModel[] =>
  [...kept.filter((each) => each.scenario !== scenario.scenario), scenario].slice(-mostScenarios);

export type Imported =
  { readonly scenarios: readonly ScenarioModel[] } | { readonly issues: readonly string[] };

/** Scenarios of a JSON file: one, or a list of them; else every issue with its path. */
export const importScenarios = (json: string): Imported => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { issues: [error instanceof Error ? error.message : String(error)] };
  }
  const parsed = several.safeParse(Array.isArray(value) ? value : [value]);
  return parsed.success
    ? { scenarios: parsed.data }
    : { issues: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
};
