import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import {
  type MessageNode,
  saidValuesFile,
  saidValuesSource,
  messageValuesFile,
  messageValuesSource,
  readCatalogues,
  valuesOfMessage,
} from '../../scripts/message-values.ts';
import { languages } from '../../src/kernel/text.ts';
import { messages } from '../../src/words/messages.ts';
import { speak } from '../../src/words/speak.ts';
import type { Audience } from '../../src/words/speech.ts';

type Message = string | readonly string[];

const messagesIn = (node: MessageNode, id = ''): (readonly [id: string, message: Message])[] =>
  typeof node === 'string' || Array.isArray(node)
    ? [[id, node as Message]]
    : Object.entries(node).flatMap(([key, part]) => messagesIn(part, id === '' ? key : `${id} ${key}`));

const catalogues = readCatalogues();
const every = Object.entries(catalogues).map(
  ([language, catalogue]) => [language, new Map(messagesIn(catalogue))] as const,
);
const english = every.find(([language]) => language === 'en')?.[1] ?? new Map<string, Message>();

/** Settings, bounds and units that are never one, and ends of a range. */
const neverOne =
  /^(seconds|minutes|\w+Minutes|step|wanted|most|least|limit|bytes|halfLifeDays|beyondHours|phase|replications|times|shortest|longest|one|from|to|cost|attempts|erlangs|many|mostCalls|lags_lag)$/;
/** Words that end as a plural does, and units that have one form. */
const noPlural =
  /^(is|has|was|as|its|this|minutes|points|ms|replications|times|answers|belongs|changes|comes|costs|leads|moves|needs|prints|refuses|requires|says|shows|stands|starts|uses|waits|works)$/;

/** Figures before a word in its plural alone. */
const uncountedIn = (elements: readonly MessageFormatElement[]): string[] =>
  elements.flatMap((element, at) => {
    if (element.type === TYPE.select)
      return Object.values(element.options).flatMap(({ value }) => uncountedIn(value));
    const isFigure =
      element.type === TYPE.argument ||
      (element.type === TYPE.number && (element.style === 'whole' || element.style === 'decimal0'));
    const next = elements[at + 1];
    if (!isFigure || neverOne.test(element.value) || next?.type !== TYPE.literal) return [];
    const [, word = ''] = /^ ([a-z][a-z-]*s|people)\b/.exec(next.value) ?? [];
    return word === '' || noPlural.test(word) ? [] : [`{${element.value}} ${word}`];
  });

/** What stands between other words, or after them. */
const saidAsNothing = [
  'terminal-grade betweenReasons',
  'terminal-problem-lines error',
  'problems-on-rows remedy',
];

/** What one language says without a value that another needs. */
const saidWithout = [
  'problems-unlisted message',
  'cli a-number',
  'contract give-size',
  'planning-phrases unlisted remedy',
  'record-problems hotline-replaced message',
  'record-problems hotline-replaced remedy',
];

describe('the catalogues', () => {
  test('are there for every language, and no other', () => {
    expect(Object.keys(catalogues).toSorted()).toEqual([...languages].toSorted());
    expect(english.size).toBeGreaterThan(4000);
  });

  test.each(every)(
    '%s has the messages of English, each says something and takes the same values',
    (_, own) => {
      expect([...own.keys()]).toEqual([...english.keys()]);
      const silent = [...own].filter(([, message]) => [message].flat().some((one) => one.trim() === ''));
      expect(silent.map(([id]) => id)).toEqual(saidAsNothing);
      const valued = (message: Message): string => Object.keys(valuesOfMessage(message)).toSorted().join();
      const other = [...own].filter(([id, message]) => valued(message) !== valued(english.get(id) ?? ''));
      expect(other.map(([id]) => id).filter((id) => !saidWithout.includes(id))).toEqual([]);
    },
  );

  test('a count that may be one has the form of the word that goes with it', () => {
    const counted = [...english].flatMap(([id, message]) =>
      [message]
        .flat()
        .flatMap((one) => uncountedIn(parse(one, { ignoreTag: true })).map((said) => `${id}: ${said}`)),
    );
    expect(counted).toEqual([]);
    expect(uncountedIn(parse('in {n} days, of {all, number, whole} people'))).toEqual([
      '{n} days',
      '{all} people',
    ]);
  });

  test.each(['1', 1, 0.7, '2', 2, '1.0', '1,001', 0])('%s chooses the form as it is read', (n) => {
    const said = messages('page-feeds')['feeds.tested'].en({
      name: 'a',
      read: n,
      stored: 0,
      unknown: 0,
      refused: 0,
    });
    expect(said).toContain(`${n} line${n === '1' || n === 1 ? '' : 's'} read`);
    if (typeof n === 'number')
      expect(messages('diversion')['prompt-plays-already'].en({ callers: n, followers: 0 })).toContain(
        Math.round(n) === 1 ? '1 caller ' : `${Math.round(n)} callers `,
      );
  });

  test.each(every)('%s chooses within one other choice at most: what branches further is code', (_, own) => {
    /** How many choices stand within one another; the items of a list are none. */
    const depth = (elements: readonly MessageFormatElement[]): number =>
      Math.max(
        0,
        ...elements.map((element) =>
          element.type === TYPE.select || element.type === TYPE.plural
            ? Number(!('each' in element.options)) +
              Math.max(...Object.values(element.options).map(({ value }) => depth(value)))
            : 0,
        ),
      );
    expect(depth(parse('{a, select, each {{b, plural, other {#}}} other {, }}'))).toBe(1);
    const nested = [...own].filter(([, message]) =>
      [message].flat().some((one) => depth(parse(one, { ignoreTag: true })) > 2),
    );
    expect(nested.map(([id]) => id)).toEqual([]);
  });

  test('have their values in the generated types', () => {
    expect(readFileSync(messageValuesFile, 'utf8'), 'run npm run words').toBe(messageValuesSource());
    expect(readFileSync(saidValuesFile, 'utf8'), 'run npm run words').toBe(saidValuesSource());
  });

  test('hold no section that nothing says', () => {
    const root = new URL('../../', import.meta.url);
    const said = new Set(
      globSync('{src,scripts}/**/*.{ts,tsx}', { cwd: root })
        .flatMap((file) => [
          ...readFileSync(new URL(file.replaceAll('\\', '/'), root), 'utf8').matchAll(
            /\bmessages\('([\w-]+)'\)/g,
          ),
        ])
        .map(([, section]) => section),
    );
    expect(Object.keys(catalogues['en'] ?? {}).filter((section) => !said.has(section))).toEqual([]);
  });
});

