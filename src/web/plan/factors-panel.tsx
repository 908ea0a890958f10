import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { Panel } from '../ui/panel.tsx';
import { useSpeech } from '../words/words.tsx';
import { factorNames, factorsOf, type FactorName } from './grounds.ts';
import { WhatIfAsked } from './what-if-asked.tsx';
import { NumberInput, signedPercent } from '../ui/number-input.tsx';

/** What callers and people do, a few percent otherwise: for one what-if plan. */
export const FactorsPanel = ({
  plan,
  make,
  progress,
}: {
  readonly plan: PlanDocument;
  readonly make: (request: Partial<PlanRequest>) => void;
  readonly progress: ReactNode;
}) => {
  const { say } = useSpeech();
  const [changes, setChanges] = useState<Partial<Record<FactorName, number | null>>>({});
  const request = factorsOf(changes);
  return (
    <Panel title={say('factor.title')} note={say('factor.note')}>
      <WhatIfAsked plan={plan} />
      <div className="form-grid">
        {factorNames.map((name) => (
          <label key={name}>
            {say(`factor.${name}`)}
            <NumberInput
              {...signedPercent}
              placeholder="0"
              style={{ width: '100%' }}
              value={changes[name] ?? null}
              onChange={(value) => setChanges((now) => ({ ...now, [name]: value }))}
            />
          </label>
        ))}
        <Button type="primary" disabled={Object.keys(request).length === 0} onClick={() => make(request)}>
          {say('factor.make')}
        </Button>
      </div>
      {progress}
    </Panel>
  );
};
