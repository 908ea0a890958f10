import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { isWhatIf } from '../contract/plan-states.ts';
import type { PlanRequest } from '../contract/http/job-requests.ts';
import { contentHash } from '../kernel/content-hash.ts';
import { doesBearOn, storedKinds } from '../kernel/records.ts';
import { packOperation } from './operation/planned-operation.ts';
import type { Ports } from './ports.ts';
import { makePlan } from './week/make-plan.ts';

/**
 * Plans a week: forecast → requirement → shifts → prompts on that roster → projection → what the monitor will
 * see. The plan is stored together with the demand it was made for. Where nothing has changed since a plan was
 * made, that plan is the answer: the same comes out of the same.
 */
export const planWeek = async (ports: Ports, request: PlanRequest): Promise<PlanDocument> => {
  const key = await planKey(ports, request);
  const known = key === undefined ? undefined : await reusePlan(ports, key);
  if (known !== undefined) {
    ports.progress(1);
    return known;
  }
  const { plan, planned, freeze } = await makePlan(ports, request);
  const frozen = isWhatIf(plan.id) ? undefined : await freeze();
  ports.finishing?.();
  await ports.store.savePlan(plan, packOperation(planned), frozen);
  if (key !== undefined) await rememberPlan(ports, key, plan);
  return plan;
};

/**
 * A key of everything a plan depends on: the program, what was asked, the models, what was said of records, and those
 * that bear on plans; the hash of the data holds what forecasts rest on. Undefined where the program does not say which
 * one it is: then nothing may be taken up again.
 */
export const planKey = async (
  ports: Pick<Ports, 'store' | 'models' | 'program'>,
  request: object,
): Promise<string | undefined> => {
  const { store, models, program } = ports;
  if (program === undefined) return undefined;
  const records: unknown[] = [
    await store.dataHash(),
    await store.overrules(),
    await store.accepted(),
    await store.handleTimes(),
    await store.presenceHash(),
    await store.monitoring.testCallsVersion(),
  ];
  for (const kind of storedKinds)
    // Of what there are most, the name of all is above.
    if (doesBearOn(kind, 'plan') && !doesBearOn(kind, 'forecast'))
      if (kind !== 'presence' && kind !== 'test-calls') records.push(await store.read(kind));
  return `plan/${await contentHash(JSON.stringify([program, request, models, records]))}`;
};

/** The plan that was made when everything was as it is now, stored again as the latest; undefined when none was. */
const reusePlan = async (ports: Ports, key: string): Promise<PlanDocument | undefined> => {
  const bytes = await ports.store.cached(key);
  if (bytes === undefined) return undefined;
  const id = new TextDecoder().decode(bytes);
  const plan = await ports.store.plan(id);
  const operation = await ports.store.plannedOperation(id);
  if (plan === undefined || operation === undefined) return undefined;
  const again = { ...plan, createdAt: new Date(ports.nowMillis).toISOString() };
  await ports.store.savePlan(again, operation, await ports.store.frozenForecast(id));
  return again;
};

const rememberPlan = (ports: Ports, key: string, plan: PlanDocument): Promise<void> =>
  ports.store.cache(key, new TextEncoder().encode(plan.id));
