import {
  asRates,
  type Demand,
  noRepeats,
  type Operation,
  type Outcome,
  type Policy,
} from '../../kernel/hotline.ts';
import { totalOutcome } from '../../kernel/measures.ts';

/** One queue over consecutive intervals, answered by operators who are all alike. */
export interface Line {
  /** Length of every interval, minutes: whole, 1 to 1440. */
  readonly intervalMinutes: number;
  /** First calls to be expected in each interval, those who call again not counted: 0 or more, fractions allowed. */
  readonly calls: readonly number[];
  /** How it may come instead: sample paths of `calls`, each as long; at most 1000. Left out: `calls` for certain. */
  readonly callPaths?: readonly (readonly number[])[];
  /** Mean seconds that a call keeps an operator busy, above 0; one figure, or one an interval. */
  readonly handleTimeSeconds: number | readonly number[];
  /** Mean seconds after which a caller hangs up, above 0; `Infinity`: nobody does. */
  readonly patienceSeconds: number;
  /** Seconds within which an answer is in time, 0 or more. Left out: 15. */
  readonly thresholdSeconds?: number;
  /** Chance, 0 to below 1, that a caller who hung up calls again, five minutes later on average. Left out: 0. */
  readonly redialShare?: number;
  /** Most calls in service and waiting together: whole, 1 or more. Left out: `Infinity`. */
  readonly trunks?: number;
}

const queue = 'line';
export const tier = 'operators';

/** Throws `RangeError`, naming value and range, unless a figure is as asked. */
export const demandThat = (holds: boolean, name: string, value: unknown, range: string): void => {
  if (!holds) throw new RangeError(`${name} is ${String(value)}: ${range}`);
};

const checkCalls = (name: string, calls: readonly number[], count: number): void => {
  demandThat(
    calls.length === count && count >= 1 && count <= 100_000,
    `${name}.length`,
    calls.length,
    String(count),
  );
  calls.forEach((value, i) => demandThat(value >= 0 && value <= 1e7, `${name}[${i}]`, value, '0 to 1e7'));
};

const check = (line: Line): void => {
  const {
    intervalMinutes,
    calls,
    callPaths = [],
    thresholdSeconds = 15,
    redialShare = 0,
    trunks = Infinity,
  } = line;
  const isLength = Number.isInteger(intervalMinutes) && intervalMinutes >= 1 && intervalMinutes <= 1440;
  demandThat(isLength, 'intervalMinutes', intervalMinutes, 'whole, 1 to 1440');
  checkCalls('calls', calls, Math.max(1, calls.length));
  demandThat(callPaths.length <= 1000, 'callPaths.length', callPaths.length, 'at most 1000');
  callPaths.forEach((path, p) => checkCalls(`callPaths[${p}]`, path, calls.length));
  for (const seconds of handleTimesOf(line))
    demandThat(seconds > 0 && seconds <= 86_400, 'handleTimeSeconds', seconds, 'above 0, to 86400');
  demandThat(line.patienceSeconds > 0, 'patienceSeconds', line.patienceSeconds, 'above 0, or Infinity');
  demandThat(
    thresholdSeconds >= 0 && thresholdSeconds <= 86_400,
    'thresholdSeconds',
    thresholdSeconds,
    '0 to 86400',
  );
  demandThat(redialShare >= 0 && redialShare < 1, 'redialShare', redialShare, '0 to below 1');
  const isLines = trunks === Infinity || (Number.isInteger(trunks) && trunks >= 1);
  demandThat(isLines, 'trunks', trunks, 'whole, 1 or more, or Infinity');
};

const handleTimesOf = ({ handleTimeSeconds, calls }: Line): Float64Array => {
  if (typeof handleTimeSeconds === 'number') return new Float64Array(calls.length).fill(handleTimeSeconds);
  const { length } = handleTimeSeconds;
  demandThat(length === calls.length, 'handleTimeSeconds.length', length, String(calls.length));
  return Float64Array.from(handleTimeSeconds);
};

/** A line as `project` and the search for operators take it. Its clock is of no account: nothing in it asks for the time. */
export const demandOf = (line: Line): Demand => {
  check(line);
  const { intervalMinutes, calls, callPaths = [], patienceSeconds, redialShare = 0 } = line;
  return {
    horizon: { zone: 'UTC', startMillis: 0, intervalMinutes, count: calls.length },
    queues: [
      {
        queue,
        freshMean: Float64Array.from(calls),
        ratePaths: asRates(Float64Array.from(callPaths.flat())),
        pathCount: callPaths.length,
        handleTimeSeconds: handleTimesOf(line),
        patienceSeconds,
        repeats: { ...noRepeats, afterAbandon: redialShare, afterBlock: redialShare },
      },
    ],
  };
};

export const policyOf = ({ thresholdSeconds = 15 }: Line): Policy => ({
  queues: [
    {
      queue,
      routes: [{ tier, preference: 1, overflowDelaySeconds: 0 }],
      priority: 1,
      answerTimeThresholdSeconds: thresholdSeconds,
      shortAbandonSeconds: 5,
      smartVoiceShare: 0,
    },
  ],
  prompts: [],
  channels: [],
});

export const operationOf = (line: Line, operators: readonly number[]): Operation => {
  const demand = demandOf(line);
  demandThat(
    operators.length === line.calls.length,
    'operators.length',
    operators.length,
    String(line.calls.length),
  );
  operators.forEach((value, i) =>
    demandThat(value >= 0 && value <= 1e5, `operators[${i}]`, value, '0 to 1e5'),
  );
  return {
    demand,
    capacity: { tiers: [{ tier, operators: Float64Array.from(operators) }], trunks: line.trunks ?? Infinity },
    policy: policyOf(line),
  };
};

/** What callers meet, over some intervals. Counts are expected ones, so not whole; rates are 0–1, `NaN` where nobody called. */
export interface Answer {
  /** Calls that asked for an operator, those of who called again among them. */
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly blocked: number;
  /** answered / offered */
  readonly connectionRate: number;
  /** answered within the threshold / offered */
  readonly serviceLevel: number;
  /** Mean seconds that answered calls waited. */
  readonly averageSpeedOfAnswerSeconds: number;
}

/** Sums an outcome from interval `from` to before `to`. */
export const answerOf = (outcome: Outcome, from = 0, to = outcome.horizon.count): Answer => {
  const totals = totalOutcome(outcome, from, to);
  const { offered, answered, abandoned, blocked } = totals;
  return {
    offered,
    answered,
    abandoned,
    blocked,
    connectionRate: answered / offered,
    serviceLevel: totals.answeredWithinThreshold / offered,
    averageSpeedOfAnswerSeconds: totals.answeredWaitSeconds / answered,
  };
};
