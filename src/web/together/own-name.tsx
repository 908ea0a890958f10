import { Input } from 'antd';
import { type ReactNode, useSyncExternalStore } from 'react';
import { messages } from '../../words/messages.ts';
import { keepOwnName, onOwnName, pageAccess, typedName } from '../api/page-access.ts';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-together'));

const noName = (): string => '';

/** The field for the name under which changes of this window are logged, where nobody signs in, and whether there is a name. */
export const useOwnName = (isRequired = false): { readonly isNamed: boolean; readonly field: ReactNode } => {
  const { say } = useSpeech();
  const isAsked = pageAccess() === 'local';
  const name = useSyncExternalStore(onOwnName, isAsked ? typedName : noName);
  if (!isAsked) return { isNamed: true, field: null };
  const isNamed = name.trim() !== '';
  return {
    isNamed,
    field: (
      <Input
        aria-label={say('together.ownName')}
        aria-required={isRequired}
        placeholder={say(isRequired ? 'together.ownNameRequired' : 'together.ownName')}
        title={say('together.ownNameWords')}
        status={isRequired && !isNamed ? 'warning' : ''}
        value={name}
        maxLength={80}
        style={{ maxWidth: isRequired ? 180 : 140 }}
        onChange={({ target }) => keepOwnName(target.value)}
      />
    ),
  };
};
export const OwnName = () => useOwnName().field;
