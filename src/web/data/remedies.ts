import type { GuessDocument } from '../../contract/http/file-documents.ts';
import type { DurationUnit } from '../../contract/duration-units.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { Text } from '../../kernel/text.ts';
import type { PlainKey, Speech } from '../words/words.tsx';
import type { ColumnChoice, DateOrder, Handling, Reading } from './column-map.ts';

/** What a planner can have done about problems of a file: a choice of the page, made by one click. */
export interface Remedy {
  readonly label: (speech: Pick<Speech, 'say' | 'tell'>) => string;
  readonly reading?: Partial<Reading>;
  readonly handling?: Partial<Handling>;
  readonly choice?: (choice: ColumnChoice, typed?: number) => ColumnChoice;
  /** A figure goes with it, that is typed beside the button. */
  readonly typed?: { readonly first: number; readonly most: number };
  /** It is most likely what is meant: it is taken without being asked, and shown as taken. */
  readonly isLikeliest?: boolean;
}

/** What has been chosen so far; without a guess the file could not be read at all. */
export interface Chosen {
  readonly reading: Reading;
  readonly handling: Handling;
  readonly guess?: GuessDocument | undefined;
  readonly queues: readonly { readonly queue: string; readonly name: Text }[];
  /** What the line itself is called. */
  readonly own?: Text | undefined;
  /** How days are most likely written where a file leaves it open. */
  readonly likelyOrder?: DateOrder | undefined;
}

type Found = Pick<Problem, 'rule' | 'severity' | 'row' | 'column' | 'value' | 'values'>;
type Told = Readonly<Record<string, unknown>>;
type Rule = (told: Told, found: Found, chosen: Chosen) => readonly Remedy[];

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

const unit = (column: string, wanted: DurationUnit, { guess }: Chosen): Remedy[] => {
  const at = guess?.columns.findIndex(({ name }) => name === column) ?? -1;
  return at < 0
    ? []
    : [
        {
          label: ({ say }) => say('remedy.unit', { column, unit: say(`unit.${wanted}`) }),
          choice: (choice) => ({
            ...choice,
            units: choice.units.map((each, i) => (i === at ? wanted : each)),
          }),
        },
      ];
};

const encodings = ['utf-8', 'gb18030', 'big5', 'windows-1252'];
const otherEncodings: Rule = ({ likely }, __, { reading, guess }) =>
  (typeof likely === 'string' ? [likely, 'gb18030'] : encodings)
    .filter((encoding) => encoding !== (reading.encoding ?? guess?.encoding.toLowerCase()))
    .map((encoding) => ({
      label: ({ say }) => say('remedy.encoding', { encoding: encoding.toUpperCase() }),
      reading: { encoding },
      isLikeliest: encoding === likely,
    }));

const dateOrders: Rule = (_, __, { handling, likelyOrder }) =>
  (['dmy', 'mdy'] as const)
    .filter((dateOrder) => dateOrder !== handling.dateOrder)
    .map((dateOrder) => ({
      label: ({ say }) => say('remedy.order', { order: say(`order.${dateOrder}`) }),
      handling: { dateOrder },
      isLikeliest: dateOrder === likelyOrder && handling.dateOrder === undefined,
    }));

const absent =
  (rule: 'gap' | 'zero'): Rule =>
  () => [
    { label: ({ say }) => say('remedy.absent', { rule: say(`absent.${rule}`) }), handling: { absent: rule } },
  ];

const sheets: Rule = ({ sheets: named }) =>
  strings((named as { shown?: unknown } | undefined)?.shown ?? named)
    .slice(0, 4)
    .map((sheet) => ({ label: ({ say }) => say('remedy.sheet', { sheet }), reading: { sheet } }));

/** Whether the first row holds a figure, a date or a time as a whole: “15秒内接听量” is a heading. */
const looksLikeData = (guess: GuessDocument | undefined): boolean =>
  guess !== undefined &&
  guess.headingLine > 0 &&
  guess.columns.some(({ name }) => /^\d[\d.,:/%\s~年月日时分T-]*$/.test(name));

/** Figures that may be the same for every row of a file, with what is usual and what can be. */
const sameForAll: Readonly<Partial<Record<string, NonNullable<Remedy['typed']>>>> = {
  contract_hours: { first: 40, most: 168 },
};

