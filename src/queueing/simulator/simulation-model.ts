import { z } from 'zod';
import { describeIssue } from '../../contract/describe-issue.ts';
import { BadInputError, problemAt, type Problem } from '../../kernel/errors.ts';
import { roundTrip } from '../../kernel/one-way.ts';
import { text, type Text } from '../../kernel/text.ts';
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
  /** What people call it, beyond the reference's format; left out, it is told by its number. */
  name: z.string().optional(),
  /** A million calls an hour are more than a country's. */
  rate_per_h: perInterval(z.number().min(0).max(1_000_000)),
  service: law.refine(([name]) => name !== 'inf', { message: 'a service must end' }),
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

/** Chinese of what the checks above say of a law. */
const chineseOfLaws: Readonly<Record<string, string>> = {
  'this law needs its parameter: [law, mean, parameter]': '这种分布要写出参数：[分布, 均值, 参数]',
  'a hyperexponential law has a coefficient of variation of at least 1': '超指数分布的变异系数不小于 1',
  'an Erlang law has a whole number of phases': '爱尔朗分布的阶数是整数',
  'the parameter must be above 0': '参数必须大于 0',
  'a service must end': '服务时间不能是 inf：服务总会结束',
};

const shapeProblem = (issue: z.core.$ZodIssue, input: unknown): Problem => {
  let value: unknown = input;
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  const { message, remedy } = describeIssue(issue, value);
  const ofLaw = chineseOfLaws[issue.message];
  return problemAt(
    issue.path.join('.') || 'model',
    'model-shape',
    value === undefined ? 'undefined' : value,
    ofLaw === undefined ? message : text(ofLaw, issue.message),
    told.has(issue.code)
      ? text(`${remedy['zh-CN']}${seeFormat['zh-CN']}`, `${remedy.en} ${seeFormat.en}`)
      : seeFormat,
  );
};

/** Kinds of issue of which the schema knows what would be right. */
const told: ReadonlySet<string> = new Set(['invalid_type', 'invalid_value', 'too_small', 'too_big']);

const seeFormat: Text = text(
  '字段与示例见 docs/data-formats.md「排队模型」，结构见 huawu schema model。',
  'Fields and an example: docs/data-formats.md, "Queueing models"; shape: huawu schema model.',
);

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
  const circle = roundTrip(ways);
  return circle === undefined ? problems : [...problems, handedInCircle(circle)];
};

const unknownClass = (c: number, toClass: number, classes: number): Problem =>
  problemAt(
    `classes.${c}.transfer`,
    'known-class',
    toClass,
    text(`没有编号为 ${toClass} 的来电类别`, `There is no class ${toClass}`),
    text(`类别从 0 编号到 ${classes - 1}。`, `Classes are numbered from 0 to ${classes - 1}.`),
  );

const tooManyHandedOn = (c: number, share: number): Problem =>
  problemAt(
    `classes.${c}.transfer`,
    'transfer-shares',
    share,
    text('各转接比例之和超过 1', 'The transfer shares sum to more than 1'),
    text('请调低比例。', 'Lower the shares.'),
  );

const handedInCircle = (circle: readonly string[]): Problem =>
  problemAt(
    `classes.${circle[0] ?? ''}.transfer`,
    'transfer-circle',
    circle.join(' → '),
    text('转接绕成了圈', 'Calls are handed on in a circle'),
    text('转接只能朝一个方向，请去掉其中一条。', 'Calls go on in one direction only: take one way out.'),
  );

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
