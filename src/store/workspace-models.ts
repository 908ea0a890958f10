import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { checkPairs } from '../contract/models/check-pairs.ts';
import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { modelSchemas } from '../contract/models/model-schemas.ts';
import { parseDocument, parseJson, utf8Of } from '../contract/parse-document.ts';
import { type Settings, settingsFileName } from '../contract/settings.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Models } from '../planning/ports.ts';
import { checkModels } from './check-models.ts';
import { placeProblem } from './store-problems.ts';
import { writeJsonFile } from './workspace-files.ts';

/**
 * Reads and validates the models of a workspace. Of scorecards/ and monitors/ the first file by name is the
 * one in use. Throws `BadInputError` with the problems of all files together, each with its file and path. A pair that
 * stands the wrong way round is questioned where settings are saved; of a file that was edited by hand nobody can be
 * asked: it is used as it is, and `warn` is told of it.
 */
export const readModels = async (
  modelsFolder: string,
  warn: (problem: Problem) => void = () => undefined,
): Promise<Models> => {
  const problems: Problem[] = [];
  const read = async <Schema extends z.ZodType>(
    file: string | undefined,
    schema: Schema,
  ): Promise<z.output<Schema> | undefined> => {
    if (file === undefined) return undefined;
    try {
      const text = await readText(file);
      const json = parseJson(text, file);
      // Times past midnight (44:00) are stored as the clock shows them.
      const document = beyondMidnight.test(text) ? checkPairs(json, undefined).document : json;
      const parsed = parseDocument(schema, document, file);
      for (const problem of checkPairs(json, undefined).problems)
        warn({ ...problem, severity: 'warning', file });
      return parsed;
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const at = (name: string): string => join(modelsFolder, name);
  const first = (kind: string): Promise<string | undefined> => firstFile(at(kind), problems);
  const hotline = await read(at('hotline.json'), modelSchemas.hotline);
  const targets = await read(at('targets.json'), modelSchemas.targets);
  const tiers = await read(at('tiers.json'), modelSchemas.tiers);
  const shifts = await read(at('shifts.json'), modelSchemas.shifts);
  const prompts = await read(at('prompts.json'), modelSchemas.prompts);
  const inUse = { scorecards: await first('scorecards'), monitors: await first('monitors') };
  const calendar = existsSync(at('calendar.json'))
    ? await read(at('calendar.json'), modelSchemas.calendar)
    : { days: [] };
  const levers = existsSync(at('levers.json'))
    ? await read(at('levers.json'), modelSchemas.levers)
    : modelSchemas.levers.parse({});
  const labourRules = [];
  for (const file of await filesIn(at('labour-rules'))) {
    const profile = await read(file, modelSchemas.labourRules);
    if (profile !== undefined) labourRules.push(profile);
  }
  const scorecard = await read(inUse.scorecards, modelSchemas.scorecard);
  const monitor = await read(inUse.monitors, modelSchemas.monitor);
  if (!(hotline && targets && tiers && shifts && prompts && levers && scorecard && monitor && calendar))
    throw new BadInputError(problems);
  const models: Models = {
    hotline,
    targets,
    tiers,
    shifts,
    prompts,
    levers,
    scorecard,
    monitor,
    calendar: calendar.days,
    labourRules,
  };
  const placed = (file: string): string =>
    Object.entries(inUse).find(([kind]) => kind === file)?.[1] ?? at(file);
  const clashes = checkModels(models).map((problem) => ({ ...problem, file: placed(problem.file) }));
  if (clashes.length > 0) throw new BadInputError(clashes);
  return models;
};

const beyondMidnight = /"(?:2[4-9]|[34]\d):[0-5]\d"/;

const readText = async (file: string): Promise<string> => {
  let bytes: Uint8Array;
  try {
    // A pipe would be waited for, for ever.
    if (!(await stat(file)).isFile()) throw new BadInputError([placeProblem('model-file-missing', file)]);
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof BadInputError) throw error;
    throw new BadInputError([
      placeProblem(
        'model-file-missing',
        file,
        error instanceof Error ? { value: error.message.slice(0, 60) } : undefined,
      ),
    ]);
  }
  return utf8Of(bytes, file);
};

/** The JSON files of a folder by name; none where there is no folder. */
const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch((): string[] => []))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));

const firstFile = async (folder: string, problems: Problem[]): Promise<string | undefined> => {
  const [file] = await filesIn(folder);
  if (file === undefined) problems.push(placeProblem('model-file-missing', join(folder, '*.json')));
  return file;
};

/** Replaces a workspace's models/hotline.json in one step. */
export const saveHotline = (folder: string, hotline: HotlineModel): Promise<void> =>
  writeJsonFile(join(folder, 'models', 'hotline.json'), hotline);

/** Changes some of a workspace's settings in one step and leaves the others as they are. */
export const saveSettings = async (folder: string, changed: Partial<Settings>): Promise<void> => {
  const file = join(folder, settingsFileName);
  const known = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as object) : {};
  // An address may hold a password: for the owner alone, as `writeJsonFile` sees to.
  await writeJsonFile(file, { ...known, ...changed });
};
