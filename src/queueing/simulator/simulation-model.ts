import { z } from 'zod';
import { describeIssue } from '../../contract/contract-findings.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { findCycle } from '../../kernel/find-cycle.ts';
import { kernelProblem } from '../../kernel/kernel-findings.ts';
import { queueingProblem, type LawFault } from '../queueing-problems.ts';
import { durationLawNames } from './duration-law.ts';

/**
 * A bare queueing model, in the format of the reference scenarios: classes of calls, pools of operators,
 * lines, over `intervals` of `interval_s` seconds. Rates and staff are one number or one per interval.
 */
const chance = z.number().min(0).max(1);
/** A hundred years: endless, written as a number. */
const seconds = z.number().min(0).max(3.2e9);
/** Operators, lines, or which class: a million are more than any line has. */
const count = z.number().int().min(0).max(1_000_000);
const perInterval = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item)]);

/** What a check of a law finds wrong: said in words elsewhere. */
const faulty = (lawFault: LawFault): { readonly lawFault: LawFault } => ({ lawFault });

const lawFaultOf = (params: Readonly<Record<string, unknown>> | undefined): LawFault | undefined =>
  params?.['lawFault'] as LawFault | undefined;

const law = z
  .tuple([z.enum(durationLawNames), seconds])
  .rest(z.number())
  .refine(([name, mean]) => name === 'inf' || mean >= 0)
  .refine(([name, , parameter]) => plainLaws.has(name) || parameter !== undefined, {
    params: faulty('parameter-missing'),
  })
  .refine(([name, , parameter]) => name !== 'hyperexp2' || (parameter ?? 0) >= 1, {
    params: faulty('variation-below-one'),
  })
  .refine(([name, , parameter]) => name !== 'erlang' || Number.isInteger(parameter), {
    params: faulty('phases-not-whole'),
  })
  .refine(([name, , parameter]) => plainLaws.has(name) || (parameter ?? 1) > 0, {
    params: faulty('parameter-not-positive'),
  });
const plainLaws: ReadonlySet<string> = new Set(['exp', 'det', 'inf']);

/** [share of answered calls, class they go on to, 1 where the first operator holds, mean seconds before it]. */
const transfer = z
  .tuple([chance, count, z.union([z.boolean(), z.literal(0), z.literal(1)])])
  .rest(seconds)
  .transform(([share, toClass, holds, beforeSeconds]) => ({
    share,
    toClass,
    holding: holds === true || holds === 1,
    beforeSeconds,
  }));

const classSchema = z.object({
  /** What people call it, beyond the reference's format; left out, it is named by its number. */
  name: z.string().optional(),
  /** A million calls an hour are more than a country's. */
  rate_per_h: perInterval(z.number().min(0).max(1_000_000)),
  service: law.refine(([name]) => name !== 'inf', { params: faulty('service-never-ends') }),
  patience: law,
  redial_abandon: z.tuple([chance, seconds]).optional(),
  redial_block: z.tuple([chance, seconds]).optional(),
  reconnect: z.tuple([chance, seconds]).optional(),
  /** Estimated wait above which diversion is offered, and the chance that it is taken. */
  divert: z.tuple([seconds, chance]).optional(),
  /** Calls handed on to other classes, beyond the reference's format: one way on, or a list of them. */
  transfer: z.union([transfer.transform((one) => [one]), z.array(transfer)]).optional(),
  /** Pool → [preference, seconds of waiting before it may answer]. */
  route: z.record(z.string().regex(/^\d+$/), z.tuple([z.number(), seconds])),
});

/** A bare queueing model as its JSON has it: rates per hour, times in seconds, chances 0–1. */
export const simulationModelSchema = z.object({
  name: z.string().optional(),
  note: z.string().optional(),
  intervals: z.number().int().min(1).max(100_000),
  interval_s: z.number().positive().max(3.2e9),
  warmup_s: seconds.default(0),
  stationary: z.boolean().optional(),
  /** Left out or null: as many lines as calls. */
  trunks: count.nullish(),
  max_attempts: z.number().int().min(1).max(1_000_000).nullish(),
  classes: z.array(classSchema).min(1).max(1000),
  pools: z
    .array(
      z.object({
        /** As of a class. */
        name: z.string().optional(),
        staff: perInterval(count),
        class_priority: z.array(z.number()),
        /** Beyond the reference's format: price of an operator when a mix is sought; 1 for each by default. */
        cost_per_hour: z.number().positive().optional(),
      }),
    )
    .min(1)
    .max(32),
});
export type SimulationModel = z.output<typeof simulationModelSchema>;

