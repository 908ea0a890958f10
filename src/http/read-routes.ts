import { join } from 'node:path';
import type { Response, Request } from 'express';
import { type Caller, mayUse } from '../contract/access/rights.ts';
import type { Role } from '../contract/access/roles.ts';
import type { StoredDiaryNote } from '../contract/documents/audit-document.ts';
import type { LineEntry } from '../contract/documents/line-overview.ts';
import { overrulesVersion } from '../contract/documents/overrule-schema.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { mayStep, otherPlan, planBefore, planInForce, type PlanStepName } from '../contract/plan-states.ts';
import type { RankDocument } from '../contract/documents/rank-document.ts';
import type { CalendarDocument } from '../contract/models/calendar-model.ts';
import type { RankQuery } from '../contract/http/job-requests.ts';
import { modelVersion } from '../contract/http/model-name.ts';
import { openApiDocument } from '../contract/http/open-api.ts';
import type { PlanSummary, TodayTraffic, WorkspaceDocument } from '../contract/http/workspace-document.ts';
import type { PlanLife } from '../contract/plan-life.ts';
import { embedFonts } from '../engine/embed-fonts.ts';
import { localActor } from '../kernel/actor.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { contentHash } from '../kernel/content-hash.ts';
import { addDays, datesFrom, localClock, type PlainDate, startOfDay } from '../kernel/time.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { inputsChangedSince } from '../planning/history/effective-models.ts';
import { caughtUpTo, clockKey } from '../planning/history/read-history.ts';
import { nextWeek } from '../planning/operation/week-horizon.ts';
import { periodsOffered } from '../planning/league/league-inputs.ts';
import type { Ports } from '../planning/ports.ts';
import { refuseLargeChange } from '../planning/refuse-large-change.ts';
import { shownPlan } from '../planning/shown-plan.ts';
import { filterHotlines, filterOf } from '../render/league.ts';
import { sheetOfSpans } from '../render/switchboard-sheet.ts';
import { jsonWithSentences } from '../words/problems.ts';
import { streamEvents } from './event-stream.ts';
import { callerOf } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { type PackedText, packText, rankingKey, sendText, recordsVersion } from './kept-answers.ts';
import { documentOf } from './model-files.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';
import {
  answer,
  type GuardedRouter,
  refuseMoved,
  sendForPrint,
  sendVersion,
  requestedCount,
  requestedVersion,
} from './typed-route.ts';

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

