import type { SwapDocument } from '../contract/documents/roster-document.ts';
import type { SwapRequest } from '../contract/http/roster-requests.ts';
import { BadInputError, NoAnswerError } from '../kernel/errors.ts';
import { evaluateRoster } from '../rostering/evaluate/evaluate-roster.ts';
import type { Ports } from './ports.ts';
import {
  findRoster,
  openRoster,
  refuseChanged,
  saveChanged,
  writeMoves,
  type OpenRoster,
} from './roster/open-roster.ts';
import { movedDuties, type Move } from './roster/roster-desk.ts';
import { rosterFinding, rosterProblem } from './roster/roster-findings.ts';
import { newlyBroken, rosterOf, writeBroken } from './roster/write-roster.ts';

/**
 * Judges at once an exchange of duties: each person gives up their own and takes the next one's, the last the first
 * one's. Days off change hands too. With `carryOut` it is carried out, unless a hard rule would break (`NoAnswerError`).
 */
export const swapDuties = async (ports: Ports, request: SwapRequest): Promise<SwapDocument> => {
  const open = await openRoster(
    ports,
    await findRoster(ports, { id: request.roster, date: request.duties[0]?.date }),
  );
  const { document, world } = open;
  await refuseChanged(ports, document, request.revision);
  const moves = movesOf(open, request.duties);
  const names = world.problem.people.map(({ person }) => person);
  const dates = world.days.map(({ date }) => date);
  const duties = movedDuties(document.duties, moves, names, dates);
  const before = evaluateRoster(world.problem, open.roster);
  const after = evaluateRoster(world.problem, rosterOf(world, duties));
  const broken = newlyBroken(before.broken, after.broken).map((one) => writeBroken(world, one));
  const hard = broken.filter((one) => one.hard);
  if (request.carryOut) {
    if (hard.length > 0)
      throw new NoAnswerError([rosterFinding('swap-breaks-rules', { rules: hard.map(({ said }) => said) })]);
    await saveChanged(
      ports,
      open,
      duties,
      { why: request.why ?? '', moves: writeMoves(open, moves) },
      document.seed,
    );
  }
  return {
    document: 'swap',
    version: 1,
    roster: document.id,
    moves: writeMoves(open, moves),
    allowed: hard.length === 0,
    cost: Math.round((after.cost - before.cost) * 1000) / 1000,
    broken,
    mended: newlyBroken(after.broken, before.broken).map((one) => writeBroken(world, one)),
    taken: request.carryOut,
  };
};

const movesOf = ({ document, world }: OpenRoster, places: SwapRequest['duties']): Move[] => {
  const span = { from: document.from, to: document.to };
  const personOf = (operator: string): number =>
    world.problem.people.findIndex(({ person }) => person === operator);
  const dayOf = (date: string): number => world.days.findIndex((day) => day.date === date);
  const problems = places.flatMap(({ operator, date }, at) => {
    if (personOf(operator) < 0)
      return [rosterProblem(`duties.${at}.operator`, 'operator-not-known', operator)];
    if (dayOf(date) < 0) return [rosterProblem(`duties.${at}.date`, 'date-outside-roster', date, span)];
    const isTwice = places.findIndex((other) => other.operator === operator) !== at;
    return isTwice ? [rosterProblem(`duties.${at}.operator`, 'swap-with-oneself', operator)] : [];
  });
  if (problems.length > 0) throw new BadInputError(problems);
  const dutyOn = (operator: string, date: string) =>
    document.duties.find((duty) => duty.operator === operator && duty.date === date);
  const moves = places.flatMap(({ operator, date }, at): Move[] => {
    const next = places[(at + 1) % places.length] ?? places[0];
    if (next === undefined) return [];
    const person = personOf(operator);
    const taken: Move = {
      person,
      day: dayOf(next.date),
      before: dutyOn(operator, next.date),
      after: dutyOn(next.operator, next.date),
    };
    if (next.date === date) return [taken];
    return [taken, { person, day: dayOf(date), before: dutyOn(operator, date), after: undefined }];
  });
  return moves;
};
