/** A first desk of one operator and a next desk of one, callers with patience at both, few lines. */
export interface TransferChain {
  readonly callsPerSecond: number;
  readonly lines: number;
  readonly share: number;
  readonly holding: boolean;
  readonly firstSeconds: number;
  readonly beforeSeconds: number;
  readonly firstPatience: number;
  readonly nextSeconds: number;
  readonly nextPatience: number;
}

/** Waiting at the first desk; its operator idle, on a call that stays or goes on, or holding; the next desk. */
type State = readonly [waiting: number, first: 'idle' | 'stays' | 'goes' | 'holds', next: number];
type Move = readonly [rate: number, to: State];

const callsIn = ([waiting, first, next]: State): number =>
  waiting + next + (first === 'stays' || first === 'goes' ? 1 : 0);

/** The first operator takes the next waiting call, of either kind. */
const takeNext = (own: TransferChain, rate: number, waiting: number, next: number): Move[] =>
  waiting === 0
    ? [[rate, [0, 'idle', next]]]
    : [
        [rate * (1 - own.share), [waiting - 1, 'stays', next]],
        [rate * own.share, [waiting - 1, 'goes', next]],
      ];

/** A call leaves the next desk: an operator who holds can let go where none waits there any more. */
const nextLeaves = (own: TransferChain, rate: number, [waiting, first, next]: State): Move[] =>
  first === 'holds' ? takeNext(own, rate, waiting, next - 1) : [[rate, [waiting, first, next - 1]]];

const movesFrom = (own: TransferChain, state: State): Move[] => {
  const [waiting, first, next] = state;
  const moves: Move[] = [];
  if (callsIn(state) < own.lines)
    moves.push(
      ...(first === 'idle'
        ? takeNext(own, own.callsPerSecond, 1, next)
        : [[own.callsPerSecond, [waiting + 1, first, next]] as const]),
    );
  if (waiting > 0) moves.push([waiting / own.firstPatience, [waiting - 1, first, next]]);
  if (first === 'stays') moves.push(...takeNext(own, 1 / own.firstSeconds, waiting, next));
  if (first === 'goes') {
    const rate = 1 / own.beforeSeconds;
    if (own.holding && next > 0) moves.push([rate, [waiting, 'holds', next + 1]]);
    else moves.push(...takeNext(own, rate, waiting, next + 1));
  }
  if (next > 0) moves.push(...nextLeaves(own, 1 / own.nextSeconds, state));
  if (next > 1) moves.push(...nextLeaves(own, (next - 1) / own.nextPatience, state));
  return moves;
};

/** Chance of each state in the long run, by relaxation to 1e-14. */
const longRun = (own: TransferChain): ReadonlyMap<string, { readonly state: State; readonly p: number }> => {
  const states = new Map<string, State>();
  const open: State[] = [[0, 'idle', 0]];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (states.has(state.join())) continue;
    states.set(state.join(), state);
    for (const [, to] of movesFrom(own, state)) open.push(to);
  }
  const moves = [...states.values()].map((state) => movesFrom(own, state));
  const at = new Map([...states.keys()].map((key, i) => [key, i]));
  const fastest = Math.max(...moves.map((own) => own.reduce((sum, [rate]) => sum + rate, 0))) * 1.01;
  let p = new Float64Array(states.size).fill(1 / states.size);
  for (let round = 0; round < 40_000; round += 1) {
    const after = p.slice();
    moves.forEach((own, i) => {
      for (const [rate, to] of own) {
        const flow = ((p[i] ?? 0) * rate) / fastest;
        const j = at.get(to.join()) ?? 0;
        after[i] = (after[i] ?? 0) - flow;
        after[j] = (after[j] ?? 0) + flow;
      }
    });
    const change = after.reduce((most, value, i) => Math.max(most, Math.abs(value - (p[i] ?? 0))), 0);
    p = after;
    if (change < 1e-15) break;
  }
  return new Map([...states].map(([key, state], i) => [key, { state, p: p[i] ?? 0 }]));
};

/** Exact measures of the chain, state by state: nothing of the product's formulas or its simulator is used. */
export const transferChain = (own: TransferChain) => {
  const found = [...longRun(own).values()];
  const mean = (of: (state: State) => number): number =>
    found.reduce((sum, { state, p }) => sum + p * of(state), 0);
  const handedOn = mean(([, first]) => (first === 'goes' ? 1 / own.beforeSeconds : 0));
  const waitingNext = mean(([, , next]) => Math.max(0, next - 1));
  return {
    blocked: mean((state) => (callsIn(state) >= own.lines ? 1 : 0)),
    abandonedFirst: mean(([waiting]) => waiting) / own.firstPatience / own.callsPerSecond,
    firstBusy: mean(([, first]) => (first === 'idle' ? 0 : 1)),
    nextBusy: mean(([, , next]) => (next > 0 ? 1 : 0)),
    handedOnPerSecond: handedOn,
    abandonedNext: waitingNext / own.nextPatience / handedOn,
    waitNext: waitingNext / handedOn,
  };
};
