import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { type ModelName, modelNameSchema, modelVersion } from '../contract/http/model-name.ts';
import { keepConfirmed, checkPairs } from '../contract/models/check-pairs.ts';
import { modelDocuments } from '../contract/models/model-schemas.ts';
import { requestProblems } from '../contract/parse-document.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { changesBetween } from '../kernel/merge-edits.ts';
import { isFileName } from '../kernel/text.ts';
import type { Models } from '../planning/ports.ts';
import { checkModels } from '../store/check-models.ts';
import { readModels } from '../store/workspace-models.ts';
import { storeProblem } from '../store/store-problems.ts';
import { type FileChange, replaceJsonFiles } from '../store/workspace-files.ts';
import { httpProblem } from './http-findings.ts';
import type { ModelFiles } from './services.ts';

const folders: Partial<Record<ModelName, string>> = { scorecard: 'scorecards', monitor: 'monitors' };

/** The file of a model: in a folder of several the first by name is the one in use. */
const fileOf = async (modelsFolder: string, name: ModelName): Promise<string> => {
  const folder = folders[name];
  if (folder === undefined) return join(modelsFolder, `${name}.json`);
  const [first] = (await readdir(join(modelsFolder, folder))).filter((file) => file.endsWith('.json')).sort();
  return join(modelsFolder, folder, first ?? `${name}.json`);
};

/** A model as it is handed out, and taken back. */
export const documentOf = (models: Models, name: ModelName): unknown => {
  if (name === 'calendar') return { days: models.calendar };
  return name === 'labourRules' ? { profiles: models.labourRules ?? [] } : models[name];
};

/** What models become by documents that are imported. */
const modelsWith = (models: Models, documents: Partial<Record<ModelName, unknown>>): Models => {
  const { calendar, labourRules, ...others } = documents as {
    calendar?: { days: Models['calendar'] };
    labourRules?: { profiles: NonNullable<Models['labourRules']> };
  };
  return {
    ...models,
    ...others,
    ...(calendar === undefined ? {} : { calendar: calendar.days }),
    ...(labourRules === undefined ? {} : { labourRules: labourRules.profiles }),
  };
};

/** Longest name of a profile that its file is called after; a file's name has 255 bytes at most. */
const longestName = 60;

/** A file that a new profile is called after; some names are no files on other systems, or too long for any. */
const fileOfNew = (profile: string): string => {
  if (profile.length > longestName)
    return `profile-${createHash('sha256').update(profile).digest('hex').slice(0, 20)}.json`;
  return isFileName(`${profile}.json`) ? `${profile}.json` : `profile-${profile}.json`;
};

/** Files of profiles of labour rules: each in the file that holds it, a new one in its own; one that is gone has none. */
const profileFiles = async (
  folder: string,
  before: NonNullable<Models['labourRules']>,
  after: NonNullable<Models['labourRules']>,
): Promise<readonly FileChange<object>[]> => {
  await mkdir(folder, { recursive: true });
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const fileOfProfile = new Map(before.map(({ profile }, i) => [profile, files[i] ?? fileOfNew(profile)]));
  const gone = [...fileOfProfile].filter(([profile]) => !after.some((each) => each.profile === profile));
  return [
    ...after.map((content) => ({
      file: join(folder, fileOfProfile.get(content.profile) ?? fileOfNew(content.profile)),
      content,
    })),
    ...gone.map(([, file]) => ({ file: join(folder, file), content: undefined })),
  ];
};

/** Models as their files stand; they are read and checked again only when one of them has changed. */
const readWhenChanged = (modelsFolder: string, versions: KnownModels): ModelFiles['read'] => {
  let known: { readonly state: string; readonly models: Models } | undefined;
  return async () => {
    const state = await stateOf(modelsFolder);
    if (known?.state === state) return known.models;
    const models = await readModels(modelsFolder);
    await versions.note(modelNameSchema.options.map((name) => [name, documentOf(models, name)]));
    known = { state, models };
    return models;
  };
};

/** Changes with every file that is written, replaced, added or taken away. */
const stateOf = async (modelsFolder: string): Promise<string> => {
  const entries = await readdir(modelsFolder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const states = files.sort().map(async (file) => {
    const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [file, ino, size, mtimeNs, ctimeNs].join(' ');
  });
  return (await Promise.all(states)).join('\n');
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Paths that a document leaves out, that the schema would fill with its default, and at which the file now says something
 * else: what the file says would be lost without anybody having asked for it.
 */
const resetInSilence = (given: unknown, parsed: unknown, now: unknown, path = ''): string[] => {
  if (!isObject(given) || !isObject(parsed) || !isObject(now)) return [];
  return Object.keys(parsed).flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (key in given) return resetInSilence(given[key], parsed[key], now[key], at);
    return key in now && !isDeepStrictEqual(now[key], parsed[key]) ? [at] : [];
  });
};

const leftOut = (name: ModelName, path: string): Problem => ({
  ...httpProblem('left-out'),
  path: `${name}.${path}`,
});

/** Throws `BadInputError` where one of the models is no longer what somebody decided on, with what changed since. */
const refuseOtherModels = async (
  models: Models,
  versions: readonly string[],
  known: KnownModels,
): Promise<void> => {
  const changed: Problem[] = [];
  for (const version of versions) {
    const path = version.split('.')[0] ?? '';
    const name = modelNameSchema.safeParse(path);
    const model = name.success ? documentOf(models, name.data) : undefined;
    const stands = name.success ? await modelVersion(name.data, model) : '';
    if (stands === version) continue;
    const before = known.at(version);
    const changes = before === undefined ? null : changesBetween(before, model);
    changed.push(storeProblem(path, 'model-changed-meanwhile', version, { version: stands, changes }));
  }
  if (changed.length > 0) throw new BadInputError(changed);
};