/** A file as answers are kept: it is packed by itself. */
const asKept = async (file: Promise<Uint8Array>): Promise<PackedText> => ({
  plain: Buffer.from(await file),
  packed: undefined,
});

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
  answer(router, 'template', async ({ params, query: { format, language }, actor, response }) => {
    const ports = await services.ports(actor);
    const make = () => services.useCases.templateFile(ports, params.kind, format, language);
    const file = await services.kept(`template/${params.kind}/${format}/${language}`, () => asKept(make()));
    response.attachment(`huawu-${params.kind}.${format}`).type(mediaTypes[format]).send(file.plain);
  });
  answer(router, 'report', async ({ params, query, actor, response }) => {
    const { store, useCases, kept, publicFolder } = services;
    const { key, id, version, week, createdAt } = await storedPlan(services, params.plan);
    const { format, page, language } = query;
    const isForLeader = page === 'leader';
    const plans = await store.plans();
    const rests = isForLeader
      ? [
          planBefore(plans, id),
          otherPlan(plans, id),
          await inputsChangedSince(await services.ports(actor), { id, week, createdAt }),
        ]
      : [];
    const make = async (): Promise<Uint8Array> => {
      const made = await useCases.reportFile(await services.ports(actor), id, language, query);
      if (made === undefined) throw noPlan(id);
      return format === 'html' ? embedFonts(made, join(publicFolder, 'app')) : made;
    };
    const asked = JSON.stringify([key, version, query, rests]);
    const { plain: file } = await kept(`report/${asked}`, () => asKept(make()));
    if (isForLeader) sendForPrint(response, `huawu-${week}-leader.html`, file, language);
    else response.attachment(`huawu-${week}.${format}`).type(mediaTypes[format]).send(file);
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
    sendVersion(response, overrulesVersion(stored));
    return [...stored];
  });
  answer(router, 'addOverrule', async ({ body: { confirmLargeChange, ...body }, actor, request }) => {
    await refuseLargeChange(store, body, confirmLargeChange === true);
    // Who is signed in is the author, whatever a request says.
    const overrule = actor.kind === 'local' ? body : { ...body, author: actor.name };
    return { ...overrule, id: await store.by(actor).addOverrule(overrule, requestedVersion(request)) };
  });
  answer(router, 'removeOverrule', async ({ params, actor, request }) => {
    if (!(await store.by(actor).removeOverrule(params.id, requestedVersion(request))))
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
    sendVersion(response, await modelVersion(params.model, model));
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
    return services.kept(`names/${await recordsVersion(ports)}`, () =>
      services.useCases.describeNames(ports),
    );
  });
  answer(router, 'dataReport', async ({ actor, response }) => {
    const ports = await services.ports(actor);
    const report = async (): Promise<string> =>
      jsonWithSentences(await services.useCases.reportData(ports), 'program');
    sendText(response, await services.kept(`data/${await recordsVersion(ports)}`, () => packText(report())));
  });
  answer(router, 'todayTraffic', async ({ actor }) => describeToday(await services.ports(actor)));
  answer(router, 'day', async ({ query, actor, response }) => {
    const ports = await services.ports(actor);
    const key = JSON.stringify([query, clockKey(ports, query.asOf), await dayVersion(ports)]);
    const describe = async (): Promise<string> =>
      jsonWithSentences(await services.useCases.describeDay(ports, query), 'program');
    const who = callerOf(response)?.who?.member.id ?? '';
    sendText(response, await services.kept(`day/${key}`, () => inTurn(who, () => packText(describe()))));
  });
  answer(router, 'dayEvents', ({ response }) => {
    streamEvents(services, response, (send) => watchDay(services, (version) => send('changed', version)));
  });
  answer(router, 'openingHours', async ({ actor }) => {
    const ports = await services.ports(actor);
    const rests = JSON.stringify([ports.models.hotline, ports.models.calendar, await ports.store.dataHash()]);
    return services.kept(`hours/${rests}`, () => services.useCases.describeHours(ports));
  });
  answer(router, 'changeEvent', async ({ body: { before, after }, actor }) => {
    const store = services.store.by(actor);
    if (!(await store.changeEvent(before, after))) throw new HttpError(409, httpFinding('event-changed'));
    return [...(await store.read('events'))];
  });
  answer(router, 'putModel', async ({ params, body, actor, request, response }) => {
    await refuseMoved(services.store);
    const change = { store: services.store.by(actor), versions: requestedVersions(request) };
    const written = await services.modelFiles.write(params.model, body, change);
    sendVersion(response, await modelVersion(params.model, written));
    return written;
  });
  answer(router, 'putModels', async ({ body, actor, request }) => {
    await refuseMoved(services.store);
    const change = { store: services.store.by(actor), versions: requestedVersions(request) };
    return services.modelFiles.writeAll(body, change);
  });
  addLineRoutes(router, services);
  addRankRoutes(router, services);
  addPlanRoutes(router, services);
  addPlanLifeRoutes(router, services);
  addOverruleRoutes(router, services);
  addDiaryRoutes(router, services);
};

/** Last day that each account waits for. */
const asked = new Map<string, Promise<unknown>>();

/** Works an account's days out one after the other: each takes a thread for seconds. */
const inTurn = async <Answer>(who: string, work: () => Promise<Answer>): Promise<Answer> => {
  const before = asked.get(who);
  const answer = before === undefined ? work() : before.then(work, work);
  asked.set(who, answer);
  try {
    return await answer;
  } finally {
    if (asked.get(who) === answer) asked.delete(who);
  }
};

/** A name for all that a day's answer rests on: records, whether more are being read, models, plans and rosters. */
const dayVersion = async (ports: Ports): Promise<string> => {
  const plans = (await ports.store.plans()).map(({ id, version }) => `${id}/${version}`);
  const isRead = (await caughtUpTo(ports)) === undefined;
  return [await recordsVersion(ports), isRead, ...plans].join(' ');
};

/** Those who watch a hotline's day: its version is read once for all of them. */
interface DayWatch {
  readonly heard: Set<(version: string) => void>;
  readonly timer: NodeJS.Timeout;
  version?: string;
}

