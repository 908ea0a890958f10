import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { BrokenRule } from '../../rostering/evaluate/evaluate-roster.ts';
import type { RosterProblem } from '../../rostering/roster-problem.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useSpeech } from '../words/words.tsx';
import type { DraftControl, RosterParts } from './roster-draft.ts';

/** A rule broken as it is said. */
export const saidOf = ({ rules }: RosterProblem, { rule, code }: BrokenRule): Sayable => {
  const found = rule === undefined ? undefined : rules[rule];
  if (found !== undefined) return { code: 'labour-rule', values: { rule: found } };
  return { code: code === 'tier' ? 'tier-not-held' : 'one-shift-a-day', values: {} };
};

const namesShown = 6;

/** What the roster breaks as it stands, hard rules first, a line a rule. */
export const RulesPanel = ({
  parts: { document },
  control: { now, draft },
}: {
  readonly parts: RosterParts;
  readonly control: DraftControl;
}) => {
  const { say, tell } = useSpeech();
  const groups = [
    ...Map.groupBy(now.broken, (one) => `${one.rule} ${one.code} ${one.isHard}`).values(),
  ].toSorted((a, b) => Number(b[0]?.isHard) - Number(a[0]?.isHard) || costOf(b) - costOf(a));
  if (groups.length === 0)
    return (
      <Panel title={say('roster.rules')} note={say('roster.noRules')}>
        {null}
      </Panel>
    );
  return (
    <Panel title={say('roster.rules')}>
      <PlainTable
        label={say('roster.rules')}
        rows={groups}
        keyOf={(group) => `${group[0]?.rule} ${group[0]?.code} ${group[0]?.isHard}`}
        columns={[
          [
            say('roster.rule'),
            'text',
            ([first]) =>
              first === undefined ? null : (
                <>
                  {first.isHard && <span className="tag error">{say('roster.hard')}</span>}{' '}
                  {tell(saidOf(draft.problem, first))}
                </>
              ),
            { wide: true },
          ],
          [say('roster.times'), 'number:0', (group) => group.length],
          [say('roster.who'), 'text', (group) => namesOf(document, group), { wide: true }],
        ]}
      />
    </Panel>
  );
};

const costOf = (group: readonly BrokenRule[]): number => group.reduce((sum, { cost }) => sum + cost, 0);

const namesOf = ({ people }: RosterDocument, group: readonly BrokenRule[]): string => {
  const names = [...new Set(group.flatMap((one) => one.people))].map(
    (at) => people[at]?.name ?? people[at]?.operator ?? '',
  );
  return `${names.slice(0, namesShown).join(' · ')}${names.length > namesShown ? ' …' : ''}`;
};
