import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { modelNameSchema, type ModelName } from '../../contract/http/model-name.ts';
import { type ProblemDetails } from '../../contract/http/problem-details.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf, useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';

/** The hotline's declarative models as JSON: read, edited, validated on the way back. */
export const ModelsPanel = ({ reload }: { readonly reload: () => void }) => {
  const { say } = useSpeech();
  const [name, setName] = useState<ModelName>('hotline');
  const [model, retry] = useLoad(`model ${name}`, (signal) => callApi('model', { params: { model: name }, signal }));
  return (
    <Panel
      title={say('models.title')}
      note={say('models.note')}
      actions={
        <Select
          aria-label={say('models.which')}
          value={name}
          style={{ minWidth: 200 }}
          options={modelNameSchema.options.map((each) => ({ value: each, label: say(`model.${each}`) }))}
          onChange={setName}
        />
      }
    >
      <LoadedView loaded={model} retry={retry}>
        {(value) => <ModelEditor key={`${name}${JSON.stringify(value).length}`} name={name} value={value} saved={() => {
          retry();
          reload();
        }} />}
      </LoadedView>
    </Panel>
  );
};

const ModelEditor = ({ name, value, saved }: { readonly name: ModelName; readonly value: unknown; readonly saved: () => void }) => {
  const { say } = useSpeech();
  const [said, setSaid] = useState(() => JSON.stringify(value, null, 2));
  const [problem, setProblem] = useState<ProblemDetails>();
  const [syntax, setSyntax] = useState<string>();
  const [done, setDone] = useState(false);
  const save = async (): Promise<void> => {
    setProblem(undefined);
    setSyntax(undefined);
    setDone(false);
    let body: unknown;
    try {
      body = JSON.parse(said);
    } catch (error) {
      setSyntax(error instanceof Error ? error.message : String(error));
      return;
    }
    try {
      await callApi('putModel', { params: { model: name }, body });
      setDone(true);
      saved();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      <Input.TextArea
        aria-label={say('models.editor', { name: say(`model.${name}`) })}
        className="editor"
        rows={18}
        spellCheck={false}
        value={said}
        onChange={(event) => setSaid(event.target.value)}
      />
      {syntax !== undefined && <Alert type="error" role="alert" showIcon title={say('models.notJson')} description={syntax} />}
      {problem !== undefined && <ProblemView problem={problem} />}
      {done && <Alert type="success" role="status" showIcon title={say('models.saved')} />}
      <Button onClick={() => void save()}>{say('models.save')}</Button>
    </>
  );
};
