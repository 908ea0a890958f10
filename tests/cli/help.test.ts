import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { helpWords } from '../../src/words/help.ts';
import { runCommand } from '../support/run-command.ts';
import { silentProgram } from '../support/silent-program.ts';

/** Every description that some --help prints. */
const descriptionsOf = (command: Command): string[] => [
  command.description(),
  command.summary(),
  ...[...command.options, ...command.registeredArguments].map(({ description }) => description),
  ...command.commands.flatMap(descriptionsOf),
];

const shown = [...new Set(descriptionsOf(await silentProgram()))].filter((said) => said !== '');

describe('help', () => {
  test('every description is in words, and no words are left over', () => {
    expect(shown.length).toBeGreaterThan(80);
    expect(shown.filter((said) => said in helpWords)).toEqual([]);
    const written = Object.values(helpWords).map(({ en }) => en);
    expect(shown.filter((said) => !written.includes(said))).toEqual([]);
    // The argument parser keeps the last where it cannot be asked for.
    expect(written.filter((said) => !shown.includes(said))).toEqual(['display help for command']);
  });

  test('speaks the language asked for, else Chinese, as every answer does', async () => {
    const english = (await runCommand(['plan', '--help', '--lang', 'en'])).out;
    expect(english).toContain('staff for this temperature band');
    expect(english).not.toMatch(/\p{Script=Han}/u);
    const chinese = (await runCommand(['plan', '--help', '--lang=zh-CN'])).out;
    expect(chinese).toContain('按冷热等级配置座席');
    expect(chinese).toContain('选项：');
    expect((await runCommand(['plan', '--help'])).out).toBe(chinese);
    expect((await runCommand(['--help'])).out).toContain('In English: add --lang en');
  });

  test('tells the exit codes', async () => {
    expect((await runCommand(['--help', '--lang', 'en'])).out).toContain('3  bad input');
    expect((await runCommand(['--help', '--lang', 'zh-CN'])).out).toContain('4  硬性规则下无解');
  });
});
