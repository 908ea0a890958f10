import type { Outcome } from '../../kernel/hotline.ts';
import type { Progress } from '../../kernel/ports.ts';
import { projectBeside, sameLine, type LineCase } from '../../queueing/project.ts';
import type { Ports } from '../ports.ts';
import { futures } from './project-plan.ts';

export type { LineCase } from '../../queueing/project.ts';

/** The outcomes of cases of one line over the forecast's futures: the task that worker threads run. */
export const projectGroup = (cases: readonly LineCase[]): Outcome[] => projectBeside(cases, futures);

/**
 * Outcomes of cases on threads, all on the same futures, in order. Cases that differ in prompts and calls only go
 * together: what is the same in them is worked out once, for the first of them.
 */
export const projectCases = async (
  ports: Pick<Ports, 'parallel'>,
  cases: readonly LineCase[],
  progress?: Progress,
): Promise<Outcome[]> => {
  const groups: LineCase[][] = [];
  for (const own of cases) {
    const group = groups.find(([first]) => first !== undefined && sameLine(first, own));
    if (group === undefined) groups.push([own]);
    else group.push(own);
  }
  const task = { module: import.meta.url, name: projectGroup.name };
  const found = await ports.parallel<Outcome[]>(task, groups, progress);
  const byCase = new Map(groups.flatMap((group, g) => group.map((own, k) => [own, found[g]?.[k]] as const)));
  return cases.map((own) => byCase.get(own) as Outcome);
};
