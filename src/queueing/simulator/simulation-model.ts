import { z } from 'zod';
import { BadInputError, problemAt, type Problem } from '../../kernel/errors.ts';
import { text } from '../../kernel/text.ts';
import { durationLawNames } from './duration-law.ts';

/**
 * A bare queueing model, in the format of the reference scenarios: classes of calls, pools of operators,
 * lines, over `intervals` of `interval_s` seconds. Rates and staff are one number or one per interval.
 */
const chance = z.number().min(0).max(1);
const seconds = z.number().min(0);
const count = z.number().int().min(0);
const perInterval = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item)]);

const law = z
  .tuple([z.enum(durationLawNames), seconds])
  .rest(z.number())
  .refine(([name, mean]) => name === 'inf' || mean >= 0)
  .refine(([name, , parameter]) => plainLaws.has(name) || parameter !== undefined, {
    message: 'this law needs its parameter: [law, mean, parameter]',
  })
  .refine(([name, , parameter]) => name !== 'hyperexp2' || (parameter ?? 0) >= 1, {
    message: 'a hyperexponential law has a coefficient of variation of at least 1',
  })
  .refine(([name, , parameter]) => name !== 'erlang' || Number.isInteger(parameter), {
    message: 'an Erlang law has a whole number of phases',
  })
  .refine(([name, , parameter]) => plainLaws.has(name) || (parameter ?? 1) > 0, {
    message: 'the parameter must be above 0',
  });
const plainLaws = new Set(['exp', 'det', 'inf']);

const classSchema = z.object({
  rate_per_h: perInterval(z.number().min(0)),
  service: law.refine(([name]) => name !== 'inf', { message: 'a service must end' }),
  patience: law,
  redial_abandon: z.tuple([chance, seconds]).optional(),
  redial_block: z.tuple([chance, seconds]).optional(),
  reconnect: z.tuple([chance, seconds]).optional(),
  /** Estimated wait above which diversion is offered, and the chance that it is taken. */
  divert: z.tuple([seconds, chance]).optional(),
  /** Pool → [preference, seconds of waiting before it may answer]. */
  route: z.record(z.string().regex(/^\d+$/), z.tuple([z.number(), seconds])),
});

export const simulationModelSchema = z.object({
  name: z.string().optional(),
  note: z.string().optional(),
  intervals: z.number().int().min(1).max(100_000),
  interval_s: z.number().positive(),
  warmup_s: seconds.default(0),
  stationary: z.boolean().optional(),
  /** Left out or null: as many lines as calls. */
  trunks: count.nullish(),
  max_attempts: z.number().int().min(1).nullish(),
  classes: z.array(classSchema).min(1).max(1000),
  pools: z
    .array(z.object({ staff: perInterval(count), class_priority: z.array(z.number()) }))
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
  return problemAt(
    issue.path.join('.') || 'model',
    'model-shape',
    value === undefined ? 'undefined' : value,
    text(
      `模型文件此处不合规：${issue.message}`,
      `The model file is not as it should be here: ${issue.message}`,
    ),
    text(
      '请对照参考场景的格式修改（intervals、interval_s、classes、pools）。',
      'Mend it after the reference scenarios (intervals, interval_s, classes, pools).',
    ),
  );
};

const findMismatches = (model: SimulationModel): Problem[] => {
  const problems: Problem[] = [];
  const checkLength = (path: string, value: number | readonly number[]): void => {
    if (typeof value === 'number' || value.length === model.intervals) return;
    problems.push(
      problemAt(
        path,
        'one-value-per-interval',
        value.length,
        text(
          `应有 ${model.intervals} 个值（每个时段一个）`,
          `There must be ${model.intervals} values, one per interval`,
        ),
        text('请补齐，或只写一个数。', 'Add the missing ones, or give one number for all.'),
      ),
    );
  };
  for (const [c, own] of model.classes.entries()) {
    checkLength(`classes.${c}.rate_per_h`, own.rate_per_h);
    for (const pool of Object.keys(own.route)) {
      if (Number(pool) < model.pools.length) continue;
      problems.push(unknownPool(`classes.${c}.route.${pool}`, pool, model.pools.length));
    }
  }
  for (const [p, pool] of model.pools.entries()) {
    checkLength(`pools.${p}.staff`, pool.staff);
    if (pool.class_priority.length < model.classes.length) {
      problems.push(shortPriorities(`pools.${p}.class_priority`, pool.class_priority, model.classes.length));
    }
  }
  return problems;
};

const unknownPool = (path: string, pool: string, pools: number): Problem =>
  problemAt(
    path,
    'known-pool',
    pool,
    text(`没有编号为 ${pool} 的座席组`, `There is no pool ${pool}`),
    text(`座席组从 0 编号到 ${pools - 1}。`, `Pools are numbered from 0 to ${pools - 1}.`),
  );

const shortPriorities = (path: string, value: readonly number[], classes: number): Problem =>
  problemAt(
    path,
    'one-priority-per-class',
    value,
    text(`每类来电都要有一个优先级，共 ${classes} 个`, `Every class needs a priority: ${classes} of them`),
    text('请补齐优先级，数字小者先接。', 'Add the missing priorities; the lower is answered first.'),
  );
