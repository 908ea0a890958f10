import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { AuditEntry } from '../../contract/documents/audit-document.ts';
import { auditActionWords, auditHeads } from '../../words/audit.ts';
import { actorText, sideText, subjectText } from '../../render/audit-table.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

const step = 100;
const most = 1000;

/** The log of changes: who, when, what, before and after, and whether it is whole. */
export const ChangesPanel = () => {
  const { say } = useSpeech();
  const [limit, setLimit] = useState(step);
  const [log, retry] = useLoad(`audit/${limit}`, (signal) => callApi('audit', { query: { limit }, signal }));
  return (
    <Panel title={say('settings.changes')} note={say('changes.note')}>
      <LoadedView loaded={log} retry={retry}>
        {({ entries, chain: { broken, entries: n, head } }) => (
          <>
            {broken.length > 0 ? (
              <Alert type="error" role="alert" showIcon title={say('changes.broken', { n: broken.length })} />
            ) : (
              <p>
                {n === 0
                  ? say('changes.none')
                  : say('changes.whole', { n, seal: head?.seal.slice(0, 12) ?? '' })}
              </p>
            )}
            {entries.length > 0 && <Entries entries={entries} />}
            {entries.length === limit && limit < most && (
              <Button onClick={() => setLimit(limit + step)}>{say('changes.earlier')}</Button>
            )}
          </>
        )}
      </LoadedView>
    </Panel>
  );
};

const Entries = ({ entries }: { readonly entries: readonly AuditEntry[] }) => {
  const { say, language } = useSpeech();
  const format = useFormat();
  return (
    <PlainTable
      label={say('settings.changes')}
      rows={entries}
      keyOf={({ number }) => String(number)}
      columns={[
        { key: 'number', head: auditHeads.number[language], cell: ({ number }) => number },
        { key: 'at', head: auditHeads.at[language], cell: ({ at }) => format.instant(at) },
        { key: 'who', head: auditHeads.who[language], cell: ({ actor }) => actorText(actor, language) },
        {
          key: 'what',
          head: auditHeads.what[language],
          cell: ({ action }) => auditActionWords[action][language],
        },
        { key: 'subject', head: auditHeads.subject[language], cell: (entry) => subjectText(entry, language) },
        {
          key: 'before',
          head: auditHeads.before[language],
          wide: true,
          cell: ({ before }) => sideText(before, language),
        },
        {
          key: 'after',
          head: auditHeads.after[language],
          wide: true,
          cell: ({ after }) => sideText(after, language),
        },
      ]}
    />
  );
};
