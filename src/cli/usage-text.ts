import type { CommanderError } from 'commander';
import type { Finding, Sayable } from '../kernel/finding.ts';
import { cliFinding } from './cli-findings.ts';

/** Parts what the argument parser says from the finding that it carries along in its one message. */
const mark = '\u0000';

/** What an option's value should have been, as a message for the argument parser. */
export const embedFinding = (wanted: Sayable): string => `${mark}${JSON.stringify(wanted)}`;

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

const namesIn = (said: string, pattern: RegExp): readonly string[] =>
  pattern.exec(said)?.[1]?.split(', ') ?? [];
