import { optionName, type OptionWords } from '../words/terminal/help/requests.ts';

/** What was asked for, as the terminal's options: '--since 2026-11-01 --weeks 8'; a list parted by commas. */
export const askedWords = (
  asked: Readonly<Record<string, unknown>>,
  options: Readonly<Partial<Record<string, OptionWords>>>,
): string =>
  Object.entries(asked)
    .map(([field, value]) => `${optionName(field, options[field])} ${String(value)}`)
    .join(' ');
