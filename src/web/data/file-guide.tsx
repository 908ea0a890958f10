import { Button } from 'antd';
import type { FileKind } from '../../contract/file-kinds.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { saveFile } from '../ui/save-file.ts';
import { useSpeech } from '../words/words.tsx';

/** A few lines of each kind of file as it may come: any headings do, these are known without a question. */
const samples: Readonly<Partial<Record<FileKind, string>>> = {
  traffic:
    'queue,start,offered,answered,abandoned,handle_seconds_total\ngeneral,2026-11-23T09:00,210,198,12,46530\ngeneral,2026-11-23T09:30,225,208,17,48880\n',
  calls:
    'call_id,queue,arrived_at,wait_seconds,outcome,handle_seconds\n1001,general,2026-11-23T09:00:12,8,answered,214\n1002,general,2026-11-23T09:00:40,31,abandoned,\n',
  operators:
    'operator,tier,skills,contract_hours,aht_seconds,quality_score,first_contact_resolution\nA01,general,general,40,230,88,0.74\n',
  presence: 'tier,start,operators\ngeneral,2026-11-23T09:00,24\ngeneral,2026-11-23T09:30,25\n',
  monitoring:
    'hotline,period,test_calls,connected,mean_seconds,total\nmy-hotline,2025,11,10,12.4,82.5\nmy-hotline,2026,11,11,9.8,86.1\n',
  events: 'date,end,kind,label\n2026-12-01,2026-12-05,heating,Onset of heating\n',
};

const kinds = ['traffic', 'calls', 'operators', 'presence', 'monitoring', 'events'] as const satisfies FileKind[];

/** Which files there are, what each is for and which columns it needs, with a sample of each. */
export const FileGuide = ({ open }: { readonly open: boolean }) => {
  const { say } = useSpeech();
  return (
    <details open={open}>
      <summary>{say('guide.title')}</summary>
      <PlainTable
        label={say('guide.title')}
        rows={kinds}
        keyOf={(kind) => kind}
        columns={[
          { key: 'kind', head: say('file.kind'), cell: (kind) => say(`kind.${kind}`) },
          { key: 'use', head: say('guide.use'), cell: (kind) => say(`guide.use.${kind}`) },
          { key: 'needs', head: say('guide.needs'), cell: (kind) => say(`guide.needs.${kind}`) },
          {
            key: 'sample',
            head: say('guide.sample'),
            cell: (kind) => (
              <Button
                size="small"
                aria-label={say('guide.sampleOf', { kind: say(`kind.${kind}`) })}
                onClick={() => saveFile(`huawu-${kind}.csv`, samples[kind] ?? '', 'text/csv')}
              >
                CSV
              </Button>
            ),
          },
        ]}
      />
    </details>
  );
};