const dayWatches = new WeakMap<Services, DayWatch>();
const lookMillis = 1000;
/** Without a new row a day is looked at again so often: an interval may have ended, or a silence be longer than luck has them. */
const dayTurnMillis = 60_000;

/** Says at once which version of the day there is, and again whenever it changes. Answers how to stop. */
const watchDay = (services: Services, hear: (version: string) => void): (() => void) => {
  const known = dayWatches.get(services);
  if (known !== undefined) {
    known.heard.add(hear);
    if (known.version !== undefined) hear(known.version);
    return () => leaveDay(services, hear);
  }
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      const ports = await services.ports(localActor);
      const version = await contentHash(
        [await dayVersion(ports), Math.floor(services.now() / dayTurnMillis)].join(' '),
      );
      const watch = dayWatches.get(services);
      if (watch === undefined || watch.version === version) return;
      watch.version = version;
      for (const each of watch.heard) each(version);
    } catch {
      // A database that does not answer now is asked again.
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), lookMillis);
  dayWatches.set(services, { heard: new Set([hear]), timer });
  void look();
  return () => leaveDay(services, hear);
};

const leaveDay = (services: Services, hear: (version: string) => void): void => {
  const watch = dayWatches.get(services);
  watch?.heard.delete(hear);
  if (watch?.heard.size !== 0) return;
  clearInterval(watch.timer);
  dayWatches.delete(services);
};

/** What the hotline's own today has of calls, by queue; queues without any are left out. */
const describeToday = async ({ store, models, nowMillis }: Ports): Promise<TodayTraffic> => {
  const { zone } = models.hotline;
  const { date } = localClock(zone)(nowMillis);
  const span = { fromMillis: startOfDay(date, zone), toMillis: startOfDay(addDays(date, 1), zone) };
  const known = (values: Float64Array): number | null => {
    const told = values.filter((value) => !Number.isNaN(value));
    return told.length === 0 ? null : sumOf(told);
  };
  const queues: TodayTraffic['queues'] = [];
  for (const { queue, lastMillis } of await store.trafficSummary()) {
    if (lastMillis < span.fromMillis) continue;
    const { startMillis, intervalMinutes, offered, answered, abandoned, blocked } = await store.traffic(
      queue,
      span,
    );
    const last = startMillis.at(-1);
    if (last === undefined) continue;
    const lost = abandoned.map((calls, i) => calls + (blocked[i] || 0));
    queues.push({
      queue,
      offered: sumOf(offered),
      answered: known(answered),
      abandoned: known(abandoned),
      lost: known(lost),
      until: new Date(Math.min(nowMillis, last + intervalMinutes * 60_000)).toISOString(),
      intervals: [...startMillis].map((start, i) => ({
        start: new Date(start).toISOString(),
        offered: valueAt(offered, i),
        answered: known(answered.subarray(i, i + 1)),
        lost: known(lost.subarray(i, i + 1)),
      })),
    });
  }
  const present = new Map<string, TodayTraffic['present'][number]>();
  const presence = await store.read('presence', span);
  for (const { tier, startMillis, intervalMinutes, operators } of presence.toSorted(
    (a, b) => a.startMillis - b.startMillis,
  )) {
    const until = new Date(Math.min(nowMillis, startMillis + intervalMinutes * 60_000)).toISOString();
    present.set(tier, { tier, operators, until });
  }
  return { date, queues, present: [...present.values()] };
};

/** What kind of day each of `days` dates from `from` on is for this hotline, and every event that it knows. */
const describeCalendar = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { from, days }: { readonly from: PlainDate; readonly days: number },
): Promise<CalendarDocument> => {
  const overrides = models.calendar;
  const calendar = await loadCalendar({ country: models.hotline.country, overrides });
  const overridden = new Set(overrides.map(({ date }) => date));
  return {
    days: datesFrom(from, days).map((date) => {
      const { kind, name, working, half = false, presumed } = calendar.dayKind(date);
      return { date, kind, name, working, half, presumed, own: overridden.has(date) };
    }),
    coveredUntil: calendar.coveredUntil,
    events: [...(await store.read('events'))],
  };
};

const hotlineOf = ({ hotline, tiers }: Ports['models']): WorkspaceDocument['hotline'] => ({
  name: hotline.name,
  zone: hotline.zone,
  country: hotline.country,
  intervalMinutes: hotline.intervalMinutes,
  answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
  queues: hotline.queues.map(({ queue, name }) => ({ queue, name })),
  tiers: tiers.tiers.map(({ tier, name }) => ({ tier, name })),
});

