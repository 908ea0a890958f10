import { join } from 'node:path';
import type { Request, Response } from 'express';
import type { TakenAction } from '../contract/documents/day-document.ts';
import type { RosterChange, RosterDocument, SwapDocument } from '../contract/documents/roster-document.ts';
import type { TakeActionsRequest } from '../contract/http/job-requests.ts';
import type { SwapRequest } from '../contract/http/roster-requests.ts';
import { embedFonts } from '../engine/embed-fonts.ts';
import type { Actor } from '../kernel/actor.ts';
import { valueAt } from '../kernel/value-at.ts';
import { publishRoster } from '../planning/change-roster.ts';
import { againstPlans, namePeople } from '../planning/show-roster.ts';
import { callerOf } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';
import {
  answer,
  type GuardedRouter,
  refuseMoved,
  sendForPrint,
  sendVersion,
  requestedCount,
  withAuthor,
} from './typed-route.ts';

/** What a messenger's file is called. */
const endings: Readonly<Record<string, string>> = { wecom: 'wecom.json', feishu: 'feishu.json' };

/** A change with the revision that its header says it was decided on (`If-Match`), else the one in its body. */
const decidedOn = <Body extends { readonly revision?: number | undefined }>(
  request: Request,
  body: Body,
): Body => {
  const revision = requestedCount(request);
  return revision === undefined ? body : { ...body, revision };
};

/** The operator to whom an answer is cut down; undefined: it is reported in full. An operator without an entry has none. */
const ownOperator = (response: Response): string | null | undefined =>
  response.locals['ownOnly'] === true ? (callerOf(response)?.who?.member.operator ?? null) : undefined;

