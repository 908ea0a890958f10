import { join } from 'node:path';
import { embedFonts } from '../engine/embed-fonts.ts';
import { jsonWithSentences } from '../words/with-sentences.ts';
import { openApiDocument } from '../contract/http/open-api.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inputsChangedSince } from '../planning/changed-since.ts';
import { earlierPlan, shownPlan } from '../planning/shown-plan.ts';
import { refuseLargeChange } from '../planning/refuse-large-change.ts';
import { templateColumns } from '../ingest/columns/template-columns.ts';
import { templateFile } from '../render/template-file.ts';
import { sheetOfSpans } from '../render/switchboard-sheet.ts';
import { documentOf } from './model-files.ts';
import { httpFinding } from './http-findings.ts';
import { overrulesVersion } from '../contract/documents/overrule-schema.ts';
import { mayUse } from '../contract/access/rights.ts';
import { callerOf } from './caller-of.ts';
import { modelVersion } from '../contract/http/model-version.ts';
import { tellVersion, wantedVersion, wantedVersions } from './version-tags.ts';
import { describeCalendar } from './describe-calendar.ts';
import { describeWorkspace } from './describe-workspace.ts';
import { addDiaryRoutes } from './diary-routes.ts';
import { addPlanLifeRoutes } from './plan-life-routes.ts';
import { noPlan, storedPlan } from './stored-plan.ts';
import { packText, sendText, type PackedText } from './packed-text.ts';
import { HttpError } from './problem-details.ts';
import { addLineRoutes } from './line-routes.ts';
import { addRosterRoutes } from './roster-routes.ts';
import { addRankRoutes } from './rank-routes.ts';
import { refuseMoved } from './refuse-moved.ts';
import { writtenSo } from './kept-answers.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';
import { sendForPrint } from './send-for-print.ts';

const planOf = async ({ store }: Services, id: string): Promise<PlanDocument> => {
  const plan = await shownPlan(store, id === 'latest' ? undefined : id);
  if (plan === undefined) throw noPlan(id);
  return plan;
};

const mediaTypes = {
  html: 'text/html; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
  csv: 'text/csv; charset=utf-8',
} as const;

const addPlanRoutes = (router: GuardedRouter, services: Services): void => {
  answer(router, 'plans', async () => [...(await services.store.plans())]);
  answer(router, 'plan', async ({ params, response }) => {
    const { key, id, version } = await storedPlan(services, params.plan);
    const plan = async (): Promise<string> => jsonWithSentences(await planOf(services, id), 'program');
    sendText(response, await services.kept(`plan/${key}/${version}`, () => packText(plan())));
  });
  answer(router, 'planWorld', async ({ params, actor, response }) => {
    const { key, id } = await storedPlan(services, params.plan);
    const describe = async (): Promise<string> =>
      JSON.stringify(await services.useCases.describePlannedOperation(await services.ports(actor), id));
    sendText(response, await services.kept(`world/${key}`, () => packText(describe())));
  });
  answer(router, 'template', async ({ params, query, response }) => {
    const file = await templateFile(params.kind, templateColumns(params.kind), query.format, query.language);
    response.attachment(`huawu-${params.kind}.${query.format}`).type(mediaTypes[query.format]);
    response.send(Buffer.from(file));
  });
  answer(router, 'report', async ({ params, query, response }) => {
    const plan = await planOf(services, params.plan);
    const earlier = query.page === 'leader' ? await earlierPlan(services.store, plan.id) : undefined;
    const since = query.page === 'leader' ? await inputsChangedSince(services.store, plan) : [];
    const { key, version } = await storedPlan(services, plan.id);
    const asked = JSON.stringify([key, version, query, earlier?.id, since]);
    const make = async (): Promise<PackedText> => {
      const made = await services.useCases.reportFile(plan, query.language, query, earlier, since);
      const whole =
        query.format === 'html' ? await embedFonts(made, join(services.publicFolder, 'app')) : made;
      return { plain: Buffer.from(whole), packed: undefined };
    };
    const { plain: file } = await services.kept(`report/${asked}`, make);
    if (query.page === 'leader') {
      sendForPrint(response, `huawu-${plan.week}-leader.html`, file, query.language);
      return;
    }
    response.attachment(`huawu-${plan.week}.${query.format}`).type(mediaTypes[query.format]);
    response.send(file);
  });
  answer(router, 'switchboardSheet', async ({ params, query, response }) => {
    const plan = await planOf(services, params.plan);
    response.attachment(`huawu-prompts-${plan.week}.csv`).type(mediaTypes.csv);
    const names = new Map(plan.queues.map(({ queue, name }) => [queue, name[query.language]]));
    response.send(sheetOfSpans(plan.prompts, names, query.language));
  });
};