const describeWorkspace = async ({ store, models }: Ports): Promise<Omit<WorkspaceDocument, 'lines'>> => {
  const clock = localClock(models.hotline.zone);
  const [movedTo, maintenance, summary, plans, results, spans, hotlines] = await Promise.all([
    store.movedTo(),
    store.maintenance(),
    store.trafficSummary(),
    store.plans(),
    store.monitoring.results(),
    store.monitoring.testCallSpans(),
    store.read('hotlines'),
  ]);
  const traffic = summary.map((queue) => ({
    queue: queue.queue,
    firstDate: clock(queue.firstMillis).date,
    lastDate: clock(queue.lastMillis).date,
    intervalMinutes: queue.intervalMinutes,
    rows: queue.rows,
  }));
  const firstDate = traffic.map((queue) => queue.firstDate).sort()[0] ?? null;
  const lastDate =
    traffic
      .map((queue) => queue.lastDate)
      .sort()
      .at(-1) ?? null;
  return {
    hotline: hotlineOf(models),
    madeUp: models.hotline.madeUp,
    movedTo: movedTo ?? null,
    maintenance,
    traffic,
    firstDate,
    lastDate,
    nextWeek: summary.length === 0 ? null : nextWeek(summary, models.hotline.zone),
    plans: [...plans],
    monitoring: {
      hotlines: new Set(hotlines.map(({ hotline }) => hotline)).size,
      periods: [...periodsOffered({ results, spans }, models.hotline.zone)],
    },
  };
};

/** Throws where a note moves forecasts, before or after, and anyone who changes it may not change events. */
const refuseEvent = (response: Response, ...notes: readonly { readonly event: boolean }[]): void => {
  const caller = callerOf(response)?.caller;
  if (notes.some(({ event }) => event) && (caller === undefined || mayUse(caller, 'changeEvent') === false))
    throw new HttpError(403, httpFinding('no-right'));
};

/** What people noted of days, and which of it forecasts use. */
const addDiaryRoutes = (router: GuardedRouter, { store }: Services): void => {
  const noted = async (id: number): Promise<StoredDiaryNote> => {
    const note = (await store.diary()).find((one) => one.id === id);
    if (note === undefined) throw new HttpError(404, httpFinding('no-note'));
    return note;
  };
  const told = async (response: Response, id: number): Promise<StoredDiaryNote> => {
    const note = await noted(id);
    sendVersion(response, note.version);
    return note;
  };
  answer(router, 'diary', async () => [...(await store.diary())]);
  answer(router, 'addDiaryNote', async ({ body, actor, response }) => {
    refuseEvent(response, body);
    return told(response, await store.by(actor).addDiaryNote(body));
  });
  answer(router, 'changeDiaryNote', async ({ params, body, actor, request, response }) => {
    refuseEvent(response, body, await noted(params.note));
    await store.by(actor).changeDiaryNote(params.note, body, requestedCount(request));
    return told(response, params.note);
  });
  answer(router, 'removeDiaryNote', async ({ params, actor, request, response }) => {
    refuseEvent(response, await noted(params.note));
    await store.by(actor).changeDiaryNote(params.note, null, requestedCount(request));
  });
};

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
const addPlanLifeRoutes = (router: GuardedRouter, services: Services): void => {
  const { store } = services;
  const told = (response: Response, id: string, life: PlanLife | undefined): PlanLife => {
    if (life === undefined) throw noPlan(id);
    sendVersion(response, life.version);
    return life;
  };
  answer(router, 'audit', async ({ query: { below, limit }, actor }) => ({
    document: 'audit' as const,
    entries: [...(await store.audit({ limit, ...(below === undefined ? {} : { below }) }))],
    chain: await services.useCases.auditChain(await services.ports(actor)),
  }));
  answer(router, 'planLife', async ({ params, actor, response }) => {
    const plan = await storedPlan(services, params.plan);
    const life = told(response, plan.id, await store.planLife(plan.id));
    return { ...life, changedSince: await inputsChangedSince(await services.ports(actor), plan) };
  });
  answer(router, 'namePlan', async ({ params, body, actor, request, response }) => {
    const { id } = await storedPlan(services, params.plan);
    return told(response, id, await store.by(actor).namePlan(id, body.name, requestedCount(request)));
  });
  answer(router, 'stepPlan', async ({ params, body, actor, request, response }) => {
    refuseStep(response, body.step);
    const { id } = await storedPlan(services, params.plan);
    return told(response, id, await store.by(actor).stepPlan(id, body, requestedCount(request)));
  });
  answer(router, 'notePlan', async ({ params, body, actor, request, response }) => {
    const { id } = await storedPlan(services, params.plan);
    return told(response, id, await store.by(actor).notePlan(id, body.text, requestedCount(request)));
  });
  answer(router, 'removePlan', async ({ params, actor, request }) => {
    const { id } = await storedPlan(services, params.plan);
    if (!(await store.by(actor).removePlan(id, requestedCount(request)))) throw noPlan(id);
  });
};

