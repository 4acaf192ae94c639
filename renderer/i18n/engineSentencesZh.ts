/** Chinese of what is said of engines: why one does not work, what would help, why a card is not used. */
import type {
  cardSentences,
  engineSentences,
  pytorchNotes,
  pytorchSentences,
  tensorflowPredicates,
  tensorflowSentences,
} from '../../shared/messages/engineSentences';
import type { InChinese } from './inChinese';

export const engineSentencesZh: InChinese<typeof engineSentences> = {
  wasmDevice: 'CPU（WebAssembly，单线程）',
  tensorflowDevice: 'CPU（TensorFlow，{threads} 个线程）',
  itIs: '它{why}。',
  damaged: '它安装过，但已损坏：其 Python 或软件包缺失。',
  install: '安装：{command}',
  repair: '修复：{command}',
  repairWith: '请运行“{command}”修复。',
  noAnswer: '引擎没有响应。',
  lateAnswer: '在 {seconds} 秒内没有响应。',
  brokeOff: '测试中断：{why}',
  checkDriver: '请检查 GPU 的驱动程序并修复该引擎的环境；详情见诊断信息。',
  trainerEnded: '训练进程已结束：{why}',
  installNetloom: '请重新安装 Netloom。',
  installFiles: '请重新安装 Netloom（在源代码目录中：npm ci），以补全张量库的文件。',
  wrongProduct: '两个矩阵的乘积有误',
};

export const cardSentencesZh: InChinese<typeof cardSentences> = {
  noDriver:
    '本机有 NVIDIA 显卡，但没有驱动程序。请从系统软件源安装 NVIDIA 驱动程序并重新启动（之后 nvidia-smi 会显示该显卡），然后运行“{command}”。',
  noDriverCuda:
    '本机有 NVIDIA 显卡，但没有驱动程序，因此{library}在 CPU 上计算。请从系统软件源安装 NVIDIA 驱动程序并重新启动（之后 nvidia-smi 会显示该显卡）。',
  driverTooOld: 'NVIDIA 驱动程序 {driver} 对 CUDA {cuda} 来说太旧：请安装 {least} 或更新版本，然后重新启动 Netloom。',
  driverTooOldForBuilds:
    'NVIDIA 驱动程序 {driver} 对{library}来说太旧：请安装 {least} 或更新版本，重新启动，然后运行“{command}”。',
  noCardSeen: 'NVIDIA 驱动程序没有显示此进程可用的显卡：请查看 nvidia-smi 和 CUDA_VISIBLE_DEVICES。',
};

export const tensorflowSentencesZh: InChinese<typeof tensorflowSentences> = {
  notInstalled: 'TensorFlow 尚未安装。已查找：{looked}。',
  howToInstall: '请运行“{command}”为 Netloom 单独安装，或在 NETLOOM_TENSORFLOW 中指定您的文件夹。',
  otherSystem: '引擎 tensorflow 在 Linux 上运行；本机是 {machine}。',
  otherEngines: '请使用始终可用的引擎 wasm，或 pytorch 训练。',
  named: 'NETLOOM_TENSORFLOW 指定的 {name} {why}。',
  nameAnother:
    '请指定某个 Python 的 site-packages 中的“tensorflow”文件夹，或取消设置 NETLOOM_TENSORFLOW 并运行“{command}”。',
  ownEnvironment: 'Netloom 的环境 {name}',
  official: 'tfjs-node-gpu 的官方库',
  noPackage: '用来调用 TensorFlow 的软件包 {name} 尚未安装。',
  installOptional: '请连同可选软件包重新安装 Netloom（在源代码目录中：npm ci --include=optional --ignore-scripts）。',
  bindingDamaged: 'Netloom 自带的 TensorFlow 绑定已损坏：{file} 的校验和与构建时不同。',
  notCompiled: 'Netloom 没有适合本机的 TensorFlow 绑定，编译也失败了：{compiler} 报告 {said}。',
  installCompiler: '请安装 C++ 编译器（Debian 上：apt-get install g++），或在 CXX 中指定您的编译器。',
  nothingToCompile: 'Netloom 没有适合本机的 TensorFlow 绑定，而编译所需的 {file} 不存在。',
  installHeaders: '请重新安装 Netloom（在源代码目录中：npm ci），以及带有头文件的 TensorFlow。',
  pathTooLong: 'TensorFlow 库的路径超出系统加载器的限制（{length} 字节，最多 {most}）：{path}…',
  shorterPath: '请将它移到路径较短的文件夹，并在 NETLOOM_TENSORFLOW 中指定。',
  pathMisread: '系统加载器无法在 {path} 中查找 TensorFlow：它会误读路径中的“:”和“$”。',
  otherPath: '请将它移到不含这些符号的文件夹，并在 NETLOOM_TENSORFLOW 中指定。',
  notLoaded: '无法加载 {folder} 中的 TensorFlow：{said}。',
  newerLinux: '该 TensorFlow 需要更新的 Linux：请在其他机器上训练，或使用引擎 wasm。',
  otherBuild: '它不是适用于本机的 TensorFlow 2.15 或更新版本：请在 NETLOOM_TENSORFLOW 中指定另一个，或取消设置。',
  repairOrName: '请运行“{command}”修复，或在 NETLOOM_TENSORFLOW 中指定另一个。',
  withoutCuda: '该 TensorFlow（{folder}）在构建时未启用 CUDA。请运行“{command}”，安装适用于 NVIDIA 显卡的版本。',
  withoutCudaNamed:
    '该 TensorFlow（{folder}）在构建时未启用 CUDA。请在 NETLOOM_TENSORFLOW 中指定启用 CUDA 的版本，或取消设置并运行“{command}”，安装适用于 NVIDIA 显卡的版本。',
  noBuildWithCuda:
    '没有为此处理器发布适用于 NVIDIA 显卡的 TensorFlow，因此它在 CPU 上计算。请使用引擎 pytorch 训练，它会使用显卡。',
  otherCards:
    'TensorFlow {version} 是为其他显卡构建的，不适用于 {card}，其计算能力为 {capability}；构建目标：{built}。',
  otherLibrary: '请在 NETLOOM_TENSORFLOW 中指定为此显卡构建的 TensorFlow，或使用引擎 pytorch 或 wasm 训练。',
  noCudaLibraries: '该 TensorFlow（{folder}）旁边没有 CUDA 库。请运行“{command}”获取。',
  noUsableCard: '虽然有 {card}，TensorFlow 没有找到可用的显卡。请运行“{command}”修复。',
  buildForCards: '适用于 NVIDIA 显卡的 TensorFlow 版本',
  thisCudaBuild: '这个适用于 CUDA 的 TensorFlow ',
};

