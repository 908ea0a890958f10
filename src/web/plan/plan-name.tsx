import { Alert } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanSummary } from '../../contract/http/workspace-document.ts';
import { whatIfRequested } from '../../render/plan-changes.ts';
import { otherPlan, isWhatIf } from '../../contract/plan-states.ts';
import { messages } from '../../words/messages.ts';
import { placeHref } from '../ui/use-place.ts';
import { type Speech, useSpeech } from '../words/words.tsx';

/** What a plan is called: the name that somebody gave it, else what it was asked, in the reader's language. */
export const planName = (
  plan: Pick<PlanSummary, 'name' | 'factors' | 'assumedCauses' | 'whatIf'>,
  { tell }: Pick<Speech, 'tell'>,
): string | undefined => {
  const asked = plan.name === undefined ? whatIfRequested(plan) : undefined;
  return asked === undefined ? plan.name : tell(asked);
};

/** What a what-if plan was asked to take otherwise; nothing of other plans. */
export const WhatIfAsked = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const asked = whatIfRequested(plan);
  // Whether an added shift was worth anything: how many operators start at it, by the name that it was given.
  const uses = (plan.whatIf ?? []).flatMap((one) => {
    if (one.what !== 'add-shift') return [];
    const shift = tell(one.name);
    const n = plan.shifts.reduce(
      (sum, { name, operators }) => sum + (tell(name) === shift ? operators : 0),
      0,
    );
    return [<div key={shift}>{say('factor.shiftUse', { n, shift })}</div>];
  });
  return asked === undefined ? null : (
    <Alert
      type="info"
      showIcon
      title={say('factor.inForce', { factors: tell(asked) })}
      description={uses.length === 0 ? undefined : uses}
    />
  );
};

/** How one plan is told from another of its week: its state, the week, when it was made. */
export const usePlanNamed = (): ((plan: PlanSummary) => string) => {
  const { say, language, format } = useSpeech();
  return (plan) =>
    say('plans.which', {
      state: isWhatIf(plan.id) ? say('plans.whatIf') : messages('plan-state')[plan.state][language],
      week: plan.week,
      at: format.instant(plan.createdAt),
    });
};

/**
 * Which plan a page rests on, where it does not say so anyhow, and a link to the other that its reader may mean: the one
 * that stands now, or what was made since. What is opened from `page` opens there.
 */
export const PlanBasis = ({
  plans,
  id,
  page = 'plan',
}: {
  readonly plans: readonly PlanSummary[];
  readonly id: string;
  readonly page?: 'plan' | 'divert' | 'roster';
}) => {
  const { say } = useSpeech();
  const named = usePlanNamed();
  const own = plans.find((plan) => plan.id === id);
  const other = otherPlan(plans, id);
  const link = (plan: PlanSummary) => (
    <a href={placeHref(page === 'roster' ? 'plan' : page, { plan: plan.id })}>{named(plan)}</a>
  );
  if (page === 'plan' && other === undefined) return null;
  return (
    <p className="note row plan-basis no-print">
      {page !== 'plan' && (
        <span>
          {say('plans.basis')} {own === undefined ? id : page === 'roster' ? link(own) : named(own)}
        </span>
      )}
      {other !== undefined && (
        <span>
          {say(other.isInForce ? 'plans.inForce' : 'plans.since')} {link(other.plan)}
        </span>
      )}
    </p>
  );
};

/** Tones of the tags of a plan's states. */
export const stateTones = {
  draft: 'plain',
  proposed: 'notice',
  approved: 'notice',
  published: 'good',
  superseded: 'warning',
} as const;