/** Rosters as they are, as files, and what changes them at once, actions of a day among it; making and repairing them are jobs. */
export const addRosterRoutes = (
  router: GuardedRouter,
  { store, ports, useCases, publicFolder }: Services,
): void => {
  const rosterOf = async (id: string): Promise<RosterDocument> => {
    const wanted = id === 'latest' ? (await store.rosters())[0]?.id : id;
    const found = wanted === undefined ? undefined : await store.roster(wanted);
    if (found === undefined) throw new HttpError(404, httpFinding('no-roster', { id: wanted ?? null }));
    return found;
  };
  /** What of a roster may be reported: to an operator, of a published one, what is their own. */
  const toldOf = async (response: Response, id: string): Promise<RosterDocument> => {
    const operator = ownOperator(response);
    if (operator === undefined) return namePeople({ store }, await rosterOf(id));
    const wanted = id === 'latest' ? (await published())[0]?.id : id;
    const roster = await rosterOf(wanted ?? 'latest');
    if (roster.publishedAt === null)
      throw new HttpError(404, httpFinding('no-roster', { id: wanted ?? null }));
    return ownRoster(await namePeople({ store }, roster), operator);
  };
  const published = async () => (await store.rosters()).filter(({ publishedAt }) => publishedAt !== null);
  const changesOf = async (response: Response, id: string): Promise<readonly RosterChange[]> => {
    const own = ownOperator(response);
    const changes = await store.rosterChanges(id);
    return own === undefined ? changes : ownChanges(changes, own);
  };
  /** What an exchange of one's own day with one other person's would do, on a published roster: nothing is carried out. */
  const ownSwap = async (
    response: Response,
    actor: Actor,
    operatorAsking: string | null,
    body: SwapRequest,
  ): Promise<SwapDocument> => {
    const { duties } = body;
    if (body.carryOut || duties.length > 2 || !duties.some(({ operator }) => operator === operatorAsking))
      throw new HttpError(403, httpFinding('not-your-own'));
    const date = duties[0]?.date ?? '';
    const covering = (await published()).find(({ from, to }) => from <= date && date <= to);
    const { id } = await toldOf(response, body.roster ?? covering?.id ?? 'latest');
    // Nothing is decided, so nothing that has changed meanwhile need be reported.
    const { revision: _revision, ...asked } = body;
    const judged = await useCases.swapDuties(await ports(actor), { ...asked, roster: id }, actor);
    const isOwn = ({ operators }: { readonly operators: readonly string[] }): boolean =>
      operators.every((each) => each === operatorAsking);
    return { ...judged, broken: judged.broken.filter(isOwn), mended: judged.mended.filter(isOwn) };
  };
  answer(router, 'rosters', async ({ response }) => [
    ...(await (ownOperator(response) === undefined ? store.rosters() : published())),
  ]);
  answer(router, 'roster', async ({ params, actor, response }) => {
    const roster = await toldOf(response, params.roster);
    sendVersion(response, roster.revision);
    return ownOperator(response) === undefined ? againstPlans(await ports(actor), roster) : roster;
  });
  answer(router, 'rosterBasis', async ({ params, actor }) =>
    useCases.showRosterBasis(await ports(actor), (await rosterOf(params.roster)).id),
  );
  answer(router, 'rosterChanges', async ({ params, response }) => [
    ...(await changesOf(response, (await toldOf(response, params.roster)).id)),
  ]);
  answer(router, 'rosterFile', async ({ params, query, actor, response }) => {
    const roster = await toldOf(response, params.roster);
    const changes = await changesOf(response, roster.id);
    const { format, language } = query;
    const file = await useCases.rosterFile(await ports(actor), roster, format, language, changes);
    const draft = roster.publishedAt === null ? '-draft' : '';
    const name = `huawu-roster${draft}-${roster.from}.${endings[format] ?? format}`;
    if (format === 'html')
      sendForPrint(response, name, await embedFonts(file, join(publicFolder, 'app')), language);
    else response.attachment(name).send(Buffer.from(file));
  });
  answer(router, 'swapDuties', async ({ body, actor, request, response }) => {
    const own = ownOperator(response);
    if (own !== undefined) return ownSwap(response, actor, own, body);
    if (body.carryOut) await refuseMoved(store);
    return useCases.swapDuties(await ports(actor), withAuthor(actor, decidedOn(request, body)), actor);
  });
  answer(router, 'changeRoster', async ({ body, actor, request }) => {
    await refuseMoved(store);
    return useCases.changeRoster(await ports(actor), withAuthor(actor, decidedOn(request, body)), actor);
  });
  const takeActions = async (
    { actor, request }: { readonly actor: Actor; readonly request: Request },
    body: TakeActionsRequest,
  ): Promise<TakenAction[]> => {
    await refuseMoved(store);
    return useCases.takeDayActions(await ports(actor), withAuthor(actor, decidedOn(request, body)), actor);
  };
  answer(router, 'takeDayAction', async ({ body: { action, ...body }, ...asked }) =>
    valueAt(await takeActions(asked, { ...body, actions: [action] }), 0),
  );
  answer(router, 'takeDayActions', async ({ body, ...asked }) => takeActions(asked, body));
  answer(router, 'stepDayAction', async ({ params, body, actor, request }) => {
    await refuseMoved(store);
    const step = withAuthor(actor, decidedOn(request, body));
    const stepped = await useCases.stepDayAction(await ports(actor), params.action, step, actor);
    if (stepped === undefined) throw new HttpError(404, httpFinding('no-day-action'));
    return stepped;
  });
  answer(router, 'publishRoster', async ({ body, actor, request }) => {
    await refuseMoved(store);
    return publishRoster(await ports(actor), withAuthor(actor, decidedOn(request, body)));
  });
};

/** A roster cut down to what is one operator's own; how many are on duty each day stays, who they are does not. */
const ownRoster = (roster: RosterDocument, operator: string | null): RosterDocument => {
  const ofOperator = <Row extends { readonly operator: string }>(rows: readonly Row[]): Row[] =>
    rows.filter((row) => row.operator === operator);
  const names = (operators: readonly string[]): string[] => operators.filter((each) => each === operator);
  return {
    ...roster,
    people: ofOperator(roster.people),
    duties: ofOperator(roster.duties),
    ...(roster.absences === undefined ? {} : { absences: ofOperator(roster.absences) }),
    ...(roster.leaveAsked === undefined ? {} : { leaveAsked: ofOperator(roster.leaveAsked) }),
    cycle:
      roster.cycle === null
        ? null
        : {
            ...roster.cycle,
            teams: roster.cycle.teams
              .map((team) => ({ ...team, operators: names(team.operators) }))
              .filter(({ operators }) => operators.length > 0),
            mobile: names(roster.cycle.mobile),
          },
    // A rule that several people break says their names.
    broken: roster.broken.filter(({ operators }) => operators.length === 1 && operators[0] === operator),
    uncovered: [],
    notices: [],
  };
};

/** Changes that moved one operator, with no move of anybody else. */
const ownChanges = (changes: readonly RosterChange[], operator: string | null): RosterChange[] =>
  changes.flatMap(({ at, roster, moves }) => {
    const own = moves.filter((move) => move.operator === operator);
    return own.length === 0 ? [] : [{ at, roster, why: '', moves: own }];
  });
