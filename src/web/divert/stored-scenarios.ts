import { z } from 'zod';
import { parseDocument } from '../../contract/parse-document.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { text, type Text } from '../../kernel/text.ts';
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
  { readonly scenarios: readonly ScenarioModel[] } | { readonly issues: readonly Text[] };

/** Scenarios of a JSON file: one, or a list of them; else every issue with its path. */
export const importScenarios = (json: string): Imported => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { issues: [text(`不是 JSON 文件：${said}`, `Not a JSON file: ${said}`)] };
  }
  try {
    return { scenarios: parseDocument(several, Array.isArray(value) ? value : [value]) };
  } catch (error) {
    if (error instanceof BadInputError) return { issues: error.problems.map(tellProblem) };
    throw error;
  }
};

/** Where in the file, what is wrong, and what to do. */
const tellProblem = ({ path = '', value = '', message, remedy }: Problem): Text => {
  const at = `${path} ${value}`.trim();
  return text(`${at}：${message['zh-CN']}；${remedy['zh-CN']}`, `${at}: ${message.en}; ${remedy.en}`);
};
