import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

const List = ({ title, items }: { readonly title?: string; readonly items: readonly Sayable[] }) => {
  const { tell } = useSpeech();
  if (items.length === 0) return null;
  return (
    <>
      {title !== undefined && <h3>{title}</h3>}
      <ul>
        {items.map((item) => (
          <li key={tell(item)}>{tell(item)}</li>
        ))}
      </ul>
    </>
  );
};

/** What the plan's figures rest on: the price of each assumption, assumptions and notes. */
export const WhyPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  return (
    <Panel title={say('why.title')} note={say('why.note')}>
      {plan.variants.length > 0 && <Prices plan={plan} />}
      <List title={say('why.assumptions')} items={[...plan.assumptions, ...plan.monitoring.assumptions]} />
      <details>
        <summary>{say('why.notices')}</summary>
        <List items={plan.notices} />
      </details>
      <p className="note">
        {say('why.repeat', { id: plan.id, seed: plan.seed, hash: plan.history.dataHash.slice(0, 12) })}
      </p>
    </Panel>
  );
};

/** Operator-hours that the same targets would need if one thing were otherwise, as bars around the requirement. */
const Prices = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const need = plan.total.requiredOperatorHours;
  const most = Math.max(1, ...plan.variants.map((variant) => Math.abs(variant.operatorHours - need)));
  return (
    <div>
      <h3>{say('why.variants')}</h3>
      <PlainTable
        label={say('why.variants')}
        rows={plan.variants}
        keyOf={(variant) => variant.variant}
        columns={[
          {
            key: 'name',
            head: say('why.without'),
            cell: (variant) => (
              <>
                {tell(variant.name)}
                <small className="under">{say(`variant.${variant.variant}`)}</small>
              </>
            ),
          },
          {
            key: 'hours',
            head: say('why.hours'),
            numeric: true,
            cell: (variant) => format.count(variant.operatorHours),
          },
          {
            key: 'change',
            head: say('why.change'),
            numeric: true,
            cell: (variant) => (
              <>
                {format.signed(variant.operatorHours - need)}
                <ChangeBar share={(variant.operatorHours - need) / most} />
              </>
            ),
          },
        ]}
      />
    </div>
  );
};

/** A bar to the left (less) or right (more) of the middle; `share` is −1 to 1. */
const ChangeBar = ({ share }: { readonly share: number }) => (
  <span className="change-bar" aria-hidden="true">
    <span
      className={share < 0 ? 'less' : 'more'}
      style={{ width: `${Math.abs(share) * 50}%`, left: `${share < 0 ? 50 + share * 50 : 50}%` }}
    />
  </span>
);
