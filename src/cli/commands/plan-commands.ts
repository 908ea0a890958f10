import { extname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { planRequestSchema } from '../../contract/http/job-requests.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import { parseDocument } from '../../contract/parse-document.ts';
import { type PlanLife, planNoteSchema, planStepSchema } from '../../contract/plan-life.ts';
import { type BandToPlan, isWhatIf, planStepNames } from '../../contract/plan-states.ts';
import {
  reportFormats,
  reportPages,
  type ReportRequest,
  reportTables,
} from '../../contract/report-formats.ts';
import { UsageError } from '../../kernel/errors.ts';
import { planningFinding } from '../../planning/planning-findings.ts';
import type { Store } from '../../planning/ports.ts';
import { requestOptions } from '../../words/help.ts';
import type { CliContext, CommandAnswer, CommandRunner } from '../cli-context.ts';
import { cliFinding } from '../cli-findings.ts';
import { refuseOverwriting, writeOutput } from '../input-file.ts';
import { help, listByDefault, weekOption, latestPlan } from '../option-values.ts';
import { productFolder } from '../product-folders.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { withWorkspace } from '../with-workspace.ts';

interface PlanOptions {
  readonly targets?: string;
  readonly band?: BandToPlan;
  readonly confidence?: number;
  readonly testCalls?: number;
  readonly verbose?: boolean;
}

export const addPlanCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program
      .command('plan')
      .summary(help('plan-a-week'))
      .addOption(new Option('--targets <file>', help('json-in-the-shape')).conflicts('band')),
    planRequestSchema,
    requestOptions.plan,
    { week: { read: weekOption } },
  )
    .option('--verbose', help('print-the-whole-plan'))
    .action(run(answerPlan));
};

const answerPlan = async (context: CliContext, options: PlanOptions): Promise<void> => {
  const { planWeek } = await import('../../planning/plan-week.ts');
  const { withStanding } = await import('../../planning/shown-plan.ts');
  const { renderPlanSummary, renderPlanText } = await import('../../render/plan-text.ts');
  const { band, confidence, testCalls, verbose, ...asked } = options;
  if (band === undefined && (confidence !== undefined || testCalls !== undefined))
    throw new UsageError(onlyWithBand);
  const targets = options.targets === undefined ? undefined : await readTargets(options.targets);
  const request = requestOf(planRequestSchema, context, { ...asked, band, confidence, testCalls, targets });
  const { plan, own } = await withWorkspace(context, async (ports) => {
    const made = await planWeek(ports, request);
    const standing = isWhatIf(made.id) ? await ports.store.planOfWeek(made.week) : undefined;
    return {
      plan: await withStanding(ports.store, made),
      own: standing === undefined || isWhatIf(standing.id) ? undefined : standing,
    };
  });
  context.answer(plan, () =>
    (verbose === true ? renderPlanText : renderPlanSummary)(plan, context.lang, own),
  );
};

const onlyWithBand = cliFinding('only-with-band');

const readTargets = async (file: string): Promise<TargetsModel> => {
  const { targetsSchema } = await import('../../contract/models/targets-model.ts');
  const { readJsonInput } = await import('../json-input.ts');
  return readJsonInput(targetsSchema, file);
};

/** What a step does, as --help says it. */
const stepHelp = {
  propose: 'put-a-draft-forward',
  return: 'give-a-proposed-or-approved',
  approve: 'agree-to-a-proposed-plan',
  publish: 'put-a-plan-in-force',
  supersede: 'withdraw-a-published-plan',
} as const;

export const addPlansCommand = (program: Command, run: CommandRunner): void => {
  const plans = program.command('plans').summary(help('plans-made-so-far'));
  listByDefault(plans, help('list-the-plans')).action(run(answerList));
  plans
    .command('show')
    .summary(help('what-became-of-a-plan'))
    .argument('<plan>', help('plans-id'))
    .action(run(answerShow));
  for (const step of planStepNames)
    plans
      .command(step)
      .summary(help(stepHelp[step]))
      .argument('<plan>', help('plans-id'))
      .option('--reason <words>', help('why-also-needed-to-take'))
      .action(
        run((context, { reason }: { readonly reason?: string }, [plan = '']) => {
          const wanted = parseDocument(planStepSchema, { step, ...(reason === undefined ? {} : { reason }) });
          return answerChanged(context, plan, (store, id) => store.stepPlan(id, wanted));
        }),
      );
  plans
    .command('note')
    .summary(help('add-a-note'))
    .argument('<plan>', help('plans-id'))
    .argument('<words>', help('note'))
    .action(
      run((context, _: object, [plan = '', text = '']) => {
        const note = parseDocument(planNoteSchema, { text });
        return answerChanged(context, plan, (store, id) => store.notePlan(id, note.text));
      }),
    );
  plans
    .command('name')
    .summary(help('give-a-plan-a-name'))
    .argument('<plan>', help('plans-id'))
    .argument('[name]', help('name'))
    .action(
      run((context, _: object, [plan = '', name]) =>
        answerChanged(context, plan, (store, id) => store.namePlan(id, name ?? null)),
      ),
    );
  plans
    .command('remove')
    .summary(help('remove-a-plan'))
    .argument('<plan>', help('plans-id'))
    .action(run(answerRemoved));
};

