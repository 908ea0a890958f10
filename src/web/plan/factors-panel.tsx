import { Alert, Button, InputNumber } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { Panel } from '../ui/panel.tsx';
import { signedPercent } from '../ui/signed-percent.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { factorNames, factorsOf, type FactorName } from './grounds.ts';
import { factorsInWords } from './name-what-if.ts';

/** What callers and people do, a few percent otherwise: for one what-if plan. */
export const FactorsPanel = ({
  plan,
  make,
}: {
  readonly plan: PlanDocument;
  readonly make: (request: Partial<PlanRequest>) => void;
}) => {
  const speech = useSpeech();
  const { say } = speech;
  const format = useFormat();
  const [changes, setChanges] = useState<Partial<Record<FactorName, number | null>>>({});
  const request = factorsOf(changes);
  const inForce = factorsInWords(plan, speech, format);
  return (
    <Panel title={say('factor.title')} note={say('factor.note')}>
      {inForce !== '' && <Alert type="info" showIcon title={say('factor.inForce', { factors: inForce })} />}
      <div className="form-grid">
        {factorNames.map((name) => (
          <label key={name}>
            {say(`factor.${name}`)}
            <InputNumber
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
    </Panel>
  );
};
