import { type Command, Option } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import {
  dayRequestSchema,
  stepActionRequestSchema,
  takeActionsRequestSchema,
} from '../../contract/http/job-requests.ts';
import { parseDocument } from '../../contract/parse-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import { requestOptions } from '../../words/help.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, numberOption } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addDayCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program.command('day').summary(help('today-against-its-plan')),
    dayRequestSchema,
    requestOptions.day,
  )
    .option('--watch', help('again-with-every-row'))
    .option('--take <action...>', help('take-an-action'))
    .option('--take-together', help('take-best-together'))
    .option('--agreed', help('with-take-agreed'))
    .addOption(numbered('--agree <number>', 'action-agreed-to'))
    .option('--given <time>', help('agreed-at'))
    .addOption(numbered('--decline <number>', 'action-declined'))
    .addOption(numbered('--take-back <number>', 'action-taken-back'))
    .addOption(numbered('--revision <n>', 'revision-of-the-day'))
    .option('--why <reason>', help('kept-with-the-change'))
    .option('--by <name>', help('who-changes-kept'))
    .action(run(answerDay));
};

const numbered = (flags: string, words: Parameters<typeof help>[0]): Option =>
  new Option(flags, help(words)).argParser(
    numberOption({ min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
  );

interface DayOptions {
  readonly watch?: boolean;
  readonly take?: readonly string[];
  readonly takeTogether?: boolean;
  readonly agreed?: boolean;
  readonly agree?: number;
  readonly given?: string;
  readonly decline?: number;
  readonly takeBack?: number;
  readonly revision?: number;
  readonly why?: string;
  readonly by?: string;
}

/** How often it is looked whether there is anything new, milliseconds. */
const lookEvery = 2000;

const answerDay = async (
  context: CliContext,
  {
    watch,
    take,
    takeTogether,
    agreed,
    agree,
    given: at,
    decline,
    takeBack,
    revision,
    why,
    by,
    ...options
  }: DayOptions,
): Promise<void> => {
  const acts = [
    ['agree', agree],
    ['decline', decline],
    ['take-back', takeBack],
  ] as const;
  const [step, ...more] = acts.filter(([, number]) => number !== undefined);
  const taking = [take, takeTogether, step].filter((one) => one !== undefined);
  if (taking.length > 0) {
    if (watch === true || more.length > 0 || taking.length > 1)
      throw new UsageError(cliFinding('one-day-act'));
    const said = { ...pickAsOf(options), revision, why, by };
    return step === undefined
      ? takeActions(context, { ...options, ...said, agreed }, take)
      : stepAction(context, step[1] ?? 0, { ...said, given: at, step: step[0] });
  }
  const { describeDay } = await import('../../planning/describe-day.ts');
  const { dayText } = await import('../../render/documents/day-text.ts');
  const request = requestOf(dayRequestSchema, context, options);
  const { nowMillis, signal, serving } = context.terminal;
  await withWorkspace(context, async (ports) => {
    const minute = (): number => Math.floor(nowMillis() / 60_000);
    let seen = '';
    if (watch === true) serving?.();
    for (;;) {
      const version = `${await ports.store.dataHash()} ${minute()}`;
      if (version !== seen) {
        seen = version;
        const document = await describeDay({ ...ports, nowMillis: nowMillis() }, request);
        context.answer(document, () => dayText(document, context.lang));
      }
      if (watch !== true || signal.aborted) return;
      await pause(lookEvery, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  });
};

const pickAsOf = (options: object): { readonly asOf?: unknown } =>
  'asOf' in options ? { asOf: options.asOf } : {};

/** Fields that were given. */
const given = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Takes actions by their ids; without, those that are best together. One that is named is answered by itself. */
const takeActions = async (
  context: CliContext,
  { falseAlarmsPerWeek: _all, ...asked }: Readonly<Record<string, unknown>>,
  actions: readonly string[] | undefined,
): Promise<void> => {
  const request = parseDocument(takeActionsRequestSchema, given({ ...asked, actions, seed: context.seed }));
  const { takeDayActions } = await import('../../planning/describe-day.ts');
  const { takenText } = await import('../../render/documents/day-text.ts');
  const taken = await withWorkspace(context, (ports) => takeDayActions(ports, request));
  context.answer(actions?.length === 1 ? taken[0] : taken, () => takenText(taken, context.lang));
};

const stepAction = async (
  context: CliContext,
  id: number,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const request = parseDocument(stepActionRequestSchema, given(fields));
  const { stepDayAction } = await import('../../planning/describe-day.ts');
  const { takenText } = await import('../../render/documents/day-text.ts');
  const stepped = await withWorkspace(context, (ports) => stepDayAction(ports, id, request));
  if (stepped === undefined) throw new UsageError(cliFinding('no-such-day-action', { id }));
  context.answer(stepped, () => takenText([stepped], context.lang));
};
