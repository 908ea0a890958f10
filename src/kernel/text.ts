/** Languages in which models name things and prompts speak. */
export const modelLanguages = ['zh-CN', 'en'] as const;
export type ModelLanguage = (typeof modelLanguages)[number];

/** Languages in which the product speaks: one more here asks the compiler for its column in src/words. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** Spoken where no language was asked for. */
export const defaultLanguage: Language = 'zh-CN';

/**
 * A sentence in every language of the product: reasons, assumptions and problems carry their words with
 * them, so that anyone who prints them (terminal, page, file) only picks a language.
 */
export type Text = Readonly<Record<ModelLanguage, string>> & Readonly<Partial<Record<Language, string>>>;

/** A name in the reader's language; in English where data and models, which are in two languages, do not have it. */
export const inLanguage = (name: Text, language: Language): string => name[language] ?? name.en;

/** A name that is the same in every language: a key, for want of a name. */
export const untranslated = (name: string): Text => ({ 'zh-CN': name, en: name });

/**
 * What is in no name or note: controls but tab and line ends, halves of a character pair, marks that turn the
 * direction of what follows (U+202A to U+202E, U+2066 to U+2069: what is shown is then not what is stored), and code
 * points that are no characters. A database refuses some of them, another keeps them, a terminal obeys them.
 */
const unwritable = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{NChar}\u202a-\u202e\u2066-\u2069]/u;

/** The first character of a text that no text may have, as `U+0000`; undefined where there is none. */
export const firstUnwritable = (text: string): string | undefined => {
  const found = unwritable.exec(text)?.[0];
  return found === undefined
    ? undefined
    : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
};

/** Names that are devices on Windows, whatever ending follows. */
const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

/** Whether a file may be called so on every system that a workspace may be carried to. */
export const isFileName = (name: string): boolean =>
  name !== '' &&
  name.length <= 200 &&
  firstUnwritable(name) === undefined &&
  !/[<>:"/\\|?*\t\r\n]|[. ]$/.test(name) &&
  !devices.test(name);

/** A text in which a sign that something was there (\ufffd) stands for each of them. */
export const replaceUnwritable = (text: string): string =>
  text.replaceAll(new RegExp(unwritable, 'gu'), '\ufffd');

/** A cell of a CSV (RFC 4180): in quotes where it holds a comma, a quote or a line break, quotes in it doubled. */
export const csvCell = (plain: string): string =>
  /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;

/** Order of texts by their characters' codes, the same in every language: dates, clocks and keys. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
