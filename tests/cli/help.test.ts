import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { helpWords } from '../../src/words/terminal/help.ts';
import { runCommand } from '../support/run-command.ts';
import { silentProgram } from '../support/silent-program.ts';

/** Every description that some --help prints. */
const descriptionsOf = (command: Command): string[] => [
  command.description(),
  command.summary(),
  ...[...command.options, ...command.registeredArguments].map(({ description }) => description),
  ...command.commands.flatMap(descriptionsOf),
];

const english = [...new Set(descriptionsOf(await silentProgram()))].filter((said) => said !== '');

describe('help', () => {
  test('every description has its Chinese, and no Chinese is left over', () => {
    expect(english.length).toBeGreaterThan(80);
    expect(english.filter((said) => helpWords[said] === undefined)).toEqual([]);
    const unused = Object.keys(helpWords).filter((said) => !english.includes(said));
    expect(unused).toEqual(['display help for command']);
  });

  test('speaks the language asked for, else Chinese, as every answer does', async () => {
    const english = (await runCommand(['plan', '--help', '--lang', 'en'])).out;
    expect(english).toContain('staff for a temperature band');
    expect(english).not.toMatch(/\p{Script=Han}/u);
    const chinese = (await runCommand(['plan', '--help', '--lang=zh-CN'])).out;
    expect(chinese).toContain('按冷热等级配置座席');
    expect(chinese).toContain('选项：');
    expect((await runCommand(['plan', '--help'])).out).toBe(chinese);
    expect((await runCommand(['--help'])).out).toContain('In English: add --lang en');
  });

  test('tells the exit codes', async () => {
    expect((await runCommand(['--help', '--lang', 'en'])).out).toContain('3  bad input');
    expect((await runCommand(['--help', '--lang', 'zh-CN'])).out).toContain('4  硬性规则下没有答案');
  });
});
