import type { StoreProblems } from '../store/store-problems.ts';
import { planStateWords } from './plan-life.ts';
import type { Change } from '../kernel/merge-edits.ts';
import { shownValue } from '../kernel/errors.ts';
import type { ProblemSentences } from './sentences.ts';

/** A field by its path, with what it says by now. */
const changeSaid = ({ path, before, after }: Change): string =>
  `${path.join('.')} ${shownValue(before)} → ${shownValue(after)}`;

/** What is wrong with a store, its place, or the models beside it, and what to do. */
export const storeProblems: ProblemSentences<StoreProblems> = {
  'file-exists': {
    message: {
      'zh-CN': '这个文件已经存在，备份不会覆盖它',
      en: 'this file exists already; a backup overwrites nothing',
    },
    remedy: { 'zh-CN': '请换一个文件名。', en: 'Choose another name.' },
  },
  'not-a-folder': {
    message: {
      'zh-CN': '这里（或路径中的一段）是文件，不是文件夹',
      en: 'this, or a part of its path, is a file and not a folder',
    },
    remedy: { 'zh-CN': '请换一个文件夹。', en: 'Choose another folder.' },
  },
  'note-not-readable': {
    message: {
      'zh-CN': '这个文件记着 init、restore 或 move 做到哪一步，它已损坏',
      en: 'this file notes how far an init, restore or move has come, and it is damaged',
    },
    remedy: {
      'zh-CN': '请查看记录与 models/ 是否如您所料，删除这个文件，再把中断的命令运行一次。',
      en: 'Look whether the records and models/ are what you expect, remove this file, and run the command that was cut off once more.',
    },
  },
  'file-not-kept': {
    message: {
      'zh-CN': '这个文件名在其他系统上不能使用，或是一个失效的链接，备份无法恢复它；没有写出备份',
      en: 'no backup can give this file back: its name is not possible on every system, or it is a link that leads nowhere; no backup was written',
    },
    remedy: {
      'zh-CN': '请给它改名（不用 < > : " / \\ | ? *，不以句点或空格结尾）、移出 models/，或删除。',
      en: 'Rename it (without < > : " / \\ | ? * and no dot or blank at its end), move it out of models/, or remove it.',
    },
  },
  'backup-among-models': {
    message: {
      'zh-CN': '备份不能写进 models/：以后的每个备份都会把它包含在内',
      en: 'a backup cannot stand in models/: every later one would hold it',
    },
    remedy: { 'zh-CN': '请换一个文件夹。', en: 'Choose another folder.' },
  },
  'work-taken-over': {
    message: {
      'zh-CN': '恢复进行期间，另一台机器上的命令把它当作已中断而撤回：记录已是备份中的，models/ 仍是原来的',
      en: 'a command on another machine took this restore for cut off while it was at work: the records are those of the backup, models/ is as it was before',
    },
    remedy: {
      'zh-CN': '请加上 --replace 再恢复一次，期间不要在别处打开这个工作区。',
      en: 'Restore once more with --replace, with no command of another machine on this workspace meanwhile.',
    },
  },
  'name-used-twice': {
    message: { 'zh-CN': '这个名称已经用过', en: 'this name is in use already' },
    remedy: { 'zh-CN': '请改用不同的名称。', en: 'Give it a name of its own.' },
  },
  'queue-without-tier': {
    message: { 'zh-CN': '没有任何座席等级接听这个队列', en: 'no tier answers this queue' },
    remedy: { 'zh-CN': '请把它加到某一等级的 queues 中。', en: "Add it to some tier's queues." },
  },
  'half-a-window': {
    message: { 'zh-CN': '时间段只写了一半', en: 'only one end of the window is given' },
    remedy: {
      'zh-CN': 'from 与 to 要么都写，要么都不写（全天）。',
      en: 'Give both from and to, or neither (all day).',
    },
  },
  'empty-window': {
    message: { 'zh-CN': '时间段的起止相同', en: 'the window ends where it starts' },
    remedy: { 'zh-CN': '全天请不写 from 与 to。', en: 'For all day leave out from and to.' },
  },
  'shrinkage-above-nine-tenths': {
    message: {
      'zh-CN': ({ weekday, clock }) => `各类缩减在每周第 ${weekday} 天 ${clock} 合计超过 0.9`,
      en: ({ weekday, clock }) => `on weekday ${weekday} at ${clock} the kinds add up to more than 0.9`,
    },
    remedy: { 'zh-CN': '请调低比例或错开时间段。', en: 'Lower the shares or move the windows apart.' },
  },
  'transfer-shares-above-one': {
    message: { 'zh-CN': '各转接比例之和超过 1', en: 'the transfer shares sum to more than 1' },
    remedy: { 'zh-CN': '请调低比例，合计不超过 1。', en: 'Lower the shares: together at most 1.' },
  },
  'copy-differs': {
    message: {
      'zh-CN': '写入后读回的内容与原来不一致，已撤销',
      en: 'what was written and read back is not equal to the original; it was undone',
    },
    remedy: {
      'zh-CN': '请检查磁盘与数据库服务是否正常，然后重试。',
      en: 'Check that the disk and the database server are sound, then try again.',
    },
  },
  'workspace-exists': {
    message: {
      'zh-CN': '这里已经是一个工作区，或已有 models 文件夹',
      en: 'this folder is a workspace already or holds a models folder',
    },
    remedy: {
      'zh-CN': ({ replaceable }) =>
        replaceable
          ? '请用 --workspace 指定新文件夹；确要覆盖其全部内容时，请加 --replace。'
          : '请直接使用它，或换一个文件夹。',
      en: ({ replaceable }) =>
        replaceable
          ? 'Name a new folder with --workspace; to overwrite all that it holds, add --replace.'
          : 'Use it as it is, or choose another folder.',
    },
  },
  'database-newer': {
    message: {
      'zh-CN': '该工作区由更新版本的 huawu 写成，本版本不认识其结构',
      en: 'a newer version of huawu wrote this workspace; this version does not know its structure',
    },
    remedy: { 'zh-CN': '请升级 huawu 后再打开。', en: 'Update huawu, then open it.' },
  },
  'database-held': {
    message: {
      'zh-CN': ({ shared }) =>
        shared
          ? '另有不同版本的 huawu 正连着该数据库，现在升级结构会使其出错'
          : '该工作区仍是旧版结构，而另一个程序正打开着它（多半是旧版 huawu），现在升级结构会使其出错',
      en: ({ shared }) =>
        shared
          ? 'huawu of another version is connected to this database: updating its structure now would break it'
          : 'this workspace still has the structure of an older version, and another program has it open (likely an older huawu): updating it now would break that one',
    },
    remedy: {
      'zh-CN': ({ shared }) =>
        shared
          ? '请先停下它们（server 与 worker），再运行 huawu migrate。'
          : '请先关闭那个程序，再打开工作区。',
      en: ({ shared }) =>
        shared
          ? 'Stop them (servers and workers), then run huawu migrate.'
          : 'Close that program, then open the workspace.',
    },
  },
  'database-older': {
    message: {
      'zh-CN': '该数据库仍是旧版 huawu 的结构',
      en: 'this database still has the structure of an older version of huawu',
    },
    remedy: {
      'zh-CN': '请先停下所有旧版 huawu 并备份，再运行 huawu migrate。',
      en: 'Stop every older huawu and make a backup, then run huawu migrate.',
    },
  },
  'file-not-permitted': {
    message: {
      'zh-CN': '没有读写这个文件或文件夹的权限，或磁盘只读',
      en: 'this file or folder may not be read or written, or its disk is read-only',
    },
    remedy: {
      'zh-CN': '请检查该处的读写权限，或换一个文件夹，然后重试。',
      en: 'Check the permissions there, or choose another folder, then try again.',
    },
  },
  'work-under-way': {
    message: {
      'zh-CN': ({ work, process }) => `这个文件夹里正在运行 huawu ${work}（进程 ${process}）`,
      en: ({ work, process }) => `huawu ${work} is at work in this folder (process ${process})`,
    },
    remedy: {
      'zh-CN': '请等它结束后再试。若该进程并非 huawu，请把文件夹中 .under-way.json 里的 process 改为 0。',
      en: 'Try again once it has ended. If that process is not huawu, set process to 0 in .under-way.json in the folder.',
    },
  },
  'backup-path-outside': {
    message: {
      'zh-CN': '备份里有一个文件的路径指到模型文件夹之外，或不能用作文件名；什么也没有写入',
      en: 'a file in the backup has a path that leads out of the folder of models, or is no name for a file; nothing was written',
    },
    remedy: {
      'zh-CN': '这不是 huawu backup 写出的样子，请换一份可信的备份。',
      en: 'huawu backup writes none such: use a backup that you trust.',
    },
  },
  'text-with-nul': {
    message: {
      'zh-CN': ({ table, key }) =>
        `${table} 的一条记录（${key}）中含有字符 NUL，PostgreSQL 不能保存；什么也没有写入`,
      en: ({ table, key }) =>
        `a record of ${table} (${key}) has a NUL character, which PostgreSQL cannot store; nothing was written`,
    },
    remedy: {
      'zh-CN': '先运行 huawu mend，它会换掉这类字符（--dry-run 只列出）',
      en: 'run huawu mend first, which replaces such characters (--dry-run lists them)',
    },
  },
  'number-not-finite': {
    message: {
      'zh-CN': ({ table, key, column }) =>
        `${table} 的一条记录（${key}）中 ${column} 不是有限的数；什么也没有写入`,
      en: ({ table, key, column }) =>
        `in a record of ${table} (${key}) ${column} is no finite number; nothing was written`,
    },
    remedy: {
      'zh-CN': '改正来源中的这一项；若它来自已有的存储，先运行 huawu mend',
      en: 'correct it at its source; where it comes from records that are stored already, run huawu mend first',
    },
  },
  'already-there': {
    message: { 'zh-CN': '数据本来就在这里', en: 'the records are there already' },
    remedy: { 'zh-CN': '请用 --to 指定另一个地方。', en: 'Name another place with --to.' },
  },
  'database-exists': {
    message: { 'zh-CN': '目标文件夹里已有数据库', en: 'the target folder holds a database already' },
    remedy: {
      'zh-CN': '请换一个文件夹；确要覆盖时，请加 --replace。',
      en: 'Choose another folder; to overwrite it, add --replace.',
    },
  },
  'too-old-to-copy': {
    message: {
      'zh-CN': '数据库的结构太旧，升级前无法自动留下副本；结构未作任何改动',
      en: 'the structure is too old for a copy to be taken before it is brought up to date; nothing was changed',
    },
    remedy: {
      'zh-CN': '请先用 pg_dump 备份，再运行 huawu migrate --without-copy。',
      en: 'Take a copy with pg_dump, then run huawu migrate --without-copy.',
    },
  },
  'no-such-person': {
    message: {
      'zh-CN': '没有这样的座席或用户',
      en: 'there is no such operator or account',
    },
    remedy: {
      'zh-CN': '请写座席名单里的编号、登录用户名或姓名（huawu admin users 可列出用户）。',
      en: 'Give an operator as the records have it, what is typed to sign in, or the name (huawu admin users lists accounts).',
    },
  },
  'person-name-shared': {
    message: {
      'zh-CN': ({ users }, { list }) => `这个名称指几个人：${list(users)}`,
      en: ({ users }, { list }) => `several people go by this name: ${list(users)}`,
    },
    remedy: {
      'zh-CN': '改动记录按姓名区分，请先用 huawu admin change-user 给其中一人另起姓名，再写用户名。',
      en: 'What they did is kept under the name: give one of them another with huawu admin change-user first, then say the user name.',
    },
  },
  'person-administers-alone': {
    message: { 'zh-CN': '这是最后一位管理员', en: 'this is the last administrator' },
    remedy: { 'zh-CN': '请先另设一位管理员。', en: 'Make somebody else an administrator first.' },
  },
  'lines-share-database': {
    message: {
      'zh-CN': '这个工作区有几条热线，共用一个数据库，不能只移走其中一条',
      en: 'this workspace has several lines in one database: one of them cannot be moved away',
    },
    remedy: {
      'zh-CN': '请用 huawu backup 逐条备份，再用 huawu restore 恢复到新工作区的 lines 文件夹里。',
      en: 'Back each of them up with huawu backup, and restore them under lines/ of a workspace at the new place.',
    },
  },
  'no-workspace': {
    message: {
      'zh-CN': ({ databaseName }) => `这里不是工作区（没有 ${databaseName}）`,
      en: ({ databaseName }) => `this folder is not a workspace (it has no ${databaseName})`,
    },
    remedy: {
      'zh-CN':
        '请用 huawu init 新建工作区，用 huawu demo 建演示工作区，或用 --workspace 指定已有的工作区；数据在 PostgreSQL 里的，请设好 HUAWU_STORE 或 settings.json 里的 store。',
      en: 'Make one with huawu init, make the demo with huawu demo, or name an existing one with --workspace; where the records are on PostgreSQL, set HUAWU_STORE, or store in settings.json.',
    },
  },
  'made-up-replaced': {
    message: {
      'zh-CN': '排班期间，演示数据已被自己的话务替换；这份基于虚构数据的方案未保存',
      en: 'own traffic took the place of the made-up line while this plan was being made; the plan of made-up data was not kept',
    },
    remedy: { 'zh-CN': '请重新排班。', en: 'Make the plan again.' },
  },
  'database-damaged': {
    message: {
      'zh-CN': '工作区数据库已损坏，或不是本产品的数据库',
      en: 'the workspace database is damaged or is not one of this product',
    },
    remedy: {
      'zh-CN': '请用备份恢复（huawu restore）；没有备份时，请新建工作区（huawu init）后重新导入数据。',
      en: 'Restore it from a backup (huawu restore); without one, make a new workspace (huawu init) and ingest the data again.',
    },
  },
  'database-empty': {
    message: {
      'zh-CN': '工作区数据库是空文件（0 字节）：记录已不在其中，多半是复制中断或磁盘出错',
      en: 'the workspace database is an empty file (0 bytes): its records are gone, likely by a copy that broke off or a failing disk',
    },
    remedy: {
      'zh-CN': '请用备份恢复（huawu restore）；若其中本来没有数据，删除这个文件后重试。',
      en: 'Restore it from a backup (huawu restore); if nothing was ever in it, delete the file and try again.',
    },
  },
  'database-replaced': {
    message: {
      'zh-CN': '工作区数据库文件在运行期间被换成了另一个文件（或被删除）；什么也没有写入',
      en: 'another file has taken the place of the workspace database while it was open (or it is gone); nothing was written',
    },
    remedy: {
      'zh-CN': '请停止服务，确认要用哪个文件，然后重新启动。恢复备份请用 huawu restore，它不必停服务。',
      en: 'Stop the server, see which file is the right one, and start again. huawu restore puts a backup back without that.',
    },
  },
  'path-not-possible': {
    message: {
      'zh-CN': ({ reason }) => (reason === 'too-long' ? '文件名或路径太长' : '文件名或路径含有不可用的字符'),
      en: ({ reason }) =>
        reason === 'too-long'
          ? 'the name or path of this file is too long'
          : 'the name or path of this file has a character that none may have',
    },
    remedy: { 'zh-CN': '请换一个名称，然后重试。', en: 'Choose another name and try again.' },
  },
  'disk-full': {
    message: { 'zh-CN': '磁盘已满，未写入任何内容', en: 'the disk is full; nothing was written' },
    remedy: { 'zh-CN': '请腾出空间后重试。', en: 'Free some space and try again.' },
  },
  'database-not-writable': {
    message: {
      'zh-CN': '无法打开或写入工作区数据库',
      en: 'the workspace database cannot be opened or written',
    },
    remedy: {
      'zh-CN': '请检查该文件夹是否存在、是否有写权限，以及磁盘是否正常。',
      en: 'Check that the folder exists, that you may write to it, and that the disk is sound.',
    },
  },
  'database-busy': {
    message: {
      'zh-CN': '另一个程序长时间占用着工作区数据库',
      en: 'another program has been holding the workspace database for long',
    },
    remedy: {
      'zh-CN': '请等它完成后重试；若没有其他 huawu 在运行，请关闭打开该文件的程序。',
      en: 'Try again when it is done; if no other huawu runs, close whatever has the file open.',
    },
  },
  'database-unreachable': {
    message: {
      'zh-CN': '连接不上数据库；若有写入正在进行，则未得到确认',
      en: 'the database cannot be reached; a write under way, if any, is not confirmed',
    },
    remedy: {
      'zh-CN': '请检查地址、网络和数据库服务是否在运行，然后重试；重复导入同一文件不会重复计数。',
      en: 'Check the address, the network and that the server runs, then try again; taking the same file in twice counts nothing twice.',
    },
  },
  'database-login-refused': {
    message: { 'zh-CN': '数据库拒绝了这个用户名或密码', en: 'the database refuses this user or password' },
    remedy: {
      'zh-CN': '请检查设置 store 中的用户名和密码。',
      en: 'Check user and password in the setting store.',
    },
  },
  'database-missing': {
    message: { 'zh-CN': '服务器上没有这个数据库', en: 'the server has no database of that name' },
    remedy: {
      'zh-CN': '请检查地址末尾的数据库名，或请管理员新建（create database）。',
      en: 'Check the name at the end of the address, or have it made (create database).',
    },
  },
  'database-not-permitted': {
    message: {
      'zh-CN': '数据库用户缺少所需的权限',
      en: 'the user of the database lacks a permission that is needed',
    },
    remedy: {
      'zh-CN': '请让该用户成为数据库的所有者，或授予在 public 模式中建表的权限。',
      en: 'Make this user the owner of the database, or grant it to create tables in schema public.',
    },
  },
  'postgres-too-old': {
    message: {
      'zh-CN': ({ wanted }) => `PostgreSQL 版本过旧，需要 ${wanted} 或更新`,
      en: ({ wanted }) => `this PostgreSQL is too old; version ${wanted} or later is needed`,
    },
    remedy: {
      'zh-CN': '请升级数据库服务器，或使用另一台。',
      en: 'Update the database server, or use another one.',
    },
  },
  'model-file-missing': {
    message: { 'zh-CN': '缺少这个模型文件，或无法读取', en: 'this model file is missing or cannot be read' },
    remedy: {
      'zh-CN': '请从安装目录的 models/ 复制一份再修改，或用 huawu init 新建工作区。',
      en: "Copy it from the product's models/ folder and edit the copy, or make a new workspace with huawu init.",
    },
  },
  'hotline-exists': {
    message: {
      'zh-CN': '目标数据库里已有这条热线的数据',
      en: 'the target database holds data of this hotline already',
    },
    remedy: {
      'zh-CN': '请换一个热线标识（恢复时用 --hotline，否则用设置 hotline）；确要覆盖时，请加 --replace。',
      en: 'Use another name for the hotline (--hotline when restoring, else the setting hotline); to overwrite, add --replace.',
    },
  },
  'hotline-not-named': {
    message: {
      'zh-CN': '备份里的热线另有标识，而这个工作区没有写明自己是数据库里的哪条热线，会按 main 覆盖',
      en: 'the backup is of a hotline with a name of its own, and this workspace does not say which one of the database it is: main would be overwritten',
    },
    remedy: {
      'zh-CN': '请用 --hotline 写明要覆盖哪一条，或恢复到一个新文件夹。',
      en: 'Say with --hotline which one is to be overwritten, or restore into a new folder.',
    },
  },
  'not-a-backup': {
    message: {
      'zh-CN': '这个文件不存在，或不是 huawu backup 写出的备份',
      en: 'this file is not there or is no backup of huawu',
    },
    remedy: { 'zh-CN': '请检查文件名。', en: 'Check the name of the file.' },
  },
  'interval-length-differs': {
    message: {
      'zh-CN': ({ queue, step, intervalMinutes }) =>
        `队列“${queue}”的话务按 ${step} 分钟存放，这里却是 ${intervalMinutes} 分钟`,
      en: ({ queue, step, intervalMinutes }) =>
        `traffic of queue "${queue}" is kept in steps of ${step} minutes, here it comes in ${intervalMinutes}`,
    },
    remedy: {
      'zh-CN': ({ step }) => `请按 ${step} 分钟导出数据，或把新数据放入另一个工作区。`,
      en: ({ step }) =>
        `Export the data in steps of ${step} minutes, or take the new data into a workspace of its own.`,
    },
  },
  'hotline-not-here': {
    message: { 'zh-CN': '这个数据库里没有该热线', en: 'this database does not hold that hotline' },
    remedy: {
      'zh-CN': ({ held }, { list }) =>
        held.length === 0
          ? '请检查数据库地址；要在其中新建热线，请用 huawu init 或 huawu move。'
          : `请检查设置 hotline；库中已有：${list(held.slice(0, 5))}${held.length > 5 ? '等' : ''}。`,
      en: ({ held }, { list }) =>
        held.length === 0
          ? 'Check the address of the database; to make the hotline in it, use huawu init or huawu move.'
          : `Check the setting hotline; it holds: ${list(held.slice(0, 5))}${held.length > 5 ? ' and others' : ''}.`,
    },
  },
  'plan-locked': {
    message: {
      'zh-CN': ({ state }) =>
        state === 'published' ? '这份计划已经发布，不能再改' : '这份计划已被取代，留作存档，不能再改',
      en: ({ state }) =>
        state === 'published'
          ? 'this plan is published and cannot be changed any more'
          : 'this plan was superseded, is kept as it was and cannot be changed any more',
    },
    remedy: {
      'zh-CN': '请另做一份计划，发布时说明理由，以取代它。',
      en: 'Make another plan and publish that in its place, with a reason.',
    },
  },
  'plan-step-not-allowed': {
    message: {
      'zh-CN': ({ state }) => `计划现在的状态是“${planStateWords[state]['zh-CN']}”，不能走这一步`,
      en: ({ state }) =>
        `the plan's state is ${planStateWords[state].en}: this step does not lead on from there`,
    },
    remedy: {
      'zh-CN': ({ from }) =>
        `这一步只适用于：${from.map((one) => planStateWords[one]['zh-CN']).join('、')}。`,
      en: ({ from }) =>
        `It is for plans whose state is ${from.map((one) => planStateWords[one].en).join(' or ')}.`,
    },
  },
  'plan-step-wants-reason': {
    message: { 'zh-CN': '这一步要写明理由', en: 'this step takes a reason' },
    remedy: { 'zh-CN': '请写一句为什么。', en: 'Say in a sentence why.' },
  },
  'week-published-already': {
    message: {
      'zh-CN': ({ week }) => `${week} 已有发布的计划`,
      en: ({ week }) => `${week} has a published plan already`,
    },
    remedy: {
      'zh-CN': '如要用这份取代它，请写明理由。',
      en: 'To publish this one in its place, give a reason.',
    },
  },
  'published-plans-lost': {
    message: {
      'zh-CN': ({ plans }, { list }) =>
        `这里有 ${plans.length} 份已发布的计划，备份里没有，或与这里的不同：${list(plans)}`,
      en: ({ plans }, { counted, list }) =>
        `${counted(plans.length, 'published plan')} here would be lost, which the backup does not hold as ${plans.length === 1 ? 'it stands' : 'they stand'}: ${list(plans)}`,
    },
    remedy: {
      'zh-CN': '什么也没有改动。请先用 huawu backup 备份现在的内容；确定要以备份取代时，加上 --yes',
      en: 'Nothing was changed. Back up what is here with huawu backup first; where the backup is to take its place all the same, add --yes',
    },
  },
  'plan-changed-meanwhile': {
    message: {
      'zh-CN': ({ state, name, by, notes }) =>
        `您看过之后，${by === '' ? '有人' : by}改过这份计划：现在的状态是“${planStateWords[state]['zh-CN']}”${name === '' ? '' : `，名称是“${name}”`}${notes.map((note) => `；${note.by === '' ? '备注' : `${note.by}备注`}：${note.text}`).join('')}`,
      en: ({ state, name, by, notes }) =>
        `${by === '' ? 'somebody' : by} changed this plan after you looked at it: it is ${planStateWords[state].en} now${name === '' ? '' : `, called ${name}`}${notes.map((note) => `; ${note.by === '' ? 'a note' : `${note.by} noted`}: ${note.text}`).join('')}`,
    },
    remedy: {
      'zh-CN': '什么也没有保存。请看过现在的内容，再决定是否照改。',
      en: 'Nothing was saved. Look at it as it is now, then decide whether to change it all the same.',
    },
  },
  'overrules-changed-meanwhile': {
    message: {
      'zh-CN': ({ added, gone }) => `您看过之后，预测调整有变动：新增 ${added} 条，撤销 ${gone} 条`,
      en: ({ added, gone }) =>
        `the adjustments changed after you looked at them: ${added} added, ${gone} taken back`,
    },
    remedy: {
      'zh-CN': '什么也没有保存。请重新读取后再改。',
      en: 'Nothing was saved. Read them again, then change them.',
    },
  },
  'note-changed-meanwhile': {
    message: {
      'zh-CN': ({ by }) => `您看过之后，${by === '' ? '有人' : by}改过这条记事`,
      en: ({ by }) => `${by === '' ? 'somebody' : by} changed this note after you looked at it`,
    },
    remedy: {
      'zh-CN': '什么也没有保存。请重新读取后再改。',
      en: 'Nothing was saved. Read it again, then change it.',
    },
  },
  'model-changed-meanwhile': {
    message: {
      'zh-CN': ({ changes }, { list }) =>
        `您看过之后，这份设置已被改动${changes === null ? '' : `：${list(changes.map(changeSaid))}`}`,
      en: ({ changes }, { list }) =>
        `these settings were changed after you looked at them${changes === null ? '' : `: ${list(changes.map(changeSaid))}`}`,
    },
    remedy: {
      'zh-CN': '什么也没有保存。请重新读取后再改。',
      en: 'Nothing was saved. Read them again, then change them.',
    },
  },
  'records-moved': {
    message: {
      'zh-CN': ({ target }) =>
        `这条热线的数据已用 huawu move 移到 ${target}；留在原处的旧数据只能查看，不能再写入`,
      en: ({ target }) =>
        `the records of this hotline were moved to ${target} with huawu move; the old ones can be looked at but take no more writes`,
    },
    remedy: {
      'zh-CN':
        '请停下仍使用旧数据的 server 与 worker，在新的地点重新启动（--workspace、设置 store 或环境变量 HUAWU_STORE 指向它）；要改回旧处，请用 huawu move --replace 移回；或先让设置 store（或 HUAWU_STORE）重新指向旧处，再用 huawu restore --replace 恢复备份：备份写入设置所指的地方，并覆盖那里的数据。',
      en: 'Stop the servers and workers that still use the old ones and start them at the new place (--workspace, the setting store or the variable HUAWU_STORE names it); to go back, use huawu move --replace; or let the setting store (or HUAWU_STORE) name the old place again first and then restore a backup with huawu restore --replace, which writes where the settings point and overwrites what is there.',
    },
  },
};
