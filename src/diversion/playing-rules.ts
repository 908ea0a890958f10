import type { PromptsModel } from '../contract/models/prompts-model.ts';
import { type Problem, problemsOf } from '../kernel/errors.ts';
import { type FindingOf, findingsOf, type NoValues } from '../kernel/finding.ts';
import { type Horizon, instantAt } from '../kernel/hotline.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { localClock } from '../kernel/time.ts';

/**
 * The rules for playing prompts to a queue within a day, each with its number in models/prompts.json and once in the
 * table `playingRules`. The search keeps what prompts drawn by hand are told of, since both ask where a day breaks it.
 */
type Rules = PromptsModel['rules'];

/** What a queue hears on one local day. */
interface QueueDay {
  /** Which prompt plays in each interval, −1 for none. */
  readonly row: PromptSchedule;
  /** 1 where one may play. */
  readonly mayPlay: Uint8Array;
  readonly intervalMinutes: number;
}

/** What a queue's day can break, beside where nothing may play at all. */
export interface PlayingProblems {
  'minimum-on-time': { readonly minutes: number; readonly minimumMinutes: number };
  'maximum-on-time-per-day': { readonly maximumMinutes: number };
}

/** What keeps a queue from hearing a further prompt on a day. */
export interface PlayingObstacles {
  'on-time-at-limit': { readonly minutes: number; readonly most: number };
}

/** Rules between which nothing is left. */
export interface RuleClashes {
  'clashing-on-times': { readonly minimumMinutes: number; readonly maximumMinutes: number };
  'quiet-hours-leave-too-little': {
    readonly from: string;
    readonly to: string;
    readonly minutes: number;
    readonly minimumMinutes: number;
  };
  'nobody-may-be-diverted': NoValues;
}

const playingProblem = problemsOf<PlayingProblems>();
const obstacle = findingsOf<PlayingObstacles>();
const clash = findingsOf<RuleClashes>();

/** A rule that is broken from an interval of the day on, as the problem that it is at a path and a time. */
interface Broken {
  readonly at: number;
  readonly problem: (path: string, value: string) => Problem;
}

interface RuleClash {
  readonly value: unknown;
  readonly finding: FindingOf<RuleClashes>;
}

interface PlayingRule {
  /** Where the day breaks it. */
  readonly broken: (rules: Rules, day: QueueDay) => readonly Broken[];
  /** What it has against a further stretch that holds an interval in which nothing plays. */
  readonly against?: (rules: Rules, day: QueueDay, at: number) => FindingOf<PlayingObstacles> | undefined;
  /** Which other rules leave nothing beside it. */
  readonly clashes?: (rules: Rules) => readonly RuleClash[];
}

const minutesPlayed = ({ row, intervalMinutes }: QueueDay): number =>
  intervalMinutes * row.reduce((sum, prompt) => sum + (prompt < 0 ? 0 : 1), 0);

/** A prompt that has started plays for so long at least. */
const minimumOn: PlayingRule = {
  broken: ({ minimumOnMinutes: least }, { row, intervalMinutes }) =>
    stretchesOf(row).flatMap(({ from, to }) => {
      const values = { minutes: (to - from) * intervalMinutes, minimumMinutes: least };
      if (values.minutes >= least) return [];
      return [{ at: from, problem: (path, value) => playingProblem(path, 'minimum-on-time', value, values) }];
    }),
  clashes: ({ minimumOnMinutes: least, maximumOnMinutesPerDay: most, quietHours }) => {
    const minutes = longestPlayableMinutes(quietHours);
    const { from, to } = quietHours;
    return [
      ...(least > most
        ? [
            {
              value: `${least} > ${most}`,
              finding: clash('clashing-on-times', { minimumMinutes: least, maximumMinutes: most }),
            },
          ]
        : []),
      ...(minutes < least
        ? [
            {
              value: `${from}–${to}`,
              finding: clash('quiet-hours-leave-too-little', { from, to, minutes, minimumMinutes: least }),
            },
          ]
        : []),
    ];
  },
};

/** A queue hears prompts for so long a day at most, whichever they are: broken where each stretch first plays beyond it. */
const maximumOn: PlayingRule = {
  broken: ({ maximumOnMinutesPerDay: most }, { row, intervalMinutes }) => {
    let minutes = 0;
    return stretchesOf(row).flatMap(({ from, to }) => {
      const at = from + Math.max(0, Math.floor((most - minutes) / intervalMinutes));
      minutes += (to - from) * intervalMinutes;
      if (at >= to) return [];
      const values = { maximumMinutes: most };
      return [
        { at, problem: (path, value) => playingProblem(path, 'maximum-on-time-per-day', value, values) },
      ];
    });
  },
  against: ({ minimumOnMinutes, maximumOnMinutesPerDay: most }, day) => {
    const minutes = minutesPlayed(day);
    return minutes + minimumOnMinutes > most ? obstacle('on-time-at-limit', { minutes, most }) : undefined;
  },
};

