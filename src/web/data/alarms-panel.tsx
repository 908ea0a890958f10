import { Alert, Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import type { AlarmChange, AlarmsDocument } from '../../contract/documents/feed-documents.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { useChange } from '../ui/change.tsx';
import { Panel } from '../ui/panel.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';

/** Where a hotline's alarms go, for whoever may set them. `moment` writes an instant as the line's clock has it. */
export const AlarmsPanel = ({ moment }: { readonly moment: (instant: string) => string }) => {
  const { say } = useSpeech();
  const [alarms, load] = useLoad('alarms', (signal) => callApi('alarms', { signal }));
  return (
    <Panel title={say('feeds.alarms')} note={say('feeds.alarmsNote')}>
      <LoadedView loaded={alarms} retry={load}>
        {(shown) => (
          <AlarmsForm key={JSON.stringify(shown.mail)} shown={shown} moment={moment} changed={load} />
        )}
      </LoadedView>
    </Panel>
  );
};

interface Fields {
  readonly webhook?: string;
  readonly mail?: string;
  readonly feeds: boolean;
  readonly signals: boolean;
}

const AlarmsForm = ({
  shown,
  moment,
  changed,
}: {
  readonly shown: AlarmsDocument;
  readonly moment: (instant: string) => string;
  readonly changed: () => void;
}) => {
  const {
    say,
    language,
    format: { count },
  } = useSpeech();
  const [form] = Form.useForm<Fields>();
  const [tried, setTried] = useState<AlarmsDocument['tried']>([]);
  const { busy, problem, send } = useChange();
  const change = (body: AlarmChange): void =>
    void send(async () => {
      await callApi('changeAlarms', { body: { ...body, language } });
      form.setFieldValue('webhook', '');
      setTried([]);
      changed();
    });
  const save = ({ webhook = '', mail = '', feeds, signals }: Fields): void =>
    change({
      ...(webhook.trim() === '' ? {} : { webhook: webhook.trim() }),
      mail: mail.split(/[\s,;，；]+/).filter((address) => address !== ''),
      feeds,
      signals,
    });
  const test = (): void =>
    void send(async () => {
      setTried((await callApi('testAlarms', {})).tried);
      changed();
    });
  const { webhook, mail, canMail, sent, waiting, givenUp, failure, feeds, signals } = shown;
  return (
    <>
      {problem !== undefined && <ProblemView problem={problem} />}
      {tried.map(({ way, why }) => (
        <Alert
          key={way}
          role="status"
          showIcon
          type={why === null ? 'success' : 'error'}
          title={
            why === null
              ? say('feeds.alarmTaken', { way: say(`feeds.alarm.${way}`) })
              : say('feeds.alarmNotTaken', { way: say(`feeds.alarm.${way}`), why })
          }
        />
      ))}
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="form-grid"
        initialValues={{ mail: mail.join(' '), feeds, signals }}
        onFinish={save}
      >
        <Form.Item name="webhook" label={say('feeds.alarm.webhook')}>
          <Input maxLength={1000} autoComplete="off" placeholder={webhook ?? 'https://'} />
        </Form.Item>
        <Form.Item name="mail" label={say('feeds.alarm.mail')}>
          <Input maxLength={1000} autoComplete="off" disabled={!canMail && mail.length === 0} />
        </Form.Item>
        <Form.Item name="feeds" valuePropName="checked">
          <Checkbox>{say('feeds.alarmFeeds')}</Checkbox>
        </Form.Item>
        <Form.Item name="signals" valuePropName="checked">
          <Checkbox>{say('feeds.alarmSignals')}</Checkbox>
        </Form.Item>
        <Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {say('feeds.alarmSave')}
          </Button>{' '}
          <Button disabled={busy || (webhook === null && mail.length === 0)} onClick={test}>
            {say('feeds.alarmTest')}
          </Button>{' '}
          {webhook !== null && (
            <Button disabled={busy} onClick={() => change({ webhook: '' })}>
              {say('feeds.alarmOff')}
            </Button>
          )}
        </Form.Item>
      </Form>
      <p className="note">{say(canMail ? 'feeds.alarmNote' : 'feeds.alarmNoMail')}</p>
      {(sent > 0 || waiting > 0 || givenUp > 0) && (
        <p className="note">
          {say('feeds.alarmCounts', {
            sent: count(sent),
            waiting: count(waiting),
            givenUp: count(givenUp),
          })}
        </p>
      )}
      {failure !== null && (
        <p className="note">{say('feeds.alarmFailed', { at: moment(failure.at), why: failure.why })}</p>
      )}
    </>
  );
};
