import { doubtFinding } from '../../kernel/kernel-findings.ts';
import type { Finding, Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import type { AcceptedUnusual } from '../ports.ts';
import type { History } from './read-history.ts';

/**
 * What stands at the top of every answer that rests on an assumed shape of the day, or on figures which calls can hardly have: those that the user has
 * confirmed, and those that stand in the stored traffic whether confirmed or not.
 */
export const sayUnusual = (
  { doubts }: Pick<History, 'doubts'>,
  accepted: readonly AcceptedUnusual[],
): readonly Finding[] => {
  const confirmations = accepted.flatMap(({ file, at, said }) =>
    said.map((doubt) => ({ doubt, confirmed: { file, date: at.slice(0, 10) } })),
  );
  const stored = doubts.map((each) => ({ doubt: doubtFinding(each), use: useOf(each.slips) }));
  return [
    ...stored.map(({ doubt, use }) => {
      const confirmed = confirmations.find((each) => isSame(each.doubt, doubt))?.confirmed ?? null;
      return planningFinding('doubtful-figures', { doubt, use, confirmed });
    }),
    ...confirmations
      .filter(({ doubt }) => !stored.some((each) => isSame(each.doubt, doubt)))
      .map(({ doubt, confirmed }) =>
        isSpread(doubt)
          ? planningFinding('shape-assumed', { spread: doubt, confirmed })
          : planningFinding('doubtful-figures', { doubt, use: null, confirmed }),
      ),
  ];
};

/** What becomes of doubted figures: single intervals are left out, the whole is what there is. */
const useOf = (slips: boolean): 'left-out' | 'relied-on' => (slips ? 'left-out' : 'relied-on');

/** Days that came as totals are no doubtful figures: where their peaks lie is assumed. */
const isSpread = (said: Sayable): boolean => 'code' in said && said.code === 'days-spread';

const isSame = (one: Sayable, other: Sayable): boolean => JSON.stringify(one) === JSON.stringify(other);
