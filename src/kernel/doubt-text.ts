import { text, type Text } from './text.ts';
import type { TrafficDoubt } from './traffic-doubts.ts';

const whole = (value: number): string =>
  value < 1e15 ? Math.round(value).toLocaleString('en-US') : value.toExponential(1);

/** Seconds as people read them, beside themselves: 187,321 s (52 h). */
const seconds = (value: number): Text => {
  const [zh, en] =
    value >= 3600
      ? [`${whole(value / 3600)} 小时`, `${whole(value / 3600)} h`]
      : value >= 120
        ? [`${whole(value / 60)} 分钟`, `${whole(value / 60)} min`]
        : ['', ''];
  const shown = value < 10 ? value.toFixed(1) : whole(value);
  return text(
    zh === '' ? `${shown} 秒` : `${shown} 秒（${zh}）`,
    en === '' ? `${shown} s` : `${shown} s (${en})`,
  );
};

/** What is doubtful about a queue's traffic, in words. */
export const doubtText = ({ code, queue, value, usual, rows }: TrafficDoubt): Text => {
  const [zh, en] = [`队列「${queue}」`, `queue "${queue}": `];
  const [time, than] = [seconds(value), seconds(usual)];
  const intervals = whole(rows.length);
  const percent = `${whole(value * 100)} %`;
  const times = whole(value / usual);
  const said: Readonly<Record<TrafficDoubt['code'], readonly [string, string]>> = {
    'handle-time': [`平均每通处理时长为 ${time['zh-CN']}`, `mean handle time of a call is ${time.en}`],
    wait: [`平均排队时长为 ${time['zh-CN']}`, `mean wait is ${time.en}`],
    occupancy: [
      `处理时长合计为在岗时间的 ${percent}，座席不可能这样忙`,
      `handle time adds up to ${percent} of the operators' time: more than they have`,
    ],
    'counts-changed': [
      `话务量约为已有数据的 ${times} 倍（${whole(value)} 对 ${whole(usual)}）`,
      `about ${times} times the calls of the data so far (${whole(value)} against ${whole(usual)})`,
    ],
    'handle-time-changed': [
      `平均处理时长为 ${time['zh-CN']}，已有数据为 ${than['zh-CN']}`,
      `mean handle time is ${time.en}, in the data so far ${than.en}`,
    ],
    'interval-calls': [
      `${intervals} 个时段的来电多得不可能（最多 ${whole(value)}${Number.isNaN(usual) ? '' : `，平常不超过 ${whole(usual)}`}）`,
      `${intervals} intervals have more calls than can be (up to ${whole(value)}${Number.isNaN(usual) ? '' : `; usually at most ${whole(usual)}`})`,
    ],
    'interval-handle-time': [
      `${intervals} 个时段的平均处理时长不可能（最长 ${time['zh-CN']}）`,
      `${intervals} intervals have a handle time that no call has (up to ${time.en})`,
    ],
    'interval-wait': [
      `${intervals} 个时段的平均排队时长不可能（最长 ${time['zh-CN']}）`,
      `${intervals} intervals have a wait that nobody has (up to ${time.en})`,
    ],
    'interval-operators': [
      `${intervals} 个时段的座席多得不可能（最多 ${whole(value)}）`,
      `${intervals} intervals have more operators than can be (up to ${whole(value)})`,
    ],
  };
  return text(zh + said[code][0], en + said[code][1]);
};
