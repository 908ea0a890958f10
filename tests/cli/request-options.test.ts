import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ingestRequestSchema } from '../../src/contract/http/file-documents.ts';
import {
  accuracyRequestSchema,
  backtestRequestSchema,
  bandsRequestSchema,
  compareRequestSchema,
  divertRequestSchema,
  forecastRequestSchema,
  leversRequestSchema,
  outlookRequestSchema,
  planRequestSchema,
  rankQuery,
  rateRequestSchema,
  requirementRequestSchema,
  simulateRequestSchema,
} from '../../src/contract/http/job-requests.ts';
import {
  repairRequestSchema,
  rosterRequestSchema,
  swapRequestSchema,
} from '../../src/contract/http/roster-requests.ts';
import { addRequestOptions } from '../../src/cli/request-options.ts';
import { silentProgram } from '../support/silent-program.ts';

/** Commands with the requests that they ask for over HTTP, and the fields that are given as a file or by another name. */
const asked: readonly (readonly [string, z.ZodObject, Readonly<Record<string, string>>])[] = [
  ['plan', planRequestSchema, {}],
  ['forecast', forecastRequestSchema, {}],
  ['divert', divertRequestSchema, { offeredTo: '--offer-above' }],
  ['divert', leversRequestSchema, {}],
  ['require', requirementRequestSchema, {}],
  ['simulate', simulateRequestSchema, {}],
  ['compare', compareRequestSchema, {}],
  ['ingest', ingestRequestSchema, { zone: '--timezone' }],
  ['accuracy', accuracyRequestSchema, {}],
  ['backtest', backtestRequestSchema, {}],
  ['outlook', outlookRequestSchema, {}],
  ['rate', rateRequestSchema, {}],
  ['bands', bandsRequestSchema, {}],
  ['rank', rankQuery, { basis: '--traffic' }],
  ['roster', rosterRequestSchema, { pins: '--pin' }],
  ['roster', repairRequestSchema, { absent: '--repair' }],
  ['roster', swapRequestSchema, { duties: '--swap' }],
];
const fromFiles = ['targets', 'scenario'];
/**
 * The page asks for stand-ins and swaps of the roster that it shows, as it was when it was read; the terminal shows
 * none, and takes the day's as it stands.
 */
const ofThePage: Readonly<Record<string, readonly string[]>> = { roster: ['roster', 'revision'] };

const program = await silentProgram();
const commandNamed = (name: string): Command => {
  const found = program.commands.find((command) => command.name() === name);
  if (found === undefined) throw new Error(`no command ${name}`);
  return found;
};
const flagOf = (field: string): string => `--${field.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

describe.each(asked)('%s', (name, { shape }, otherNames) => {
  const command = commandNamed(name);
  // what files hold is the command's first word
  const fields = Object.keys(shape).filter(
    (field) => field !== 'seed' && field !== 'kind' && ofThePage[name]?.includes(field) !== true,
  );

  test.each(fields)('asks for %s in the terminal as over HTTP', (field) => {
    const option = command.options.find(({ long }) => long === (otherNames[field] ?? flagOf(field)));
    if (option === undefined) throw new Error(`${name} has no option for ${field}`);
    if (fromFiles.includes(field) || field in otherNames) return;
    const schema = shape[field] as z.ZodType;
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    if (json.enum !== undefined) {
      if (option.argChoices !== undefined) expect(option.argChoices).toEqual(json.enum);
      return;
    }
    if (json.type !== 'number' && json.type !== 'integer') return;
    const tried = [-1, 0, 0.5, 1, 2, 2.5, 366, 367, 1000, 1001, 100_000, 100_001, 1e9, 2e9].map(String);
    const taken = (given: string): boolean => {
      try {
        option.parseArg?.(given, undefined);
        return true;
      } catch {
        return false;
      }
    };
    expect(tried.filter(taken)).toEqual(tried.filter((given) => schema.safeParse(Number(given)).success));
  });
});

test('a reader of its own reads a list too, whatever its schema says', async () => {
  const command = addRequestOptions(
    new Command('try'),
    z.object({ days: z.array(z.number()).optional() }),
    { days: { argument: '<days>', 'zh-CN': '', en: 'days' } },
    { days: { read: (given) => given.split(' ').length } },
  );
  await command.parseAsync(['--days', 'mon tue'], { from: 'user' });
  expect(command.opts()).toEqual({ days: 2 });
});
