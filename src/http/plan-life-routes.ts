import type { Response } from 'express';
import type { PlanLife } from '../contract/plan-life.ts';
import { mayStep, type PlanStepName } from '../contract/plan-states.ts';
import { inputsChangedSince } from '../planning/changed-since.ts';
import { callerOf } from './caller-of.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import { noPlan, storedPlan } from './stored-plan.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';
import { tellVersion, wantedCount } from './version-tags.ts';

/** Throws where the caller's role may not take this step: the table of steps says which may. */
const refuseStep = (response: Response, step: PlanStepName): void => {
  const caller = callerOf(response)?.caller;
  if (caller?.by === 'local') return;
  if (!mayStep(step, caller?.role)) throw new HttpError(403, httpFinding('no-right'));
};

/**
 * What becomes of plans: states, names, notes; and the log of all changes. Each change may say on which version it was
 * decided.
 */
export const addPlanLifeRoutes = (router: GuardedRouter, services: Services): void => {
  const { store } = services;
  const told = (response: Response, id: string, life: PlanLife | undefined): PlanLife => {
    if (life === undefined) throw noPlan(id);
    tellVersion(response, life.version);
    return life;
  };
  answer(router, 'audit', async ({ query: { below, limit } }) => ({
    document: 'audit' as const,
    entries: [...(await store.audit({ limit, ...(below === undefined ? {} : { below }) }))],
    chain: await store.auditChain(),
  }));
  answer(router, 'planLife', async ({ params, response }) => {
    const plan = await storedPlan(services, params.plan);
    const life = told(response, plan.id, await store.planLife(plan.id));
    return { ...life, changedSince: await inputsChangedSince(store, plan) };
  });
  answer(router, 'namePlan', async ({ params, body, actor, request, response }) => {
    const { id } = await storedPlan(services, params.plan);
    return told(response, id, await store.by(actor).namePlan(id, body.name, wantedCount(request)));
  });
  answer(router, 'stepPlan', async ({ params, body, actor, request, response }) => {
    refuseStep(response, body.step);
    const { id } = await storedPlan(services, params.plan);
    return told(response, id, await store.by(actor).stepPlan(id, body, wantedCount(request)));
  });
  answer(router, 'notePlan', async ({ params, body, actor, request, response }) => {
    const { id } = await storedPlan(services, params.plan);
    return told(response, id, await store.by(actor).notePlan(id, body.text, wantedCount(request)));
  });
  answer(router, 'removePlan', async ({ params, actor, request }) => {
    const { id } = await storedPlan(services, params.plan);
    if (!(await store.by(actor).removePlan(id, wantedCount(request)))) throw noPlan(id);
  });
};
