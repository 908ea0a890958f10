import type { LinearProgramme } from '../../src/kernel/ports.ts';
import type { CoverProblem } from '../../src/scheduling/cover-problem.ts';
import { createProgrammeBuilder } from './programme-builder.ts';

/**
 * The cover problem with a column for every shift and every placing of its breaks: the plain model, too
 * large but for small instances, against which the implicit one is held.
 */
export const explicitModel = (problem: CoverProblem, integer: boolean): LinearProgramme => {
  const builder = createProgrammeBuilder();
  const terms: [number, number][][] = Array.from({ length: problem.slots }, () => []);
  for (const type of problem.types) {
    for (const start of type.starts) {
      for (const offsets of placings(type.breaks)) {
        const column = builder.column(type.cost, 0, Infinity, integer);
        const onDuty = new Int32Array(problem.slots);
        for (let t = start; t < start + type.lengthSlots; t += 1) {
          onDuty[t % problem.slots] = (onDuty[t % problem.slots] ?? 0) + 1;
        }
        for (const [k, pause] of type.breaks.entries()) {
          for (let i = 0; i < pause.lengthSlots; i += 1) {
            const t = (start + (offsets[k] ?? 0) + i) % problem.slots;
            onDuty[t] = (onDuty[t] ?? 0) - 1;
          }
        }
        for (const [t, operators] of onDuty.entries()) terms[t]?.push([column, operators]);
      }
    }
  }
  for (let t = 0; t < problem.slots; t += 1) {
    const demand = problem.demand[t] ?? 0;
    builder.row(demand, demand, [
      ...(terms[t] ?? []),
      [builder.column(problem.underPrice, 0, problem.mildUnder[t] ?? 0), 1],
      [builder.column(problem.severeUnderPrice, 0, Infinity), 1],
      [builder.column(problem.overPrice, 0, Infinity), -1],
    ]);
  }
  return builder.build();
};

const placings = (breaks: CoverProblem['types'][number]['breaks']): number[][] =>
  breaks.reduce<number[][]>(
    (lists, { earliest, latest }) =>
      lists.flatMap((list) =>
        Array.from({ length: latest - earliest + 1 }, (_, i) => [...list, earliest + i]),
      ),
    [[]],
  );
