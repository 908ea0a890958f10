import highsPackage, { type Highs } from 'highs';
import { workDone } from '../kernel/work.ts';
import type { LinearProgramme, SolverAnswer, SolverLimits } from '../kernel/ports.ts';

export interface SolverRequest {
  readonly programme: LinearProgramme;
  readonly limits: SolverLimits;
}

// The package's types describe its CommonJS face; what an import gets is the loader itself.
const loadHighs = highsPackage as unknown as typeof highsPackage.default;
const loading = loadHighs();

const noAnswer = (status: 'infeasible' | 'none'): SolverAnswer => ({
  status,
  x: new Float64Array(0),
  objective: Number.NaN,
  bound: status === 'infeasible' ? Infinity : -Infinity,
});

const optionsFor = (limits: SolverLimits, isMixed: boolean) => ({
  output_flag: false,
  random_seed: 0,
  mip_rel_gap: limits.gap,
  ...(limits.seconds === undefined ? {} : { time_limit: limits.seconds }),
  ...(limits.nodes === undefined ? {} : { mip_max_nodes: limits.nodes }),
  ...(!isMixed && limits.interior === true ? { solver: 'ipm', run_crossover: 'off' } : {}),
});

const iterationCounts = ['simplex_iteration_count', 'ipm_iteration_count'] as const;

const solve = (highs: Highs, programme: LinearProgramme, limits: SolverLimits): SolverAnswer => {
  const isMixed = programme.integer.includes(1);
  const model = highs.createModel({
    numCols: programme.columns,
    numRows: programme.rows,
    colCost: programme.cost,
    colLower: programme.lower,
    colUpper: programme.upper,
    rowLower: programme.rowLower,
    rowUpper: programme.rowUpper,
    matrix: {
      format: 'csc',
      numRows: programme.rows,
      numCols: programme.columns,
      starts: programme.starts,
      indices: programme.indices,
      values: programme.values,
    },
    ...(isMixed ? { integrality: Int32Array.from(programme.integer) } : {}),
  });
  try {
    model.options.set(optionsFor(limits, isMixed));
    if (isMixed && limits.start !== undefined) model.setSolution({ colValue: limits.start });
    model.run();
    workDone.programmesSolved += 1;
    for (const name of iterationCounts)
      workDone.solverIterations += Math.max(0, Number(model.info.get(name)));
    return readAnswer(highs, model, isMixed);
  } finally {
    model.dispose();
  }
};

const readAnswer = (
  highs: Highs,
  model: ReturnType<Highs['createModel']>,
  isMixed: boolean,
): SolverAnswer => {
  const status = model.getModelStatus();
  const codes = highs.constants.modelStatus;
  if (status === codes.infeasible) return noAnswer('infeasible');
  const isFeasible = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  const objective = model.getObjectiveValue();
  const mipBound = isMixed ? Number(model.info.get('mip_dual_bound')) : objective;
  const bound = Number.isFinite(mipBound) ? mipBound : -Infinity;
  if (status === codes.optimal) {
    const { colValue, rowDual } = model.getSolution();
    const rowDuals = isMixed ? {} : { rowDuals: Float64Array.from(rowDual) };
    return { status: 'optimal', x: Float64Array.from(colValue), objective, bound, ...rowDuals };
  }
  if (!isFeasible) return { ...noAnswer('none'), bound: isMixed ? bound : -Infinity };
  return {
    status: 'feasible',
    x: Float64Array.from(model.getSolution().colValue),
    objective,
    // A linear programme that was cut short proves nothing.
    bound: isMixed ? bound : -Infinity,
  };
};

/** Solves one programme in the thread that calls; rejects where HiGHS will not take it. */
export const solveProgramme = async ({ programme, limits }: SolverRequest): Promise<SolverAnswer> =>
  solve(await loading, programme, limits);
