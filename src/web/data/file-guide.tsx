import { Button, Space } from 'antd';
import type { FileKind } from '../../contract/file-kinds.ts';
import { templateFormats, templateKinds, type TemplateKind } from '../../contract/template-kinds.ts';
import { templateTitles } from '../../words/template-titles.ts';
import { apiAddress } from '../api/api-address.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useSpeech } from '../words/words.tsx';

const kinds = [
  'traffic',
  'calls',
  'operators',
  'presence',
  'monitoring',
  'events',
] as const satisfies FileKind[];

const templateOf = (kind: (typeof kinds)[number]): TemplateKind => (kind === 'monitoring' ? 'results' : kind);

/** Which files there are, what each is for and which columns it needs, with templates to fill in of every kind. */
export const FileGuide = ({ open }: { readonly open: boolean }) => {
  const { say, tell } = useSpeech();
  const others = templateKinds.filter((kind) => !kinds.some((each) => templateOf(each) === kind));
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
            key: 'template',
            head: say('guide.template'),
            cell: (kind) => <TemplateLinks kind={templateOf(kind)} name={say(`kind.${kind}`)} />,
          },
        ]}
      />
      <div className="row">
        <span className="note">{say('guide.otherTemplates')}</span>
        {others.map((kind) => (
          <span key={kind} className="nowrap">
            {tell(templateTitles[kind])} <TemplateLinks kind={kind} name={tell(templateTitles[kind])} />
          </span>
        ))}
      </div>
    </details>
  );
};

const TemplateLinks = ({ kind, name }: { readonly kind: TemplateKind; readonly name: string }) => {
  const { say, language } = useSpeech();
  return (
    <Space size={4}>
      {templateFormats.map((format) => (
        <Button
          key={format}
          size="small"
          href={apiAddress('template', { kind }, { format, language })}
          download
          aria-label={say('guide.templateOf', { kind: name, format: format.toUpperCase() })}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Space>
  );
};