export const tensorflowPredicatesZh: InChinese<typeof tensorflowPredicates> = {
  noLibrary: '中没有 TensorFlow 库（libtensorflow_cc.so.2）',
  lacksFramework: '缺少属于 TensorFlow 的 {library}',
  otherVersion: '中是 TensorFlow {version}；需要 2 系列的 {least} 或更新版本',
  file: '是一个文件；请指定它所在的文件夹',
  notThere: '不存在',
  nothing: '（{folder}）中没有 TensorFlow',
  inFolder: '（{folder}）{why}',
  lacksBinding: '（{folder}）缺少其绑定（{binding}）',
  otherCards: '是为其他显卡构建的，不适用于此显卡（计算能力 {capability}）',
};

export const pytorchSentencesZh: InChinese<typeof pytorchSentences> = {
  cannotCompute: '{python} 中的 PyTorch {version} 无法在 {device} 上计算：{why}。',
  trainOnCpu: '请设置 NETLOOM_PYTORCH=device=cpu 以在 CPU 上训练，或运行“{command}”修复。',
  late: '{python} 中的 PyTorch 在 {seconds} 秒内没有响应。该 Python 能正常工作吗？',
  gone: '引擎“pytorch”的进程已不存在：{how}。',
  goneSaying: '引擎“pytorch”的进程已不存在：{how}。它输出：{lines}',
  unreadable: 'NETLOOM_PYTORCH 中的“{word}”无法识别；可设置 {known}。',
  badSetting: 'NETLOOM_PYTORCH 中的“{word}”无效；{name} 可取 {takes}。',
  noRendezvous:
    'NETLOOM_PYTORCH 设置了“machines”却没有“rendezvous”：请指定本机和一个空闲端口，例如 rendezvous=node1:29500。',
  withoutCuda: '本机有{has}，但 {python} 中的 PyTorch {version} 在构建时未启用 CUDA。{way}',
  card: ' NVIDIA 显卡',
  driver: ' NVIDIA 驱动程序 {driver}',
  unknownDriver: ' NVIDIA 驱动程序',
  notUsed: '{python} 中的 PyTorch {version} 没有使用显卡：{why}。{way}',
  toldOtherwise:
    '{python} 中的 PyTorch {version} 没有使用显卡，因为 NETLOOM_PYTORCH 设为 device=cpu。取消设置即可在显卡上训练。',
  otherCards:
    '{python} 中的 PyTorch {version} 是为其他显卡构建的，不适用于 {card}，其计算能力为 {capability}；构建目标：{built}。请在 NETLOOM_PYTHON 中指定一个为此显卡构建了 PyTorch 的 Python，或使用引擎 tensorflow 或 wasm 训练。',
  noDevice: 'PyTorch 没有找到 CUDA 设备',
  installFitting: '请运行“{command}”安装合适的版本。',
  installOwn:
    '请运行“{command}”为 Netloom 单独安装合适的 PyTorch，并取消设置 NETLOOM_PYTHON 和已激活的环境；或在该 Python 中安装。',
  otherPython: '请修复该 Python，或在 NETLOOM_PYTHON 中指定其他 Python；“{command}”可为 Netloom 单独安装一个。',
  thisBuild: '适用于 NVIDIA 显卡的任何 PyTorch 版本',
};

export const pytorchNotesZh: InChinese<typeof pytorchNotes> = {
  taken: '{value}：每步 {after}，原为 {before}；试用耗时 {spent} 秒，{pays} 步后即可收回。',
  notTaken: '试用了{value}但未采用：每步 {after}，原为 {before}。',
  channelsLast: '通道在后的内存布局',
  memory: '试用更快的方式时内存不足；已采用普通方式。',
  compileNotTried: '未试用 torch.compile：在 CPU 上它需要约一分钟，很少能收回。可以手动开启。',
  compileFails: 'torch.compile 在此无法使用，因此模块按原样运行：{error}',
  batchNorm: 'BatchNorm 在每个进程各自的样本上计算统计量，因此多个进程的训练结果与单个进程略有不同。',
};
