import { Select } from 'antd';
import { lineLabels } from '../../render/line-overview.ts';
import { lineHref, pageLine, rememberLine } from '../api/call-api.ts';
import { useAnswer } from '../api/use-load.ts';
import { messages } from '../../words/messages.ts';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-lines'));

/** The hotline that the page is about, and the way to the others that the reader may see. */
export const LineSwitch = ({ hotline }: { readonly hotline: string }) => {
  const { say, language } = useSpeech();
  const [loaded] = useAnswer('lines', { query: { figures: 'false' } });
  const lines = loaded.state === 'ready' ? loaded.value.lines : [];
  if (lines.length < 2) return <span className="hotline">{hotline}</span>;
  const asked = pageLine();
  const here = lines.find(({ line, home }) => (asked === null ? home : line === asked));
  return (
    <Select
      className="hotline"
      aria-label={say('lines.choose')}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      value={here?.line ?? hotline}
      options={[...lineLabels(lines, language)].map(([value, label]) => ({ value, label }))}
      onChange={(line) => {
        rememberLine(line);
        window.location.assign(lineHref(line, window.location.hash.split('?')[0] ?? ''));
      }}
    />
  );
};
