import { useEffect, useMemo, useState } from 'react';
import type { PresenceDocument } from '../../contract/http/account-endpoints.ts';
import type { BodyOf } from '../../contract/http/endpoints.ts';
import { betweenItems } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { callApi } from '../api/call-api.ts';
import { may, pageAccess } from '../api/page-access.ts';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-together'));

const everyMillis = 10_000;
/** Tells this page from the same person's others. */
const newPage = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-');

const isTold = (): boolean => pageAccess() !== 'local' && may('notePresence');

/** Who else is there is reported again in ten seconds: what failed is no matter. */
const noted = (body: BodyOf<'notePresence'>): Promise<PresenceDocument | undefined> =>
  callApi('notePresence', { body }).catch(() => undefined);

/** Says what this page shows, and hears who else is there; on one's own machine there is nobody to tell. */
const usePresence = (places: readonly string[], isEditing: boolean): PresenceDocument['others'] => {
  const [others, setOthers] = useState<PresenceDocument['others']>([]);
  const key = places.join(' ');
  const page = useMemo(() => newPage(), [key]);
  useEffect(() => {
    if (!isTold()) return undefined;
    let isHere = true;
    const doing = isEditing ? 'editing' : 'looking';
    const tell = async (): Promise<void> => {
      if (document.hidden) return;
      const told = await noted({ page, places: key.split(' '), doing });
      if (isHere) setOthers(told?.others ?? []);
    };
    void tell();
    const again = (): void => void tell();
    const timer = setInterval(again, everyMillis);
    document.addEventListener('visibilitychange', again);
    return () => {
      isHere = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [page, key, isEditing]);
  useEffect(
    () => () => {
      if (isTold()) void noted({ page, places: key.split(' '), doing: 'gone' });
    },
    [page, key],
  );
  return others;
};

/** Who else is at what this page shows, and who of them is changing it. */
export const Presence = ({
  places,
  isEditing,
}: {
  readonly places: readonly string[];
  readonly isEditing: boolean;
}) => {
  const { say, language } = useSpeech();
  const others = usePresence(places, isEditing);
  const names = (doing: 'looking' | 'editing'): string =>
    others
      .filter((other) => other.doing === doing)
      .map(({ name }) => name)
      .join(betweenItems[language]);
  const [editing, looking] = [names('editing'), names('looking')];
  return (
    <p className="presence no-print" role="status">
      {editing !== '' && <span className="tag warning">{say('together.editing', { names: editing })}</span>}
      {looking !== '' && <span className="tag plain">{say('together.looking', { names: looking })}</span>}
    </p>
  );
};
