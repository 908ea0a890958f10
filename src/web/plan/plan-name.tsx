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
  return asked === undefined ? null : (
    <Alert type="info" showIcon title={say('factor.inForce', { factors: tell(asked) })} />
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