const addOverruleRoutes = (router: GuardedRouter, { store }: Services): void => {
  answer(router, 'overrules', async ({ response }) => {
    const stored = await store.overrules();
    tellVersion(response, overrulesVersion(stored));
    return [...stored];
  });
  answer(router, 'addOverrule', async ({ body: { confirmLargeChange, ...body }, actor, request }) => {
    await refuseLargeChange(store, body, confirmLargeChange === true);
    // Who is signed in is the author, whatever a request says.
    const overrule = actor.kind === 'local' ? body : { ...body, author: actor.name };
    return { ...overrule, id: await store.by(actor).addOverrule(overrule, wantedVersion(request)) };
  });
  answer(router, 'removeOverrule', async ({ params, actor, request }) => {
    if (!(await store.by(actor).removeOverrule(params.id, wantedVersion(request))))
      throw new HttpError(404, httpFinding('no-overrule'));
  });
};

/** The description of the API, made when it is first asked for. */
let described: Promise<PackedText> | undefined;

/** What tells nothing of the data, and is answered to anyone on this machine. */
export const addOpenRoutes = (router: GuardedRouter): void => {
  answer(router, 'health', () => ({ ok: true as const }));
  answer(router, 'openApi', async ({ response }) => {
    described ??= packText(Promise.resolve(JSON.stringify(openApiDocument())));
    sendText(response, await described);
  });
};

/** Everything else that is answered at once. */
export const addReadRoutes = (router: GuardedRouter, services: Services): void => {
  answer(router, 'workspace', async ({ actor, response }) => {
    const caller = callerOf(response)?.caller;
    const seesPlans = caller === undefined || mayUse(caller, 'plans') !== false;
    const workspace = await describeWorkspace(await services.ports(actor));
    return {
      ...workspace,
      plans: seesPlans ? workspace.plans : [],
      lines: (await services.lines.all()).length,
    };
  });
  answer(router, 'model', async ({ params, response }) => {
    const models = await services.modelFiles.read();
    const model = documentOf(models, params.model);
    tellVersion(response, await modelVersion(params.model, model));
    return model;
  });
  answer(router, 'earlierModels', async ({ params }) => [
    ...(await services.store.earlierModels(params.model)),
  ]);
  answer(router, 'calendar', async ({ query, actor }) =>
    describeCalendar(await services.ports(actor), query),
  );
  answer(router, 'namesSeen', async ({ actor }) => {
    const ports = await services.ports(actor);
    return services.kept(`names/${await writtenSo(ports)}`, () => services.useCases.describeNames(ports));
  });
  answer(router, 'dataReport', async ({ actor, response }) => {
    const ports = await services.ports(actor);
    const report = async (): Promise<string> =>
      jsonWithSentences(await services.useCases.reportData(ports), 'program');
    sendText(response, await services.kept(`data/${await writtenSo(ports)}`, () => packText(report())));
  });
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
  answer(router, 'putModel', async ({ params, body, actor, request, response }) => {
    await refuseMoved(services.store);
    const change = { store: services.store.by(actor), versions: wantedVersions(request) };
    const written = await services.modelFiles.write(params.model, body, change);
    tellVersion(response, await modelVersion(params.model, written));
    return written;
  });
  answer(router, 'putModels', async ({ body, actor, request }) => {
    await refuseMoved(services.store);
    const change = { store: services.store.by(actor), versions: wantedVersions(request) };
    return services.modelFiles.writeAll(body, change);
  });
  addLineRoutes(router, services);
  addRankRoutes(router, services);
  addRosterRoutes(router, services);
  addPlanRoutes(router, services);
  addPlanLifeRoutes(router, services);
  addOverruleRoutes(router, services);
  addDiaryRoutes(router, services);
};
