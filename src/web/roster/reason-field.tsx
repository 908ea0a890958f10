import { Input } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../words/words.tsx';

const storageKey = 'huawu-roster-by';

/** Who changes rosters at this browser, as far as they said: sent along with a change. */
export const changedBy = (): { readonly by?: string } => {
  const by = window.localStorage.getItem(storageKey) ?? '';
  return by === '' ? {} : { by };
};

/** Why a roster changes, and who changes it: kept with the change. The name stays for the next one. */
export const ReasonField = ({
  value,
  change,
}: {
  readonly value: string;
  readonly change: (value: string) => void;
}) => {
  const { say } = useSpeech();
  const [by, setBy] = useState(changedBy().by ?? '');
  return (
    <>
      <Input
        aria-label={say('roster.reason')}
        placeholder={say('roster.reason')}
        value={value}
        maxLength={200}
        style={{ maxWidth: 320 }}
        onChange={(event) => change(event.target.value)}
      />
      <Input
        aria-label={say('roster.by')}
        placeholder={say('roster.by')}
        value={by}
        maxLength={80}
        style={{ maxWidth: 140 }}
        onChange={(event) => {
          setBy(event.target.value);
          window.localStorage.setItem(storageKey, event.target.value.trim());
        }}
      />
    </>
  );
};
