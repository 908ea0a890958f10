import { type Language, languages } from '../../kernel/text.ts';
import { worded, type Written } from '../../words/messages.ts';

/** What a section says in one language, in the order of its ids. */
interface Words {
  readonly column: readonly Written[];
}

/** One message: it has the words of a language once those are loaded. */
type Message = Partial<Record<Language, unknown>>;

/** Puts the words of a language into a section that the page has by now. */
type Fill = (language: Language) => Promise<void>;

const fills: Fill[] = [];
const shown = new Set<Language>();

/** Fetches what the page says in a language: of all that it has by now, and from then on of what comes later. */
export const loadWords = async (language: Language): Promise<void> => {
  shown.add(language);
  await Promise.all(fills.map((fill) => fill(language)));
};

/** Waits for the words of what has just been fetched, in every language that is shown. */
export const wordsThere = async (): Promise<void> => {
  await Promise.all([...shown].map(loadWords));
};

/**
 * A section of the catalogues as it is built into the page (src/web/vite.config.ts): its ids, `rule>message` for one within
 * a table; for each 1 where it takes values; and the words of each language, which are loaded or `here`.
 */
export const builtMessages = (
  ids: string,
  valued: string,
  load: readonly (() => Words | Promise<Words>)[],
  here: boolean,
): unknown => {
  const whole: Record<string, unknown> = {};
  const own = ids.split('|').map((id): Message => {
    const path = id.split('>');
    const last = path.pop() ?? '';
    const table = path.reduce((within, key) => (within[key] ??= {}) as typeof whole, whole);
    const message: Message = {};
    table[last] = message;
    return message;
  });
  const fill = ({ column }: Words, language: Language): void =>
    own.forEach((message, i) => {
      message[language] = worded(column[i] ?? '', valued[i] === '1', language);
    });
  if (here) languages.forEach((language, i) => fill(load[i]?.() as Words, language));
  else fills.push(onceEach(async (language) => fill(await loaded(load, language), language)));
  return whole;
};

const loaded = async (load: readonly (() => Words | Promise<Words>)[], language: Language): Promise<Words> =>
  (await load[languages.indexOf(language)]?.()) ?? { column: [] };

/** Once for each language; where it fails, again when it is next asked for. */
const onceEach = (fill: Fill): Fill => {
  const begun = new Map<Language, Promise<void>>();
  return async (language) => {
    const filling = begun.get(language) ?? fill(language);
    begun.set(language, filling);
    await filling.catch((error: unknown) => {
      begun.delete(language);
      throw error;
    });
  };
};