const headings: Rule = ({ field }, _, { reading, guess, queues, own }) => {
  if (looksLikeData(guess))
    return [{ label: ({ say }) => say('remedy.bare'), reading: { noHeadings: true }, isLikeliest: true }];
  // All of this line: it joins the list of hotlines where it is not on it yet.
  if (field === 'hotline' && own !== undefined)
    return [
      {
        label: ({ say, tell }) => say('remedy.hotline', { hotline: tell(own) }),
        choice: (choice) => ({ ...choice, hotline: '' }),
        handling: { addHotlines: true },
        isLikeliest: true,
      },
    ];
  const usual = typeof field === 'string' ? sameForAll[field] : undefined;
  if (typeof field === 'string' && usual !== undefined)
    return [
      {
        label: ({ say }) => say('remedy.sameForAll', { field: say(`field.${field}` as PlainKey) }),
        typed: usual,
        choice: (choice, typed) => ({
          ...choice,
          constants: { ...choice.constants, [field]: typed ?? usual.first },
        }),
      },
    ];
  if (field === 'queue')
    return queues.slice(0, 6).map(({ queue, name }) => ({
      label: ({ say, tell }) => say('remedy.queue', { queue: tell(name) }),
      choice: (choice) => ({ ...choice, queue }),
      isLikeliest: queues.length === 1,
    }));
  return reading.noHeadings
    ? [{ label: ({ say }) => say('remedy.headed'), reading: { noHeadings: false } }]
    : [];
};

const cell = (field: string, value: string, meant: string | number, label: Remedy['label']): Remedy => ({
  label,
  handling: { cells: { [field]: { [value]: meant } } },
});

const otherUnits: Rule = (_, { column = '', value = '' }, chosen) =>
  value.includes(':')
    ? [...unit(column, 'clock', chosen), ...unit(column, 'clock-hours', chosen)]
    : /\d/.test(value)
      ? [...unit(column, 'seconds', chosen), ...unit(column, 'minutes', chosen)]
      : [];

