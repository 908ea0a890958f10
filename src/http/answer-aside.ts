import type { PlannedOperationDocument } from '../contract/http/planned-operation-document.ts';
import type { DataReport } from '../contract/http/file-documents.ts';
import type { NamesSeen } from '../contract/http/model-name.ts';
import type { HotlineDocument, RankDocument } from '../contract/documents/rank-document.ts';
import type { RosterDocument, SwapDocument } from '../contract/documents/roster-document.ts';
import type { RosterBasisDocument } from '../contract/http/roster-requests.ts';
import type { HoursInUse } from '../contract/models/opening-hours-schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { ParallelMap, ParallelTask } from '../kernel/ports.ts';
import type { Models, Ports } from '../planning/ports.ts';
import { openStore, type StorePlace } from '../store/open-store.ts';
import type { UseCases } from './services.ts';

export type AnsweredAside =
  | 'rankHotlines'
  | 'hotlineThroughPeriods'
  | 'describePlannedOperation'
  | 'describeHours'
  | 'reportData'
  | 'describeNames'
  | 'changeRoster'
  | 'swapDuties'
  | 'showRosterBasis';

type Asked<Name extends AnsweredAside> = Parameters<UseCases[Name]>[1];

/** What is asked of another thread: it opens the records itself. */
interface Aside {
  readonly place: StorePlace;
  readonly models: Models;
  readonly rank?: Asked<'rankHotlines'>;
  readonly hotline?: Asked<'hotlineThroughPeriods'>;
  readonly plannedOperation?: Asked<'describePlannedOperation'>;
  readonly hours?: true;
  readonly data?: true;
  readonly names?: true;
  /** Whose change it is, and what of a roster is asked. */
  readonly actor?: Actor;
  readonly change?: Asked<'changeRoster'>;
  readonly swap?: Asked<'swapDuties'>;
  readonly basis?: string;
}

/**
 * Answers that would hold the server's own thread, and everybody else's question with it, for up to half a second are
 * worked out on another.
 */
export const offloadedAnswers = (place: StorePlace, parallel: ParallelMap): Pick<UseCases, AnsweredAside> => {
  const ask = async <Answer>(question: Aside): Promise<Answer> => {
    const [answered] = await parallel<Answer>({ module: import.meta.url, name: answerAside.name }, [
      question,
    ]);
    return answered as Answer;
  };
  return {
    rankHotlines: ({ models }, rank) => ask<RankDocument>({ place, models, rank }),
    hotlineThroughPeriods: ({ models }, hotline) => ask<HotlineDocument>({ place, models, hotline }),
    describeHours: ({ models }) => ask<HoursInUse>({ place, models, hours: true }),
    reportData: ({ models }) => ask<DataReport>({ place, models, data: true }),
    describeNames: ({ models }) => ask<NamesSeen>({ place, models, names: true }),
    changeRoster: ({ models }, change, actor) => ask<RosterDocument>({ place, models, change, actor }),
    swapDuties: ({ models }, swap, actor) => ask<SwapDocument>({ place, models, swap, actor }),
    showRosterBasis: ({ models }, basis) => ask<RosterBasisDocument>({ place, models, basis }),
    describePlannedOperation: ({ models }, plannedOperation) =>
      ask<PlannedOperationDocument>({ place, models, plannedOperation }),
  };
};

/**
 * Has two threads read what answers are made by before anybody asks: the first to open the page does not wait for it.
 */
export const warmAnswerThreads = async (parallel: ParallelMap): Promise<void> => {
  const read = (): Promise<readonly unknown[]> =>
    parallel({ module: import.meta.url, name: loadAnswers.name }, [null]);
  await Promise.all([read(), read()]);
};

export const loadAnswers = async (): Promise<null> => {
  await Promise.all([
    import('./describe-planned-operation.ts'),
    import('./describe-names.ts'),
    import('./describe-planned-operation.ts'),
    import('../planning/rank-hotlines.ts'),
    import('../planning/report-data.ts'),
  ]);
  return null;
};

/** As the other thread runs it: each answer loads what it needs, and no more. */
export const answerAside = async ({
  place,
  models,
  rank,
  hotline,
  plannedOperation,
  hours,
  data,
  names,
  actor,
  change,
  swap,
  basis,
}: Aside): Promise<unknown> => {
  const store = await openStore(place, { connections: 1 });
  try {
    if (hotline !== undefined) {
      const { hotlineThroughPeriods } = await import('../planning/hotline-through-periods.ts');
      return await hotlineThroughPeriods({ store, models }, hotline);
    }
    if (hours === true) {
      const { describeHours } = await import('./describe-planned-operation.ts');
      return await describeHours({ store, models });
    }
    if (data === true) {
      const { reportData } = await import('../planning/report-data.ts');
      return await reportData({ store, models });
    }
    if (names === true) {
      const { describeNames } = await import('./describe-names.ts');
      return await describeNames(store);
    }
    if (change !== undefined || swap !== undefined || basis !== undefined) {
      const own = actor === undefined ? store : store.by(actor);
      return await answerRoster(
        { store: own, models, parallel: inThread, nowMillis: Date.now() },
        { change, swap, basis },
      );
    }
    if (rank === undefined) {
      const { describePlannedOperation } = await import('./describe-planned-operation.ts');
      return await describePlannedOperation({ store }, plannedOperation ?? 'latest');
    }
    if (rank.basis === 'traffic') {
      const { rankQueues } = await import('../planning/rank-queues.ts');
      return await rankQueues({ store, models }, rank);
    }
    const { rankFromStore } = await import('../planning/rank-hotlines.ts');
    return await rankFromStore({ store, models }, rank);
  } finally {
    await store.close();
  }
};

const answerRoster = async (
  ports: Pick<Ports, 'store' | 'models' | 'parallel' | 'nowMillis'>,
  { change, swap, basis = '' }: { readonly [Name in 'change' | 'swap' | 'basis']: Aside[Name] | undefined },
): Promise<unknown> => {
  if (change !== undefined) return (await import('../planning/change-roster.ts')).changeRoster(ports, change);
  if (swap !== undefined) return (await import('../planning/swap-duties.ts')).swapDuties(ports, swap);
  return (await import('../planning/show-roster.ts')).showRosterBasis(ports, basis);
};

/** This thread is one of those that work is handed out to. */
const inThread: ParallelMap = async <Output>({ module, name }: ParallelTask, inputs: readonly unknown[]) => {
  const loaded = (await import(module)) as Readonly<Record<string, (input: unknown) => Promise<Output>>>;
  return Promise.all(inputs.map(async (input) => loaded[name]?.(input) as Promise<Output>));
};
