import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { withOptionNames, createRunner } from '../../src/cli/cli-context.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { silentProgram } from '../support/silent-program.ts';

const allOf = (command: Command): Command[] => [command, ...command.commands.flatMap(allOf)];
const program = await silentProgram();
const named = allOf(program).flatMap((command) =>
  command.options
    .filter(({ negate }) => !negate)
    .map((option) => ({ command, option, of: `${command.name()} ${option.long ?? ''}` })),
);

test('there are many options, some of them of several words', () => {
  expect(named.length).toBeGreaterThan(100);
  expect(
    named.filter(({ option }) => option.attributeName() !== option.long?.slice(2)).length,
  ).toBeGreaterThan(30);
});

test.each(named)(
  'a problem of a field is told under the option as it is typed: $of',
  ({ command, option }) => {
    const field = option.attributeName();
    const told = (path: string, file?: string): string | undefined =>
      withOptionNames(command, [{ rule: 'x', severity: 'error', path, file }])[0]?.path;
    const typed = option.long === `--${field}` ? field : option.long;
    expect(told(field)).toBe(typed);
    expect(told(`${field}.0`)).toBe(option.long === `--${field}` ? `${field}.0` : typed);
    expect(told(field, 'targets.json')).toBe(field);
    expect(told('elsewhere.0')).toBe('elsewhere.0');
  },
);

test('whatever a command throws goes through it', async () => {
  const grade = program.commands.find(({ options }) => options.some(({ long }) => long === '--test-calls'));
  const run = createRunner({
    out: () => undefined,
    err: () => undefined,
    interactive: false,
    nowMillis: () => 0,
    signal: new AbortController().signal,
  });
  const failing = run(async () => {
    throw new BadInputError([{ rule: 'x', severity: 'error', path: 'testCalls.1' }]);
  });
  await expect(failing({}, grade)).rejects.toMatchObject({ problems: [{ path: '--test-calls' }] });
});
