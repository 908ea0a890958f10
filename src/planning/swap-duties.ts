import type { SwapDocument } from '../contract/documents/roster-document.ts';
import type { SwapRequest } from '../contract/http/roster-requests.ts';
import { BadInputError } from '../kernel/errors.ts';
import {
  dutyOn,
  type Move,
  movedDuties,
  swapDays,
  takeOverDuty,
} from '../rostering/change/standing-roster.ts';
import { evaluateRoster } from '../rostering/evaluate/evaluate-roster.ts';
import {
  findPlaces,
  findRoster,
  openRoster,
  refuseChanged,
  refuseHardBreaks,
  type RosterPorts,
  changeNote,
  saveChanged,
  writeMoves,
  type OpenRoster,
} from './roster/open-roster.ts';
import { rosterProblem } from './roster/roster-findings.ts';
import { kindOfDuty } from './roster/rostered-people.ts';
import { newlyBroken, rosterOf, writeBroken } from './roster/write-roster.ts';

/**
 * Judges at once an exchange of days (`swapDays`): each person takes the next one's, the last the first one's, and no duty
 * is lost. Days off change hands too. With `carryOut` it is carried out, unless a hard rule would break (`refuseHardBreaks`).
 */
export const swapDuties = async (ports: RosterPorts, request: SwapRequest): Promise<SwapDocument> => {
  const open = await openRoster(
    ports,
    await findRoster(ports, { id: request.roster, date: request.duties[0]?.date }),
  );
  const { document, inputs } = open;
  await refuseChanged(ports, document, request.revision);
  const moves = movesOf(open, request.duties);
  const duties = movedDuties(open.standing, moves);
  const before = evaluateRoster(inputs.problem, open.roster);
  const after = evaluateRoster(inputs.problem, rosterOf(inputs, duties));
  const broken = newlyBroken(before.broken, after.broken).map((one) => writeBroken(inputs, one));
  const hard = broken.filter((one) => one.hard);
  if (request.carryOut) {
    refuseHardBreaks(open, broken, request, 'swap-breaks-rules');
    await saveChanged(
      ports,
      open,
      duties,
      { ...changeNote(request), moves: writeMoves(open, moves) },
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
    mended: newlyBroken(after.broken, before.broken).map((one) => writeBroken(inputs, one)),
    taken: request.carryOut,
  };
};

const movesOf = (open: OpenRoster, asked: SwapRequest['duties']): Move[] => {
  const places = findPlaces(open, asked, 'duties');
  const problems = asked.flatMap(({ operator }, at) =>
    asked.findIndex((other) => other.operator === operator) === at
      ? []
      : [rosterProblem(`duties.${at}.operator`, 'swap-with-oneself', operator)],
  );
  if (problems.length > 0) throw new BadInputError(problems);
  const { standing, inputs } = open;
  return swapDays(places).map(({ person, day, from }): Move => {
    const taken = dutyOn(standing, { person: from, day });
    const shift = taken === undefined ? -1 : kindOfDuty(taken, inputs.kinds);
    const before = dutyOn(standing, { person, day });
    return { person, day, before, after: takeOverDuty(standing, { person, day }, shift, taken) };
  });
};
