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
 * them, so that whoever prints them (terminal, page, file) only picks a language.
 */
export type Text = Readonly<Record<ModelLanguage, string>> & Readonly<Partial<Record<Language, string>>>;

/** A name in the reader's language; in English where data and models, which are in two languages, do not have it. */
export const inLanguage = (name: Text, language: Language): string => name[language] ?? name.en;

/** Shorthand for a sentence in Chinese and English. */
export const text = (chinese: string, english: string): Text => ({ 'zh-CN': chinese, en: english });

/** A name that is the same in every language: a key, for want of a name. */
export const untranslated = (name: string): Text => ({ 'zh-CN': name, en: name });
