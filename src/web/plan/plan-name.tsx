import { Alert } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanSummary } from '../../contract/http/workspace-document.ts';
import { whatIfRequested } from '../../render/plan-changes.ts';
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

/** Tones of the tags of a plan's states. */
export const stateTones = {
  draft: 'plain',
  proposed: 'notice',
  approved: 'notice',
  published: 'good',
  superseded: 'warning',
} as const;