/** Choices of the page by the rule that a file breaks. */
const byRule: Readonly<Record<string, Rule>> = {
  'encoding-not-told': otherEncodings,
  'wrong-encoding': otherEncodings,
  'headings-garbled': otherEncodings,
  'ambiguous-date': dateOrders,
  'impossible-date': dateOrders,
  'rows-without-calls': ({ taken }, ...rest) => absent(taken === 'zero' ? 'gap' : 'zero')({}, ...rest),
  'absent-taken-as-zero': absent('gap'),
  // an interval whose row was just left out had calls
  'absent-taken-as-gap': (told, found, chosen) =>
    chosen.handling.skipBadRows ? [] : absent('zero')(told, found, chosen),
  'too-many-absent-intervals': absent('gap'),
  'no-such-sheet': sheets,
  'sheets-left-out': sheets,
  'missing-column': headings,
  'not-a-duration': otherUnits,
  'unknown-indicator': (_, { column = '' }, { guess }) => [
    {
      label: ({ say }) => say('remedy.leaveColumn', { column }),
      choice: (choice) => ({
        ...choice,
        fields: choice.fields.map((field, i) => (guess?.columns[i]?.name === column ? null : field)),
      }),
      isLikeliest: true,
    },
  ],
  'needed-columns-left-out': ({ headings: left, assumed }, _, { guess }) => {
    const names = strings((left as { shown?: unknown } | undefined)?.shown).slice(0, 3);
    const fields = guess?.fields.filter(({ field }) =>
      field.startsWith(assumed === 'handle-time' ? 'handle_seconds' : 'wait_seconds'),
    );
    // all of them added up, or one of them alone
    return [names, ...(names.length > 1 ? names.map((name) => [name]) : [])].flatMap((columns) =>
      (fields ?? []).slice(0, 2).map(({ field }) => ({
        label: ({ say }) =>
          say('remedy.columnsAre', {
            columns: columns.map((name) => `“${name}”`).join(' + '),
            field: say(`field.${field}` as PlainKey),
          }),
        choice: (choice) => ({
          ...choice,
          fields: choice.fields.map((each, i) =>
            columns.includes(guess?.columns[i]?.name ?? '') ? field : each,
          ),
        }),
      })),
    );
  },
  'file-over-record': ({ isWhole, left }, { severity }) =>
    severity === 'error'
      ? [
          {
            label: ({ say }) => say('remedy.overlapKeep'),
            handling: { overlap: 'keep' },
            // a correction is the planner's to choose; what is left of a whole line would be all of one queue
            isLikeliest: isWhole === true && left === 0,
          },
          { label: ({ say }) => say('remedy.overlapReplace'), handling: { overlap: 'replace' } },
        ]
      : [],
  'parts-above-whole': () => [{ label: ({ say }) => say('file.atEnd'), handling: { atEnd: true } }],
  'totals-not-days': () => [
    { label: ({ say }) => say('remedy.singleDays'), handling: { acceptUnusual: true } },
  ],
  'whole-days': () => [{ label: ({ say }) => say('remedy.spread'), handling: { spreads: true } }],
  'preset-recognised': () => [{ label: ({ say }) => say('remedy.noPreset'), reading: { preset: 'none' } }],
  'time-does-not-exist': () => [
    {
      label: ({ say }) => say('remedy.zone', { zone: 'UTC' }),
      choice: (choice) => ({ ...choice, zone: 'UTC' }),
    },
  ],
  'interval-unknown': () =>
    [15, 30, 60].map((n) => ({
      label: ({ say }) => say('remedy.step', { n }),
      handling: { intervalMinutes: n },
    })),
  'missing-value': ({ field, summed }, { column = '' }) =>
    summed === true && typeof field === 'string'
      ? [cell(field, '', 0, ({ say }) => say('remedy.blank', { field: column === '' ? field : column }))]
      : [],
  'name-of-several': ({ operators }, { value = '' }) =>
    strings(operators).map((operator) =>
      cell('name', value, operator, ({ say }) => say('remedy.near', { value, queue: operator })),
    ),
  'unknown-queue': ({ near }, { value = '' }, { queues }) => {
    // Queues that came with the demo, and of which there are no calls, are no likely meaning.
    const likely = strings(near).filter(
      (said) =>
        queues.length === 0 ||
        queues.some(({ queue, name }) => queue === said || Object.values(name).includes(said)),
    );
    // Nothing is near to it: it may be any of the queues that there are, by another name.
    return likely.length > 0
      ? likely.map((queue) => ({
          ...cell('queue', value, queue, ({ say }) => say('remedy.near', { value, queue })),
          isLikeliest: likely.length === 1,
        }))
      : queues
          .slice(0, 4)
          .map(({ queue, name }) =>
            cell('queue', value, queue, ({ say, tell }) => say('remedy.near', { value, queue: tell(name) })),
          );
  },
};

/** Figures that are doubted: in another unit they would be usual; or they are true. */
const ofDoubt: Rule = ({ advice, unit: readIn }, { column = '' }, chosen) => {
  const { kind, heading, unit: likely } = (advice ?? {}) as Record<string, string>;
  return [
    ...(kind === 'other-unit' ? unit(heading ?? '', likely as DurationUnit, chosen) : []),
    ...(typeof readIn === 'string' && readIn !== 'milliseconds' ? unit(column, 'milliseconds', chosen) : []),
    ...(chosen.handling.acceptUnusual
      ? []
      : [
          {
            label: ({ say }: Pick<Speech, 'say'>) => say('remedy.accept'),
            handling: { acceptUnusual: true },
          },
        ]),
  ];
};

/** A few of the names, and how many more. */
const namedOf = (names: readonly string[], comma: string): string =>
  names.slice(0, 3).join(comma) + (names.length > 3 ? ` … (${names.length})` : '');

