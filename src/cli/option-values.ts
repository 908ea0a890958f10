import { Command, type CommanderError, InvalidArgumentError } from 'commander';
import type { Finding, Sayable } from '../kernel/finding.ts';
import { isPlainDate, mondayOfWeek } from '../kernel/time.ts';
import { cliFinding, type NumberRange } from './cli-findings.ts';
import type { HelpKey } from '../words/help.ts';

/** What commands are declared with in place of a description: its key. One without words in every language does not compile. */
export const help = (key: HelpKey): string => key;

/** Reads a number option; anything outside the range is wrong usage. */
export const numberOption =
  (range: NumberRange) =>
  (given: string): number => {
    if (range.infinite === true && /^\+?inf(inity)?$/i.test(given)) return Infinity;
    const value = given.trim() === '' ? Number.NaN : Number(given);
    const tooLow = range.min !== undefined && (range.open === true ? value <= range.min : value < range.min);
    const tooHigh =
      range.max !== undefined && (range.openAbove === true ? value >= range.max : value > range.max);
    if (!Number.isFinite(value) || tooLow || tooHigh || (range.whole === true && !Number.isInteger(value)))
      throw invalid(cliFinding('a-number', { range }));
    return value;
  };

/** Wrong usage of an option: says what was wanted. */
export const invalid = (wanted: Sayable): InvalidArgumentError =>
  new InvalidArgumentError(embedFinding(wanted));

/** Reads an ISO date. */
export const dateOption = (value: string): string => {
  if (!isPlainDate(value)) throw invalid(cliFinding('a-date'));
  return value;
};

/** Reads an ISO week. */
export const weekOption = (value: string): string => {
  if (mondayOfWeek(value) === undefined) throw invalid(cliFinding('an-iso-week'));
  return value;
};

/** What may be said for the plan made last; no option says the same. */
export const latestPlan = 'latest';

/** Headings by field. */
export type ColumnsNamed = Record<string, string | string[]>;

/**
 * A group of commands lists what there is where none of them is named: its command `list` answers, with its options. A
 * word that names none is refused as one, with what it may have been meant for.
 */
export const listByDefault = (group: Command, summary: string): Command => {
  group.hook('preSubcommand', ({ args: [word] }, chosen) => {
    if (chosen.name() === 'list' && word !== undefined && word !== 'list' && !word.startsWith('-'))
      refuseWord(group, word);
  });
  return group.command('list', { isDefault: true }).summary(summary);
};

/** Has the argument parser itself say what it says of a command that it does not know. */
const refuseWord = (group: Command, word: string): void => {
  const bare = new Command(group.name()).exitOverride().configureOutput({ outputError: () => undefined });
  for (const known of group.commands) bare.command(known.name());
  bare.parse([word], { from: 'user' });
};

/** Parts what the argument parser says from the finding that it carries along in its one message. */
const mark = '\u0000';

/** What an option's value should have been, as a message for the argument parser. */
const embedFinding = (wanted: Sayable): string => `${mark}${JSON.stringify(wanted)}`;

/** A usage error of the argument parser, with its hint on what would be right. */
export const usageOf = (error: CommanderError): Finding => {
  const [before = '', wanted] = error.message.replace(/^error: /, '').split(mark);
  const parser = before
    .replace('(outputHelp)', 'no command given')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
  const names = [...parser.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  // Of a wrong argument the value is named first, of a wrong option the option.
  if (parser.startsWith('command-argument')) names.reverse();
  return cliFinding('wrong-usage', {
    refused: error.code,
    parser: wanted === undefined ? parser.replace(/\.$/, '') : parser,
    names,
    wanted: wanted === undefined ? null : (JSON.parse(wanted) as Sayable),
    choices: namesIn(parser, /Allowed choices are (.*)\.$/),
    near: namesIn(parser, /\(Did you mean (?:one of )?([^?]*)\?\)/),
  });
};

const namesIn = (text: string, pattern: RegExp): readonly string[] =>
  pattern.exec(text)?.[1]?.split(', ') ?? [];