/**
 * Reads a model file's content. Throws BadInputError with every problem: wrong types, a law without its
 * parameter, arrays that do not fit the intervals, routes to pools that are not there.
 */
export const parseSimulationModel = (input: unknown): SimulationModel => {
  const parsed = simulationModelSchema.safeParse(input);
  if (!parsed.success) {
    throw new BadInputError(parsed.error.issues.map((issue) => shapeProblem(issue, input)));
  }
  const problems = findMismatches(parsed.data);
  if (problems.length > 0) throw new BadInputError(problems);
  return parsed.data;
};

const shapeProblem = (issue: z.core.$ZodIssue, input: unknown): Problem => {
  let value: unknown = input;
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  const [path, shown] = [issue.path.join('.') || 'model', value === undefined ? 'undefined' : value];
  const law = issue.code === 'custom' ? lawFaultOf(issue.params) : undefined;
  if (law !== undefined) return queueingProblem(path, 'duration-law', shown, { fault: law });
  const { message, remedy } = describeIssue(issue, value);
  const wanted = knownToBeRight.has(issue.code) ? remedy : null;
  return queueingProblem(path, 'model-shape', shown, { fault: message, wanted });
};

/** Kinds of issue of which the schema knows what would be right. */
const knownToBeRight: ReadonlySet<string> = new Set([
  'invalid_type',
  'invalid_value',
  'too_small',
  'too_big',
]);

const findMismatches = (model: SimulationModel): Problem[] => {
  const problems: Problem[] = [];
  const checkLength = (path: string, value: number | readonly number[]): void => {
    if (typeof value === 'number' || value.length === model.intervals) return;
    const { intervals } = model;
    problems.push(queueingProblem(path, 'one-value-per-interval', value.length, { intervals }));
  };
  for (const [c, own] of model.classes.entries()) {
    checkLength(`classes.${c}.rate_per_h`, own.rate_per_h);
    for (const pool of Object.keys(own.route)) {
      if (Number(pool) < model.pools.length) continue;
      problems.push(unknownPool(`classes.${c}.route.${pool}`, pool, model.pools.length));
    }
  }
  problems.push(...transferProblems(model));
  for (const [p, pool] of model.pools.entries()) {
    checkLength(`pools.${p}.staff`, pool.staff);
    if (pool.class_priority.length < model.classes.length) {
      problems.push(shortPriorities(`pools.${p}.class_priority`, pool.class_priority, model.classes.length));
    }
  }
  return problems;
};

/** Ways on that lead nowhere, in a circle, or take more than all calls. */
const transferProblems = ({ classes }: SimulationModel): Problem[] => {
  const problems: Problem[] = [];
  for (const [c, { transfer }] of classes.entries()) {
    for (const { toClass } of transfer ?? [])
      if (toClass >= classes.length) problems.push(unknownClass(c, toClass, classes.length));
    const share = (transfer ?? []).reduce((sum, way) => sum + way.share, 0);
    if (share > 1 + 1e-9) problems.push(tooManyHandedOn(c, share));
  }
  const ways = classes.flatMap(({ transfer }, c) =>
    (transfer ?? []).map(({ toClass }) => ({ from: String(c), to: String(toClass) })),
  );
  const circle = findCycle(ways);
  return circle === undefined ? problems : [...problems, handedInCircle(circle)];
};

const unknownClass = (c: number, toClass: number, classes: number): Problem =>
  queueingProblem(`classes.${c}.transfer`, 'known-class', toClass, { classes });

const tooManyHandedOn = (c: number, share: number): Problem =>
  queueingProblem(`classes.${c}.transfer`, 'transfer-shares', share);

const handedInCircle = (circle: readonly string[]): Problem =>
  kernelProblem(`classes.${circle[0] ?? ''}.transfer`, 'transfer-circle', circle.join(' → '), {
    toItself: circle.length === 2,
  });

const unknownPool = (path: string, pool: string, pools: number): Problem =>
  queueingProblem(path, 'known-pool', pool, { pools });

const shortPriorities = (path: string, value: readonly number[], classes: number): Problem =>
  queueingProblem(path, 'one-priority-per-class', value, { classes });
