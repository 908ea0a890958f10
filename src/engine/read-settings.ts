import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parseDocument, parseJsonDocument } from '../contract/parse-document.ts';
import {
  isPostgresAddress,
  type LineFolder,
  lineFolderOf,
  type Settings,
  settingsFileName,
  settingsSchema,
} from '../contract/settings.ts';
import { BadInputError, type Problem, problemsOf } from '../kernel/errors.ts';
import type { SaidOf } from '../kernel/said-values.ts';

export type SettingSource = 'default' | 'file' | 'environment' | 'option';

/** An installation's settings, and where each of them comes from. */
export interface SettingsRead {
  readonly settings: Settings;
  readonly sources: Readonly<Record<SettingName, SettingSource>>;
}

type Given = Readonly<Record<string, unknown>>;

interface Layer {
  readonly source: SettingSource;
  readonly file?: string;
  readonly given: Given;
  /** What a setting is called there. */
  readonly nameOf: (setting: string) => string;
}

export const settingNames = Object.keys(settingsSchema.shape) as readonly SettingName[];

/** The option of a setting: --public-url for publicUrl. */
const optionOf = (setting: string): string =>
  `--${setting.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The environment variable of a setting: HUAWU_LOG_LEVEL for logLevel. */
const variableOf = (setting: string): string =>
  `HUAWU_${setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/**
 * The settings of a workspace: defaults, outranked by its settings.json, by environment variables, by a command's
 * options. A line of a workspace has the workspace's, and is the hotline that its folder is called. Throws
 * `BadInputError` with everything that is wrong in any of them, each under the name that it has there.
 */
export const readSettings = async (
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  options: Partial<Settings> = {},
): Promise<SettingsRead> => {
  const within = lineFolderOf(resolve(folder), existsSync);
  const layers: Layer[] = [
    await fileLayer(join(within?.home ?? folder, settingsFileName)),
    environmentLayer(environment),
    { source: 'option', given: withoutUndefined(options), nameOf: optionOf },
  ];
  const problems = layers.flatMap(problemsOfLayer);
  if (within !== undefined) problems.push(...lineProblems(within, layers, options));
  if (problems.length > 0) throw new BadInputError(problems);
  if (within !== undefined)
    layers.push({ source: 'file', given: { hotline: within.line }, nameOf: optionOf });
  const settings = settingsSchema.parse(Object.assign({}, ...layers.map((layer) => layer.given)));
  if (settings.jobs === 'workers' && !isPostgresAddress(settings.store))
    throw new BadInputError([settingsProblem('jobs', 'workers-need-postgres', settings.store)]);
  if (isHalfOpenId(settings))
    throw new BadInputError([settingsProblem('oidcIssuer', 'oidc-incomplete', settings.oidcIssuer)]);
  const sourceOf = (name: SettingName): SettingSource =>
    layers.findLast((layer) => name in layer.given)?.source ?? 'default';
  const sources = Object.fromEntries(settingNames.map((name) => [name, sourceOf(name)]));
  return { settings, sources: sources as SettingsRead['sources'] };
};

/** Two lines under one name would share their records; and a line's records lie where its workspace's do. */
const lineProblems = (
  { home, line }: LineFolder,
  layers: readonly Layer[],
  options: Partial<Settings>,
): Problem[] => {
  const parsed = settingsSchema.shape.hotline.safeParse(
    layers.findLast(({ given }) => 'hotline' in given)?.given['hotline'],
  );
  return [
    ...(['store', 'hotline'] as const)
      .filter((name) => options[name] !== undefined && options[name] !== line)
      .map((name) => settingsProblem(optionOf(name), 'line-shares-settings', options[name], { home })),
    ...(parsed.success && parsed.data === line && options.hotline === undefined
      ? [settingsProblem('hotline', 'line-is-workspace', line, { home })]
      : []),
  ];
};

const isHalfOpenId = ({ oidcIssuer, oidcClientId, oidcRoleClaim, oidcRoles }: Settings): boolean =>
  oidcIssuer !== '' && (oidcClientId === '' || (oidcRoleClaim !== '' && oidcRoles.trim() === ''));

const withoutUndefined = (given: Given): Given =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

const fileLayer = async (file: string): Promise<Layer> => {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // What no folder can be called holds none either; the command says so itself.
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(error.code ?? '')) return undefined;
    throw new BadInputError([unreadable(file)]);
  });
  const given =
    content === undefined ? {} : parseJsonDocument(z.record(z.string(), z.unknown()), content, file);
  return { source: 'file', file, given, nameOf: (setting) => setting };
};

/** Variables are text: what a number belongs in is read as one where it looks like one. */
const environmentLayer = (environment: Readonly<Record<string, string | undefined>>): Layer => {
  const given = settingNames.flatMap((name) => {
    const value = environment[variableOf(name)];
    if (value === undefined || value === '') return [];
    const wantsNumber = typeof settingsSchema.parse({})[name] === 'number';
    const number = value.trim() === '' ? Number.NaN : Number(value);
    return [[name, wantsNumber && Number.isFinite(number) ? number : value]];
  });
  return { source: 'environment', given: Object.fromEntries(given) as Given, nameOf: variableOf };
};

const problemsOfLayer = ({ given, nameOf, file }: Layer): readonly Problem[] => {
  try {
    parseDocument(settingsSchema, given, file);
    return [];
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return error.problems.map((problem) =>
      problem.path === undefined ? problem : { ...problem, path: nameOf(problem.path) },
    );
  }
};

const unreadable = (file: string): Problem => ({
  rule: 'settings-unreadable' satisfies keyof SettingsProblems,
  severity: 'error',
  file,
});

/** What can be wrong with an installation's settings, by rule, with what its sentences need. */
export interface SettingsProblems extends SaidOf<'settings-problems'> {}

const settingsProblem = problemsOf<SettingsProblems>();

type SettingName = keyof Settings;
