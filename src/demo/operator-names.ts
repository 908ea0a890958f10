/** Names as common as any, Chinese and as they are written in Latin letters. */
const surnames =
  '王 Wang,李 Li,张 Zhang,刘 Liu,陈 Chen,杨 Yang,黄 Huang,赵 Zhao,吴 Wu,周 Zhou,徐 Xu,孙 Sun,马 Ma,朱 Zhu,胡 Hu,郭 Guo,何 He,林 Lin,高 Gao,罗 Luo';
const givenNames =
  '芳 Fang,伟 Wei,娜 Na,敏 Min,静 Jing,丽 Li,强 Qiang,磊 Lei,军 Jun,洋 Yang,艳 Yan,勇 Yong,杰 Jie,娟 Juan,涛 Tao,明 Ming,超 Chao,霞 Xia,平 Ping,刚 Gang';

const parted = (names: string): (readonly [string, string])[] =>
  names.split(',').map((name) => name.split(' ') as [string, string]);

/** What the demo's operators are called, the first one at 0: 400 differ. */
export const madeUpName = (at: number): string => {
  const [surname, given] = [parted(surnames), parted(givenNames)];
  const [first, second] = [at % 20, (7 * at + Math.floor(at / 20)) % 20];
  const [family = '', family2 = ''] = surname[first] ?? [];
  const [own = '', own2 = ''] = given[second] ?? [];
  return `${family}${own} ${family2} ${own2}`;
};
