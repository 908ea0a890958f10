import type { ParallelMap, ParallelTask } from '../kernel/ports.ts';
import type { Models, Ports } from '../planning/ports.ts';
import { besidePlan, shownPlan } from '../planning/shown-plan.ts';
import { openStore, type StorePlace } from '../store/open-store.ts';
import type { UseCases } from './services.ts';

export type AnsweredAside = Exclude<keyof UseCases, 'guessFile' | 'ingestFile' | 'removeTraffic'>;

/** What of the ports there is on another thread. */
type AsidePorts = Pick<Ports, 'store' | 'models' | 'parallel' | 'nowMillis'>;
type Asked<Name extends AnsweredAside> =
  Parameters<UseCases[Name]> extends [Ports, ...infer Rest] ? Rest : never;

/** As the other thread answers: each loads what it needs, and no more. */
const answers: {
  readonly [Name in AnsweredAside]: (ports: AsidePorts, ...asked: Asked<Name>) => ReturnType<UseCases[Name]>;
} = {
  rankHotlines: async (ports, asked) =>
    asked.basis === 'traffic'
      ? (await import('../planning/rank-queues.ts')).rankQueues(ports, asked)
      : (await import('../planning/rank-from-store.ts')).rankFromStore(ports, asked),
  hotlineThroughPeriods: async (ports, asked) =>
    (await import('../planning/rank-from-store.ts')).hotlineThroughPeriods(ports, asked),
  describeDay: async (ports, asked) =>
    (await import('../planning/describe-day.ts')).describeDay(ports, asked),
  takeDayActions: async ({ store, ...ports }, taken, actor) =>
    (await import('../planning/describe-day.ts')).takeDayActions({ ...ports, store: store.by(actor) }, taken),
  stepDayAction: async ({ store, ...ports }, id, step, actor) =>
    (await import('../planning/describe-day.ts')).stepDayAction(
      { ...ports, store: store.by(actor) },
      id,
      step,
    ),
  describePlannedOperation: async (ports, plan) =>
    (await import('./describe-planned-operation.ts')).describePlannedOperation(ports, plan),
  describeHours: async (ports) => (await import('./describe-planned-operation.ts')).describeHours(ports),
  reportData: async (ports) => (await import('../planning/report-data.ts')).reportData(ports),
  auditChain: ({ store }) => store.auditChain(),
  describeNames: async ({ store }) => (await import('./describe-planned-operation.ts')).describeNames(store),
  changeRoster: async ({ store, ...ports }, change, actor) =>
    (await import('../planning/change-roster.ts')).changeRoster({ ...ports, store: store.by(actor) }, change),
  swapDuties: async ({ store, ...ports }, swap, actor) =>
    (await import('../planning/change-roster.ts')).swapDuties({ ...ports, store: store.by(actor) }, swap),
  showRosterBasis: async (ports, roster) =>
    (await import('../planning/show-roster.ts')).showRosterBasis(ports, roster),
  reportFile: async (ports, plan, language, asked) => {
    const { reportFile } = await import('../render/report-file.ts');
    const shown = await shownPlan(ports.store, plan);
    if (shown === undefined || asked.page !== 'leader') return shown && reportFile(shown, language, asked);
    return reportFile(shown, language, asked, await besidePlan(ports, shown));
  },
  rosterFile: async (_ports, ...asked) => (await import('../render/roster-file.ts')).rosterFile(...asked),
  templateFile: async (_ports, kind, ...asked) => {
    const { templateColumns } = await import('../ingest/columns/headings.ts');
    return (await import('../render/template-file.ts')).templateFile(kind, templateColumns(kind), ...asked);
  },
};

/** Answers that rest on a look at the day in progress. */
const ofDay: ReadonlySet<AnsweredAside> = new Set(['describeDay', 'takeDayActions', 'stepDayAction']);

/** What is asked of another thread: it opens the records itself. */
interface Aside {
  readonly place: StorePlace;
  readonly models: Models;
  /** When it was asked. */
  readonly nowMillis: number;
  readonly name: AnsweredAside;
  readonly asked: readonly unknown[];
}

/**
 * Answers that would hold the server's own thread, and everybody else's question with it, for up to half a second are
 * worked out on another; a day in progress always on the same, which keeps what the day's morning has told.
 */
export const offloadedAnswers = (
  place: StorePlace,
  { parallel, dayThread }: { readonly parallel: ParallelMap; readonly dayThread: ParallelMap },
): Pick<UseCases, AnsweredAside> => {
  const ask =
    (name: AnsweredAside) =>
    async ({ models, nowMillis }: Ports, ...asked: readonly unknown[]): Promise<unknown> => {
      const task = { module: import.meta.url, name: answerAside.name };
      const question: Aside = { place, models, nowMillis, name, asked };
      const isOfDay = ofDay.has(name);
      const answering = isOfDay ? dayThread : parallel;
      return (await answering<unknown>(task, [question]))[0];
    };
  const names = Object.keys(answers) as AnsweredAside[];
  return Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as Pick<
    UseCases,
    AnsweredAside
  >;
};

/**
 * Has two threads read what answers are made by before anybody asks: the first to open the page does not wait for it.
 */
export const warmAnswerThreads = async (parallel: ParallelMap): Promise<void> => {
  const read = (): Promise<readonly unknown[]> =>
    parallel({ module: import.meta.url, name: loadAnswers.name }, [null]);
  await Promise.all([read(), read()]);
};

export const loadAnswers = (): Promise<null> =>
  Promise.all([
    import('./describe-planned-operation.ts'),
    import('../planning/rank-from-store.ts'),
    import('../planning/report-data.ts'),
  ]).then(() => null);

/** As the other thread runs it. */
export const answerAside = async ({ place, models, nowMillis, name, asked }: Aside): Promise<unknown> => {
  const store = await openStore(place, { connections: 1 });
  try {
    const answer = answers[name] as (ports: AsidePorts, ...asked: readonly unknown[]) => Promise<unknown>;
    return await answer({ store, models, parallel: inThread, nowMillis }, ...asked);
  } finally {
    await store.close();
  }
};

/** This thread is one of those that work is handed out to. */
const inThread: ParallelMap = async <Output>({ module, name }: ParallelTask, inputs: readonly unknown[]) => {
  const loaded = (await import(module)) as Readonly<Record<string, (input: unknown) => Promise<Output>>>;
  return Promise.all(inputs.map(async (input) => loaded[name]?.(input) as Promise<Output>));
};