/** Somebody may be diverted: the share itself is kept by the search, which alone knows the callers. */
const largestShare: PlayingRule = {
  broken: () => [],
  clashes: ({ largestDivertedShare }) =>
    largestDivertedShare === 0 ? [{ value: 0, finding: clash('nobody-may-be-diverted') }] : [],
};

/** Every rule within a queue's day: one that is added here is kept by the search, and told wherever it is in the way. */
const playingRules: readonly PlayingRule[] = [minimumOn, maximumOn, largestShare];

/** What a queue's day breaks, rule after rule. */
export const brokenRules = (rules: Rules, day: QueueDay): readonly Broken[] =>
  playingRules.flatMap((rule) => rule.broken(rules, day));

/** True when a day plays only where it may and breaks no rule, from an interval on: what has been heard stays as it is. */
export const keepsRules = (rules: Rules, day: QueueDay, from = 0): boolean =>
  day.row.every((prompt, i) => i < from || prompt < 0 || day.mayPlay[i] === 1) &&
  playingRules.every((rule) => rule.broken(rules, day).every(({ at }) => at < from));

/** The rule against a further stretch in a day that holds an interval in which nothing plays. */
export const ruleAgainst = (
  rules: Rules,
  day: QueueDay,
  at: number,
): FindingOf<PlayingObstacles> | undefined => {
  for (const { against } of playingRules) {
    const found = against?.(rules, day, at);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Rules that clash, so that no prompt could ever play; empty when some could. Every clash names its rules. */
export const ruleClashes = (rules: Rules): readonly RuleClash[] =>
  playingRules.flatMap(({ clashes }) => clashes?.(rules) ?? []);

/** What proposals are made by, in intervals (best-spans.ts): a queue that has heard prompts that day has the less left. */
export const spanRulesOf = (rules: Rules, intervalMinutes: number, heard = 0): SpanRules => ({
  minimumOn: Math.max(1, Math.ceil(rules.minimumOnMinutes / intervalMinutes)),
  maximumOn: Math.max(0, Math.floor(rules.maximumOnMinutesPerDay / intervalMinutes) - heard),
});

/** Longest run of minutes of a day outside the quiet hours (a day goes round past midnight). */
const longestPlayableMinutes = (quiet: Rules['quietHours']): number => {
  let longest = 0;
  let run = 0;
  for (let minute = 0; minute < 2880; minute += 1) {
    run = isInQuietHours(minute % 1440, 1, quiet) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return Math.min(1440, longest);
};

/** True when an interval that starts at a minute of the day touches the quiet hours (which may pass midnight). */
export const isInQuietHours = (
  minute: number,
  intervalMinutes: number,
  quiet: PromptsModel['rules']['quietHours'],
): boolean => {
  const from = minuteOf(quiet.from);
  const to = minuteOf(quiet.to);
  if (from === to) return false;
  const spans: [number, number][] =
    from < to
      ? [[from, to]]
      : [
          [from, 1440],
          [0, to],
        ];
  return spans.some(([start, end]) => minute < end && minute + intervalMinutes > start);
};

/** An open interval as rules of the clock see it: minute of the local day at which it starts. */
interface ClockInterval {
  readonly minute: number;
  readonly intervalMinutes: number;
}

/** Rules of the clock, by the problem of a prompt that breaks one: whether it bars an interval in which the line is open. */
const clockRules = {
  'never-in-quiet-hours': ({ minute, intervalMinutes }, { quietHours }) =>
    isInQuietHours(minute, intervalMinutes, quietHours),
} satisfies Record<string, (interval: ClockInterval, rules: PromptsModel['rules']) => boolean>;

export type ClockRule = keyof typeof clockRules;

export interface PromptHours {
  /** Index of each interval's local day, from 0. */
  readonly day: Int32Array;
  /** 1 where a prompt may play: open, and barred by no rule of the clock. */
  readonly mayPlay: Uint8Array;
  /** The rule that bars an open interval; undefined where none does. */
  readonly barredBy: readonly (ClockRule | undefined)[];
}

/** The hours of a horizon as prompts see them: `open` is 1 where the line is open. */
export const promptHours = (
  horizon: Horizon,
  open: Uint8Array,
  rules: PromptsModel['rules'],
): PromptHours => {
  const clock = localClock(horizon.zone);
  const day = new Int32Array(horizon.count);
  const barredBy: (ClockRule | undefined)[] = [];
  const names = Object.keys(clockRules) as ClockRule[];
  let last = '';
  let index = -1;
  for (let i = 0; i < horizon.count; i += 1) {
    const { date, minute } = clock(instantAt(horizon, i));
    if (date !== last) index += 1;
    last = date;
    day[i] = index;
    barredBy.push(
      open[i] === 1
        ? names.find((name) => clockRules[name]({ minute, intervalMinutes: horizon.intervalMinutes }, rules))
        : undefined,
    );
  }
  const mayPlay = Uint8Array.from(barredBy, (rule, i) => (open[i] === 1 && rule === undefined ? 1 : 0));
  return { day, mayPlay, barredBy };
};

/**
 * What a row of prompts may look like: index of the prompt that plays in each interval, −1 for none.
 */
export type PromptSchedule = Int8Array;

interface SpanRules {
  /** Fewest intervals that a prompt plays in a row once it has started. */
  readonly minimumOn: number;
  /** Most intervals of the day in which a prompt of the row may play. */
  readonly maximumOn: number;
  /** What starting a stretch costs, in the unit of the worths (0 when left out). */
  readonly startCost?: number;
}

/**
 * The row of greatest summed worth under the span rules, by dynamic programming over intervals; exact for
 * worths that add up. `worth[p][i]` is the worth of prompt p in interval i, −Infinity where it may not play.
 * State: prompt that plays, intervals it has played (up to the minimum), intervals used in all.
 */
export const bestSpans = (
  worth: readonly Float64Array[],
  count: number,
  rules: SpanRules,
): PromptSchedule => {
  const prompts = worth.length;
  const runs = rules.minimumOn;
  const most = Math.min(count, rules.maximumOn);
  const states = 1 + prompts * runs;
  const width = states * (most + 1);
  // cell = state × (most + 1) + intervals used; state 0 is off, 1 + p × runs + (run − 1) is prompt p in a run.
  let values = new Float64Array(width).fill(-Infinity);
  values[0] = 0;
  const cameFrom: Int32Array[] = [];
  const ended = (state: number): boolean => state % runs === 0;
  for (let i = 0; i < count; i += 1) {
    const next = new Float64Array(width).fill(-Infinity);
    const from = new Int32Array(width).fill(-1);
    const reach = (cell: number, value: number, source: number): void => {
      if (value > (next[cell] as number)) {
        next[cell] = value;
        from[cell] = source;
      }
    };
    for (let cell = 0; cell < width; cell += 1) {
      const value = values[cell] as number;
      if (value === -Infinity) continue;
      const state = Math.floor(cell / (most + 1));
      const used = cell % (most + 1);
      if (ended(state)) reach(used, value, cell);
      if (used === most) continue;
      for (let p = 0; p < prompts; p += 1) {
        const gain = worth[p]?.[i] ?? -Infinity;
        const same = Math.floor((state - 1) / runs) === p;
        if (!same && !ended(state)) continue;
        const run = same ? Math.min(runs - 1, ((state - 1) % runs) + 1) : 0;
        const cost = same ? 0 : (rules.startCost ?? 0);
        reach((1 + p * runs + run) * (most + 1) + used + 1, value + gain - cost, cell);
      }
    }
    cameFrom.push(from);
    values = next;
  }
  return traceBack(values, cameFrom, runs, most, ended);
};

const traceBack = (
  values: Float64Array,
  cameFrom: readonly Int32Array[],
  runs: number,
  most: number,
  ended: (state: number) => boolean,
): PromptSchedule => {
  let cell = 0;
  for (let c = 0; c < values.length; c += 1)
    if (ended(Math.floor(c / (most + 1))) && (values[c] as number) > (values[cell] as number)) cell = c;
  const row = new Int8Array(cameFrom.length);
  for (let i = cameFrom.length - 1; i >= 0; i -= 1) {
    row[i] = Math.floor((Math.floor(cell / (most + 1)) - 1) / runs);
    cell = cameFrom[i]?.[cell] ?? 0;
  }
  return row;
};

/** Stretches of a row, in order: prompt index, first interval, interval after the last. */
export const stretchesOf = (row: PromptSchedule): { prompt: number; from: number; to: number }[] => {
  const stretches: { prompt: number; from: number; to: number }[] = [];
  for (let i = 0; i < row.length; i += 1) {
    const prompt = row[i] as number;
    if (prompt < 0) continue;
    const last = stretches.at(-1);
    if (last?.to === i && last.prompt === prompt) last.to = i + 1;
    else stretches.push({ prompt, from: i, to: i + 1 });
  }
  return stretches;
};
