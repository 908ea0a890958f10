import type { Operation, Outcome } from '../../kernel/hotline.ts';
import type { Progress } from '../../kernel/ports.ts';
import { isSameButForPrompts, projectBeside } from '../../queueing/project.ts';
import type { Ports } from '../ports.ts';
import { futures } from './project-plan.ts';

/** The outcomes of operations alike but for prompts and calls, over the sample paths: the task that threads run. */
export const projectGroup = (operations: readonly Operation[]): Outcome[] =>
  projectBeside(operations, futures);

/**
 * Outcomes of operations on threads, all on the same sample paths, in order. Those that differ in prompts and calls only go
 * together: what is the same in them is worked out once, for the first of them.
 */
export const projectCases = async (
  ports: Pick<Ports, 'parallel'>,
  operations: readonly Operation[],
  progress?: Progress,
): Promise<Outcome[]> => {
  const groups: Operation[][] = [];
  for (const own of operations) {
    const group = groups.find(([first]) => first !== undefined && isSameButForPrompts(first, own));
    if (group === undefined) groups.push([own]);
    else group.push(own);
  }
  const task = { module: import.meta.url, name: projectGroup.name };
  const found = await ports.parallel<Outcome[]>(task, groups, progress);
  const byCase = new Map(groups.flatMap((group, g) => group.map((own, k) => [own, found[g]?.[k]] as const)));
  return operations.map((own) => byCase.get(own) as Outcome);
};
