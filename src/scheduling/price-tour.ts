import type { CoverState } from './cover-state.ts';

/** Price of adding a shift now, with its breaks where they hurt least; leaves their offsets in `trial`. */
export const priceOfPlacing = (state: CoverState, typeIndex: number, start: number): number => {
  const { slots, types } = state.problem;
  const type = types[typeIndex];
  if (type === undefined) return Infinity;
  const { raise } = state;
  let price = type.cost;
  for (let i = 0, t = start; i < type.lengthSlots; i += 1, t = t + 1 === slots ? 0 : t + 1) {
    price += raise[t] ?? 0;
  }
  for (let k = 0; k < type.breaks.length; k += 1) {
    const pause = type.breaks[k];
    if (pause === undefined) continue;
    let bestGain = -Infinity;
    for (let offset = pause.earliest; offset <= pause.latest; offset += 1) {
      let gain = 0;
      for (let i = 0; i < pause.lengthSlots; i += 1) gain += raise[(start + offset + i) % slots] ?? 0;
      if (gain > bestGain) {
        bestGain = gain;
        state.trial[k] = offset;
      }
    }
    price -= bestGain;
  }
  return price;
};

/**
 * Price of taking tour `i` off, without doing it: most moves are refused. Until `putTourDown`, `raise` is as if it were
 * off: where one fewer is on duty, one more is worth what that one was.
 */
export const liftTour = (state: CoverState, i: number): number => {
  const { raise, drop, lifted, problem } = state;
  const { slots } = problem;
  const type = problem.types[state.tourType[i] ?? 0];
  const start = state.tourStart[i] ?? 0;
  const breaks = state.tourBreaks[i] ?? [];
  if (type === undefined) return 0;
  let price = -type.cost;
  for (let j = 0, t = start; j < type.lengthSlots; j += 1, t = t + 1 === slots ? 0 : t + 1) {
    const fewer = drop[t] ?? 0;
    lifted[j] = raise[t] ?? 0;
    raise[t] = -fewer;
    price += fewer;
  }
  for (let k = 0; k < type.breaks.length; k += 1) {
    const offset = breaks[k] ?? 0;
    for (let j = offset; j < offset + (type.breaks[k]?.lengthSlots ?? 0); j += 1) {
      const t = (start + j) % slots;
      raise[t] = lifted[j] ?? 0;
      price -= drop[t] ?? 0;
    }
  }
  return price;
};

/** Takes back what `liftTour` did to `raise`. Last slot first: a shift longer than the cycle passes some twice. */
export const putTourDown = (state: CoverState, i: number): void => {
  const { raise, lifted, problem } = state;
  const length = problem.types[state.tourType[i] ?? 0]?.lengthSlots ?? 0;
  const start = state.tourStart[i] ?? 0;
  for (let j = length - 1; j >= 0; j -= 1) raise[(start + j) % problem.slots] = lifted[j] ?? 0;
};
