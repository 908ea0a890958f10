import type { Command } from 'commander';
import { planNoteSchema, planStepSchema, type PlanLife } from '../../contract/plan-life.ts';
import { planStepNames } from '../../contract/plan-states.ts';
import { parseDocument } from '../../contract/parse-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { Store } from '../../planning/ports.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, listByDefault } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

/** What a step does, as --help says it. */
const stepHelp = {
  propose: 'put-a-draft-forward',
  return: 'give-a-proposed-or-approved',
  approve: 'agree-to-a-proposed-plan',
  publish: 'put-an-approved-plan',
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
  const { plansText } = await import('../../render/plan-life-text.ts');
  context.answer({ document: 'plans', plans }, () => plansText(plans, context.lang));
};

const tell = async (context: CliContext, life: PlanLife): Promise<void> => {
  const { planLifeText } = await import('../../render/plan-life-text.ts');
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

const answerRemoved = async (
  context: CliContext,
  _: object,
  [plan = '']: readonly string[],
): Promise<void> => {
  const id = await withWorkspace(context, async ({ store }) => {
    const found = await idOf(store, plan);
    await store.removePlan(found);
    return found;
  });
  context.answer({ document: 'plan-removed', id }, () => context.say(cliFinding('plan-removed', { id })));
};