const noPlan = (id: string): HttpError =>
  new HttpError(404, httpFinding('no-plan', { id: id === 'latest' ? null : id }));

/** Which plan a path means, with a name for it as it is stored now. */
const storedPlan = async (
  services: Services,
  id: string,
): Promise<PlanSummary & { readonly key: string }> => {
  const plans = await services.store.plans();
  const found = id === 'latest' ? planInForce(plans) : plans.find((plan) => plan.id === id);
  if (found === undefined) throw noPlan(id);
  return { ...found, key: `${found.id}/${found.createdAt}` };
};

/**
 * What the caller is on each line; undefined: nobody signs in, and every line is theirs. A program is told of the line
 * for which its token is, one of a bureau's of every line.
 */
const rolesOf = async (
  { door }: Services,
  response: Response,
): Promise<ReadonlyMap<string, Role> | undefined> => {
  const who = callerOf(response)?.who;
  if (door === undefined || who === undefined) return undefined;
  const roles = await door.rolesOf(who.member.user);
  return who.by === 'session' || who.member.role === 'bureau'
    ? roles
    : new Map([...roles].filter(([hotline]) => hotline === door.hotline));
};

/** The lines of the server that somebody has a role on, and their figures where that role may look at plans. */
const addLineRoutes = (router: GuardedRouter, services: Services): void => {
  const { lines, store } = services;
  answer(router, 'lines', async ({ query, response }) => {
    const roles = await rolesOf(services, response);
    const caller = callerOf(response)?.caller ?? { by: 'session', role: null };
    const maySee = (role: Role | null): boolean =>
      mayUse({ ...caller, role } satisfies Caller, 'plans') === 'all';
    const kept = query.figures === 'true' ? await store.overviews() : new Map<string, never>();
    return {
      document: 'lines' as const,
      lines: (await lines.all()).flatMap(({ line, name }): LineEntry[] => {
        const role = roles?.get(line) ?? null;
        if (roles !== undefined && role === null) return [];
        const overview = maySee(role) ? (kept.get(line) ?? null) : null;
        return [{ line, home: line === lines.home, name, role, overview }];
      }),
    };
  });
};

/** League tables, and one hotline through them. */
const addRankRoutes = (router: GuardedRouter, services: Services): void => {
  const { useCases, kept } = services;
  answer(router, 'rank', async ({ query, actor, response }) => {
    const ports = await services.ports(actor);
    const rank = async (): Promise<string> =>
      jsonWithSentences(narrowed(await useCases.rankHotlines(ports, query), query), 'program');
    sendText(response, await kept(await rankingKey(ports, query), () => packText(rank())));
  });
  answer(router, 'hotline', async ({ query, actor, response }) => {
    const ports = await services.ports(actor);
    const follow = async (): Promise<string> =>
      jsonWithSentences(await useCases.hotlineThroughPeriods(ports, query), 'program');
    sendText(response, await kept(await rankingKey(ports, query), () => packText(follow())));
  });
};

/** Those that pass the filters, with their places among all. */
const narrowed = (league: RankDocument, query: RankQuery): RankDocument => {
  const hotlines = filterHotlines(league.hotlines, filterOf({ ...query, move: query.moved }));
  return { ...league, hotlines };
};

/** The versions of several things that a change was decided on. */
const requestedVersions = (request: Request): readonly string[] =>
  (requestedVersion(request) ?? '')
    .split(',')
    .map((version) => version.trim())
    .filter((version) => version !== '');