/** What can be done about problems, question by question; of what is added for several the last. */
const questionsOf = (problems: readonly Found[], chosen: Chosen): Remedy[][] => {
  const lacks = problems.filter(({ rule }) => rule === 'missing-column').length;
  const found = problems.map((problem) => {
    // All of one queue: only where nothing else is missing.
    const told = (problem.values ?? {}) as Told;
    if (lacks > 1 && problem.rule === 'missing-column' && told['field'] === 'queue') return [];
    const isDoubt = problem.rule.startsWith('unusual-') && problem.severity === 'error';
    const rule = isDoubt ? ofDoubt : byRule[problem.rule];
    return [...(rule?.(told, problem, chosen) ?? [])];
  });
  const unlisted = (of: string): string[] => [
    ...new Set(problems.flatMap(({ rule, value = '' }) => (rule === of && value !== '' ? [value] : []))),
  ];
  const [queues, hotlines] = [unlisted('unknown-queue'), unlisted('unknown-hotline')];
  const holdsCalls = chosen.guess?.kind === 'traffic' || chosen.guess?.kind === 'calls';
  if (queues.length > 0 && holdsCalls && !chosen.handling.addQueues) {
    const isNear = ({ rule, values }: Found): boolean =>
      rule === 'unknown-queue' && strings((values as Told | undefined)?.near).length > 0;
    found.push([
      {
        label: ({ say }) => say('remedy.addQueues', { queues: namedOf(queues, say('list.comma')) }),
        handling: { addQueues: true },
        isLikeliest: !problems.some(isNear),
      },
    ]);
  }
  if (hotlines.length > 0 && !chosen.handling.addHotlines)
    found.push([
      {
        label: ({ say }) => say('remedy.addHotlines', { hotlines: namedOf(hotlines, say('list.comma')) }),
        handling: { addHotlines: true },
        isLikeliest: true,
      },
    ]);
  return found;
};

/** What can be done about all problems together: each choice once, leaving rows out last. */
export const remediesOf = (problems: readonly Found[], chosen: Chosen): Remedy[] => {
  const found = questionsOf(problems, chosen).flat();
  const skips = problems.some(({ severity, row }) => severity === 'error' && row !== undefined);
  if (skips && !chosen.handling.skipBadRows)
    found.push({ label: ({ say }) => say('remedy.skip'), handling: { skipBadRows: true } });
  return found;
};

/** A choice that was made for the planner, and what else the answer may be. */
export interface Guessed {
  readonly remedy: Remedy;
  readonly others: readonly Remedy[];
}

/**
 * The next question of those that keep a file from being imported of which the answer is most likely known; undefined: what
 * is left is the planner's to say. Figures that calls can hardly have, and parts that do not fit together, always are.
 */
export const likeliestOf = (
  problems: readonly Found[],
  chosen: Chosen,
  isDeclined: (remedy: Remedy) => boolean,
): Guessed | undefined => {
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const options of questionsOf(errors, chosen)) {
    const remedy = options.find((each) => each.isLikeliest === true && !isDeclined(each));
    if (remedy !== undefined) return { remedy, others: options.filter((each) => each !== remedy) };
  }
  return undefined;
};

/** How days are most likely written: as in the files beside it, else as where the line is. */
export const likelyOrderOf = (beside: readonly (DateOrder | undefined)[], zone: string): DateOrder =>
  beside.find((order) => order !== undefined) ?? (/^(America|US)\//.test(zone) ? 'mdy' : 'dmy');

/** All that has been said about a file: by the planner, or as the likeliest. */
export interface Settled {
  readonly reading: Reading;
  readonly handling: Handling;
  /** Undefined: as its columns were guessed. */
  readonly choice: ColumnChoice | undefined;
}

/** What was said about a file with a remedy's added to it; read in another way, its columns are guessed anew. */
export const settledBy = (settled: Settled, remedy: Remedy, guessed: ColumnChoice | undefined): Settled => {
  const choice = settled.choice ?? guessed;
  return {
    reading: { ...settled.reading, ...remedy.reading },
    handling: withRemedy(settled.handling, remedy),
    choice:
      remedy.reading !== undefined
        ? undefined
        : choice === undefined || remedy.choice === undefined
          ? settled.choice
          : remedy.choice(choice),
  };
};

/** Choices with a remedy's added to them. */
export const withRemedy = (handling: Handling, { handling: change = {} }: Remedy): Handling => {
  const cells = Object.fromEntries(
    Object.entries({ ...handling.cells, ...change.cells }).map(([field]) => [
      field,
      { ...handling.cells[field], ...change.cells?.[field] },
    ]),
  );
  return { ...handling, ...change, cells };
};
