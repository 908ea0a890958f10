import { defaultLanguage, languages, type Language } from '../kernel/text.ts';

/** The language asked for, known before the arguments are parsed: help and usage errors speak it too. */
export const languageOf = (args: readonly string[]): Language => {
  const given = args.flatMap((arg, i) =>
    arg === '--lang' ? [args[i + 1]] : arg.startsWith('--lang=') ? [arg.slice('--lang='.length)] : [],
  );
  return languages.find((language) => language === given.at(-1)) ?? defaultLanguage;
};
