import { Input } from 'antd';
import { useState } from 'react';
import { messages } from '../../words/messages.ts';
import { keepOwnName, ownName, pageAccess } from '../api/page-access.ts';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-together'));

/** Under which name changes made in this browser are logged, where nobody signs in: it is asked for once. */
export const OwnName = () => {
  const { say } = useSpeech();
  const [name, setName] = useState(ownName);
  if (pageAccess() !== 'local') return null;
  return (
    <Input
      aria-label={say('together.ownName')}
      placeholder={say('together.ownName')}
      title={say('together.ownNameWords')}
      value={name}
      maxLength={80}
      style={{ maxWidth: 140 }}
      onChange={({ target }) => {
        setName(target.value);
        keepOwnName(target.value);
      }}
    />
  );
};
