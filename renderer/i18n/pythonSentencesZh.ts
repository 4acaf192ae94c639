/** Chinese of what is said of a Python, and of making an environment. */
import type { environmentWords, installFailures, installSteps } from '../../shared/messages/installSentences';
import type { pythonPredicates, pythonSentences } from '../../shared/messages/pythonSentences';
import type { InChinese } from './inChinese';

export const pythonPredicatesZh: InChinese<typeof pythonPredicates> = {
  isFolder: '是一个文件夹；请指定其中的程序，例如 {example}',
  notThere: '不存在',
  leadsNowhere: '指向一个已不存在的程序',
  notOnPath: '不在 PATH 中',
  mayNotStart: '不允许启动（系统返回 EACCES：请检查其权限）',
  couldNotStart: '无法启动（{cause}）',
  noAnswer: '在 {seconds} 秒内没有响应',
  floods: '不是 Python：它不停地输出',
  endedSaying: '不是 Python：它以退出码 {code} 结束，输出“{line}”',
  endedMute: '不是 Python：它以退出码 {code} 结束，没有输出',
  killedSaying: '不是 Python：它被 {signal} 终止，输出“{line}”',
  killedMute: '不是 Python：它被 {signal} 终止，没有输出',
  tooOld: '是 Python {version}；需要 {least} 或更新的版本',
  otherVersion: '是 Python {version}；需要 {wanted}',
  thirtyTwoBits: '（Python {version}）是 32 位；需要 64 位',
  lacks: '（Python {version}）缺少 {packages}',
  lacksVenv: '（Python {version}）缺少 venv 或 ensurepip 模块',
  damaged: '已损坏：其 Python {why}',
  lacksPackages: '缺少 {packages}',
  installed: '已安装在 {folder}',
  missing: '尚未安装',
  installing: '正由另一个进程安装',
  outdated: '由其他版本的 Netloom 安装，软件包不同',
  unfinished: '安装未完成',
  unfinishedBecause: '安装未完成：{why}',
};

export const pythonSentencesZh: InChinese<typeof pythonSentences> = {
  named:
    'NETLOOM_PYTHON 指定的 {name} {why}。请指定装有 {packages} 的 Python {least} 或更新版本，或取消设置 NETLOOM_PYTHON 并运行“{command}”。',
  none: '{purpose}需要装有 {packages} 的 Python {least} 或更新版本；没有找到：{looked}。请运行“{command}”安装一个仅供 Netloom 使用的 Python 环境，或在 NETLOOM_PYTHON 中指定您的 Python。',
  training: '用 PyTorch 训练',
  checking: '检查导出到 {targets} 的代码',
  ownEnvironment: 'Netloom 自己的环境{why}',
  ownEnvironmentNamed: 'Netloom 自己的环境 {name} {why}',
  oneOf: '{packages} 之一',
  newerPackage: '{name} {least} 或更新版本（现有 {version}）',
  searchCancelled: '已取消查找 Python。',

  namedBase: 'NETLOOM_PYTHON 指定的 {name} {why}。请指定 Python {versions}，或取消设置 NETLOOM_PYTHON。',
  noBaseDebian:
    '已有 Python，但它无法创建环境。请运行一次：sudo apt install python3-venv，然后重试。已查找：{looked}。',
  noVenv:
    '现有的 Python 无法创建环境：缺少 venv 和 ensurepip 模块。请从 python.org 或系统软件源安装 Python {versions}，或安装 uv（docs.astral.sh/uv），然后重试。已查找：{looked}。',
  noBase:
    '没有找到可用来创建环境的 Python。请从 python.org 或系统软件源安装 Python {versions}，或安装 uv（docs.astral.sh/uv），然后重试。已查找：{looked}。',
  otherMachine:
    '{holds} 没有全部为本机（{machine}）发布，仅支持 {machines}。若您有装好这些软件包的 Python，请在 NETLOOM_PYTHON 中指定。',
};

export const installStepsZh: InChinese<typeof installSteps> = {
  beginning: '开始',
  making: '正在创建环境',
  asking: '正在查询 {build}',
  largeInstead: '无法连接 PyTorch 自己的软件包索引，改用常用索引中较大的版本',
  usualInstead: '无法连接 PyTorch 自己的软件包索引，改用常用索引中的版本，它可能无法在此显卡上运行',
  finding: '正在确定需要哪些软件包',
  downloading: '正在下载 {file}（{size}）',
  downloadingRest: '正在下载其余需要的内容',
  unpacking: '正在解包',
  unpackingMany: '正在解包 {count} 个软件包，可能需要几分钟',
  resolved: '已确定 {count} 个软件包',
  prepared: '已准备 {count} 个软件包',
  put: '已安装 {count} 个软件包',
  trying: '正在测试已安装的内容',
  waiting: '正在等待{who}，它在安装同样的内容',
  otherProcess: '另一个进程',
  process: '进程 {pid}',
};

export const environmentWordsZh: InChinese<typeof environmentWords> = {
  verifyHolds: 'PyTorch、Keras 和 TensorFlow、ONNX 以及 ONNX Runtime',
  verifyPurpose: '用于运行并检查导出的代码',
  enginePurpose: '用于引擎 {name}',
  smallTorch: 'PyTorch 的小型版本',
  metalTorch: '适用于 Metal 的 PyTorch 版本',
  cudaTorch: '适用于 CUDA {version} 的 PyTorch 版本',
  environment: 'Python 环境',
};

export const installFailuresZh: InChinese<typeof installFailures> = {
  cancelled: '安装已取消。已下载的内容会保留：“{command}”可继续安装。',
  trialCancelled: '安装已取消。',
  waitCancelled: '已取消等待安装。',
  tooSmall:
    '{folder} 的空间不足：安装需要该磁盘上有 {needed}，目前可用 {free}。请释放空间，或用 NETLOOM_HOME 将 Netloom 的主目录移到其他磁盘，然后再次运行“{command}”。',
  diskFull:
    '磁盘已满：{what} 无法写入 {folder}。请释放该磁盘的空间，或用 NETLOOM_HOME 将 Netloom 的主目录移到其他磁盘，然后再次运行“{command}”。',
  noNetwork: '无法下载 {what}（{said}）。请检查网络以及 pip 的代理和软件包索引设置，然后再次运行“{command}”。',
  notAllowed:
    '{what} 无法写入 {folder}（{said}）。请检查该文件夹的权限，或用 NETLOOM_HOME 移动 Netloom 的主目录，然后再次运行“{command}”。',
  noBuild:
    '软件包索引中没有合适的 {what} 版本（{said}）。请确认索引中有适合本系统和此 Python 的版本，或换用其他 Python（NETLOOM_PYTHON），然后再次运行“{command}”。',
  notStarted: '无法安装 {what}：安装程序没有启动（{cause}）。请再次运行“{command}”进行修复。',
  exitCode: '无法安装 {what}：安装程序以退出码 {code} 结束（{said}）。请再次运行“{command}”进行修复。',
  signal: '无法安装 {what}：安装程序被 {signal} 终止（{said}）。请再次运行“{command}”进行修复。',
  silent: '它没有输出',
  incomplete: '已安装的内容{why}。请再次运行“{command}”进行修复。',
  unusable: '全部内容已安装，但无法在本机使用：{said}。请在 NETLOOM_PYTHON 中指定其他 Python，或再次运行“{command}”。',
  underRun: '运行 {run} 正在使用将被删除的内容训练。请先停止它，或等它结束。',
  nothingToInstall: '没有可为“{name}”安装的内容。',
};
