import type { Sayable } from '../kernel/finding.ts';

/** Whether what stands at the top of an answer is an assumption, not a doubtful figure. */
export const isAssumedShape = (said: Sayable): boolean => 'code' in said && said.code === 'shape-assumed';
