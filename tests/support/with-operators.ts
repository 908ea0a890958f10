import type { OperatorRecord } from '../../src/kernel/records.ts';
import type { Ports } from '../../src/planning/ports.ts';

/** The same line with other people: its store answers these where it is asked for operators. */
export const withOperators = (ports: Ports, own: readonly OperatorRecord[]): Ports => {
  const read: Ports['store']['read'] = (kind, span) =>
    kind === 'operators' ? (Promise.resolve(own) as never) : ports.store.read(kind, span);
  return { ...ports, store: { ...ports.store, read } };
};
