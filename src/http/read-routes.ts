import { jsonWithSentences } from '../words/with-sentences.ts';
import type { Router } from 'express';
import { openApiDocument } from '../contract/http/open-api.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { templateColumns } from '../ingest/columns/template-columns.ts';
import { templateFile } from '../render/template-file.ts';
import { sheetOfSpans } from '../render/switchboard-sheet.ts';
import { documentOf } from './model-files.ts';
import { httpFinding } from './http-findings.ts';
import { describeCalendar } from './describe-calendar.ts';
import { describeNames } from './describe-names.ts';
import { describeWorkspace } from './describe-workspace.ts';
import { packText, sendText } from './packed-text.ts';
import { HttpError } from './problem-details.ts';
import { addRosterRoutes } from './roster-routes.ts';
import { addRankRoutes } from './rank-routes.ts';
import { refuseMoved } from './refuse-moved.ts';
import type { Services } from './services.ts';
import { answer } from './typed-route.ts';

const noPlan = (id: string): HttpError =>
  new HttpError(404, httpFinding('no-plan', { id: id === 'latest' ? null : id }));

const planOf = async ({ store }: Services, id: string): Promise<PlanDocument> => {
  const plan = await store.plan(id === 'latest' ? undefined : id);
  if (plan === undefined) throw noPlan(id);
  return plan;
};

/** Which plan a path means, and a name for it as it is stored now. */
const storedPlan = async (
  services: Services,
  id: string,
): Promise<{ readonly id: string; readonly key: string }> => {
  const plans = await services.store.plans();
  const found = id === 'latest' ? plans[0] : plans.find((plan) => plan.id === id);
  if (found === undefined) throw noPlan(id);
  return { id: found.id, key: `${found.id}/${found.createdAt}` };
};

const mediaTypes = {
  html: 'text/html; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
  csv: 'text/csv; charset=utf-8',
} as const;

const addPlanRoutes = (router: Router, services: Services): void => {
  answer(router, 'plans', async () => [...(await services.store.plans())]);
  answer(router, 'plan', async ({ params, response }) => {
    const { key, id } = await storedPlan(services, params.plan);
    const plan = async (): Promise<string> => jsonWithSentences(await planOf(services, id), 'program');
    sendText(response, await services.kept(`plan/${key}`, () => packText(plan())));
  });
  answer(router, 'planWorld', async ({ params, actor, response }) => {
    const { key, id } = await storedPlan(services, params.plan);
    const describe = async (): Promise<string> =>
      JSON.stringify(await services.useCases.describeWorld(await services.ports(actor), id));
    sendText(response, await services.kept(`world/${key}`, () => packText(describe())));
  });
  answer(router, 'namePlan', async ({ params, body, actor }) => {
    const { id } = await storedPlan(services, params.plan);
    if (!(await services.store.by(actor).namePlan(id, body.name))) throw noPlan(id);
  });
  answer(router, 'removePlan', async ({ params, actor }) => {
    const { id } = await storedPlan(services, params.plan);
    if (!(await services.store.by(actor).removePlan(id))) throw noPlan(id);
  });
  answer(router, 'template', async ({ params, query, response }) => {
    const file = await templateFile(params.kind, templateColumns(params.kind), query.format, query.language);
    response.attachment(`huawu-${params.kind}.${query.format}`).type(mediaTypes[query.format]);
    response.send(Buffer.from(file));
  });
  answer(router, 'report', async ({ params, query, response }) => {
    const plan = await planOf(services, params.plan);
    const file = await services.useCases.reportFile(plan, query.language, query);
    response
      .attachment(`huawu-${plan.week}${query.page === 'leader' ? '-leader' : ''}.${query.format}`)
      .type(mediaTypes[query.format]);
    response.send(Buffer.from(file));
  });
  answer(router, 'switchboardSheet', async ({ params, query, response }) => {
    const plan = await planOf(services, params.plan);
    response.attachment(`huawu-prompts-${plan.week}.csv`).type(mediaTypes.csv);
    const names = new Map(plan.queues.map(({ queue, name }) => [queue, name[query.language]]));
    response.send(sheetOfSpans(plan.prompts, names, query.language));
  });
};

const addOverruleRoutes = (router: Router, services: Services): void => {
  answer(router, 'overrules', async () => [...(await services.store.overrules())]);
  answer(router, 'addOverrule', async ({ body, actor }) => ({
    ...body,
    id: await services.store.by(actor).addOverrule(body),
  }));
  answer(router, 'removeOverrule', async ({ params, actor }) => {
    if (!(await services.store.by(actor).removeOverrule(params.id)))
      throw new HttpError(404, httpFinding('no-overrule'));
  });
};

/** What tells nothing of the data, and is answered to anyone on this machine. */
export const addOpenRoutes = (router: Router): void => {
  answer(router, 'health', () => ({ ok: true as const }));
  answer(router, 'openApi', () => openApiDocument());
};

/** Everything else that is answered at once. */
export const addReadRoutes = (router: Router, services: Services): void => {
  answer(router, 'workspace', async ({ actor }) => describeWorkspace(await services.ports(actor)));
  answer(router, 'model', async ({ params }) => documentOf(await services.modelFiles.read(), params.model));
  answer(router, 'calendar', async ({ query, actor }) =>
    describeCalendar(await services.ports(actor), query),
  );
  answer(router, 'namesSeen', async ({ actor }) => describeNames((await services.ports(actor)).store));
  answer(router, 'openingHours', async ({ actor }) => {
    const ports = await services.ports(actor);
    const rests = JSON.stringify([ports.models.hotline, ports.models.calendar, await ports.store.dataHash()]);
    return services.kept(`hours/${rests}`, () => services.useCases.describeHours(ports));
  });
  answer(router, 'changeEvent', async ({ body: { before, after }, actor }) => {
    const store = services.store.by(actor);
    if (!(await store.changeEvent(before, after))) throw new HttpError(409, httpFinding('event-changed'));
    return [...(await store.events())];
  });
  answer(router, 'putModel', async ({ params, body }) => {
    await refuseMoved(services.store);
    return services.modelFiles.write(params.model, body);
  });
  answer(router, 'putModels', async ({ body }) => {
    await refuseMoved(services.store);
    return services.modelFiles.writeAll(body);
  });
  addRankRoutes(router, services);
  addRosterRoutes(router, services);
  addPlanRoutes(router, services);
  addOverruleRoutes(router, services);
};