const idOf = async (store: Store, plan: string): Promise<string> => {
  const id = plan === 'latest' ? (await store.plan())?.id : plan;
  if (id === undefined || (await store.planLife(id)) === undefined)
    throw new UsageError(cliFinding('no-plan-of-that-id', { id: plan }));
  return id;
};

const answerList = async (context: CliContext): Promise<void> => {
  const plans = await withWorkspace(context, ({ store }) => store.plans());
  const { plansText } = await import('../../render/plan-text.ts');
  context.answer({ document: 'plans', plans }, () => plansText(plans, context.lang));
};

const tell = async (context: CliContext, life: PlanLife): Promise<void> => {
  const { planLifeText } = await import('../../render/plan-text.ts');
  context.answer({ document: 'plan-life', ...life }, () => planLifeText(life, context.lang));
};

const answerShow = async (context: CliContext, _: object, [plan = '']: readonly string[]): Promise<void> =>
  answerChanged(context, plan, (store, id) => store.planLife(id));

const answerChanged = async (
  context: CliContext,
  plan: string,
  change: (store: Store, id: string) => Promise<PlanLife | undefined>,
): Promise<void> => {
  const life = await withWorkspace(context, async ({ store }) => change(store, await idOf(store, plan)));
  if (life !== undefined) await tell(context, life);
};

const answerRemoved: CommandAnswer = async (context, _, [plan = '']) => {
  const id = await withWorkspace(context, async ({ store }) => {
    const found = await idOf(store, plan);
    await store.removePlan(found);
    return found;
  });
  context.answer({ document: 'plan-removed', id }, () => context.say(cliFinding('plan-removed', { id })));
};

export const addReportCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('report')
    .summary(help('plan-as-a-page'))
    .option('--plan <id>', help('default-the-latest'))
    .requiredOption('--out <file>', help('name-ending-in-html'))
    .option('--replace', help('overwrite-the-file'))
    .addOption(new Option('--page <page>', help('of-html')).choices(reportPages))
    .addOption(new Option('--table <table>', help('of-csv')).choices(reportTables))
    .action(run(answerReport));
};

const answerReport = async (
  context: CliContext,
  options: Omit<ReportRequest, 'format'> & {
    readonly plan?: string;
    readonly out: string;
    readonly replace?: boolean;
  },
): Promise<void> => {
  const { reportFile } = await import('../../render/report-file.ts');
  const { besidePlan, shownPlan } = await import('../../planning/shown-plan.ts');
  const format = reportFormats.find((known) => extname(options.out).toLowerCase() === `.${known}`);
  if (format === undefined) throw new UsageError(unknownEnding);
  if (options.page !== undefined && format !== 'html') throw new UsageError(cliFinding('page-only-of-html'));
  if ((format === 'csv') !== (options.table !== undefined))
    throw new UsageError(cliFinding('table-with-csv', { tables: reportTables }));
  refuseOverwriting(options.out, options.replace);
  const [plan, beside] = await withWorkspace(context, async (ports) => {
    const shown = await shownPlan(ports.store, planNamed(options.plan));
    return [shown, shown && (await besidePlan(ports, shown))] as const;
  });
  if (plan === undefined) throw new UsageError(noSuchPlan(options.plan));
  const made = await reportFile(plan, context.lang, { ...options, format }, beside);
  const { embedFonts } = await import('../../engine/embed-fonts.ts');
  const file = format === 'html' ? await embedFonts(made, join(productFolder('public'), 'app')) : made;
  await writeOutput(options.out, file);
  const said = cliFinding('report-written', { id: plan.id, week: plan.week, out: options.out });
  context.answer({ document: 'report', plan: plan.id, format, file: options.out }, () => context.say(said));
};

const unknownEnding = cliFinding('unknown-report-ending');

const noSuchPlan = (id: string | undefined) =>
  id === undefined ? planningFinding('no-plan-yet') : planningFinding('no-such-plan', { id });

/** The plan that a `--plan` option names; undefined for the one made last. */
const planNamed = (value: string | undefined): string | undefined =>
  value === latestPlan ? undefined : value;