describe('a message', () => {
  test('chooses by what a value is, by what is not there, and by who reads', () => {
    const said = (code: string, values: unknown, audience: Audience = 'terminal'): string =>
      speak('en', audience).say({ code, values });
    expect(said('no-plan', { id: null })).toBe('No plan has been made yet');
    expect(said('no-plan', { id: 'a' })).toBe('There is no plan a');
    expect(said('no-such-feed', { name: 'a', known: [] })).toBe('There is no feed a');
    expect(said('no-such-feed', { name: 'a', known: ['b', 'c'] })).toBe(
      'There is no feed a. There are: b, c',
    );
    expect(said('chosen-on-mean-forecast', { price: 2, aim: 'fewest-diverted' })).toContain('the fewest');
    expect(said('queues-without-traffic', { queues: ['a'] })).toContain('Queue a has');
    expect(said('queues-without-traffic', { queues: ['a', 'b'] })).toContain('Queues a, b have');
    expect(said('changed-calls', { before: null, after: 1234.4 })).toBe('First-time calls – → 1,234');
    expect(said('give-week-or-period', {})).toBe('Give --week or --period');
    expect(said('give-week-or-period', {}, 'page')).toBe('Give a week or a period');
  });

  test('has in quotes only what people are to write themselves', () => {
    const quoted = every.flatMap(([, own]) =>
      [...own.values()].flat().flatMap((message) => message.match(/'\{\w+\}'/g) ?? []),
    );
    expect([...new Set(quoted)]).toEqual(["'{hour}'"]);
    const { message } = messages('record-problems')['abandoned-waits-assumed'];
    expect(message.en({ heading: 'ASA' })).toContain('given only for answered calls (ASA)');
  });

  test('that takes no values is said without the quotes of its pattern', () => {
    const plain = [...english.values()]
      .flat()
      .filter((message) => Object.keys(valuesOfMessage(message)).length === 0 && message.includes("'"));
    expect(plain.length).toBeGreaterThan(50);
    expect(messages('diversion-problems')['hour-missing'].remedy.en).toContain('{hour}');
    for (const message of plain) {
      const [only] = parse(message, { ignoreTag: true });
      expect(only).toHaveProperty(
        'value',
        message.replaceAll(/''|'([{}<>][^']*)'/g, (_, one?: string) => one ?? "'"),
      );
    }
  });

  test('writes lists, names and figures as its language does, and chooses by their number', () => {
    const { standard } = messages('terminal-rank');
    const values = { hotlines: 1, share: 0.5, standardSeconds: 20, mean: '11.0' };
    expect(standard.en(values, speak('en', 'terminal'))).toBe(
      '1 hotline (50.00%) meets the 20-second standard; its mean is 11.0 s',
    );
    expect(standard.en({ ...values, hotlines: 2 })).toBe(
      '2 hotlines (50.00%) meet the 20-second standard; their mean is 11.0 s',
    );
    expect(standard['zh-CN'](values)).toBe('1 条热线（50.00%）20 秒达标，达标者平均 11.0 秒');
  });
});
