import { Alert } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { whatIfRequested } from '../../render/plan-changes.ts';
import { useSpeech } from '../words/words.tsx';

/** What a what-if plan was asked to take otherwise; nothing of other plans. */
export const WhatIfAsked = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const asked = whatIfRequested(plan);
  return asked === undefined ? null : (
    <Alert type="info" showIcon title={say('factor.inForce', { factors: tell(asked) })} />
  );
};