/** Fields of a model that one entry of the log tells. */
const mostFieldsTold = 12;

/** A figure, a switch, a time or a key of a field; of people's own words only that they are others. */
const toldValue = (value: unknown): string | number | boolean | null => {
  if (value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && /^[\w:.-]{1,40}$/.test(value) ? value : '…';
};

/** A model by what names its content before and after, and by the fields that changed (`/queues/general/priority`). */
const noteOfModel = async (name: ModelName, before: unknown, after: unknown): Promise<AuditNote> => {
  const changes = before === undefined ? [] : changesBetween(before, after).slice(0, mostFieldsTold);
  const side = async (model: unknown, of: 'before' | 'after') => ({
    version: (await modelVersion(name, model)).split('.')[1] ?? '',
    ...Object.fromEntries(changes.map((change) => [`/${change.path.join('/')}`, toldValue(change[of])])),
  });
  return {
    action: 'models-changed',
    subject: name,
    before: await side(before, 'before'),
    after: await side(after, 'after'),
  };
};

/**
 * A workspace's model files. A write replaces a file in one step, and only where all models still fit together: writes
 * come one after the other, so that none is checked against what another is about to replace.
 */
export const openModelFiles = (modelsFolder: string): ModelFiles => {
  let last: Promise<unknown> = Promise.resolve();
  const known = createKnownModels();
  const write: ModelFiles['writeAll'] = async (documents, change) => {
    const models = await readModels(modelsFolder);
    const pairs = (Object.entries(documents) as [ModelName, unknown][]).map(([name, document]) => ({
      name,
      ...checkPairs(document, documentOf(models, name)),
    }));
    const given = pairs.map(({ name, document }) => [name, document] as const);
    const results = given.map(
      ([name, document]) => [name, modelDocuments[name].safeParse(document)] as const,
    );
    const wrong = results.flatMap(([name, { error }]) =>
      error === undefined ? [] : requestProblems(error, name, documents[name]),
    );
    const reversed = pairs.flatMap(({ name, problems }) =>
      problems.map((problem) => ({ ...problem, path: `${name}.${problem.path ?? ''}` })),
    );
    if (wrong.length + reversed.length > 0) throw new BadInputError([...wrong, ...reversed]);
    const parsed = Object.fromEntries(results.map(([name, { data }]) => [name, data]));
    await refuseOtherModels(models, change?.versions ?? [], known);
    const resets = given.flatMap(([name, document]) =>
      resetInSilence(document, parsed[name], documentOf(models, name)).map((path) => leftOut(name, path)),
    );
    if (resets.length > 0) throw new BadInputError(resets);
    const clashes = checkModels(modelsWith(models, parsed));
    if (clashes.length > 0) throw new BadInputError(clashes);
    const changes = await Promise.all(
      given.map(async ([name]): Promise<readonly FileChange<object>[]> => {
        if (name === 'labourRules') {
          const after = modelsWith(models, parsed).labourRules ?? [];
          return profileFiles(join(modelsFolder, 'labour-rules'), models.labourRules ?? [], after);
        }
        const file = await fileOf(modelsFolder, name);
        const stored = await readFile(file, 'utf8').catch(() => 'null');
        const content = keepConfirmed(parsed[name], documents[name], JSON.parse(stored)) as object;
        return [{ file, content }];
      }),
    );
    if (change === undefined) await replaceJsonFiles(changes.flat());
    else {
      const changed = given
        .map(([name]) => ({ model: name, document: documentOf(models, name) }))
        .filter(({ model, document }) => !isDeepStrictEqual(document, parsed[model]));
      const notes = await Promise.all(
        changed.map(({ model, document }) => noteOfModel(model, document, parsed[model])),
      );
      const replaced = changed.filter(({ document }) => document !== undefined);
      await replaceJsonFiles(changes.flat(), (replace) => change.store.noteChange(notes, replace, replaced));
    }
    return parsed;
  };
  const inTurn: ModelFiles['writeAll'] = (documents, change) => {
    const written = last.then(() => write(documents, change));
    last = written.catch(() => undefined);
    return written;
  };
  return {
    read: readWhenChanged(modelsFolder, known),
    write: async (name, document, change) => (await inTurn({ [name]: document }, change))[name],
    writeAll: inTurn,
  };
};

/** Some twenty changes of every model: anyone who looked at an older one is informed that it changed, not what. */
const mostKnown = 200;
const mostKnownCharacters = 4 * 2 ** 20;

/** What models said at the versions that were read here. */
interface KnownModels {
  note(documents: Iterable<readonly [name: ModelName, document: unknown]>): Promise<void>;
  /** Undefined: it was not read here, or long ago. */
  at(version: string): unknown;
}

const createKnownModels = (): KnownModels => {
  const known = new Map<string, string>();
  let characters = 0;
  const forget = (version: string): void => {
    characters -= known.get(version)?.length ?? 0;
    known.delete(version);
  };
  return {
    note: async (documents) => {
      for (const [name, document] of documents) {
        if (document === undefined) continue;
        const version = await modelVersion(name, document);
        const text = JSON.stringify(document);
        forget(version);
        known.set(version, text);
        characters += text.length;
      }
      for (const oldest of known.keys()) {
        if (known.size <= mostKnown && characters <= mostKnownCharacters) break;
        forget(oldest);
      }
    },
    at: (version) => {
      const text = known.get(version);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
  };
};
