import { remembered } from '../../kernel/remember.ts';

/**
 * Headings that nobody has listed, read word by word: "Half hour starting", "Calls arriving", "Contacts we could not
 * answer". A heading means a field where each word that the field asks for is there and no word is left over, so that
 * "Calls answered by robot" or "Half hour ending" mean nothing.
 */

/** Words that mean the same in a heading. */
const groups = {
  filler:
    'the of a an in on at by for from per to number no num nr count total all our we us were was they this who that up off',
  span: 'interval intervals half quarter hour hourly hours period time times slot slots date datetime and day bin',
  begin: 'start starts starting started begin begins beginning from commencing commences',
  call: 'call calls contact contacts interaction interactions enquiry enquiries inquiry inquiries caller callers phone telephone',
  came: 'arriving arrived arrivals arrival incoming inbound offered received presented entered entering queued queueing coming came volume',
  taken:
    'answered handled taken connected accepted served completed answer handle take connect accept serve picked',
  lost: 'abandoned abandoning abandon lost missed dropped hung gave given giving unanswered rang',
  not: 'not never could',
  mean: 'average avg mean',
  sum: 'total sum overall',
  work: 'handle handling handled talk talking service serving conversation work call calls contact acd',
  waiting: 'wait waiting waited queue queueing queuing hold holding',
  length: 'time times duration durations length seconds secs sec s minutes mins',
  within: 'within in under inside less than',
  figure: '',
  people: 'agents operators advisers advisors staff handlers agent operator positions people',
  present: 'working available on duty logged signed staffed present in',
  desk: 'queue queues skill skills split team line service department desk group topic name type label',
  queueWord: 'queue skill split department desk service topic',
} as const;
type Group = keyof typeof groups;

const wordsIn = remembered((group: Group): ReadonlySet<string> => new Set(groups[group].split(' ')));

const isIn = (word: string, group: Group): boolean =>
  group === 'figure' ? /^\d+s?$/.test(word) : wordsIn(group).has(word);

/** What a field's heading has in it, and what else it may have. */
interface Rule {
  readonly field: string;
  readonly has: readonly Group[];
  readonly may?: readonly Group[];
}

const whenRules: readonly Rule[] = [{ field: 'start', has: ['span', 'begin'] }];

const rules: Readonly<Partial<Record<string, readonly Rule[]>>> = {
  traffic: [
    ...whenRules,
    { field: 'answered_in_threshold', has: ['taken', 'within', 'figure'], may: ['call', 'length'] },
    { field: 'abandoned', has: ['call', 'not', 'taken'] },
    { field: 'offered', has: ['call', 'came'] },
    { field: 'answered', has: ['call', 'taken'] },
    { field: 'abandoned', has: ['call', 'lost'], may: ['waiting'] },
    { field: 'handle_seconds_mean', has: ['mean', 'work', 'length'] },
    { field: 'handle_seconds_total', has: ['sum', 'work', 'length'] },
    { field: 'wait_seconds_mean', has: ['mean', 'waiting', 'length'] },
    { field: 'wait_seconds_total', has: ['sum', 'waiting', 'length'] },
    { field: 'operators', has: ['people', 'present'] },
    { field: 'queue', has: ['queueWord', 'desk'], may: ['call'] },
  ],
  presence: [...whenRules, { field: 'operators', has: ['people', 'present'] }],
  calls: [
    { field: 'arrived_at', has: ['call', 'span'], may: ['came', 'begin'] },
    { field: 'arrived_at', has: ['call', 'begin'] },
    { field: 'wait_seconds', has: ['waiting', 'length'] },
    { field: 'handle_seconds', has: ['work', 'length'] },
    { field: 'queue', has: ['queueWord', 'desk'], may: ['call'] },
  ],
};

const bracketed = /\([^)]*\)|\[[^\]]*\]/g;

/** Characters of what is still a heading, and no sentence. */
const longest = 60;

/** Cells are looked at as headings row by row, for every kind: each is taken apart once. */
const mostRemembered = 20_000;

/** Words of a heading in lower case; none where it says a share, or is not of Latin letters. */
const wordsOf = remembered((heading: string): readonly string[] => {
  if (heading.length > longest || !/[a-z]/i.test(heading)) return [];
  const said = heading.normalize('NFKC').toLowerCase().replaceAll(bracketed, ' ');
  if (/%|\b(?:percent|percentage|pct|rate|ratio|share)\b/.test(said)) return [];
  const words = said.split(/[^\p{Letter}\p{Number}]+/u).filter((word) => word !== '');
  return words.every((word) => /^[a-z\d]+$/.test(word)) ? words : [];
}, mostRemembered);

const says = (words: readonly string[], { has, may = [] }: Rule): boolean =>
  words.length > 1 &&
  has.every((group) => words.some((word) => isIn(word, group))) &&
  words.every((word) => [...has, ...may, 'filler' as const].some((group) => isIn(word, group)));

/** Less sure than any name that is listed. */
const surely = 0.55;

/** The field of a kind that a heading means by its words; undefined for none. */
export const meaningByWords = (heading: string, kind: string): ReadonlyMap<string, number> | undefined => {
  const known = rules[kind];
  if (known === undefined) return undefined;
  const words = wordsOf(heading);
  const rule = known.find((each) => says(words, each));
  return rule === undefined ? undefined : new Map([[rule.field, surely]]);
};

/** Whether a heading means by its words when an interval starts. */
export const saysStart = (heading: string): boolean => says(wordsOf(heading), whenRules[0] as Rule);
