/** What is said of engines: whether they work, why not, what would help, and why a card is not used. */

export const engineSentences = {
  wasmDevice: 'CPU (WebAssembly, one thread)',
  tensorflowDevice: 'CPU (TensorFlow, {threads} threads)',
  itIs: 'It {why}.',
  damaged: 'It was installed, and is damaged: its Python is gone, or packages are.',
  install: 'Install it: {command}',
  repair: 'Repair it: {command}',
  repairWith: 'Repair it with "{command}".',
  noAnswer: 'The engine did not answer.',
  lateAnswer: 'It did not answer within {seconds} s.',
  brokeOff: 'Trying it broke off: {why}',
  checkDriver:
    'Check the driver of the GPU and repair the environment of this engine; the diagnostics have the details.',
  trainerEnded: 'The training process ended: {why}',
  installNetloom: 'Install Netloom again.',
  installFiles: 'Install Netloom again (in a checkout: npm ci), so that the files of the tensor library are complete.',
  wrongProduct: 'the product of two matrices is wrong',
} as const;

/** Why an engine that works computes without a card that is there. */
export const cardSentences = {
  noDriver:
    'This machine has a card of NVIDIA, but no driver for it. Install NVIDIA\'s driver from your system\'s packages and restart (nvidia-smi shows the card then), then run "{command}".',
  noDriverCuda:
    "This machine has a card of NVIDIA, but no driver for it, so {library} computes on the CPU. Install NVIDIA's driver from your system's packages and restart (nvidia-smi shows the card then).",
  driverTooOld:
    "NVIDIA's driver {driver} is too old for CUDA {cuda}: install {least} or newer, then start Netloom again.",
  driverTooOldForBuilds:
    'NVIDIA\'s driver {driver} is too old for {library}: install {least} or newer, restart, then run "{command}".',
  noCardSeen:
    "NVIDIA's driver shows no card that this process may use: look at nvidia-smi, and at CUDA_VISIBLE_DEVICES.",
} as const;

export const tensorflowSentences = {
  notInstalled: 'TensorFlow is not installed. Looked at: {looked}.',
  howToInstall: 'Install it for Netloom alone with "{command}", or name the folder of yours in NETLOOM_TENSORFLOW.',
  otherSystem: 'The engine tensorflow runs on Linux; this is {machine}.',
  otherEngines: 'Train on the engine wasm, which is always there, or on pytorch.',
  named: 'NETLOOM_TENSORFLOW names {name}, which {why}.',
  nameAnother:
    'Name the folder "tensorflow" of a Python\'s site-packages, or unset NETLOOM_TENSORFLOW and run "{command}".',
  ownEnvironment: "Netloom's environment {name}",
  official: 'the official library of tfjs-node-gpu',
  noPackage: 'The package {name}, through which TensorFlow is used, is not installed.',
  installOptional:
    'Install Netloom again with its optional packages (in a checkout: npm ci --include=optional --ignore-scripts).',
  bindingDamaged:
    'The binding to TensorFlow that Netloom carries is damaged: {file} has another checksum than it was built with.',
  notCompiled:
    'Netloom carries no binding to TensorFlow for this machine, and compiling it failed: {compiler} says {said}.',
  installCompiler: 'Install a C++ compiler (on Debian: apt-get install g++), or name yours in CXX.',
  nothingToCompile:
    'Netloom carries no binding to TensorFlow for this machine, and {file}, which compiling it needs, is not there.',
  installHeaders: 'Install Netloom again (in a checkout: npm ci), and a TensorFlow with its headers.',
  pathTooLong:
    "The path of the TensorFlow library is longer than the system's loader takes ({length} bytes, at most {most}): {path}…",
  shorterPath: 'Move it to a folder with a shorter path, and name that one in NETLOOM_TENSORFLOW.',
  pathMisread: 'The system\'s loader cannot look for TensorFlow in {path}: it misreads ":" and "$" in a path.',
  otherPath: 'Move it to a folder without these signs, and name that one in NETLOOM_TENSORFLOW.',
  notLoaded: 'The TensorFlow in {folder} cannot be loaded: {said}.',
  newerLinux: 'This TensorFlow needs a newer Linux than this is: train on another machine, or on the engine wasm.',
  otherBuild:
    'It is not a TensorFlow 2.15 or newer for this machine: name another one in NETLOOM_TENSORFLOW, or unset it.',
  repairOrName: 'Repair it with "{command}", or name another one in NETLOOM_TENSORFLOW.',
  withoutCuda:
    'This TensorFlow ({folder}) was built without CUDA. Run "{command}", which takes the build for NVIDIA cards.',
  withoutCudaNamed:
    'This TensorFlow ({folder}) was built without CUDA. Name one that was built with it in NETLOOM_TENSORFLOW, or unset that and run "{command}", which takes the build for NVIDIA cards.',
  noBuildWithCuda:
    'TensorFlow is not published for NVIDIA cards on this processor, so it computes on the CPU. Train on the engine pytorch, which uses the card.',
  otherCards:
    'TensorFlow {version} was built for other cards than {card}, which has compute capability {capability}: for {built}.',
  otherLibrary:
    'Name a TensorFlow that was built for this card in NETLOOM_TENSORFLOW, or train on the engine pytorch or wasm.',
  noCudaLibraries: 'The CUDA libraries are not beside this TensorFlow ({folder}). Run "{command}", which brings them.',
  noUsableCard: 'TensorFlow found no card that it can use, although {card} is there. Repair it with "{command}".',
  buildForCards: 'the build of TensorFlow for NVIDIA cards',
  thisCudaBuild: 'this TensorFlow for CUDA',
} as const;

