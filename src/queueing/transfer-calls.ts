import type { QueueMeasures, TransferRoute } from './tier-state.ts';

/** No call on its way yet; `handleFactor` is the path's, by queue. */
export const newTransferFlow = (
  routes: readonly TransferRoute[],
  queues: number,
  handleFactor: Float64Array,
) => ({
  routes,
  queues,
  /** Calls in the first operator's hands at the interval's start that will be handed on (`rung * routes + way`). */
  waiting: new Float64Array(queues * routes.length),
  waitingNext: new Float64Array(queues * routes.length),
  /** Calls handed on to a queue in the interval (`rung * queues + queue`), and over all queues rung. */
  legs: new Float64Array(queues * queues),
  received: new Float64Array(queues),
  /** Handed on from a queue in the interval. */
  sent: new Float64Array(queues),
  /** Handle time of calls that end with this queue's operator, seconds. */
  ownHandle: new Float64Array(queues).fill(1),
  /** Factor of the path on the seconds of operators, by queue. */
  handleFactor,
  legsBefore: new Float64Array(queues * queues),
  receivedBefore: new Float64Array(queues),
  /** Rounds in which every chain of ways settles: ways never lead back. */
  rounds: routes.some(({ to }) => routes.some(({ from }) => from === to)) ? routes.length : 1,
});

/**
 * Calls handed on, on their way through the horizon. Whose call it is (the queue that was rung) goes along,
 * since that decides who calls again: pair arrays are by queue rung and, within it, by queue or by way on.
 */
export type TransferFlow = Readonly<ReturnType<typeof newTransferFlow>>;

/** Chance that a call handed on to a queue is answered there; it has a line, so none finds all of them taken. */
export const legAnswer = (measures: QueueMeasures, q: number): number => {
  const answer = measures.answer[q] ?? 0;
  const either = answer + (measures.abandon[q] ?? 0);
  return either > 0 ? answer / either : 0;
};

/** Mean wait of a call handed on to a queue, answered or not, seconds. */
const legWait = (measures: QueueMeasures, q: number): number => {
  const admitted = 1 - (measures.block[q] ?? 0);
  return admitted > 0 ? (measures.allWait[q] ?? 0) / admitted : 0;
};

const beforeOf = (flow: TransferFlow, { from, beforeSeconds }: TransferRoute): number =>
  Math.max(
    1e-3,
    beforeSeconds === undefined
      ? (flow.ownHandle[from] ?? 1)
      : beforeSeconds * (flow.handleFactor[from] ?? 1),
  );

/**
 * Mean seconds that a queue's operator spends on a call: those who go on take `beforeSeconds`, and as long as
 * the next queue keeps them waiting where the operator holds.
 */
export const handleWithTransfers = (flow: TransferFlow, measures: QueueMeasures, q: number): number => {
  const seconds = flow.ownHandle[q] ?? 1;
  let handle = seconds;
  for (const route of flow.routes) {
    if (route.from !== q) continue;
    const held = route.holding ? legWait(measures, route.to) : 0;
    handle += route.share * (beforeOf(flow, route) + held - seconds);
  }
  return Math.max(1e-3, handle);
};

/** One round of the interval's ways on, `legsBefore` being what was found for the way before each in a chain. */
const moveRound = (
  flow: TransferFlow,
  offered: Float64Array,
  measures: QueueMeasures,
  intervalSeconds: number,
): void => {
  const { routes, queues, legs, legsBefore, sent, waiting, waitingNext } = flow;
  legsBefore.set(legs);
  legs.fill(0);
  sent.fill(0);
  for (let j = 0; j < routes.length; j += 1) {
    const route = routes[j] as TransferRoute;
    const { from, to, share } = route;
    const x = intervalSeconds / beforeOf(flow, route);
    const release = -Math.expm1(-x);
    const answer = legAnswer(measures, from);
    for (let rung = 0; rung < queues; rung += 1) {
      const own = rung === from ? (offered[from] ?? 0) * (measures.answer[from] ?? 0) : 0;
      const goingOn = share * (own + (legsBefore[rung * queues + from] ?? 0) * answer);
      const at = rung * routes.length + j;
      const held = waiting[at] ?? 0;
      const now = held * release + goingOn * (1 - release / x);
      waitingNext[at] = held + goingOn - now;
      legs[rung * queues + to] = (legs[rung * queues + to] ?? 0) + now;
      sent[from] = (sent[from] ?? 0) + now;
    }
  }
};

/**
 * Works out who is handed on in an interval, given what calls meet: those still in the first operator's hands at
 * its start, and those answered within it, in an exponential time of the mean that the first operator takes; a
 * call that arrives this way may be handed on again. Returns how far the calls received moved, as a share of
 * those who come to the queue.
 */
export const moveTransfers = (
  flow: TransferFlow,
  offered: Float64Array,
  measures: QueueMeasures,
  intervalSeconds: number,
): number => {
  const { queues, legs, received, receivedBefore } = flow;
  receivedBefore.set(received);
  for (let round = 0; round < flow.rounds; round += 1) moveRound(flow, offered, measures, intervalSeconds);
  let moved = 0;
  for (let q = 0; q < queues; q += 1) {
    let calls = 0;
    for (let rung = 0; rung < queues; rung += 1) calls += legs[rung * queues + q] ?? 0;
    received[q] = calls;
    const change = Math.abs(calls - (receivedBefore[q] ?? 0));
    moved = Math.max(moved, change / Math.max(1, calls + (offered[q] ?? 0)));
  }
  return moved;
};

/** Calls of a queue that ended in the interval, wherever they were handed on to. */
interface EndedCalls {
  abandoned: number;
  /** Answered, and not handed on again. */
  helped: number;
}

/** Calls of the queue `rung` that ended in the interval, of so many offered there, written into `out`. */
export const endedCalls = (
  flow: TransferFlow,
  offered: number,
  measures: QueueMeasures,
  rung: number,
  out: EndedCalls,
): void => {
  out.abandoned = offered * (measures.abandon[rung] ?? 0);
  out.helped = offered * (measures.answer[rung] ?? 0) * stays(flow, rung);
  for (let q = 0; q < flow.queues; q += 1) {
    const legs = flow.legs[rung * flow.queues + q] ?? 0;
    const answered = legs * legAnswer(measures, q);
    out.abandoned += legs - answered;
    out.helped += answered * stays(flow, q);
  }
};

/** Share of a queue's answered calls that end with its own operator. */
const stays = (flow: TransferFlow, q: number): number =>
  flow.routes.reduce((rest, { from, share }) => (from === q ? rest - share : rest), 1);