/** What follows the name of a place where TensorFlow was looked for. */
export const tensorflowPredicates = {
  noLibrary: 'holds no TensorFlow library (libtensorflow_cc.so.2)',
  lacksFramework: 'lacks {library}, which belongs to TensorFlow',
  otherVersion: 'holds TensorFlow {version}; {least} or a newer one of 2 is needed',
  file: 'is a file; name the folder that it lies in',
  notThere: 'is not there',
  nothing: '({folder}) has no TensorFlow',
  inFolder: '({folder}) {why}',
  lacksBinding: '({folder}) lacks its binding ({binding})',
  otherCards: 'was built for other cards than this one (compute capability {capability})',
} as const;

export const pytorchSentences = {
  cannotCompute: 'PyTorch {version} in {python} cannot compute on {device}: {why}.',
  trainOnCpu: 'Set NETLOOM_PYTORCH=device=cpu to train on the CPU, or repair it with "{command}".',
  late: 'PyTorch in {python} did not answer within {seconds} s. Does that Python work?',
  gone: 'The process of the engine "pytorch" is gone: {how}.',
  goneSaying: 'The process of the engine "pytorch" is gone: {how}. It wrote: {lines}',
  unreadable: 'NETLOOM_PYTORCH says "{word}"; it may set {known}.',
  badSetting: 'NETLOOM_PYTORCH says "{word}"; {name} takes {takes}.',
  noRendezvous:
    'NETLOOM_PYTORCH says "machines" without "rendezvous": name this machine and a free port, as in rendezvous=node1:29500.',
  withoutCuda: 'This machine has {has}, but PyTorch {version} in {python} was built without CUDA. {way}',
  card: 'a card of NVIDIA',
  driver: "NVIDIA's driver {driver}",
  unknownDriver: "NVIDIA's driver",
  notUsed: 'PyTorch {version} in {python} does not use the card: {why}. {way}',
  toldOtherwise:
    'PyTorch {version} in {python} does not use the card, because NETLOOM_PYTORCH says device=cpu. Unset it to train on the card.',
  otherCards:
    'PyTorch {version} in {python} was built for other cards than {card}, which has compute capability {capability}: for {built}. Name a Python whose PyTorch was built for this card in NETLOOM_PYTHON, or train on the engine tensorflow or wasm.',
  /** The engine's own process says so, in Python. */
  noDevice: 'PyTorch finds no CUDA device',
  installFitting: 'Install the build that fits with "{command}".',
  installOwn:
    'Install a PyTorch that fits, for Netloom alone: "{command}", and unset NETLOOM_PYTHON and any active environment; or put one into that Python.',
  otherPython: 'Mend that Python, or name another one in NETLOOM_PYTHON; "{command}" installs one for Netloom alone.',
  thisBuild: 'any build of PyTorch for NVIDIA cards',
} as const;

/** What a run notes of the choices of PyTorch's process, which says so in Python. */
export const pytorchNotes = {
  taken: '{value}: {after} a step instead of {before}; trying took {spent} s, which {pays} steps win back.',
  notTaken: '{value} was tried and not taken: {after} a step instead of {before}.',
  channelsLast: 'channels last',
  memory: 'Memory ran out while faster ways were tried; the plain one is taken.',
  compileNotTried:
    'torch.compile was not tried: on a CPU it takes a minute and seldom wins it back. It can be switched on.',
  compileFails: 'torch.compile does not work here, so the module runs as it is: {error}',
  batchNorm:
    'BatchNorm computes its statistics over the share of each process, so several processes train a little differently than one.',
} as const;
